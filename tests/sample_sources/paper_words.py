"""The words of the paper; in them `<super>` is the number of a footnote."""

TITLE = "Seepage under the east bank of the Lenn at the Narrows"
AUTHORS = ("Ilse Brandt", "Aoi Tanabe")
ABSTRACT = (
    "Six standpipe tubes were sunk on the east bank in the autumn of 2018, in the field called Long Acre, and "
    "read for fourteen months. We report the levels, and the flow that they imply while a trial pond was "
    "filled and let go. Four of the tubes answer to the pond within a day; one of them answers within the "
    "hour. The bank has not been measured below nineteen metres, and nothing in this paper should be read as "
    "though it had."
)
_ONE = (
    "The scheme at the Narrows asks two banks to hold one lake. The west bank is a hill of slate and has been "
    "walked, drilled and drawn since 1911. The east bank is a shoulder of gravel and clay which the ice left "
    "in a hurry, and of which there are three borings, all of them made for a bridge.<super>1</super>",
    "Whoever has farmed there knows that the lower field is wet in dry years and dry in wet ones. That is not "
    "a riddle. It says that water comes from somewhere other than the sky, and goes to somewhere other than "
    "the river. Our question was a modest one: how long does it take?",
    "We were given one season, two hundred metres of tube and the use of a tractor. The means are set out in "
    "the next section, so that anyone who doubts the result may repeat it for less than the price of a public "
    "consultation.",
)
_TWO = (
    "The tubes stand in a line from the river wall to the lane, eighteen metres apart, and are numbered from "
    "the wall. Each was driven to refusal, which came between eleven and nineteen metres. The lowest metre is "
    "slotted. Levels were read by hand with a whistle on a tape<super>2</super> on Mondays and Thursdays, and "
    "hourly during the two trials.",
    "Figure 1. Long Acre from above: river, wall, pond, the tubes T1 to T6, the lane.",
    "A pond of four hundred square metres was made in the hollow beside the wall by closing the old sluice. "
    "It was filled to 1.40 metres in May 2019 and let go after nine days; the trial was repeated in September "
    "at 0.90 metres. The water was coloured on the second day of each with a harmless dye from the brewery at "
    "Harlow.",
    "Rain was taken from the gauge at Sallow Ford, which volunteers have kept since 2003. Where the official "
    "gauge at Millgate differs we have printed both, and have not chosen between them. The difference is "
    "never more than forty millimetres in a month, and it is always in the same direction.",
)
_THREE = (
    "Before the trial the six levels lay on a plane that falls gently to the south-east, away from the river. "
    "This was the first surprise. A bank that drained to its river would show the contrary, and every drawing "
    "of the scheme shows the contrary.",
    "Figure 2. Flow found in six tubes at the fill of 2019, in litres an hour.",
    "On filling, tube T4 rose within fifty minutes and T3 and T5 within the day. T1, which is nearest to the "
    "pond, hardly moved. Dye was seen in T4 on the evening of the third day and in the ditch by the lane on "
    "the fifth; it was not seen in the river at all. Taken together the tubes speak for a seam of open "
    "gravel, some twelve metres down and less than thirty wide, that passes under the wall and leaves the "
    "valley.",
    "Figure 3. Level in tube T4 while the pond was filled and let go.",
    "When the sluice was opened the levels fell again, but not to where they had been. T4 stayed 0.21 metres "
    "higher for seven weeks. We take this for water held back by clay that had swollen, and we should like to "
    "be corrected.<super>3</super>",
    "The loss from the pond, less what the air took, was 246 litres an hour at 1.40 metres and 131 at 0.90. "
    "That is not in proportion: more than half as much again for half as much depth. If the seam is a pipe, "
    "the loss should go with the root of the depth; if it is a sponge, with the depth itself. It went faster "
    "than both, as though the way had grown wider while it was used.",
    "A pond is not a lake. The lake of the scheme would stand thirty-one metres above the same seam, and no "
    "honest rule leads from one and a half metres to thirty-one. We give no figure, because we have none, and "
    "ask the reader to distrust any that is given in our name.",
)
_FOUR = (
    "The board’s paper for the council says that seepage on the east bank is “understood to be minor”. It may "
    "be. We are the only people who have looked, and we do not understand it to be anything yet. What would "
    "be needed is set out in the engineer’s note: eight cored borings to forty metres, two seasons, and a "
    "second pond above the lane.",
    "Such work would cost about four hundred thousand. It would be the dearest hole in the valley, and the "
    "cheapest part of the scheme. The whole return, with every reading, lies at <a "
    'href="https://lenn-water.example/papers/2024-14" color="#1a4f8a">lenn-water.example/papers/2024-14</a>, '
    'and the means of measurement are those of <a href="#section-2" color="#1a4f8a">section 2</a>.',
    "There is one more thing that should be said plainly. Where a result is inconvenient it is usual to call "
    "it preliminary. These results are preliminary in the sense that nobody has paid for the rest. They are "
    "not preliminary in the sense that they may be expected to go away.",
    "We have been asked whether a curtain of grout would close the seam. It might, if anyone knew where the "
    "seam ends. A curtain that stops short of the end of a seam makes it narrower and the water in it "
    "quicker, and quick water in gravel carries the gravel with it. At Asmere a curtain of ninety metres was "
    "made in 1964 at great expense; the spring behind the chapel, which had failed every August, has not "
    "failed since.",
)
_FIVE = (
    "The tubes are still there, under caps of green iron. Anyone may read them who brings a whistle and shuts "
    "the gate.<super>4</super> We thank Dafydd Pryce for the field, the volunteers at Sallow Ford for eleven "
    "years of Mondays, and the clerk for finding the drawings of 1911, which had been filed under fishing.",
    "Readings made after this paper was written are kept in a book in the porch of the chapel at Sallow Ford. "
    "In the dry spring of 2024 the level in T4 stood, for the first time, above the level of the river beside "
    "it. We have no explanation to offer, but we have begun to read the tube on Tuesdays as well.",
)
SECTIONS = (
    ("The question", _ONE),
    ("Means", _TWO),
    ("What was found", _THREE),
    ("What it does not say", _FOUR),
    ("The tubes as they stand", _FIVE),
)
FOOTNOTES = {
    2: (
        ("1", "The bridge was not built. The borings are kept in the cellar at Millgate, in boxes marked “jam”."),
        ("2", "The whistle sounds when it meets water. It was made by A. Tanabe from the top of a flask."),
    ),
    3: (("3", "So far nobody has corrected us, which is not the same as being right."),),
    4: (("4", "They are not read on Sundays, when the gate is used by the choir."),),
}
"""The notes at the foot of each page, counted from one: number and words."""
