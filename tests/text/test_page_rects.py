"""Between places in a text and places on a page."""

from array import array

from hypothesis import given
from hypothesis import strategies as st

from reader.model.annotation import PageRect
from reader.text.page_rects import PageGlyphs, Words, rects_of

SIZE = 10.0


def page(*lines: str, start: int = 0, number: int = 0, lefts: tuple[float, ...] = ()) -> PageGlyphs:
    """A page of 200 by 100 points whose glyphs are 10 wide and 10 high, lines 12 apart; line ends are empty."""
    boxes: list[float] = []
    for row, line in enumerate(lines):
        left = lefts[row] if lefts else 0.0
        top = 12.0 * row
        for column in range(len(line)):
            boxes += (left + SIZE * column, top, left + SIZE * (column + 1), top + SIZE)
        if row < len(lines) - 1:
            edge = left + SIZE * len(line)
            boxes += (edge, top, edge, top + SIZE)
    return PageGlyphs(number, 200.0, 100.0, start, array("f", boxes))


def test_a_rectangle_a_line() -> None:
    assert rects_of([page("abcd", "efgh")], 2, 7) == (
        PageRect(0, 0.1, 0.0, 0.2, 0.1),
        PageRect(0, 0.0, 0.12, 0.1, 0.22),
    )


def test_several_pages() -> None:
    first, second = page("abcd"), page("efgh", start=5, number=1)
    assert rects_of([first, second], 3, 6) == (PageRect(0, 0.15, 0.0, 0.2, 0.1), PageRect(1, 0.0, 0.0, 0.05, 0.1))
    assert rects_of([second], 0, 5) == ()


def test_columns_side_by_side_stay_apart() -> None:
    boxes = [0.0, 0.0, 10.0, 10.0, 150.0, 0.0, 160.0, 10.0]
    assert len(rects_of([PageGlyphs(0, 200.0, 100.0, 0, boxes)], 0, 2)) == 2


def test_lines_from_top_to_bottom_are_one() -> None:
    boxes = [edge for row in range(5) for edge in (50.0, 10.0 * row, 60.0, 10.0 * row + 10.0)]
    assert rects_of([PageGlyphs(0, 200.0, 100.0, 0, boxes)], 0, 5) == (PageRect(0, 0.25, 0.0, 0.3, 0.5),)


@given(st.integers(0, 25), st.integers(1, 26))
def test_what_a_mark_covers_holds_its_words(start: int, length: int) -> None:
    here = page("abcdefgh", "ijklmnop", "qrstuvwx")
    end = min(start + length, here.end)
    seen = [at for at in range(start, end) if here.box(at)[0] < here.box(at)[2]]
    words = Words(here)
    assert words.held(rects_of([here], start, end)) == seen
    assert words.stretch(rects_of([here], start, end)) == ((seen[0], seen[-1] + 1) if seen else None)


def test_a_stretch_has_no_great_gap() -> None:
    words = Words(page("abcdefgh", "ijklmnop", "qrstuvwx"))
    ends = (PageRect(0, 0.0, 0.0, 0.1, 0.1), PageRect(0, 0.0, 0.24, 0.2, 0.34))
    assert words.stretch(ends) == (18, 22)


def test_the_nearest_glyph() -> None:
    words = Words(page("abcd", "efgh", start=100))
    assert words.nearest(PageRect(0, 0.05, 0.3, 0.1, 0.9)) == 106
    assert Words(PageGlyphs(0, 200.0, 100.0, 7, array("f"))).nearest(PageRect(0, 0, 0, 1, 1)) == 7
