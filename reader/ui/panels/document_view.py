"""The list of documents: opening, choosing several, and what one does with them."""

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QFrame, QListView, QMenu, QWidget

from reader.model.library import DocumentSummary
from reader.ui.lists.rows import ROW_ROLE
from reader.ui.panels.document_rows import DocumentDelegate
from reader.ui.theme import Theme
from reader.ui.widgets.own_viewport import give_viewport

_NO_MODIFIER = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class DocumentView(QListView):
    """Click or Enter opens; typing goes to the title that begins so."""

    open_requested = Signal(str)
    edit_requested = Signal(list)
    tags_requested = Signal(list)
    remove_requested = Signal(list)
    reveal_requested = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        give_viewport(self)
        self.rows = DocumentDelegate(theme, self)
        self._pressed = QModelIndex()
        self.setItemDelegate(self.rows)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.verticalScrollBar().setSingleStep(24)
        self.setMouseTracking(True)
        self.setAccessibleName("Documents")
        self.setAccessibleDescription("Enter opens, F2 edits the details, Delete removes")

    def selected_uids(self) -> list[str]:
        """The selected documents from the top down; the current one where none is selected."""
        indexes = self.selectionModel().selectedIndexes() or [self.currentIndex()]
        rows = sorted((index for index in indexes if index.isValid()), key=QModelIndex.row)
        return [index.data(ROW_ROLE).uid for index in rows]

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_own(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        uids = self.selected_uids()
        if uids and event.key() == Qt.Key.Key_F10 and event.modifiers() == Qt.KeyboardModifier.ShiftModifier:
            self._menu_at(uids, self.visualRect(self.currentIndex()).center())
        elif not uids or event.modifiers() not in _NO_MODIFIER or not self._command(event.key(), uids):
            super().keyPressEvent(event)

    def _command(self, key: int, uids: list[str]) -> bool:
        if key in _ENTER:
            current = self.currentIndex()
            self.open_requested.emit(current.data(ROW_ROLE).uid if current.isValid() else uids[0])
        elif key == Qt.Key.Key_F2:
            self.edit_requested.emit(uids)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.remove_requested.emit(uids)
        else:
            return False
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = self.indexAt(event.position().toPoint())
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        plain = event.button() == Qt.MouseButton.LeftButton and event.modifiers() in _NO_MODIFIER
        if plain and index.isValid() and index == self._pressed:
            self.open_requested.emit(index.data(ROW_ROLE).uid)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        # Dragging over rows selects nothing: a click whose hand trembles must not become a selection.
        if event.buttons() == Qt.MouseButton.NoButton:
            super().mouseMoveEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        uids = self.selected_uids()
        if not uids:
            return
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        if not by_key and not self.indexAt(event.pos()).isValid():
            return
        self._menu_at(uids, self.visualRect(self.currentIndex()).center() if by_key else event.pos())

    def _menu_at(self, uids: list[str], place: QPoint) -> None:
        self.menu_for(uids).popup(self.viewport().mapToGlobal(place))

    def menu_for(self, uids: list[str]) -> QMenu:
        """What one may do with these documents; the menu deletes itself when it closes."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if len(uids) == 1:
            menu.addAction("&Open\tEnter", lambda: self.open_requested.emit(uids[0]))
            menu.addAction("Edit &details…\tF2", lambda: self.edit_requested.emit(uids))
        menu.addAction("&Tags…", lambda: self.tags_requested.emit(uids))
        if len(uids) == 1:
            reveal = menu.addAction("&Show in folder", lambda: self.reveal_requested.emit(uids[0]))
            reveal.setEnabled(self._has_path(uids[0]))
        menu.addSeparator()
        words = "&Remove" if len(uids) == 1 else f"&Remove {len(uids):,} documents"
        menu.addAction(f"{words}\tDel", lambda: self.remove_requested.emit(uids))
        return menu

    def _has_path(self, uid: str) -> bool:
        rows = (index.data(ROW_ROLE) for index in self.selectionModel().selectedIndexes())
        return any(isinstance(row, DocumentSummary) and row.uid == uid and row.path for row in rows)


def _is_own(event: QKeyEvent) -> bool:
    """Keys of the list that the window may have shortcuts on: letters search titles here."""
    if event.matches(QKeySequence.StandardKey.SelectAll):
        return True
    own = (*_ENTER, Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_F2)
    letter = len(event.text()) == 1 and event.text().isprintable()
    shift = event.modifiers() == Qt.KeyboardModifier.ShiftModifier
    return (event.modifiers() in _NO_MODIFIER and event.key() in own) or (
        letter and (shift or event.modifiers() in _NO_MODIFIER)
    )
