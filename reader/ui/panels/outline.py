"""The contents of the open document."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFont, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from reader.model.document import OutlineEntry
from reader.ui.lists.outline import OutlineModel
from reader.ui.panels.drawn_text import draw_line
from reader.ui.panels.empty import EmptyState
from reader.ui.panels.quiet import set_ground
from reader.ui.theme import Theme, load_theme
from reader.ui.typography import interface_font
from reader.ui.widgets.own_viewport import give_viewport

AnyIndex = QModelIndex | QPersistentModelIndex

_HEIGHT = 30
_REASON = Qt.FocusReason
_NOT_ENTERED = frozenset({_REASON.MouseFocusReason, _REASON.ActiveWindowFocusReason, _REASON.PopupFocusReason})
_NO_OUTLINE = "This document has no headings."


class OutlineDelegate(QStyledItemDelegate):
    """One line a heading; the one that is being read in bold, in the accent."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.here = QPersistentModelIndex()
        self._plain = interface_font(13)
        self._strong = interface_font(13)
        self._strong.setWeight(QFont.Weight.Bold)

    def sizeHint(self, option: QStyleOptionViewItem, _index: AnyIndex) -> QSize:
        return QSize(option.rect.width(), _HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        rect, theme = option.rect, self.theme
        here = self.here == index
        focus = option.state & QStyle.StateFlag.State_HasFocus
        painter.save()
        if option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            selected = option.state & QStyle.StateFlag.State_Selected
            painter.fillRect(rect, QColor(theme.selected if selected else theme.hover))
        if here:
            painter.fillRect(QRect(rect.left(), rect.top() + 5, 3, rect.height() - 10), QColor(theme.accent))
        if focus:
            painter.setPen(QColor(theme.accent))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
        painter.setFont(self._strong if here else self._plain)
        painter.setPen(QColor(theme.accent if here else theme.text))
        line = rect.adjusted(9, 0, -10, 0)
        draw_line(painter, line, str(index.data()))
        painter.restore()


class OutlineView(QTreeView):
    """Letters typed go to the heading that begins so, whatever shortcuts the window has on them.

    `entered` says that the keyboard has come to it, other than by a click or with the window.
    """

    entered = Signal()

    def focusInEvent(self, event: QFocusEvent) -> None:
        if event.reason() not in _NOT_ENTERED:
            self.entered.emit()
        super().focusInEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
            if plain and len(event.text()) == 1 and event.text().isprintable():
                event.accept()
                return True
        return super().event(event)


class OutlinePanel(QWidget):
    """A tree of headings; `position_requested` carries the code point of the one chosen."""

    position_requested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = load_theme("light")
        self.model = OutlineModel(self)
        self.view = OutlineView()
        self._rows = OutlineDelegate(theme, self.view)
        self.empty = EmptyState(_NO_OUTLINE)
        self._prepare_view()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 6, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.view, 1)
        layout.addWidget(self.empty, 1)
        self.setFocusProxy(self.view)
        self.set_theme(theme)
        self.set_outline(())

    def _prepare_view(self) -> None:
        view = self.view
        give_viewport(view)
        view.setModel(self.model)
        view.setItemDelegate(self._rows)
        view.setHeaderHidden(True)
        view.setFrameShape(QFrame.Shape.NoFrame)
        view.setUniformRowHeights(True)
        view.setIndentation(16)
        view.setAnimated(False)
        view.setExpandsOnDoubleClick(False)
        view.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setVerticalScrollMode(QTreeView.ScrollMode.ScrollPerPixel)
        view.setMouseTracking(True)
        view.setAccessibleName("Contents")
        view.clicked.connect(self._go)
        view.activated.connect(self._go)
        view.entered.connect(self._start_here)

    def set_outline(self, outline: Sequence[OutlineEntry]) -> None:
        """Another document's headings, all of them unfolded."""
        self._rows.here = QPersistentModelIndex()
        self.model.set_outline(outline)
        self.view.expandAll()
        self.view.setVisible(bool(outline))
        self.empty.setVisible(not outline)

    def set_position(self, position: int) -> None:
        """Show which heading's text is being read: the one above that code point."""
        index = self.model.index_at(position)
        if self._rows.here == index:
            return
        self._rows.here = QPersistentModelIndex(index)
        if index.isValid() and not self.view.viewport().rect().contains(self.view.visualRect(index)):
            self.view.scrollTo(index, QTreeView.ScrollHint.PositionAtCenter)
        self.view.viewport().update()

    def here(self) -> OutlineEntry | None:
        """The heading that is shown as being read."""
        here = self._rows.here
        return self.model.entry(here) if here.isValid() else None

    def set_theme(self, theme: Theme) -> None:
        self._rows.theme = theme
        set_ground(self, theme.panel)
        set_ground(self.view, theme.panel)
        self.empty.set_theme(theme)

    def _start_here(self) -> None:
        """The keyboard starts from the heading that is being read."""
        here = self._rows.here
        if here.isValid():
            self.view.setCurrentIndex(self.model.index(here.row(), here.column(), here.parent()))

    def _go(self, index: QModelIndex) -> None:
        self.position_requested.emit(self.model.entry(index).position)
