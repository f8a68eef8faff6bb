"""The table of annotations: what keys, mouse and drags do in it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from reader.ui.panels.quiet import set_ground
from reader.ui.workspace.dragging import carries_rows, packed, unpacked
from reader.ui.workspace.list_columns import Column
from reader.ui.workspace.list_delegate import RowDelegate
from reader.ui.workspace.list_header import ListHeader
from reader.ui.workspace.list_lines import Head, Lines
from reader.ui.workspace.list_model import AnnotationTableModel

if TYPE_CHECKING:
    from reader.ui.theme import Theme

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class AnnotationTable(QTableView):
    """`chosen` carries the selected row ids and the one that the keyboard is at, `open_requested` a row id,
    `note_requested` that the current note is to be written, `dropped` row ids and the tag that they were dropped on.
    `tags_take_drops` says whether heads of groups are those of tags.
    """

    chosen = Signal(object, object)
    open_requested = Signal(object)
    note_requested = Signal()
    dropped = Signal(list, str)

    def __init__(self, model: AnnotationTableModel, theme: "Theme", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list = model
        self.tags_take_drops = False
        self._keeping = False
        self.header = ListHeader(self)
        self.setHorizontalHeader(self.header)
        self.setModel(model)
        # Heads ask of each row whether it is selected, to look pressed where all are: they need not know.
        self.header.setSelectionModel(QItemSelectionModel(model, self.header))
        self.header.lay_out()
        self.rows = RowDelegate(theme, self)
        self.setItemDelegate(self.rows)
        self.setAccessibleName("Annotations of all documents")
        self._set_up()
        self.selectionModel().selectionChanged.connect(lambda *_: self._tell())
        self.selectionModel().currentChanged.connect(lambda *_: self._tell())
        self.doubleClicked.connect(self._double_clicked)
        self.set_theme(theme)

    def _set_up(self) -> None:
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(max(28, self.fontMetrics().height() + 12))
        self.verticalHeader().setMinimumSectionSize(8)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(False)

    def set_theme(self, theme: "Theme") -> None:
        set_ground(self, theme.panel)
        self.rows.set_theme(theme)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.header.fit(self.viewport().width())

    # What is shown.

    def show_lines(self, lines: Lines, rows: Sequence[int], current: int, *, other: bool = False) -> None:
        """Show other lines; what was selected and the line at the top stay where they are, as far as they are there.

        `other`: something else was asked for. Then the current annotation stays in view, else the list begins anew.
        """
        top, line = self._top_id(), self.currentIndex().row()
        self._keeping = True
        self.list.set_lines(lines)
        if self.list.was_reset and lines.count:
            self._select_again(rows, current, 0 if other and line >= 0 else line)
            self._scroll_again(0 if other else top)
        self._keeping = False
        self._tell()

    def _scroll_again(self, top: int) -> None:
        """Have the annotation of that row id at the top; for 0 the current one in view."""
        at = self.list.line_of(top) if top else -1
        if at >= 0:
            self.scrollTo(self.list.index(at, self._first()), QAbstractItemView.ScrollHint.PositionAtTop)
        elif self.currentIndex().row() >= 0:
            self.scrollTo(self.currentIndex(), QAbstractItemView.ScrollHint.PositionAtCenter)

    def _select_again(self, rows: Sequence[int], current: int, line: int) -> None:
        """Select these rows. Where the current one went, the keyboard is at what took its place."""
        at = self.list.line_of(current) if current else -1
        index = self.list.index(at if at >= 0 else max(0, min(line, self.list.lines.count - 1)), self._first())
        selection = QItemSelection()
        for first, end in self.list.lines_of(rows) if rows else ():
            selection.append(self.list.whole_lines(first, end))
        model = self.selectionModel()
        model.select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if line >= 0 or at >= 0:
            model.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        if rows and selection.isEmpty() and line >= 0:
            self.setCurrentIndex(index)

    def go_to_line(self, line: int) -> None:
        """Make a line the current one and the only one selected, in view."""
        if 0 <= line < self.list.lines.count:
            self.setCurrentIndex(self.list.index(line, self._first()))

    def current_id(self) -> int:
        """The row id of the annotation that the keyboard is at; 0 for none."""
        return self.list.row_id(self.currentIndex().row())

    def cell(self, column: Column) -> QRect:
        """Where that cell of the current line is in the viewport."""
        return self.visualRect(self.list.index(self.currentIndex().row(), column))

    def step(self, by: int) -> None:
        """Go `by` annotations on, over the heads of groups."""
        line = self.currentIndex().row() + by
        while 0 <= line < self.list.lines.count and not self.list.row_id(line):
            line += by
        self.go_to_line(line)

    def _top_id(self) -> int:
        line = self.rowAt(0)
        return 0 if line < 0 else self.list.row_id(line) or self.list.row_id(line + 1)

    def _first(self) -> int:
        return self.header.first_shown()

    def _tell(self) -> None:
        if self._keeping:
            return
        ids = self._selected_ids()
        # An annotation may stand under several heads.
        self.chosen.emit(list(dict.fromkeys(ids)) if self.list.lines.heads else ids, self.current_id())
        self.viewport().update()

    def _selected_ids(self) -> list[int]:
        """The row ids on the selected lines, in order."""
        selection = self.selectionModel().selection()
        # Where columns were moved, one line may be selected in several pieces.
        runs = {(found.top(), found.bottom()) for found in map(selection.at, range(selection.count()))}
        return [row_id for first, last in sorted(runs) for row_id in self.list.ids_on(first, last)]

    # Folding.

    def fold(self, line: int, *, folded: bool | None = None) -> None:
        """Fold the group whose head is on that line, or unfold it; None: the other of the two."""
        head = self.list.lines.at(line)
        if not isinstance(head, Head):
            return
        have = self.list.lines.folded
        if folded is None:
            folded = head.key not in have
        self.refold(have | {head.key} if folded else have - {head.key}, head.key)

    def refold(self, folded: frozenset[str], key: str = "") -> None:
        """Fold the groups of these keys and no others; the keyboard comes to the head of `key`."""
        lines = self.list.lines.with_folded(folded)
        place = self.verticalScrollBar().value()
        self.list.set_lines(lines)
        self.verticalScrollBar().setValue(place)
        self.go_to_line(lines.line_of_head(key))

    def refold_all(self, *, folded: bool) -> None:
        """Fold every group, or none."""
        head = self.list.lines.at(self.list.lines.head_over(max(self.currentIndex().row(), 0)))
        keys = frozenset(found.key for found in self.list.lines.heads) if folded else frozenset[str]()
        self.refold(keys, head.key if isinstance(head, Head) else "")

    # Keys and mouse.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape or not self._answers(event):
            super().keyPressEvent(event)

    def _answers(self, event: QKeyEvent) -> bool:
        line, held = self.currentIndex().row(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if line < 0 or held:
            return False
        head = isinstance(self.list.lines.at(line), Head)
        match event.key():
            case key if key in _ENTER and head:
                self.fold(line)
            case key if key in _ENTER:
                self.open_requested.emit(self.current_id())
            case Qt.Key.Key_Space if head:
                self.fold(line)
            case Qt.Key.Key_F2 if not head:
                self.note_requested.emit()
            case Qt.Key.Key_Left if self.list.lines.heads:
                self._out(line)
            case Qt.Key.Key_Right | Qt.Key.Key_Plus if head:
                self.fold(line, folded=False)
            case Qt.Key.Key_Minus if head:
                self.fold(line, folded=True)
            case Qt.Key.Key_Asterisk if self.list.lines.heads:
                self.refold_all(folded=False)
            case _:
                return False
        return True

    def _out(self, line: int) -> None:
        """Fold the head that the keyboard is at; from a row, or a folded head, go to the head over it."""
        head = self.list.lines.at(line)
        if isinstance(head, Head) and head.key not in self.list.lines.folded:
            self.fold(line, folded=True)
        else:
            self.go_to_line(self.list.lines.head_over(line))

    def moveCursor(self, cursorAction: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Home and End lead to the first and the last row, not to the ends of one."""
        last, column = self.list.lines.count - 1, max(self.currentIndex().column(), 0)
        if cursorAction is QAbstractItemView.CursorAction.MoveHome:
            return self.list.index(0, column)
        if cursorAction is QAbstractItemView.CursorAction.MoveEnd:
            return self.list.index(last, column)
        return super().moveCursor(cursorAction, modifiers)

    def keyboardSearch(self, search: str) -> None:
        """Letters are the window's keys; words are looked for in the filter."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() is Qt.MouseButton.LeftButton and index.isValid():
            head = self.list.lines.at(index.row())
            if isinstance(head, Head):
                self.fold(index.row())

    def _double_clicked(self, index: QModelIndex) -> None:
        if row_id := self.list.row_id(index.row()):
            self.open_requested.emit(row_id)

    # Dragging to a tag.

    def startDrag(self, _supported: Qt.DropAction) -> None:
        if rows := self._selected_ids():
            drag = QDrag(self)
            drag.setMimeData(packed(rows))
            drag.exec(Qt.DropAction.CopyAction)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.tags_take_drops and carries_rows(event.mimeData()):
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        line = self._tag_line(event.position().toPoint())
        self._show_drop(line)
        if line >= 0:
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._show_drop(-1)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        line = self._tag_line(event.position().toPoint())
        head = self.list.lines.at(line) if line >= 0 else None
        self._show_drop(-1)
        if isinstance(head, Head):
            event.acceptProposedAction()
            self.dropped.emit(list(unpacked(event.mimeData())), head.name)

    def _tag_line(self, where: QPoint) -> int:
        """The line of the tag's head at that point, or over it; -1 where there is none."""
        line = self.rowAt(where.y())
        if line < 0 or not self.tags_take_drops:
            return -1
        at = self.list.lines.head_over(line) if self.list.row_id(line) else line
        head = self.list.lines.at(at)
        return at if isinstance(head, Head) and head.name else -1

    def _show_drop(self, line: int) -> None:
        if line != self.rows.drop_line:
            self.rows.drop_line = line
            self.viewport().update()
