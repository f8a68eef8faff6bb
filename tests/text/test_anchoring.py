import random
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from reader.model.annotation import Anchor, AnchorState
from reader.text.anchoring import CONTEXT, Resolution, Resolver, describe, resolve
from reader.text.matching import occurrences
from tests.text.strategies import any_text, mixed_text

EXACT, MOVED, LOST = AnchorState.EXACT, AnchorState.MOVED, AnchorState.LOST

STORY = (
    "The water board met in March. The survey of 1988 says that the dam would hold forty million cubic metres. "
    "Nobody in Upper Lenn was asked, and nobody in Lower Lenn was told. The mayor called it a misunderstanding.\n\n"
    "In April the mill burned. The survey of 2013 says that the river carries half of what it carried then, and "
    "the farmers, who remember August, say less. The mayor called it a misunderstanding.\n\n"
    "There was no vote in May either; the keeper went on writing down the depth of the water every morning."
)
repeated_text = st.builds(
    lambda piece, times: piece * times, st.text("ab \n", min_size=1, max_size=7), st.integers(1, 60)
)
texts = mixed_text | any_text | repeated_text | st.lists(st.sampled_from(STORY.split(". ")), max_size=9).map(". ".join)


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, int, int]:
    """A text and a range in it that is not empty."""
    text = draw(texts.filter(bool))
    start = draw(st.integers(0, len(text) - 1))
    return text, start, draw(st.integers(start + 1, len(text)))


def around(text: str, start: int, end: int) -> tuple[str, str, str]:
    return text[max(0, start - CONTEXT) : start], text[start:end], text[end : end + CONTEXT]


def mark(quote: str, text: str = STORY, *, nth: int = 0) -> Anchor:
    at = -1
    for _ in range(nth + 1):
        at = text.index(quote, at + 1)
    return describe(text, at, at + len(quote))


def found(text: str, anchor: Anchor) -> str:
    """The words that the anchor resolves to; "" when it is lost."""
    result = resolve(text, anchor)
    return "" if result.state is LOST else text[result.start : result.end]


# --- the text is the same ---------------------------------------------------------------------------------


@given(marked())
@example(("a" * 200, 50, 51))
@example(("e\u0301" * 50, 3, 7))
def test_an_unchanged_text_gives_every_mark_its_place(case: tuple[str, int, int]) -> None:
    text, start, end = case
    expected = Resolution(EXACT, start, end, 1.0)
    assert resolve(text, describe(text, start, end)) == expected
    assert Resolver(text, before=text).resolve(describe(text, start, end)) == expected


@given(texts, st.data())
def test_one_resolver_answers_as_many(text: str, data: st.DataObject) -> None:
    edges = sorted(data.draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=12)))
    anchors = [describe(text, s, e) for s, e in pairwise(edges) if s < e]
    resolver = Resolver(text)
    assert [resolver.resolve(anchor) for anchor in anchors] == [Resolution(EXACT, a.start, a.end, 1.0) for a in anchors]


# --- edits away from the mark -----------------------------------------------------------------------------


@given(marked(), st.data(), st.text(max_size=40) | st.sampled_from(STORY.split(". ")), st.booleans())
def test_an_edit_away_never_moves_a_mark_to_other_words(
    case: tuple[str, int, int], data: st.DataObject, inserted: str, known: bool
) -> None:
    """Replace any stretch outside the mark and its context: found or lost, but never elsewhere."""
    text, start, end = case
    low, high = max(0, start - CONTEXT), min(len(text), end + CONTEXT)
    before = data.draw(st.booleans())
    first, last = (0, low) if before else (high, len(text))
    a = data.draw(st.integers(first, last))
    b = data.draw(st.integers(a, last))
    edited = text[:a] + inserted + text[b:]
    anchor = describe(text, start, end)

    result = Resolver(edited, before=text if known else "").resolve(anchor)

    if result.state is not LOST:
        assert result.end - result.start == end - start
        assert edited.startswith(anchor.exact, result.start)
        assert result.state is EXACT or edited.startswith(
            anchor.prefix + anchor.exact + anchor.suffix, result.start - len(anchor.prefix)
        )
    only = len(occurrences(edited, anchor.exact, 2)) == 1
    if known and only:
        assert result.start == start + (len(inserted) - (b - a) if before else 0)
    if only:
        assert result.state is not LOST


