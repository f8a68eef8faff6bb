"""What reads the same is found however it is written, and set phrases are no proof."""

from hypothesis import given

from reader.model.annotation import AnchorState
from reader.text.anchoring import Resolver, describe, resolve
from reader.text.as_read import Reading
from reader.text.pieces import key_of
from reader.text.rivals import Rivals
from tests.text.strategies import any_text, mixed_text

PHRASE = "The committee took note of the report and thanked the secretary for it. "
ITEMS = [f"Item {n}: {word} was discussed at length by {word} people. " for n, word in enumerate("abc def ghi".split())]


@given(mixed_text | any_text)
def test_each_sign_of_the_key_leads_back_to_where_it_stands(text: str) -> None:
    reading = Reading(text)
    assert reading.key == key_of(text)
    for at, sign in enumerate(reading.key):
        start, end = reading.span(at, at + 1)
        assert sign in key_of(text[start:end])
        assert reading.of(start) <= at < reading.of(end)


def test_words_are_found_however_they_are_written() -> None:
    text = "First. “The ofﬁce\nof Mr. MÜLLER” was closed. Last."
    (place,) = Rivals(Reading(text)).same('"The office of Mr. Muller"', 9)
    assert text[slice(*place)] == "“The ofﬁce\nof Mr. MÜLLER”"


def test_a_quote_in_capitals_is_found_without_the_older_text() -> None:
    old = "Nobody in Lower Lenn was told what the new dam was for."
    before = f"Some words before it. {old} Some words behind it."
    after = f"A heading.\n\nSome words before it. {old.upper()} Some words behind it."
    found = resolve(after, describe(before, 22, 22 + len(old)))
    assert after[found.start : found.end] == old.upper()
    assert found.state is AnchorState.MOVED
    assert found.score < 1


def test_a_deleted_set_phrase_is_not_put_on_another_one() -> None:
    before = ITEMS[0] + PHRASE * 2 + "x " * 900 + ITEMS[1] + PHRASE * 2 + "y " * 900 + ITEMS[2] + PHRASE * 2
    start = before.index(PHRASE) + 30
    anchor = describe(before, start, start + 25)
    after = before.replace(PHRASE * 2, "", 1)
    assert resolve(after, anchor).state is AnchorState.LOST


def test_a_survey_tells_set_phrases_apart_by_their_neighbours() -> None:
    before = "".join(item + PHRASE for item in ITEMS * 1)
    starts = [at for at in range(len(before)) if before.startswith(PHRASE, at)]
    anchors = [describe(before, at + 20, at + 45) for at in starts]
    around = [describe(before, before.index(item), before.index(item) + 20) for item in ITEMS]
    new = "An item that is new: nothing much happened. " * 3
    resolver = Resolver(new + before)
    resolver.survey([*around, *anchors])
    assert [resolver.resolve(anchor).start for anchor in anchors] == [anchor.start + len(new) for anchor in anchors]
