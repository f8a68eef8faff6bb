"""Marks find their words in a text that is the same, that was edited away from them, or that came from elsewhere."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reader.model.annotation import Anchor
from reader.text.anchoring import CONTEXT, Resolution, Resolver, describe, resolve
from reader.text.matching import occurrences
from tests.text.anchors import EXACT, LOST, MISTAKE, MOVED, STORY, mark, marked, texts

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


# --- anchors from elsewhere -------------------------------------------------------------------------------


def test_a_quote_alone_is_enough_when_it_is_the_only_one() -> None:
    quote = "Nobody in Upper Lenn was asked"
    at = STORY.index(quote)
    assert resolve(STORY, Anchor(0, 0, quote)) == Resolution(MOVED, at, at + len(quote), 0.9)
    assert resolve(STORY, Anchor(at, at + len(quote), quote)).state is EXACT
    assert resolve(STORY, Anchor(0, 0, MISTAKE)).state is LOST


def test_a_quote_alone_that_stands_once_is_not_lost_to_words_that_are_like_it() -> None:
    text = "A long way down the ford was limestone, and higher up the weir is limestone too."
    found = resolve(text, Anchor(10, 22, "is limestone"))
    assert (found.state, found.start) == (MOVED, text.index("is limestone"))


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
