"""Edits of a text, their composition and their reverse, and the map of positions that goes with them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.text.editing import Edit, EditMap, composed, edited, reversed_edits, settled

TEXTS = st.text(alphabet="ab é\n🌊س", max_size=40)


@st.composite
def edits_of(draw: st.DrawFn, text: str) -> tuple[Edit, ...]:
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8)))
    pairs = zip(cuts[::2], cuts[1::2], strict=False)
    return settled(text, [Edit(start, end, draw(st.text(alphabet="ab é\n🌊س", max_size=5))) for start, end in pairs])


@st.composite
def edited_texts(draw: st.DrawFn) -> tuple[str, tuple[Edit, ...]]:
    text = draw(TEXTS)
    return text, draw(edits_of(text))


def test_edits_are_made_where_they_stand() -> None:
    text = "Teh fox sleepsnow.\n"
    edits = settled(text, [Edit(14, 14, " "), Edit(0, 3, "The"), Edit(18, 19, "")])
    assert edited(text, edits) == "The fox sleeps now."


def test_edits_that_touch_are_one_and_what_changes_nothing_is_none() -> None:
    text = "abcdef"
    assert settled(text, [Edit(2, 3, "x"), Edit(1, 2, "y")]) == (Edit(1, 3, "yx"),)
    assert settled(text, [Edit(1, 3, "bc"), Edit(4, 4, "")]) == ()


@pytest.mark.parametrize("wrong", [[Edit(0, 7, "")], [Edit(-1, 2, "")], [Edit(0, 3, ""), Edit(2, 4, "")]])
def test_edits_that_cannot_be_are_refused(wrong: list[Edit]) -> None:
    with pytest.raises(ValueError, match="edit"):
        settled("abcdef", wrong)


@given(edited_texts())
def test_the_reverse_brings_the_text_back_and_every_place_outside_the_edits(
    case: tuple[str, tuple[Edit, ...]],
) -> None:
    text, edits = case
    new = edited(text, edits)
    back = reversed_edits(text, edits)
    assert edited(new, back) == text
    assert reversed_edits(new, back) == edits
    forth, home = EditMap(text, edits), EditMap(new, back)
    for place in range(len(text) + 1):
        # Both ends of what was cut out are one place afterwards.
        inside = [edit.start <= place <= edit.end for edit in edits if not edit.replacement]
        if not any(inside) and not any(edit.start < place < edit.end for edit in edits):
            assert home.start(forth.start(place)) == place
            assert home.end(forth.end(place)) == place


@given(edited_texts(), st.data())
def test_edits_one_after_the_other_are_their_composition(
    case: tuple[str, tuple[Edit, ...]], data: st.DataObject
) -> None:
    text, first = case
    middle = edited(text, first)
    second = data.draw(edits_of(middle))
    both = composed(text, first, second)
    assert edited(text, both) == edited(middle, second)
    assert settled(text, both) == both
    assert composed(text, first, reversed_edits(text, first)) == ()


@given(edited_texts(), st.data())
def test_a_range_follows_its_code_points(case: tuple[str, tuple[Edit, ...]], data: st.DataObject) -> None:
    """What of a range is outside the edits is in the range afterwards, what was outside of it is outside."""
    text, edits = case
    start, end = sorted((data.draw(st.integers(0, len(text))), data.draw(st.integers(0, len(text)))))
    new, positions = edited(text, edits), EditMap(text, edits)
    first, last = positions.range(start, end)
    assert 0 <= first <= last <= len(new)
    for at in range(len(text)):
        if any(edit.start <= at < edit.end for edit in edits):
            continue
        assert new[positions.start(at)] == text[at]
        assert (first <= positions.start(at) < last) == (start <= at < end)
    if not any(edit.start < border < edit.end for edit in edits for border in (start, end)):
        # Of a range that begins or ends inside an edit, all that stands there instead is taken; not so of a block.
        low, high = positions.block(start, end)
        assert low <= first <= last <= high


@given(edited_texts())
def test_places_keep_their_order(case: tuple[str, tuple[Edit, ...]]) -> None:
    text, edits = case
    positions = EditMap(text, edits)
    starts = [positions.start(place) for place in range(len(text) + 1)]
    ends = [positions.end(place) for place in range(len(text) + 1)]
    assert starts == sorted(starts)
    assert ends == sorted(ends)


@pytest.mark.parametrize(
    ("text", "edit", "mark", "after"),
    [
        ("a teh b", Edit(2, 5, "the"), "teh", "the"),
        ("a cat b", Edit(2, 5, "cats"), "cat", "cats"),
        ("Thefox runs", Edit(0, 6, "The fox"), "fox", "fox"),
        ("Thefox runs", Edit(3, 3, " "), "The", "The"),
        ("Thefox runs", Edit(3, 3, " "), "fox runs", "fox runs"),
        ("keep ADVERT keep", Edit(5, 12, ""), "ADVERT", ""),
        ("keep ADVERT keep", Edit(5, 12, ""), "keep ADVERT keep", "keep keep"),
        ("an x b", Edit(3, 4, "entirely other"), "an x", "an entirely other"),
        ("one two", Edit(0, 7, "zzz"), "two", "zzz"),
    ],
)
def test_marks_follow_what_is_corrected(text: str, edit: Edit, mark: str, after: str) -> None:
    edits = settled(text, [edit])
    start = text.index(mark)
    first, last = EditMap(text, edits).range(start, start + len(mark))
    assert edited(text, edits)[first:last] == after


def test_what_is_put_in_at_the_border_of_a_block_belongs_to_it() -> None:
    text = "one\ntwo"
    edits = settled(text, [Edit(3, 3, "!"), Edit(4, 4, "> ")])
    positions = EditMap(text, edits)
    new = edited(text, edits)
    assert [new[slice(*positions.block(*block))] for block in ((0, 3), (4, 7))] == ["one!", "> two"]


def test_a_long_stretch_that_is_replaced_is_followed_as_a_whole() -> None:
    text = "a" * 3000 + "b" * 3000
    positions = EditMap(text, [Edit(0, 6000, "c" * 2000)])
    assert positions.range(100, 200) == (0, 2000)
