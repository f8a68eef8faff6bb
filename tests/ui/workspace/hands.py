"""The workspace as the tests of its list handle it: keys, mouse, and what stands on the lines."""

from PySide6.QtCore import QPoint, Qt

from reader.model.annotation import Annotation
from reader.model.workspace import Row
from reader.ui.workspace.list_columns import Column
from reader.ui.workspace.list_lines import Head
from tests.ui.conftest import Desk
from tests.ui.workspace.facet_helpers import Workspace

QUOTES = ["a lake", "first estimate", "forty million", "ninety-two"]
KEY, SHIFT, CONTROL, ALT = (
    Qt.Key,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)


class Hands(Workspace):
    """The workspace with the keyboard in its list."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.list, self.table = self.page.list, self.page.list.table
        self.settle()

    def settle(self) -> None:
        """Until all rows that are in view have been read, and nothing is asked any more."""

        def calm() -> bool:
            here = [self.list.model.item(line) for line in range(self.list.model.lines.count)]
            asked = self.page.inquiry.busy() or self.list.reader.busy() or self.desk.window.tasks.busy()
            return not asked and None not in here

        self.desk.qtbot.waitUntil(calm)

    def shown(self) -> list[str]:
        """What stands on the lines: quotes, and the heads of groups in brackets."""
        items = [self.list.model.item(line) for line in range(self.list.model.lines.count)]
        return [f"[{item.label} {item.total}]" if isinstance(item, Head) else item.quote for item in items if item]

    def chosen(self) -> list[str]:
        """The quotes of the selected rows."""
        return [row.quote for row in self.desk.library.workspace.rows(self.page.inquiry.rows)]

    def current(self) -> str:
        row = self.list.model.item(self.table.currentIndex().row())
        return row.quote if isinstance(row, Row) else row.label if isinstance(row, Head) else ""

    def mark(self, quote: str) -> Annotation:
        (found,) = [mark for mark in self.desk.marks() if mark.quote == quote]
        return found

    def point(self, line: int, column: Column = Column.QUOTE) -> QPoint:
        return self.table.visualRect(self.list.model.index(line, column)).center()

    def click_row(self, line: int, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        left = Qt.MouseButton.LeftButton
        self.desk.qtbot.mouseClick(self.table.viewport(), left, modifiers, self.point(line))
