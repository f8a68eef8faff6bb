"""What is hidden, what is proposed, and the text without it."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from reader.model.annotation import Anchor, AnchorState, Annotation
from reader.model.document import Debris, DebrisKind
from reader.model.mask import Mask, MaskState
from reader.text.masks import (
    hidden_ranges,
    merged,
    proposals,
    touches,
    visible_hits,
    visible_parts,
    visible_quote,
    visible_text,
    without,
)
from tests.text.strategies import mixed_text

ranges = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda pair: (min(pair), max(pair))), max_size=8
)


def covered(found: object) -> set[int]:
    return {at for start, end in found for at in range(start, end)}  # type: ignore[attr-defined]


def mask(
    start: int, end: int, state: MaskState = MaskState.HIDDEN, place: AnchorState = AnchorState.EXACT, text: str = ""
) -> Mask:
    return Mask(f"{start}-{end}", "d", Anchor(start, end, text[start:end] or "x" * (end - start)), state, place)


@given(ranges, st.booleans())
def test_merged_ranges_cover_the_same_and_are_apart(found: list[tuple[int, int]], touching: bool) -> None:
    joined = merged(found, touching=touching)
    assert covered(joined) == covered(found)
    assert all(start < end for start, end in joined)
    gaps = [after[0] - before[1] for before, after in pairwise(joined)]
    assert all(gap >= (1 if touching else 0) for gap in gaps)


@given(ranges, ranges)
def test_what_is_cut_out_is_gone_and_nothing_else(found: list[tuple[int, int]], cut: list[tuple[int, int]]) -> None:
    left = without(found, merged(cut))
    assert covered(left) == covered(found) - covered(cut)
    assert all(start < end for start, end in left)


@given(
    st.lists(
        st.tuples(st.integers(0, 60), st.integers(1, 9), st.sampled_from(MaskState), st.sampled_from(AnchorState)),
        max_size=8,
    )
)
def test_only_hidden_masks_that_stand_hide(made: list[tuple[int, int, MaskState, AnchorState]]) -> None:
    masks = [mask(start, start + size, state, place) for start, size, state, place in made]
    hiding = [
        (start, start + size) for start, size, state, place in made if (state, place != "lost") == ("hidden", True)
    ]
    assert hidden_ranges(masks) == merged(hiding)


@given(mixed_text, ranges, st.integers(0, 60), st.integers(0, 60))
def test_the_visible_text_is_the_text_without_the_hidden_letters(
    text: str, found: list[tuple[int, int]], one: int, other: int
) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    hidden = merged(found)
    shown = visible_text(text, start, end, hidden)
    kept = [text[at] for at in range(start, end) if at not in covered(hidden)]
    assert "".join(shown.split()) == "".join("".join(kept).split())
    assert len(shown) <= len(kept)
    # What white space is left stands in the text in this order too.
    letters = iter(kept)
    assert all(letter in letters for letter in shown)
    if not covered(hidden) & set(range(start, end)):
        assert shown == text[start:end]
    assert "".join(text[slice(*part)] for part in visible_parts(start, end, hidden)) == "".join(kept)


@given(ranges, ranges)
def test_a_hit_is_visible_when_nothing_of_it_is_hidden(
    hits: list[tuple[int, int]], found: list[tuple[int, int]]
) -> None:
    hidden = merged(found)
    gone = covered(hidden)
    expected = [(start, end) for start, end in hits if not gone & set(range(start, max(end, start + 1)))]
    assert visible_hits(hits, hidden) == expected
    assert [hit for hit in hits if not touches(*hit, hidden)] == expected


def hiding(text: str, *parts: str) -> str:
    return visible_text(text, 0, len(text), merged((text.index(part), text.index(part) + len(part)) for part in parts))


def test_no_gap_tells_where_something_was() -> None:
    assert hiding("One.\nSubscribe!\nTwo.", "Subscribe!") == "One.\nTwo."
    assert hiding("One.\n\nSubscribe!\n\nTwo.", "Subscribe!") == "One.\n\nTwo."
    assert hiding("One, she said, two.", "she said,") == "One, two."
    assert hiding("One. Two.\nThree.", "Two.") == "One.\nThree."
    assert hiding("One.\nTwo. Three.", "Two.") == "One.\nThree."
    assert hiding("Subscribe!\nOne.", "Subscribe!") == "One."
    assert hiding("One.\nSubscribe!", "Subscribe!") == "One."
    assert hiding("Unbelievable", "believ") == "Unable"
    assert hiding("One. Two. Three.\nFour.", "One.", "Three.") == "Two.\nFour."
    assert hiding("One.", "One.") == ""


def test_debris_that_is_mostly_decided_on_is_not_proposed() -> None:
    debris = [Debris(DebrisKind.SHARE, 0, 10), Debris(DebrisKind.SUBSCRIBE, 20, 30), Debris(DebrisKind.OTHER, 40, 50)]
    masks = [mask(0, 9), mask(20, 26, MaskState.KEPT), mask(40, 44)]
    assert proposals(debris, masks) == (debris[2],)
    assert proposals(debris, [mask(0, 50, place=AnchorState.LOST)]) == tuple(debris)
    assert proposals(debris, [mask(40, 43), mask(43, 46)]) == tuple(debris[:2])


def test_a_quote_is_read_without_what_is_hidden_of_it() -> None:
    text = "One. Subscribe! Two. Three."

    def quote(start: int, end: int, state: AnchorState = AnchorState.EXACT) -> Annotation:
        return Annotation("a", "d", Anchor(start, end, text[:20]), state=state)

    assert visible_quote(quote(0, 20), []) == "One. Subscribe! Two."
    assert visible_quote(quote(0, 20), [(21, 27)]) == "One. Subscribe! Two."
    assert visible_quote(quote(0, 20), [(5, 15)]) == "One. Two."
    assert visible_quote(quote(0, 20), [(0, 27)]) == ""
    assert visible_quote(quote(0, 20, AnchorState.LOST), [(0, 27)]) == "One. Subscribe! Two."
    assert visible_quote(Annotation("a", "d", None), [(0, 27)]) == ""
    # A mark that was found with other words: its place counts, as far as the lengths agree.
    assert visible_quote(quote(100, 118, AnchorState.MOVED), [(90, 130)]) == ""
    assert visible_quote(quote(100, 120, AnchorState.MOVED), [(90, 105)]) == "Subscribe! Two."
