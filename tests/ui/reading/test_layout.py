"""How blocks stand on the page, and that positions hold whatever the text contains."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model.document import BlockKind, Document, SpanKind
from reader.ui.reading.boxes import drawable, has_right_to_left, runs_right_to_left
from reader.ui.reading.build import build_page, make_source
from reader.ui.reading.geometry import caret_rect, position_at, range_rects
from reader.ui.reading.page import Page
from reader.ui.reading.pictures import Pictures
from reader.ui.reading.style import PageStyle
from reader.ui.theme import load_theme
from reader.ui.typography import Typography
from tests.ui.reading.samples import SENTENCE, Writer

pytestmark = pytest.mark.usefixtures("qapp")


def page_of(document: Document, width: int = 760, **typography: object) -> Page:
    style = PageStyle(load_theme("light"), Typography(**typography), width)  # type: ignore[arg-type]
    return build_page(make_source(document, Pictures(lambda _: b"").size), 0, style)


def page_style(width: int = 760) -> PageStyle:
    return PageStyle(load_theme("light"), Typography(), width)


@given(st.text(max_size=200))
def test_what_is_drawn_has_the_length_of_the_text(text: str) -> None:
    for wrapped in (False, True):
        shown = drawable(text, wrapped=wrapped)
        assert len(shown.encode("utf-16-le", "surrogatepass")) == len(text.encode("utf-16-le", "surrogatepass"))
        assert "\n" not in shown


ODD = [
    "a\u2028b",
    "a\u2029b",
    "a\ufffdb",
    "a\u00a0b",
    "a\tb",
    "a\ufffcb",
    "a\u00adb",
    "a\x0cb",
    "a\x00b",
    "a😀b",
    "ae\u0301b",
]


@pytest.mark.parametrize("text", ODD)
def test_odd_characters_do_not_shift_what_comes_after(text: str) -> None:
    page = page_of(Document(f"{text} and then the word"))
    box = page.boxes[0]
    start = f"{text} and then the word".index("word")
    rect = range_rects(box, start, start + 4)[-1]
    assert position_at(box, rect.left() + 1, rect.center().y()) == start
    assert position_at(box, rect.right(), rect.center().y()) == start + 4


units = [*"abc éü漢字😀שלוםسلام(1)-", "e\u0301", "👩‍👩‍👧"]
letters = st.lists(st.sampled_from(units), min_size=1, max_size=100).map("".join)


@given(letters.filter(lambda text: bool(text.strip())))
def test_the_caret_is_found_again_where_it_is_drawn(text: str) -> None:
    page = page_of(Document(text))
    for box in page.boxes:
        if box.bidi:
            continue
        for position in range(box.start, box.end):
            if not box.layout.isValidCursorPosition(box.to_layout(position)):
                continue
            rect = caret_rect(box, position)
            found = position_at(box, rect.left(), rect.center().y())
            assert abs(caret_rect(box, found).left() - rect.left()) <= 1


@given(letters.filter(lambda text: bool(text.strip())), st.data())
def test_two_parts_of_a_range_cover_what_the_whole_covers(text: str, data: st.DataObject) -> None:
    page = page_of(Document(text))
    box = page.boxes[0]
    middle = data.draw(st.integers(box.start, box.end))
    whole = sum(r.width() for r in range_rects(box, box.start, box.end))
    parts = sum(r.width() for r in range_rects(box, box.start, middle) + range_rects(box, middle, box.end))
    assert abs(whole - parts) <= 30, "at most a letter that both halves share"


def test_a_range_in_both_directions_lies_in_several_places() -> None:
    text = "وعليهم أن يعامل بعضهم. The UN said this in 1948, وهكذا"
    page = page_of(Document(text))
    box = page.boxes[0]
    assert box.right_to_left
    start, end = text.index("بعضهم"), text.index(" this")
    rects = range_rects(box, start, end)
    assert len(rects) == 2
    between = range_rects(box, text.index("this"), text.index("this") + 4)[0]
    assert rects[0].right() <= between.left() + 1
    assert between.right() <= rects[1].left() + 1


def test_right_to_left_paragraphs_stand_at_the_right() -> None:
    page = page_of(Document("سلام دنیا"))
    rect = range_rects(page.boxes[0], 0, 9)[0]
    assert abs(rect.right() - page_style().column) <= 3


@pytest.mark.parametrize(
    ("text", "any_rtl", "base_rtl"),
    [
        ("plain", False, False),
        ("é 漢字 😀", False, False),
        ("سلام", True, True),
        ("1. سلام", True, True),
        ("say שלום", True, False),
    ],
)
def test_direction_is_that_of_the_first_letter(text: str, any_rtl: bool, base_rtl: bool) -> None:
    assert has_right_to_left(text) == any_rtl
    assert runs_right_to_left(text) == base_rtl


def test_headings_step_down_and_are_larger_than_text() -> None:
    writer = Writer()
    for level in (1, 2, 3):
        writer.add(BlockKind.HEADING, "Heading", level=level)
    writer.add(BlockKind.PARAGRAPH, "Heading")
    sizes = [box.layout.font().pixelSize() for box in page_of(writer.document()).boxes]
    assert sizes == [29, 23, 19, 18]


def test_numbers_hang_beside_their_item() -> None:
    writer = Writer()
    writer.add(BlockKind.LIST_ITEM, SENTENCE * 2, level=1, number="1.")
    writer.add(BlockKind.LIST_ITEM, "A second paragraph of it", level=1)
    writer.add(BlockKind.LIST_ITEM, "deeper", level=2, number="•")
    writer.add(BlockKind.LIST_ITEM, "بند في القائمة", level=1, number="2.")
    page = page_of(writer.document())
    first, second, deeper, arabic = page.boxes
    assert first.x == second.x > 0
    assert deeper.x == 2 * first.x
    assert [marker.text for marker in page.markers] == ["1.", "•", "2."]
    assert page.markers[0].rect.right() <= first.x
    assert arabic.x == 0
    assert page.markers[2].rect.left() >= arabic.width


def test_quotations_have_a_bar_for_each_level_without_gaps() -> None:
    writer = Writer()
    writer.add(BlockKind.QUOTE, "One.", quote_depth=1)
    writer.add(BlockKind.QUOTE, "Two.", quote_depth=2)
    writer.add(BlockKind.QUOTE, "Three.", quote_depth=1)
    page = page_of(writer.document())
    bars = [ground.rect for ground in page.grounds]
    outer = [bar for bar in bars if bar.left() == 0]
    assert len(outer) == 3
    assert outer[1].top() <= outer[0].bottom() + 1
    assert outer[2].top() <= outer[1].bottom() + 1
    assert page.boxes[1].x > page.boxes[0].x == page.boxes[2].x


def test_code_keeps_its_lines_and_fits_the_column() -> None:
    writer = Writer()
    writer.add(BlockKind.CODE, "def f(x):\n\treturn x" + " + x" * 60 + "\n\nend")
    page = page_of(writer.document())
    box = page.boxes[0]
    assert len(box.line_tops) > 5
    assert all(rect.right() <= page_style().column for rect in range_rects(box, box.start, box.end))


def test_inline_meanings_change_the_letters_not_the_positions() -> None:
    writer = Writer()
    start = writer.add(BlockKind.PARAGRAPH, "plain bold italic code H2O small")
    for number, kind in enumerate([SpanKind.BOLD, SpanKind.ITALIC, SpanKind.CODE, SpanKind.SUBSCRIPT, SpanKind.SMALL]):
        writer.span(kind, start + 6 + number * 5, start + 10 + number * 5)
    page = page_of(writer.document())
    kinds = {f.format.fontWeight() for f in page.boxes[0].layout.formats()}
    assert 700 in kinds
    assert page.boxes[0].layout.text() == "plain bold italic code H2O small"


def table(rows: int, columns: int, text: str = "cell", **facts: object) -> Document:
    writer = Writer()
    for row in range(rows):
        for column in range(columns):
            writer.add(BlockKind.TABLE_CELL, text, table=0, row=row, column=column, header=row == 0, **facts)
    return writer.document()


def test_cells_stand_in_rows_and_columns_and_do_not_overlap() -> None:
    page = page_of(table(3, 4, SENTENCE))
    cells = [g.rect for g in page.grounds]
    assert len(cells) == 12
    for at, cell in enumerate(cells):
        assert all(not cell.adjusted(1, 1, -1, -1).intersects(other) for other in cells[at + 1 :])
    assert {cells[at].top() for at in range(4)} == {cells[0].top()}
    for box, cell in zip(page.boxes, cells, strict=True):
        assert cell.contains(box.x, box.y)
        assert box.y + box.height <= cell.bottom() + 1
    assert page.height >= max(cell.bottom() for cell in cells)


@pytest.mark.parametrize("columns", [1, 3, 12, 40])
def test_a_table_is_never_wider_than_the_page(columns: int) -> None:
    page = page_of(table(3, columns, "Considerable expenditure"))
    style = page_style()
    for ground in page.grounds:
        assert ground.rect.left() >= -style.left
        assert ground.rect.right() <= style.room
    for box in page.boxes:
        assert all(rect.width() <= box.width + 1 for rect in range_rects(box, box.start, box.end))


def test_words_are_not_cut_while_there_is_room_for_them() -> None:
    writer = Writer()
    rows = [["Year", "Interest", "Where", "Who said so in the end"], ["2013", "three", "Asmere", SENTENCE * 2]]
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            writer.add(BlockKind.TABLE_CELL, text, table=0, row=row, column=column)
    boxes = page_of(writer.document()).boxes
    assert [len(box.line_tops) for box in boxes[4:7]] == [1, 1, 1]
    assert len(boxes[7].line_tops) > 1


def test_cells_that_span_cover_their_neighbours_place() -> None:
    writer = Writer()
    writer.add(BlockKind.TABLE_CELL, "wide", table=0, row=0, column=0, column_span=2)
    writer.add(BlockKind.TABLE_CELL, "tall " * 30, table=0, row=0, column=2, row_span=2)
    writer.add(BlockKind.TABLE_CELL, "a", table=0, row=1, column=0)
    writer.add(BlockKind.TABLE_CELL, "b", table=0, row=1, column=1)
    cells = [g.rect for g in page_of(writer.document()).grounds]
    assert cells[0].left() == cells[2].left()
    assert cells[0].right() == cells[3].right()
    assert cells[1].bottom() == cells[3].bottom()
    assert cells[1].height() >= page_style().face(BlockKind.TABLE_CELL).pitch


def test_a_point_in_a_row_finds_the_cell_under_it() -> None:
    document = table(3, 3, "Some words")
    page = page_of(document)
    for box in page.boxes:
        assert page.box_near(box.x + 3, box.y + box.height // 2) is box


def test_a_table_in_arabic_begins_at_the_right() -> None:
    page = page_of(table(2, 3, "خلية"))
    assert page.boxes[0].x > page.boxes[1].x > page.boxes[2].x


def test_blank_lines_separate_and_verse_stays_close() -> None:
    text = "A line of verse,\nand one more line,\nand the last of three.\n\nAnother stanza here,\nof two lines."
    page = page_of(Document(text))
    gaps = [b.y - (a.y + a.height) for a, b in zip(page.boxes, page.boxes[1:], strict=False)]
    assert len(gaps) == 4
    assert gaps[2] > max(gaps[0], gaps[1], gaps[3])


def test_a_taller_script_gets_the_room_it_needs() -> None:
    page = page_of(Document("Plain text.\nThe sign ﷽ is tall, and so may others be."), line_height=1.2)
    for box in page.boxes:
        assert all(b - a >= round(18 * 1.2) for a, b in zip(box.line_tops, box.line_tops[1:], strict=False))