@given(marked(), st.data(), st.text(max_size=20))
def test_an_edit_beside_the_mark_never_moves_it_to_other_words(
    case: tuple[str, int, int], data: st.DataObject, inserted: str
) -> None:
    text, start, end = case
    a, b = sorted(data.draw(st.tuples(st.integers(0, start), st.integers(0, start))))
    edited = text[:a] + inserted + text[b:]
    result = resolve(edited, describe(text, start, end))
    if result.state is not LOST and end - start < 12:
        assert edited[result.start : result.end] == text[start:end]


@given(
    st.lists(st.tuples(st.integers(0, 2000), st.text("xyz ", max_size=12), st.integers(0, 12)), max_size=8), st.data()
)
def test_many_edits_move_many_marks(edits: list[tuple[int, str, int]], data: st.DataObject) -> None:
    """Marks that no edit touches are found at their words, by one resolver in text order."""
    words = [f"w{n}" for n in range(400)]
    text = " ".join(words)
    chosen = sorted(data.draw(st.sets(st.integers(0, 395), min_size=1, max_size=20)))
    spans = [(text.index(f"w{n} "), text.index(f"w{n + 3} ")) for n in chosen]
    kept = [*text]
    for at, inserted, removed in edits:
        for gone in range(at, min(at + removed, len(kept))):
            kept[gone] = ""
        if at < len(kept):
            kept[at] = inserted + kept[at]
    edited = "".join(kept)
    resolver = Resolver(edited)
    results = [resolver.resolve(describe(text, s, e)) for s, e in spans]
    for (s, e), result in zip(spans, results, strict=True):
        right = len("".join(kept[:s]))
        if kept[s:e] == [*text[s:e]]:
            assert (result.state, result.start) in ((EXACT, right), (MOVED, right)), (s, result, right)


def test_text_before_the_mark_moves_it() -> None:
    anchor = mark("Nobody in Upper Lenn was asked")
    result = resolve("A new first paragraph.\n\n" + STORY, anchor)
    assert result == Resolution(MOVED, anchor.start + 24, anchor.end + 24, 1.0)


def test_text_after_the_mark_leaves_it() -> None:
    anchor = mark("Nobody in Upper Lenn was asked")
    assert resolve(STORY + " More.", anchor) == Resolution(EXACT, anchor.start, anchor.end, 1.0)


# --- repeated words ---------------------------------------------------------------------------------------

MISTAKE = "The mayor called it a misunderstanding."


@pytest.mark.parametrize("nth", [0, 1])
@pytest.mark.parametrize("inserted", ["", "x", "A whole new paragraph about the mill. " * 3, "word " * 2000])
def test_a_repeated_sentence_goes_to_the_right_occurrence(nth: int, inserted: str) -> None:
    anchor = mark(MISTAKE, nth=nth)
    result = resolve(inserted + STORY, anchor)
    assert (result.start, result.score) == (anchor.start + len(inserted), 1.0)


@pytest.mark.parametrize("nth", [0, 1])
def test_one_occurrence_goes_and_its_mark_is_not_given_to_the_other(nth: int) -> None:
    anchor = mark(MISTAKE, nth=nth)
    for new, expected in (
        ("The mayor said it was a misunderstanding.", ""),
        ("The mayor calls it a misunderstanding.", "same"),
    ):
        changed = STORY[: anchor.start] + new + STORY[anchor.end :]
        assert found(changed, anchor) == (new if expected else "")


