"""The widths of the list's columns: shared out until the user chooses some, then kept."""

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage

from reader.model.workspace import Order
from reader.ui.workspace.list_columns import SHARES, WIDTHS, Column
from reader.ui.workspace.list_header import fitted
from tests.ui.conftest import Desk
from tests.ui.workspace.facet_helpers import marked
from tests.ui.workspace.hands import Hands

FIRST = (Column.CATEGORY, Column.QUOTE, Column.NOTE, Column.TAGS, Column.DOCUMENT)


@given(st.permutations(list(Column)), st.integers(0, 3000))
def test_the_columns_that_have_room_fill_it(columns: list[Column], room: int) -> None:
    widths = fitted(columns, room)
    assert list(widths) == columns
    assert all(widths[column] >= WIDTHS[column] for column in columns)
    ends = [sum(list(widths.values())[: number + 1]) for number in range(len(columns))]
    seen = [column for column, end in zip(columns, ends, strict=True) if end <= room]
    if any(column in SHARES for column in seen):
        assert sum(widths[column] for column in seen) == room


def test_the_columns_in_view_are_in_view_whole(desk: Desk) -> None:
    marked(desk.library, desk.uid)
    hands = Hands(desk)
    header, viewport = hands.table.header, hands.table.viewport()

    def fits(width: int, seen: int) -> bool:
        ends = [header.sectionViewportPosition(column) + header.sectionSize(column) for column in Column]
        in_view = [end <= viewport.width() for end in ends]
        whole = in_view == [number < seen for number in range(len(Column))]
        return hands.page.width() == width and whole and ends[seen - 1] == viewport.width()

    for width, seen in ((1360, 5), (1800, 9), (880, 4), (1360, 5)):
        desk.window.resize(width, 800)
        desk.qtbot.waitUntil(lambda width=width, seen=seen: fits(width, seen))


def test_widths_that_are_chosen_stay_and_can_be_forgotten(open_desk: Callable[..., Desk], desk: Desk) -> None:
    marked(desk.library, desk.uid)
    desk.window.resize(1360, 800)
    hands = Hands(desk)
    header, settings = hands.table.header, hands.desk.library.settings
    before = [header.sectionSize(column) for column in FIRST]
    with hands.desk.qtbot.waitSignal(header.laid_out):
        header.show_column(Column.NOTE, shown=False)
    assert settings.get("workspace_columns", {})["widths"] == {}
    assert header.sectionSize(Column.QUOTE) > before[1], "the others take the room of what is hidden"
    with hands.desk.qtbot.waitSignal(header.laid_out):
        header.resizeSection(Column.QUOTE, 333)
    again = Hands(open_desk(hands.desk.uid, size=(1500, 800)))
    header = again.table.header
    assert header.sectionSize(Column.QUOTE) == 333
    again.desk.window.resize(1360, 800)
    assert header.sectionSize(Column.QUOTE) == 333
    menu = again.list.columns_button.menu()
    assert menu
    menu.aboutToShow.emit()
    menu.actions()[-1].trigger()
    assert not header.isSectionHidden(Column.NOTE)
    again.desk.qtbot.waitUntil(lambda: [header.sectionSize(column) for column in FIRST] == before)


def test_an_arrow_at_a_head_says_by_what_and_in_which_direction_the_list_is_sorted(hands: Hands) -> None:
    header = hands.table.header

    def click(column: Column) -> QImage:
        middle = QPoint(header.sectionViewportPosition(column) + header.sectionSize(column) // 2, header.height() // 2)
        hands.desk.qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=middle)
        hands.settle()
        hands.desk.qtbot.mouseMove(hands.list)
        return header.viewport().grab().toImage()

    ascending, descending, other = click(Column.NOTE), click(Column.NOTE), click(Column.TAGS)
    assert hands.page.inquiry.view.order is Order.TAGS
    assert ascending != descending
    assert other not in (ascending, descending)


def test_a_note_stands_in_its_row_without_the_signs_of_its_markdown(desk: Desk) -> None:
    marked(desk.library, desk.uid)
    hands = Hands(desk)
    desk.library.annotate.edit_note(hands.mark("a lake").uid, "# Why\n\n- **not** [the sea](http://x.y)\n> `said`")
    hands.settle()
    assert hands.list.model.index(0, Column.NOTE).data() == "Why • not the sea said"
