"""Lines of a page: which way they run, where the caret stands on them, and whose part of the page a point is."""

from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model.page import Glyphs
from reader.ui.reading.pages.line_box import LineBox
from reader.ui.reading.pages.page_text import PageText
from reader.ui.reading.pages.sheets import SheetChunks, SheetPage, lay_out_sheet
from reader.ui.reading.pages.turn import Turn
from reader.ui.reading.stretches import Stretches
from tests.ui.reading.pages.fake import HEIGHT, WIDTH, FakePage, column, document_of


def text_of(page: FakePage) -> PageText:
    boxes = page.boxes()
    lines: list[tuple[int, int]] = []
    at = 0
    for line, _x, _y in page.lines:
        lines.append((at, at + len(line)))
        at += len(line) + 1
    return PageText(Glyphs(0, array("f", [edge for box in boxes for edge in box]), tuple(lines)), page.text)


def sheet(page: FakePage, rotation: int = 0, scale: float = 2.0) -> SheetPage:
    size = round(page.width * scale), round(page.height * scale)
    turn = Turn(page.width, page.height, rotation, *(size[::-1] if rotation in (90, 270) else size))
    return lay_out_sheet(SheetChunks(document_of([page])), 0, turn, text_of(page), Stretches())


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_every_character_is_found_where_it_stands(rotation: int) -> None:
    page = FakePage(column(["some words", "and more of them"]))
    laid = sheet(page, rotation)
    for position in range(len(page.text)):
        if page.text[position] == "\n":
            continue
        box = laid.box_of(position)
        assert box
        (rect,) = box.rects(position, position + 1)
        inside = rect.center()
        assert laid.box_near(inside.x(), inside.y()) is box
        assert box.position_at(inside.x(), inside.y()) in (position, position + 1)
        assert box.covers(position, inside.x(), inside.y())
        assert rect.adjusted(-2, -2, 2, 2).contains(box.caret(position).center())


@pytest.mark.parametrize(("rotation", "foot"), [(0, 0), (90, 1), (180, 2), (270, 3)])
def test_the_foot_of_a_line_turns_with_its_page(rotation: int, foot: int) -> None:
    (box,) = sheet(FakePage(column(["some words"])), rotation).boxes
    assert isinstance(box, LineBox)
    assert box.foot == foot
    assert box.upright == (rotation in (0, 180))


@pytest.mark.parametrize(("step", "backward", "foot"), [((0.0, 12.0), False, 1), ((0.0, -12.0), True, 3)])
def test_lines_up_and_down_the_page(step: tuple[float, float], backward: bool, foot: int) -> None:
    page = FakePage([("upright", 100.0, 200.0)], step=step)
    laid = sheet(page)
    (box,) = laid.boxes
    assert isinstance(box, LineBox)
    assert box.line.vertical
    assert box.line.backward == backward
    assert box.foot == foot
    assert box.height > box.width
    first, third = box.rects(0, 1)[0], box.rects(2, 3)[0]
    assert (third.top() < first.top()) == backward
    assert box.position_at(third.center().x(), third.center().y()) in (2, 3)
    assert box.caret(0).width() > box.caret(0).height()


def test_hebrew_runs_to_the_left_and_numbers_in_it_do_not() -> None:
    text = "שלום 12 רב"
    # As it stands on the page: the first letter rightmost, the number's digits from left to right.
    order = [9, 8, 7, 5, 6, 4, 3, 2, 1, 0]
    boxes = [(0.0, 0.0, 0.0, 0.0)] * len(text)
    for place, index in enumerate(order):
        boxes[index] = (30.0 + place * 8, 40.0, 38.0 + place * 8, 52.0)
    glyphs = Glyphs(0, array("f", [edge for box in boxes for edge in box]), ((0, len(text)),))
    found = PageText(glyphs, text)
    (line,) = found.lines
    assert line.backward
    assert line.mixed
    assert found.caret(line, 0)[0] == 110.0
    assert found.caret(line, 5)[0] == pytest.approx(54.0)
    assert found.caret(line, len(text))[0] == 30.0
    assert found.position_at(line, 109.0, 45.0) == 0
    assert found.position_at(line, 103.0, 45.0) == 1
    (span,) = found.spans(line, 0, 4)
    assert span[0] == 78.0
    assert span[2] == 110.0


def test_an_accent_stays_with_its_letter() -> None:
    page = FakePage(column(["cafe\u0301 au"]))
    found = text_of(page)
    (line,) = found.lines
    assert found.after(line, 3) == 5
    assert found.before(line, 5) == 3


def two_columns() -> FakePage:
    left = column([f"left line {number:02}" for number in range(10)], 30.0)
    right = column([f"right line {number:02}" for number in range(10)], 170.0, 43.0)
    return FakePage([*left[:9], ("short", 30.0, left[9][2]), *right])


@given(st.integers(0, 9), st.floats(-3, 3))
def test_a_point_in_a_column_means_a_line_of_that_column(number: int, aside: float) -> None:
    page = two_columns()
    laid = sheet(page, scale=1.0)
    x, y = 32, round(40 + 16 * number + 6 + aside)
    box = laid.box_near(x, y)
    assert box
    assert page.text[box.start : box.end].startswith(("left", "short"))
    right = laid.box_near(230, y)
    assert right
    assert page.text[right.start : right.end].startswith("right")


def test_beside_a_short_last_line_that_line_is_meant() -> None:
    page = two_columns()
    laid = sheet(page, scale=1.0)
    box = laid.box_near(120, 40 + 16 * 9 + 6)
    assert box
    assert page.text[box.start : box.end] == "short"
    assert box.position_at(120, 190) == box.end


def test_a_mark_leaves_the_wide_gap_of_a_table_free_and_is_as_tall_as_its_line() -> None:
    page = FakePage(column(["ab"]))
    boxes = [(30.0, 40.0, 38.0, 52.0), (38.0, 46.0, 46.0, 52.0), (200.0, 40.0, 208.0, 52.0)]
    found = PageText(Glyphs(0, array("f", [e for box in boxes for e in box]), ((0, 3),)), "abc")
    (line,) = found.lines
    assert [(span[0], span[2]) for span in found.spans(line, 0, 3)] == [(30.0, 46.0), (200.0, 208.0)]
    assert {span[1] for span in found.spans(line, 0, 3)} == {40.0}
    assert found.spans(line, 1, 2)[0][1] == 40.0
    assert page.width == WIDTH


def test_a_drop_cap_does_not_make_the_whole_line_tall() -> None:
    boxes = [(30.0, 40.0, 60.0, 90.0), *((60.0 + n * 8, 40.0, 68.0 + n * 8, 52.0) for n in range(9))]
    found = PageText(Glyphs(0, array("f", [e for box in boxes for e in box]), ((0, 10),)), "Once upon ")
    (line,) = found.lines
    assert found.spans(line, 3, 6)[0][3] == 52.0
    assert line.edges[3] >= 90.0


def test_a_page_without_text_has_a_place_and_shows_nothing() -> None:
    laid = sheet(FakePage([]))
    (box,) = laid.boxes
    assert (box.start, box.end) == (0, 0)
    assert box.height > HEIGHT
    assert box.rects(0, 1) == []
    assert laid.box_near(10, 10) is box
