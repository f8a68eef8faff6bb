"""The list of cards: walking, selecting, and what one does with the selected ones."""

from PySide6.QtCore import QItemSelection, QModelIndex, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from reader.model.annotation import Annotation, Color
from reader.ui.lists.annotations import AnnotationModel
from reader.ui.lists.rows import ROW_ROLE
from reader.ui.panels.card_layout import EDGE
from reader.ui.panels.card_menu import card_menu
from reader.ui.panels.cards import CardDelegate
from reader.ui.panels.note_field import NoteField
from reader.ui.panels.rows_view import RowsView
from reader.ui.theme import Theme

AnyIndex = QModelIndex | QPersistentModelIndex

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2, Qt.Key.Key_N)
_FOLDING = (Qt.Key.Key_Right, Qt.Key.Key_Left)
_NO_MODIFIER = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


def color_of_key(key: int) -> Color | None:
    """The category that the keys 1 to 6 stand for."""
    number = key - Qt.Key.Key_1
    return list(Color)[number] if 0 <= number < len(Color) else None


class CardView(RowsView):
    """Cards with one note editor among them at most. Writes nothing itself: everything is asked for by signals."""

    jump_requested = Signal(str)
    note_edited = Signal(str, str)
    note_interrupted = Signal(str, str)
    note_given_up = Signal()
    recolor_requested = Signal(list, object)
    tag_requested = Signal(list)
    delete_requested = Signal(list)
    past_requested = Signal(str)
    review_requested = Signal(str)
    tag_chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._cards = CardDelegate(theme, self)
        self._field: NoteField | None = None
        self._pressed = -1
        self.margin = 2
        self.setItemDelegate(self._cards)
        self.setAccessibleName("Annotations")
        self.setAccessibleDescription(
            "Enter edits the note, Space shows the passage, Right unfolds, Delete deletes, 1 to 6 recolour"
        )

    @property
    def theme(self) -> Theme:
        return self._theme

    @property
    def cards(self) -> CardDelegate:
        return self._cards

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._cards.set_theme(theme)
        self.relayout()

    def annotations(self) -> AnnotationModel:
        model = self.model()
        assert isinstance(model, AnnotationModel)
        return model

    def annotation_at(self, row: int) -> Annotation:
        return self.model().index(row, 0).data(ROW_ROLE)

    def selected_uids(self) -> list[str]:
        """The selected annotations in text order; the current one where none is selected."""
        rows = self.selected_rows()
        if not rows and self.currentIndex().isValid():
            rows = [self.currentIndex().row()]
        return [self.annotation_at(row).uid for row in rows]

    def foldable(self, index: QModelIndex, *, whole: bool) -> bool:
        """Whether the card can be shown whole, or folded again."""
        return index.isValid() and self._cards.folds(index.data(ROW_ROLE), self.visualRect(index), whole=whole)

    def unfold(self, index: QModelIndex) -> None:
        """Show the whole of a card that is folded, fold one that is shown whole."""
        for whole in (True, False):
            if self.foldable(index, whole=whole):
                self._cards.unfold(index.data(ROW_ROLE), whole=whole)
                self.relayout()
                self.show_rows(range(index.row(), index.row() + 1))
                return

    # The editor of the note.

    @property
    def edited(self) -> str:
        """The uid of the annotation whose note is being edited, else empty."""
        return self._cards.edited

    def edit_note(self, uid: str, text: str | None = None) -> None:
        """Open the editor in that card, with its note or with `text`; nothing happens when the card is not shown."""
        self.commit_edit()
        index = self.annotations().index_of(uid)
        if not index.isValid():
            return
        annotation: Annotation = index.data(ROW_ROLE)
        self._field = field = NoteField(annotation.note if text is None else text, self._theme, self.viewport())
        field.committed.connect(self.commit_edit)
        field.cancelled.connect(self.cancel_edit)
        field.cancelled.connect(self.note_given_up)
        field.height_changed.connect(self._field_grew)
        self._cards.edited = uid
        self._field_grew(field.wanted_height())
        self.setCurrentIndex(index)
        field.show()
        field.setFocus()

    def commit_edit(self) -> None:
        """Close the editor; a note that has changed is asked to be written."""
        if self._field is None:
            return
        uid, text = self._cards.edited, self._field.toPlainText().rstrip()
        self._close_field()
        annotation = self.annotations().by_uid(uid)
        if annotation is not None and text != annotation.note.rstrip():
            self.note_edited.emit(uid, text)

    def cancel_edit(self) -> None:
        """Close the editor and forget what was typed."""
        if self._field is not None:
            self._close_field()

    def _close_field(self) -> None:
        field, self._field = self._field, None
        assert field is not None
        focused = field.hasFocus()
        field.blockSignals(True)
        self._cards.edited = ""
        if focused:
            self.setFocus()
        field.hide()
        field.deleteLater()
        self.relayout()

    def _field_grew(self, height: int) -> None:
        self._cards.editor_height = height
        self.relayout()
        row = self.annotations().row_of(self._cards.edited)
        if row >= 0:
            self.show_rows(range(row, row + 1))

    def updateEditorGeometries(self) -> None:
        if self._field is None:
            return
        index = self.annotations().index_of(self._cards.edited)
        if index.isValid():
            self._field.place(self._cards.editor_rect(index.data(ROW_ROLE), self.visualRect(index)))

    def rowsAboutToBeRemoved(self, parent: AnyIndex, start: int, end: int) -> None:
        if self._field is not None and start <= self.annotations().row_of(self._cards.edited) <= end:
            uid, text = self._cards.edited, self._field.toPlainText().rstrip()
            self.cancel_edit()
            annotation = self.annotations().by_uid(uid)
            if annotation is not None and text != annotation.note.rstrip():
                self.note_interrupted.emit(uid, text)
        super().rowsAboutToBeRemoved(parent, start, end)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        selection = self.selectionModel().selection()
        several = sum(selection.at(n).height() for n in range(selection.count())) > 1
        if several != self._cards.several:
            self._cards.several = several
            self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        # Cards keep their width when the scroll bar comes: it stands in the room beside them.
        bar = self.width() - self.viewport().width()
        self._cards.right_edge = max(EDGE - bar, 0)
        super().resizeEvent(event)

    # Keys and mouse.

    def claims(self, event: QKeyEvent) -> bool:
        if super().claims(event):
            return True
        own = (*_ENTER, Qt.Key.Key_T, Qt.Key.Key_H, Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Space)
        plain = event.modifiers() in _NO_MODIFIER
        return plain and (event.key() in own or color_of_key(event.key()) is not None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        uids = self.selected_uids()
        if not uids or event.modifiers() not in _NO_MODIFIER or not self._command(event.key(), uids):
            super().keyPressEvent(event)

    def _command(self, key: int, uids: list[str]) -> bool:
        """Do what the key stands for; False when it is none of the list's."""
        color = color_of_key(key)
        if color is not None:
            self.recolor_requested.emit(uids, color)
        elif key in _ENTER:
            self.edit_note(self._current_uid(uids))
        elif key == Qt.Key.Key_T:
            self.tag_requested.emit(uids)
        elif key == Qt.Key.Key_H:
            self.past_requested.emit(self._current_uid(uids))
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.delete_requested.emit(uids)
        elif key in _FOLDING:
            if self.foldable(self.currentIndex(), whole=key == Qt.Key.Key_Right):
                self.unfold(self.currentIndex())
        elif key == Qt.Key.Key_Space:
            self.jump_requested.emit(self._current_uid(uids))
        else:
            return False
        return True

    def _current_uid(self, uids: list[str]) -> str:
        current = self.currentIndex()
        return current.data(ROW_ROLE).uid if current.isValid() else uids[0]

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = self.indexAt(event.position().toPoint()).row()
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        point = event.position().toPoint()
        index = self.indexAt(point)
        plain = event.modifiers() in _NO_MODIFIER and event.button() == Qt.MouseButton.LeftButton
        if plain and index.isValid() and index.row() == self._pressed:
            self._clicked(index, point)

    def _clicked(self, index: QModelIndex, point: QPoint) -> None:
        annotation: Annotation = index.data(ROW_ROLE)
        tag = self._cards.tag_at(annotation, self.visualRect(index), point.x(), point.y())
        if tag:
            self.tag_chosen.emit(tag)
        elif self._cards.fold_at(annotation, self.visualRect(index), point.x(), point.y()):
            self.unfold(index)
        else:
            self.jump_requested.emit(annotation.uid)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.button() == Qt.MouseButton.LeftButton:
            self._pressed = -1
            self.edit_note(index.data(ROW_ROLE).uid)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        uids = self.selected_uids()
        if not uids:
            return
        menu = card_menu(self, uids, self.annotations().names, self._theme)
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        place = self.visualRect(self.currentIndex()).center() if by_key else event.pos()
        menu.popup(self.viewport().mapToGlobal(place))
