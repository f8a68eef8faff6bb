"""The saved views as a short list, in the workspace and beside the text."""

from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QContextMenuEvent, QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QFrame, QListView, QMenu, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from reader.model.workspace import View
from reader.ui.panels.drawn_text import draw_line
from reader.ui.theme import Theme
from reader.ui.typography import interface_font
from reader.ui.widgets.tip_text import tip_text
from reader.ui.workspace.saved_views import SavedView

AnyIndex = QModelIndex | QPersistentModelIndex

HEIGHT = 28
MOST = 7
"""Rows that are seen at once."""
_LEFT, _RIGHT = 14, 12
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
_SHIFT = Qt.KeyboardModifier.ShiftModifier


class ViewsModel(QAbstractListModel):
    """The views in the order in which they were saved."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.entries: tuple[SavedView, ...] = ()

    def show(self, entries: tuple[SavedView, ...]) -> None:
        """Take other views; where only their counts are others, the list keeps what it has."""
        if [entry.name for entry in entries] == [entry.name for entry in self.entries]:
            self.entries = entries
            self.dataChanged.emit(self.index(0, 0), self.index(max(0, len(entries) - 1), 0))
            return
        self.beginResetModel()
        self.entries = entries
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - an invalid index is a constant
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        entry = self.entries[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return entry.name if entry.count is None else f"{entry.name}, {_annotations(entry.count)}"
        return tip_text(_tip(entry)) if role == Qt.ItemDataRole.ToolTipRole else None


def _annotations(count: int) -> str:
    return f"{count:,} annotation" if count == 1 else f"{count:,} annotations"


def _tip(entry: SavedView) -> str:
    """What a view asks for, in words."""
    from reader.text.filter_words import written

    view = entry.view
    group = f", by {view.group.value}" if view.group else ""
    return f"{written(view.filter) or 'All annotations'}; sorted by {view.order.value}{group}"


class ViewRows(QStyledItemDelegate):
    """Name and count; the view that is shown carries the accent at its edge."""

    def __init__(self, theme: Theme, parent: "ViewsList") -> None:
        super().__init__(parent)
        self.theme, self._list = theme, parent
        self._plain, self._strong = interface_font(13), interface_font(13)
        self._strong.setWeight(QFont.Weight.Bold)

    def sizeHint(self, option: QStyleOptionViewItem, _index: AnyIndex) -> QSize:
        return QSize(option.rect.width(), HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        entry, rect, theme = self._list.views.entries[index.row()], option.rect, self.theme
        here = entry.view == self._list.here
        painter.save()
        if here or option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, QColor(theme.selected if here else theme.hover))
        if here:
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), QColor(theme.accent))
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QColor(theme.accent))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
        line = rect.adjusted(_LEFT, 0, -_RIGHT, 0)
        if entry.count is not None:
            words = f"{entry.count:,}"
            painter.setFont(self._plain)
            painter.setPen(QColor(theme.muted))
            painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words)
            line.setRight(line.right() - QFontMetrics(self._plain).horizontalAdvance(words) - 8)
        painter.setFont(self._strong if here else self._plain)
        painter.setPen(QColor(theme.text))
        draw_line(painter, line, entry.name)
        painter.restore()


class ViewsList(QListView):
    """Click or Enter asks for a view, F2 for another name, Delete deletes it; each carries its name."""

    open_requested = Signal(str)
    rename_requested = Signal(str)
    delete_requested = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.views = ViewsModel(self)
        self.here: View | None = None
        """The view that is shown; None where none is."""
        self.rows = ViewRows(theme, self)
        self._pressed = QPersistentModelIndex()
        self.setModel(self.views)
        self.setItemDelegate(self.rows)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QListView.SelectionMode.NoSelection)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.setAccessibleName("Saved views")
        self.setAccessibleDescription("Enter shows the annotations of a view, F2 renames it, Delete deletes it")

    def show_entries(self, entries: tuple[SavedView, ...]) -> None:
        """Show these views; the list is as high as they are, up to some rows."""
        row = self.currentIndex().row()
        self.views.show(entries)
        if row >= 0 and not self.currentIndex().isValid():
            self.setCurrentIndex(self.views.index(min(row, len(entries) - 1), 0))
        self.setFixedHeight(HEIGHT * min(len(entries), MOST))

    def show_here(self, here: View | None) -> None:
        """Mark the view that is shown."""
        if here != self.here:
            self.here = here
            self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = QPersistentModelIndex(self.indexAt(event.position().toPoint()))
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.isValid() and self._pressed == index:
            self.open_requested.emit(index.data())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index, key = self.currentIndex(), event.key()
        if not index.isValid():
            super().keyPressEvent(event)
        elif key in _ENTER:
            self.open_requested.emit(index.data())
        elif key == Qt.Key.Key_F2:
            self.rename_requested.emit(index.data())
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.delete_requested.emit(index.data())
        elif key == Qt.Key.Key_F10 and event.modifiers() == _SHIFT:
            self._menu_at(index, self.visualRect(index).center())
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_own(event):
            event.accept()
            return True
        return super().event(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        if index.isValid():
            self._menu_at(index, self.visualRect(index).center() if by_key else event.pos())

    def _menu_at(self, index: QModelIndex, place: QPoint) -> None:
        self.menu_of(str(index.data())).popup(self.viewport().mapToGlobal(place))

    def menu_of(self, name: str) -> QMenu:
        """What one may do with a view; the menu deletes itself when it closes."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("&Show its annotations\tEnter", lambda: self.open_requested.emit(name))
        menu.addAction("&Rename…\tF2", lambda: self.rename_requested.emit(name))
        menu.addAction("&Delete\tDel", lambda: self.delete_requested.emit(name))
        return menu


def _is_own(event: QKeyEvent) -> bool:
    """Keys of the list that the window may have shortcuts on: letters look for names here."""
    own = (*_ENTER, Qt.Key.Key_F2, Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
    letter = len(event.text()) == 1 and event.text().isprintable()
    plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, _SHIFT, Qt.KeyboardModifier.KeypadModifier)
    return plain and (letter or event.key() in own)
