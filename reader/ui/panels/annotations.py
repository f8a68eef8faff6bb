"""The annotations of the open document, as cards."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from reader.model.annotation import AnchorState, Annotation, Color
from reader.ui.lists.annotations import AnnotationFilter, AnnotationModel
from reader.ui.panels.annotation_filter import AnnotationFilterBar
from reader.ui.panels.card_view import CardView
from reader.ui.panels.empty import EmptyState
from reader.ui.panels.quiet import set_ground
from reader.ui.theme import Theme, load_theme
from reader.ui.typography import Family

_NO_ANNOTATIONS = "Select a passage and press 1 to 6 to mark it. Its annotation will stand here."
_NO_MATCH = "No annotation matches the filter."


class AnnotationsPanel(QWidget):
    """Filter and cards. It shows what it is given and asks by signals for what the user wants done.

    `note_interrupted` carries what was typed at a card that went away meanwhile, `filter_changed` the uids that the
    filter leaves, None where everything is shown.
    """

    jump_requested = Signal(str)
    note_edited = Signal(str, str)
    note_interrupted = Signal(str, str)
    note_given_up = Signal()
    recolor_requested = Signal(list, object)
    tag_requested = Signal(list)
    delete_requested = Signal(list)
    past_requested = Signal(str)
    review_requested = Signal(str)
    count_changed = Signal(int, int)
    filter_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = load_theme("light")
        self._current = ""
        self.model = AnnotationModel(self)
        self.bar = AnnotationFilterBar(theme, self.model.tag_counts, self.model.standing_counts)
        self.view = CardView(theme)
        self.view.setModel(self.model)
        self.empty = EmptyState(_NO_ANNOTATIONS)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for widget in (self.bar, self.view, self.empty):
            layout.addWidget(widget, 0 if widget is self.bar else 1)
        self._connect()
        self.set_theme(theme)
        self._counted()

    def take_keyboard(self) -> None:
        """Put the keyboard in the cards, or in the filter while it leaves none."""
        # No focus proxy does it: Tab would leap over what stands above the list.
        (self.bar.field if self.model.total() and not self.model.rowCount() else self.view).setFocus()

    def _connect(self) -> None:
        view = self.view
        view.jump_requested.connect(self.jump_requested)
        view.note_edited.connect(self.note_edited)
        view.note_interrupted.connect(self.note_interrupted)
        view.note_given_up.connect(self.note_given_up)
        view.recolor_requested.connect(self.recolor_requested)
        view.tag_requested.connect(self.tag_requested)
        view.delete_requested.connect(self.delete_requested)
        view.past_requested.connect(self.past_requested)
        view.review_requested.connect(self.review_requested)
        self.bar.review_requested.connect(lambda: self.review_requested.emit(""))
        view.tag_chosen.connect(self.bar.set_tag)
        self.bar.changed.connect(self._filter)
        self.bar.down_pressed.connect(self._to_cards)
        self.empty.chosen.connect(lambda _number: self.bar.clear())

    # What is shown.

    def set_annotations(self, annotations: Sequence[Annotation]) -> None:
        """Another document's annotations, in text order. A note being edited is kept first, the filter goes."""
        self.view.commit_edit()
        self._current = ""
        if self.bar.wanted():
            self.bar.clear()
        self.model.set_rows(annotations)
        self._offer_standings()
        self._counted()

    def annotations_changed(
        self, added: Sequence[Annotation], updated: Sequence[Annotation], removed: Sequence[Annotation]
    ) -> None:
        """Rows of the same document that came, changed or went; each change touches its own row only."""
        self.model.change(added, updated, removed)
        odd = any(row.state is not AnchorState.EXACT for row in (*added, *updated))
        if odd or not self.bar.standing_button.isHidden():
            self._offer_standings()
        came, went = (any(mark.uid == self._current for mark in marks) for marks in (added, removed))
        if went and not self.view.hasFocus():
            # Its neighbour in the list is not what the verbs in the text are about.
            self.view.selectionModel().clear()
        elif self._current and (came or not self.view.currentIndex().isValid()):
            self._show_current()
        self._counted()
        if (added or updated or removed) and self.bar.wanted():
            self._say_filtered()

    def set_elsewhere(self, uids: frozenset[str]) -> None:
        """Which of the marks that are not in the text stand in another view of the document."""
        if uids != self.model.elsewhere:
            self.model.elsewhere = self.view.cards.elsewhere = uids
            self._offer_standings()
            self.view.viewport().update()

    def _offer_standings(self) -> None:
        self.bar.show_standings(shown=any(map(self.model.standings, self.model.all_rows())))

    def set_category_names(self, names: Mapping[Color, str]) -> None:
        self.model.rename(dict(names))
        self.view.cards.names = dict(self.model.names)
        self.bar.set_names(self.model.names)
        self.view.viewport().update()

    def set_theme(self, theme: Theme) -> None:
        set_ground(self, theme.panel)
        set_ground(self.view, theme.panel)
        self.view.set_theme(theme)
        self.bar.set_theme(theme)
        self.empty.set_theme(theme)

    def set_family(self, family: Family) -> None:
        """The face of the quotes: the one that is read in."""
        self.view.cards.set_family(family)
        self.view.relayout()

    # The current one.

    def set_current(self, uid: str | None) -> None:
        """Mark one card as the current one and bring it into view; None for no card."""
        self._current = uid or ""
        self._show_current()

    def current(self) -> str:
        """The uid of the current card, empty when there is none."""
        index = self.view.currentIndex()
        return self.view.annotation_at(index.row()).uid if index.isValid() else ""

    def selected(self) -> list[str]:
        """The uids of the selected cards in text order."""
        return self.view.selected_uids()

    def _show_current(self) -> None:
        selection = self.view.selectionModel()
        if not self._current:
            selection.clear()
            return
        index = self.model.index_of(self._current)
        if index.isValid() and not (selection.currentIndex() == index and selection.isSelected(index)):
            selection.setCurrentIndex(index, selection.SelectionFlag.ClearAndSelect)
            self.view.scrollTo(index)

    def follow(self, start: int, end: int) -> None:
        """Scroll to the cards of the marks between these code points, without touching focus or selection."""
        rows = self.model.between(start, end)
        if not rows and self.model.rowCount():
            # No mark is in view: the list stands where the text does, at the last one above it.
            rows = range(max(rows.start - 1, 0), max(rows.start, 1))
        if self.view.edited or not rows:
            return
        current = self.view.currentIndex()
        at_hand = self.view.hasFocus() or self.view.underMouse()
        if at_hand and current.isValid() and current.row() in rows and self.view.shows(current.row()):
            return
        self.view.show_rows(rows)

    # The note editor.

    def commit_editor(self) -> None:
        """Keep what stands in an open editor."""
        self.view.commit_edit()

    def note_failed(self, uid: str, text: str) -> None:
        """Writing a note failed: open its editor again with what the user had typed."""
        if self.model.row_of(uid) < 0 and self.model.by_uid(uid) is not None:
            self.bar.clear()
        self.view.edit_note(uid, text)

    # The filter.

    def _filter(self, wanted: AnnotationFilter) -> None:
        self.view.commit_edit()
        self.model.ask(wanted)
        self._show_current()
        self._counted()
        self._say_filtered()

    def _say_filtered(self) -> None:
        wanted = bool(self.bar.wanted())
        self.filter_changed.emit([row.uid for row in self.model.shown_rows()] if wanted else None)

    def _to_cards(self) -> None:
        if not self.model.rowCount():
            return
        if not self.view.currentIndex().isValid():
            self.view.go_to_row(0)
        self.view.setFocus()

    def _counted(self) -> None:
        shown, total = self.model.rowCount(), self.model.total()
        self.bar.show_count(shown, total)
        self.bar.setVisible(total > 0)
        self.view.setVisible(shown > 0)
        self.empty.setVisible(shown == 0)
        self.empty.say(_NO_MATCH if total else _NO_ANNOTATIONS, ("Clear the filter",) if total else ())
        self.count_changed.emit(shown, total)
