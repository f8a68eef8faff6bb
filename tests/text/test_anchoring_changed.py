"""Marks whose own words were changed: found whole, or lost."""

import random

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from reader.text.anchoring import Resolver, describe, resolve
from tests.text.anchors import EXACT, LOST, MOVED, STORY, found, mark, marked, texts


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
