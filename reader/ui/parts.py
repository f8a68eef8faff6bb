"""The parts of the window that come after the first page is painted, and what they answer."""

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, QTimer
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from reader.model.annotation import AnchorState, Color
from reader.model.change import Change
from reader.ui.adding import Adding
from reader.ui.completing import CompletingMarks
from reader.ui.document_actions import DocumentActions
from reader.ui.exchanging import Exchanging
from reader.ui.file_changes import FileChanges, is_busy
from reader.ui.finding import FindInDocument, FindInLibrary
from reader.ui.folio import Folio
from reader.ui.library_actions import LibraryActions
from reader.ui.marking import Marking
from reader.ui.masking import Masking
from reader.ui.offering import Offering
from reader.ui.page_marks import AreaMarking
from reader.ui.panels.annotations import AnnotationsPanel
from reader.ui.panels.documents import DocumentsPanel
from reader.ui.panels.empty import EmptyState
from reader.ui.panels.outline import OutlinePanel
from reader.ui.panels.search import SearchPanel
from reader.ui.past import LookingBack
from reader.ui.picking import Picking
from reader.ui.places import Places
from reader.ui.reading_again import ReadingAgain
from reader.ui.reading_progress import Pace
from reader.ui.reviewing import ReviewActions
from reader.ui.selecting import more
from reader.ui.side_tabs import SideTabs
from reader.ui.tag_keys import TagKeys
from reader.ui.text_versions import VersionActions
from reader.ui.watching import FileWatch
from reader.ui.widgets.find_bar import FindBar
from reader.ui.widgets.info_bar import InfoBar
from reader.ui.widgets.pick_bar import PickBar
from reader.ui.widgets.task_bar import TaskBar
from reader.ui.widgets.unsaved_bar import UnsavedBar
from reader.ui.workspace.window_views import WindowViews

if TYPE_CHECKING:
    from reader.services.documents import OpenedDocument
    from reader.ui.main_window import MainWindow
    from reader.ui.reading.pane import ReadingPane
    from reader.ui.theme import Theme

NOTHING_OPEN = "No document is open. Choose one from the list, or add some: drop files here, or paste a text."
NO_TEXT = "The text of “{}” is not in this library, only its annotations. Add its file to read them in their places."
WORDS_KEPT = "The mark was deleted meanwhile. What you were writing is on the clipboard; undo brings the mark back."
TEXT_MENU = (
    "copy", "copy_citation", "", *(f"color_{c}" for c in Color), "underline", "area", "tag", "note", "range", "delete",
    "past", "", "hide", "unhide", "correct", "", "select_word", "select_sentence", "select_paragraph", "", "find",
    "back", "forward",
)  # fmt: skip


