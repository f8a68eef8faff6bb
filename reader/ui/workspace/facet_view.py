"""The tree of facets: choosing by mouse and keys, folding, and annotations dropped on its rows."""

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
)
from PySide6.QtWidgets import QFrame, QMenu, QTreeView, QWidget

from reader.ui.theme import Theme
from reader.ui.workspace.dragging import carries_rows, unpacked
from reader.ui.workspace.facet_choices import Choice, Facet
from reader.ui.workspace.facet_model import FacetModel
from reader.ui.workspace.facet_rows import HEIGHT, FacetDelegate
from reader.ui.workspace.facet_tree import Node

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
_CONTROL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
_UNFOLD_AFTER = 700


class FacetView(QTreeView):
    """Click or Enter asks for a value, again takes it back; with Ctrl it is left out, with Shift months are a span.

    `turned` carries a value's row and whether it is to be left out, `stretched` a month's row, `more_turned` a facet of
    which all values are wanted or the first only, `alone` a row that is to be all that is asked for, `dropped` a row
    and the row ids of the annotations dropped on it.
    """

    turned = Signal(object, bool)
    stretched = Signal(object)
    alone = Signal(object)
    more_turned = Signal(object)
    dropped = Signal(object, object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.facets = FacetModel(self)
        self.rows = FacetDelegate(theme, self.facets, self)
        self._pressed = QPersistentModelIndex()
        self.setModel(self.facets)
        self.setItemDelegate(self.rows)
        self.setHeaderHidden(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformRowHeights(True)
        self.setIndentation(14)
        self.setAnimated(False)
        self.setExpandsOnDoubleClick(False)
        self.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QTreeView.SelectionMode.NoSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QTreeView.ScrollMode.ScrollPerPixel)
        self.verticalScrollBar().setSingleStep(HEIGHT)
        self.setMouseTracking(True)
        self.setAutoExpandDelay(_UNFOLD_AFTER)
        self.setAcceptDrops(True)
        self.setAccessibleName("Facets")
        self.setAccessibleDescription("Enter asks for a value, Ctrl+Enter leaves it out")

    # Choosing.

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = QPersistentModelIndex(self._row_at(event.position().toPoint()))
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self._row_at(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.isValid() and self._pressed == index:
            self._choose(index, event.modifiers())

    def _row_at(self, point: QPoint) -> QModelIndex:
        """The row under the mouse, but for its arrow."""
        index = self.indexAt(point)
        return index if index.isValid() and self.visualRect(index).contains(point) else QModelIndex()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        menu_key = event.key() == Qt.Key.Key_F10 and event.modifiers() == _SHIFT
        if index.isValid() and event.key() in _ENTER:
            self._choose(index, event.modifiers())
        elif index.isValid() and menu_key:
            self._menu_at(index, self.visualRect(index).center())
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_own(event):
            event.accept()
            return True
        return super().event(event)

    def _choose(self, index: QModelIndex, modifiers: Qt.KeyboardModifier) -> None:
        node = self.facets.node(index)
        if node is None:
            return
        if node.kind == "title":
            self.setExpanded(index, not self.isExpanded(index))
        elif node.kind == "more":
            self.more_turned.emit(node.facet)
        elif node.facet is Facet.MONTH and modifiers & _SHIFT:
            self.stretched.emit(node)
        else:
            self.turned.emit(node, bool(modifiers & _CONTROL))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self._row_at(event.pos())
        if index.isValid():
            self._menu_at(index, self.visualRect(index).center() if by_key else event.pos())

    def _menu_at(self, index: QModelIndex, place: QPoint) -> None:
        node = self.facets.node(index)
        if node is not None and node.value is not None:
            self.menu_of(node).popup(self.viewport().mapToGlobal(place))

    def menu_of(self, node: Node) -> QMenu:
        """What one may do with a value; the menu deletes itself when it closes."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        on, out = node.choice is Choice.ON, node.choice is Choice.OUT
        menu.addAction("Take it back\tEnter" if on else "Show only these\tEnter", lambda: self.turned.emit(node, False))
        if node.facet is Facet.MONTH:
            menu.addAction("From here to the months chosen\tShift+Enter", lambda: self.stretched.emit(node))
        else:
            words = "No longer leave them out" if out else "Leave these out"
            menu.addAction(f"{words}\tCtrl+Enter", lambda: self.turned.emit(node, True))
        menu.addSeparator()
        menu.addAction("Ask for nothing else", lambda: self.alone.emit(node))
        return menu

    # Annotations dropped.

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if carries_rows(event.mimeData()):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        # Qt scrolls at the edges and unfolds what the mouse rests on.
        super().dragMoveEvent(event)
        index = self._target(event)
        self._show_target(index)
        if index.isValid():
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
        else:
            event.ignore()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._show_target(QModelIndex())
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        node = self.facets.node(self._target(event))
        self._show_target(QModelIndex())
        self.setState(QTreeView.State.NoState)
        if node is not None:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.dropped.emit(node, unpacked(event.mimeData()))

    def _target(self, event: QDropEvent) -> QModelIndex:
        """The row that takes what is dragged: a tag or a category."""
        index = self.indexAt(event.position().toPoint())
        node = self.facets.node(index)
        takes = node is not None and node.value is not None and (node.facet is Facet.TAG or node.color is not None)
        return index if takes and carries_rows(event.mimeData()) else QModelIndex()

    def _show_target(self, index: QModelIndex) -> None:
        if self.rows.target != index:
            self.rows.target = QPersistentModelIndex(index)
            self.viewport().update()

    # New rows.

    def keep_place(self) -> None:
        """Lay out new rows at once, and scroll to where the old ones were."""
        bar = self.verticalScrollBar()
        at = bar.value()
        self.executeDelayedItemsLayout()
        bar.setValue(at)


def _is_own(event: QKeyEvent) -> bool:
    """Keys of the list that the window may have shortcuts on: letters look for names here."""
    letter = len(event.text()) == 1 and event.text().isprintable()
    plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, _SHIFT, Qt.KeyboardModifier.KeypadModifier)
    return (letter and plain) or event.key() in _ENTER