def test_a_sentence_that_was_cut_and_pasted_is_found() -> None:
    anchor = mark("Nobody in Upper Lenn was asked, and nobody in Lower Lenn was told. ")
    assert found(STORY.replace(anchor.exact, "") + anchor.exact, anchor) == anchor.exact


def test_a_short_repeated_word_stays_with_its_context() -> None:
    for nth in range(STORY.count("the ")):
        anchor = mark("the ", nth=nth)
        assert resolve("Preface. " + STORY, anchor).start == anchor.start + 9


def test_where_nothing_tells_them_apart_the_mark_is_lost() -> None:
    chorus = "And no one heard the bell go down, and no one ever will again; so sing it with me. "
    text = chorus * 9
    anchor = describe(text, len(chorus) * 4 + 10, len(chorus) * 4 + 40)
    assert resolve("Sing along with me. It has " + "many verses, " * 2 + text, anchor).state is LOST


def test_a_small_shift_among_equal_neighbourhoods_is_followed() -> None:
    chorus = "And no one heard the bell go down, and no one ever will again; so sing it with me. " * 3
    text = chorus * 9
    place = len(chorus) * 4 + 100
    anchor = describe(text, place, place + 30)
    verse = 83
    assert resolve("Oh, " + text, anchor).start == place + 4
    assert verse == len(chorus) // 3


def test_the_older_text_tells_equal_neighbourhoods_apart() -> None:
    chorus = "And no one heard the bell go down, and no one ever will again; so sing it with me. "
    verses = [f"Verse {n}. " + "la " * 60 for n in range(9)]
    text = "".join(verse + chorus * 3 for verse in verses)
    place = text.index("Verse 4") + len(verses[4]) + len(chorus) + 10
    anchor = describe(text, place, place + 30)
    edited = "A new verse in front. " * 9 + text + " And an end."
    assert resolve(edited, anchor).state is LOST
    assert Resolver(edited, before=text).resolve(anchor).start == place + 198


def test_neighbours_that_have_moved_show_the_way() -> None:
    chorus = "And no one heard the bell go down, and no one ever will again; so sing it with me. "
    text = "First words of the song. " + chorus * 9 + "Last words of the song."
    place = text.index(chorus) + len(chorus) * 4 + 10
    anchors = [mark("First words", text), describe(text, place, place + 30), mark("Last words", text)]
    edited = "x" * 40 + text
    resolver = Resolver(edited)
    assert [resolver.resolve(anchors[n]).start for n in (0, 2, 1)] == [
        anchors[0].start + 40,
        anchors[2].start + 40,
        place + 40,
    ]


def test_a_letter_at_its_old_place_by_chance_is_not_the_mark() -> None:
    text = "".join(random.Random(5).choices("abcdefgh ", k=3000))
    for at in range(200, 2700, 25):
        anchor = describe(text, at, at + 1)
        edited = "zz" + text[:at] + "Z" + text[at + 1 :]
        result = resolve(edited, anchor)
        assert result.state is LOST or around(edited, result.start, result.end)[0::2] == around(text, at, at + 1)[0::2]


# --- the marked words themselves have changed -------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("The survey of 1988 says that the dam", "The survey of 1989 says that the dam"),
        ("forty million cubic metres", "fourty million cubic metres"),
        ("nobody in Lower Lenn was told", "nobody in old Lower Lenn was told"),
        ("the farmers, who remember August, say less", "the farmers who remember August say less"),
        ("the keeper went on writing down", "the keeper kept on writing down"),
    ],
)
@pytest.mark.parametrize("before", ["", "New beginning. " * 9, "New beginning. " * 3000])
def test_changed_words_are_found_whole(old: str, new: str, before: str) -> None:
    edited = before + STORY.replace(old, new)
    result = resolve(edited, mark(old))
    assert edited[result.start : result.end] == new
    assert result.state is MOVED
    assert 0.8 < result.score < 1