class Parts(QObject):
    """Panels, bars and controllers of one window. They know the session and the pane, and not each other."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window, self._session, self._pane = window, window.session, window.pane
        session, pane = self._session, self._pane
        self.documents, self.notes = DocumentsPanel(), AnnotationsPanel()
        self.outline, self.search = OutlinePanel(), SearchPanel()
        self.tabs = SideTabs(self.notes, self.outline, self.search)
        self.strip, self.find_bar, self.task_bar = window.strip, FindBar(), TaskBar()
        self.info_bar, self.again_bar, self.file_bar = InfoBar(), TaskBar(), TaskBar()
        self.unsaved_bar = UnsavedBar()
        self.nothing, self.pick_bar = EmptyState(NOTHING_OPEN, ("Add documents",)), PickBar()
        self._place()
        self.marking = Marking(session, pane, window)
        self.marking.also_selected = self._selected_cards
        self.places = Places(session, pane, self.marking, window)
        self.masking = Masking(session, pane, window)
        self.reading_again = ReadingAgain(session, self.again_bar)
        self.masking.dressed.connect(self._show_outline)
        watch = FileWatch(session.tasks, self)
        session.busy = lambda: is_busy(window)
        self.files = FileChanges(session, watch, self.file_bar, session.busy)
        self.offering = Offering(session, pane, self.info_bar, self.masking, self.reading_again, self.files)
        self.adding = Adding(session, self.task_bar, window)
        self.finding = FindInDocument(session, pane, self.find_bar)
        self.library_search = FindInLibrary(session, self.search)
        self.document_actions = DocumentActions(session, window)
        self.tag_keys, self.versions = TagKeys(window, self.marking), VersionActions(session, window)
        self.library_actions = LibraryActions(session, window, self.tag_keys)
        self.exchange = Exchanging(session, window)
        self.views = WindowViews(window)
        self.looking_back = LookingBack(session, window, self.marking)
        picking = Picking(session, pane, self.pick_bar, self.marking)
        self.reviewing = ReviewActions(session, window, self.places, picking)
        self.notes.view.cards.set_pictures(lambda mark: session.library.annotate.picture(mark))
        self.folio, self.areas = Folio(window, self.tabs), AreaMarking(window, self.marking)
        self.completing = CompletingMarks(window)

    def _place(self) -> None:
        window = self._window
        for column, widget in ((window.left, self.documents), (window.right, self.tabs)):
            layout = column.layout()
            assert layout
            layout.addWidget(widget)
        for place, bar in enumerate((self.unsaved_bar, self.find_bar, self.info_bar)):
            window.centre_layout().insertWidget(place, bar)
        window.centre_layout().insertWidget(3, self.nothing, 1)
        window.centre_layout().insertWidget(window.centre_layout().indexOf(self.nothing), self.pick_bar)
        window.centre_layout().addWidget(self.again_bar)
        window.centre_layout().addWidget(self.file_bar)
        window.centre_layout().addWidget(self.task_bar)
        self.find_bar.hide()
        self.nothing.hide()
        # By Tab: documents, find bar, what the document offers, text, what stands at its right, status bar.
        offered = (self.info_bar.next_button, self.info_bar.close_button)
        stops = [self.documents.add_button, *self.find_bar.stops(), *offered, self._pane]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def fill(self) -> None:
        """Show what is there already."""
        self.documents.set_sort(str(self._session.library.settings.get("document_order", "")))
        self.documents.set_documents(self._session.library.documents.list())
        self.views.fill()
        if self._session.document:
            self.files.opened(self._session.document)
            self.document_opened(self._session.document)
            self.folio.shown()
            self.completing.shown()
            self.offering.begin()
        elif not self._pane.view.document.text and not self._window.opening:
            self.document_closed()

    def dress(self, theme: "Theme") -> None:
        names = self._session.library.categories.names()
        panels = (self.documents, self.notes, self.outline, self.search, self.strip)
        bars = (self.find_bar, self.info_bar, self.task_bar, self.again_bar, self.file_bar)
        for part in (*panels, *bars):
            part.set_theme(theme)
        self.nothing.set_theme(theme)
        self.views.dress(theme)
        self.notes.set_family(self._window.appearance.typography.family)
        self.marking.set_theme(theme)
        self.marking.set_category_names(names)
        self.notes.set_category_names(names)
        self._pane.set_category_names(names)
        for color, name in names.items():
            self._window.actions_[f"color_{color}"].setText(name)

    # -- what happened

    def document_opened(self, opened: "OpenedDocument") -> None:
        annotations = list(self._session.annotations.values())
        self._show_text(shown=bool(opened.text_version))
        self.nothing.say(NO_TEXT.format(opened.summary.title), ("Add its file",))
        self.documents.set_current(opened.summary.uid)
        self.notes.set_annotations(annotations)
        self._tell_elsewhere()
        self._show_outline()
        self.strip.set_annotations(annotations, self.length())
        self._session.perform(lambda: self._session.library.documents.opened(opened.summary.uid), quiet=True)
        summary = opened.summary
        self._pace = Pace(opened.document, summary.words, summary.format) if opened.text_version else None
        self._say_progress(opened.summary.position, opened.summary.progress)

    def _show_outline(self) -> None:
        """The headings that are shown, in the contents; hidden ones are back there with their text."""
        document, hidden = self._session.document, self._session.hidden
        if not document:
            return
        entries = tuple(document.document.outline)
        if hidden:
            from reader.text.masks import shown_outline

            entries = shown_outline(document.document.text, entries, hidden)
        if entries != self.outline.model.entries() or not entries:
            self.outline.set_outline(entries)
            self.outline.set_position(self._pane.visible_range()[0])

    def document_closed(self) -> None:
        self._pane.clear()
        self._show_text(shown=False)
        self.nothing.say(NOTHING_OPEN, ("Add documents",))
        self.documents.set_current(None)
        self.notes.set_annotations([])
        self.outline.set_outline(())
        self._window.setWindowTitle("Passage")
        self._pace = None
        self._window.status.clear_reading()
        self.strip.set_annotations([], 0)

    def changed(self, change: Change) -> None:
        """Hand each list the rows that are its own."""
        here = self._session.uid
        added, updated, removed = change.in_document(here)
        if added or updated or removed:
            self.notes.annotations_changed(added, updated, removed)
            self.strip.set_annotations_changed(added, updated, removed)
            self._tell_elsewhere()
        if change.everything:
            self.documents.set_documents(self._session.library.documents.list())
        elif change.documents_added or change.documents_updated or change.documents_removed:
            self.documents.documents_changed(
                list(change.documents_added), list(change.documents_updated), list(change.documents_removed)
            )
        for document in change.documents_removed:
            self.places.forget(document.uid)
        if change.categories:
            self.dress(self._window.appearance.theme)

    def visible_changed(self, start: int, end: int) -> None:
        self.notes.follow(start, end)
        self.outline.set_position(start)

    def position_changed(self, position: int, progress: float) -> None:
        self._say_progress(position, progress)
        uid = self._session.uid
        if uid and not self._session.library.read_only:
            write = self._session.library.documents.set_position
            self._session.perform(lambda: write(uid, position, progress), quiet=True)

    def _tell_elsewhere(self) -> None:
        """Say of the marks that the shown view of a page does not hold whether the other one does."""
        document, marks = self._session.document, self._session.annotations.values()
        asked = document is not None and document.view and any(mark.state is AnchorState.LOST for mark in marks)
        self.notes.set_elsewhere(self._session.library.versions.elsewhere(self._session.uid) if asked else frozenset())

    # -- what is asked

    def go_to_mark(self, uid: str) -> None:
        """Go to a mark; to one that only the other view of a page holds, there."""
        if uid not in self.notes.model.elsewhere:
            self.places.go_to_mark(uid)
            return
        self.reading_again.done.connect(lambda: self.marking.jump(uid), Qt.ConnectionType.SingleShotConnection)
        self.places.leave()
        self.offering.change_view()

    def open_from_workspace(self, document_uid: str, uid: str) -> None:
        """Show a mark that was chosen in the list of all documents."""
        if self.places.go_from_workspace(document_uid, uid) and uid in self.notes.model.elsewhere:
            self.go_to_mark(uid)

    def note_edited(self, uid: str, text: str) -> None:
        write = self._session.library.annotate.edit_note

        def again() -> None:
            if self.notes.view.edited == uid:
                self.notes.commit_editor()
            else:
                self.note_edited(uid, text)

        if self._session.perform(lambda: write(uid, text), words=text, again=again) is not None:
            return
        if uid in self._session.annotations:
            self.notes.note_failed(uid, text)
        elif self._session.refused:
            self._keep_words(text)

    def note_interrupted(self, uid: str, text: str) -> None:
        """The card of a note that was being written went away: with its mark, or because a filter hides it now."""
        if uid in self._session.annotations:
            self.note_edited(uid, text)
        else:
            self._keep_words(text)

    def _keep_words(self, text: str) -> None:
        self._session.give_up()
        if text:
            QApplication.clipboard().setText(text)
            # After what is said of the change that took the mark away.
            QTimer.singleShot(0, self, lambda: self._session.failed.emit(WORDS_KEPT))

    def recolor(self, uids: Sequence[str], color: Color) -> None:
        self._session.perform(lambda: self._session.library.annotate.recolor(uids, color))

    def delete(self, uids: Sequence[str]) -> None:
        self._session.perform(lambda: self._session.library.annotate.delete(uids))

    def delete_focused(self) -> None:
        """Delete what the keyboard is at: documents in their list, else the current marks."""
        if _inside(QApplication.focusWidget(), self.documents):
            self.document_actions.remove(self.documents.selected())
        else:
            self.marking.delete()

    def chosen_documents(self) -> list[str]:
        """The documents selected in the list while the keyboard is in it."""
        return self.documents.selected() if _inside(QApplication.focusWidget(), self.documents) else []

    def list_texts(self) -> None:
        """List the texts of the document chosen in the list while the keyboard is there, else of the open one."""
        self.versions.open_list(next(iter(self.chosen_documents()), ""))

    def select_more(self, what: str) -> None:
        """Select the word, sentence or paragraph at the caret; again, extend by the next one.

        In a footnote that has the keyboard, it is the note's caret, and nothing beyond the note.
        """
        document = self._session.document
        if not document:
            return
        pane, first, last = self._pane, 0, self.length()
        if pane.note and pane.note.pane.hasFocus():
            pane, (first, last) = pane.note.pane, pane.note.bounds
        start, end = more(document.document, what, pane.selection(), _caret(pane))
        pane.choose(max(start, first), min(end, last))

    def show_image(self, name: str) -> None:
        from reader.ui.widgets.image_view import caption_of, show_image

        document = self._session.document
        if document:
            data = self._session.library.documents.asset(self._session.uid, name)
            show_image(data, caption_of(document.document, name) or document.summary.title, self._window)

    def text_menu(self, where: QPoint) -> None:
        self.marking.hide_bar()
        self.marking.aim(where)
        # Showing again is offered where something is hidden, hiding everywhere else.
        other = "hide" if self.masking.hidden_here() else "unhide"
        paged = self._pane.view.stage is not None
        names = tuple(name for name in TEXT_MENU if name != other and (paged or name != "area"))
        menu = self._window.actions_.menu_of(QMenu(self._window), names)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._pane.viewport().mapToGlobal(where))

    def focus_documents(self) -> None:
        self._window.frame.show_left(True)
        self.documents.take_keyboard()

    def length(self) -> int:
        """Code points of the open document."""
        document = self._session.document
        return len(document.document.text) if document else 0

    def flush(self) -> None:
        """Commit what stands in an open editor."""
        from reader.ui.widgets.floating import Popup

        self.notes.commit_editor()
        self.library_actions.flush()
        for popup in self._window.findChildren(Popup):
            popup.leave()

    def show_unsaved(self) -> None:
        """Say what could not be written, above the text, until it is."""
        if unsaved := self._session.unsaved:
            self.unsaved_bar.tell(unsaved.reason, unsaved.words)
        else:
            self.unsaved_bar.hide()

    def write_again(self) -> None:
        """Try to write what could not be written."""
        if unsaved := self._session.unsaved:
            unsaved.again()

    # -- inside

    def _show_text(self, *, shown: bool) -> None:
        self.nothing.setVisible(not shown)
        self._window.reading.setVisible(shown)

    def _selected_cards(self) -> list[str]:
        focus = QApplication.focusWidget()
        return self.notes.selected() if _inside(focus, self.notes) else []

    def _say_progress(self, position: int, share: float) -> None:
        if self._pace is not None:
            self._window.status.set_reading(self._pace.at(position, share))
        else:
            self._window.status.clear_reading()

    _pace: Pace | None = None


def _inside(widget: QWidget | None, panel: QWidget) -> bool:
    return widget is not None and (widget is panel or panel.isAncestorOf(widget))


def _caret(pane: "ReadingPane") -> int:
    """Where the keyboard is in a text: at its caret, else at the top of the page."""
    selection = pane.view.selection
    return selection.caret if selection.active else pane.top_position()