def test_the_ends_of_changed_words_are_exact() -> None:
    anchor = mark("Nobody in Upper Lenn was asked, and nobody in Lower Lenn was told.")
    for new in (
        "Nobody in Upper Lenn was ever asked, and nobody in Lower Lenn was told.",
        "Nobody in Upper Lenn was asked, nobody in Lower Lenn was told.",
        "Nobody at all in Upper Lenn was asked, and nobody in Lower Lenn told.",
        "nobody in Upper Lenn was asked, and nobody in Lower Lenn was told!",
    ):
        assert found(STORY.replace(anchor.exact, new), anchor) == new


@pytest.mark.parametrize("known", [True, False])
@pytest.mark.parametrize(
    ("lead", "old", "new", "rest"),
    [
        ("Upstream it rained for ", "eleven", "twelve", " days and nights before the lower gate was opened"),
        ("در بالادست باران ", "یازده", "دوازده", " شب و روز بارید تا آن که دریچه‌ی پایین باز شد"),
    ],
)
def test_a_word_that_changes_at_the_start_of_a_mark_is_in_it_whole(
    known: bool, lead: str, old: str, new: str, rest: str
) -> None:
    before, after = (f"{STORY} {lead}{word}{rest}. {STORY}" for word in (old, new))
    start = len(STORY) + 1 + len(lead)
    mark = describe(before, start, start + len(old + rest))
    found = Resolver(after, before=before if known else "").resolve(mark)
    assert (found.state, after[found.start : found.end]) == (MOVED, new + rest)


def test_rewrapped_lines_are_the_same_words() -> None:
    anchor = mark("Nobody in Upper Lenn was asked, and nobody in Lower Lenn was told.")
    edited = "Title\n\n" + STORY.replace(" ", "\n", 20).replace(" ", "\n ", 40)
    assert found(edited, anchor).split() == anchor.exact.split()


def test_a_long_quote_with_edits_inside_keeps_its_ends() -> None:
    rng = random.Random(3)
    words = ["".join(rng.choices("abcdefghijklmno", k=rng.randint(2, 9))) for _ in range(4000)]
    text = " ".join(words)
    start, end = text.index(words[500]), text.index(words[2600])
    anchor = describe(text, start, end)
    changed = [*words]
    for n in range(505, 2590, 12):
        changed[n] = "changed"
    edited = "Preface. " + " ".join(changed)
    result = resolve(edited, anchor)
    assert (result.start, result.end) == (edited.index(f" {words[500]} ") + 1, edited.index(f" {words[2600]} ") + 1)


def test_too_much_change_is_lost() -> None:
    anchor = mark("Nobody in Upper Lenn was asked")
    assert found(STORY.replace("Nobody in Upper Lenn was asked", "Some people in Lenn were even asked"), anchor) == ""


@pytest.mark.parametrize("quote", ["Upper Lenn", "1988", "the mill", "August", "a", "dam would h"])
def test_short_quotes_never_match_roughly(quote: str) -> None:
    anchor = mark(quote)
    changed = STORY.replace(quote, quote[:-1] + "#")
    assert found(changed, anchor) == ""


@given(st.text("abcdefg ", min_size=1, max_size=11), st.data())
def test_no_short_quote_matches_roughly(quote: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(quote) - 1))
    near = quote[:at] + data.draw(st.sampled_from(["", "h", "hh"])) + quote[at + 1 :]
    text, edited = f"{STORY[:50]}{quote}{STORY[50:]}", f"{STORY[:50]}{near}{STORY[50:]}"
    assume(quote not in edited)
    assert resolve(edited, describe(text, 50, 50 + len(quote))).state is LOST


def test_a_name_that_is_gone_is_not_found_in_another_place() -> None:
    """The mark was on "Linus"; it has been edited, and the word stands once more, far away."""
    text = STORY.replace("the keeper", "Linus") + " Long after. " * 40 + "We also met a certain Linus there."
    anchor = mark("Linus", text)
    edited = text.replace("Linus went", "Somebody went")
    assert resolve(edited, anchor).state is LOST


def test_two_nearly_equal_places_are_no_answer() -> None:
    sentence = "The survey of 1988 says that the dam would hold forty million cubic metres of water."
    text = "A. " * 40 + sentence + " B." * 40
    filler = "Something else entirely is written here, and it goes on for quite a while. "
    one, other = sentence.replace("forty", "fifty"), sentence.replace("forty", "sixty")
    assert found(filler + one + filler * 3, mark(sentence, text)) == one
    assert found(filler + one + filler * 3 + other + filler, mark(sentence, text)) == ""


def test_a_moved_paragraph_is_found_far_away() -> None:
    rng = random.Random(11)
    words = ["".join(rng.choices("abcdefghijklmnopqrstu", k=rng.randint(2, 9))) for _ in range(60_000)]
    text = " ".join(words)
    sentence = "Nobody in Upper Lenn was asked, and nobody in Lower Lenn was told what it is for."
    anchor = mark(sentence, f"{text[:1000]} {sentence} {text[1000:]}")
    changed = sentence.replace("was asked", "has been asked")
    edited = f"{text[:300_000]} {changed} {text[300_000:]}"
    assert found(edited, anchor) == changed
    assert found(text, anchor) == ""


@given(marked(), texts, st.booleans())
@example((":" * 12, 0, 12), ":", True)
@example((STORY[:30] + "- - - - a - - - -", 30, 47), STORY[:30] + "a" + STORY[30:], True)
def test_any_answer_about_any_text_is_sound(case: tuple[str, int, int], other: str, known: bool) -> None:
    text, start, end = case
    anchor = describe(text, start, end)
    result = Resolver(other, before=text if known else "").resolve(anchor)
    if result.state is LOST:
        assert (result.start, result.end, result.score) == (start, end, 0.0)
    else:
        assert 0 <= result.start < result.end <= len(other)
        assert 0.64 <= result.score <= 1.0
        assert end - start >= 12 or other[result.start : result.end] == anchor.exact
    if result.state is EXACT:
        assert (result.start, result.end, result.score) == (start, end, 1.0)
        assert other[start:end] == anchor.exact


# --- anchors from elsewhere -------------------------------------------------------------------------------


def test_a_quote_alone_is_enough_when_it_is_the_only_one() -> None:
    quote = "Nobody in Upper Lenn was asked"
    at = STORY.index(quote)
    assert resolve(STORY, Anchor(0, 0, quote)) == Resolution(MOVED, at, at + len(quote), 0.9)
    assert resolve(STORY, Anchor(at, at + len(quote), quote)).state is EXACT
    assert resolve(STORY, Anchor(0, 0, MISTAKE)).state is LOST


def test_positions_counted_otherwise_are_corrected() -> None:
    text = "😀" * 20 + STORY
    anchor = mark("The survey of 1988", text)
    utf16 = replace(anchor, start=anchor.start + 20, end=anchor.end + 20)
    assert resolve(text, utf16) == Resolution(MOVED, anchor.start, anchor.end, 1.0)


@pytest.mark.parametrize("start", [-50, 10**9])
def test_positions_outside_the_text_do_no_harm(start: int) -> None:
    anchor = mark("The survey of 1988")
    moved = resolve(STORY, replace(anchor, start=start, end=start + 18))
    assert (moved.state, moved.start) == (MOVED, anchor.start)
    assert resolve("", anchor).state is LOST


def test_an_empty_quote_stands_between_its_contexts() -> None:
    point = describe(STORY, 100, 100)
    assert resolve(STORY, point) == Resolution(EXACT, 100, 100, 1.0)
    assert resolve("New. " + STORY, point) == Resolution(MOVED, 105, 105, 1.0)
    assert resolve(STORY * 2, replace(point, start=50, end=50)).state is LOST
    assert resolve("Other words.", point).state is LOST


def test_a_range_outside_the_text_cannot_be_described() -> None:
    for start, end in ((-1, 3), (4, 3), (0, 4)):
        with pytest.raises(ValueError, match="not inside a text of 3"):
            describe("abc", start, end)
