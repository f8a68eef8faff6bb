"""What the window does with whole documents: details, tags, showing the file, removing and bringing back."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from reader.model.change import Change
from reader.model.document import Metadata
from reader.model.errors import ReaderError
from reader.model.library import DocumentSummary
from reader.ui.unsaved import in_words

if TYPE_CHECKING:
    from reader.ui.main_window import MainWindow
    from reader.ui.session import Session


class DocumentActions(QObject):
    """Each verb takes uids; `on_current` is for the menus, which name none."""

    def __init__(self, session: "Session", window: "MainWindow") -> None:
        super().__init__(window)
        self._session, self._window = session, window

    def on_current(self, verb: str) -> None:
        """Apply a verb to the documents chosen in the list if the keyboard is there, else to the open one."""
        uids = self._window.complete().chosen_documents() or [uid for uid in (self._session.uid,) if uid]
        if not uids:
            self._session.say("Open a document first, or choose one in the list.")
            return
        match verb:
            case "details":
                self.details(uids)
            case "document_tags":
                self.tags(uids)
            case "reveal":
                self.reveal(uids[0])
            case "remove":
                self.remove(uids)

    def details(self, uids: Sequence[str]) -> None:
        """Edit what is known of the first of the documents."""
        from reader.ui.dialogs.details import DetailsDialog

        if not (summary := self._summary(uids)):
            return
        dialog = DetailsDialog(
            summary, self._session.library.tags.complete, self._window.appearance.theme, self._window
        )

        def save(uid: str, metadata: Metadata, given: list[str]) -> None:
            write = self._session.library.documents.edit
            if self._session.perform(lambda: write(uid, metadata=metadata, tags=given)) is None:
                dialog.refuse(self._window.status.message())

        dialog.saved.connect(save)
        dialog.open()

    def tags(self, uids: Sequence[str]) -> None:
        """Ask for tags of whole documents: those of one are edited, several are given more."""
        if not (summary := self._summary(uids)):
            return
        before = list(summary.tags) if len(uids) == 1 else []
        self._ask_tags(uids, before, before)

    def _ask_tags(self, uids: Sequence[str], before: list[str], shown: list[str]) -> None:
        """Ask, beginning with the tags `shown`; again with what was given where it cannot be written."""
        from reader.ui.widgets.tag_entry import TagEntry

        def commit(given: list[str]) -> None:
            if given != before and not self._tag(uids, given, again=again):
                self._ask_tags(uids, before, given)

        def again() -> None:
            for popup in self._window.findChildren(TagEntry):
                popup.leave()

        entry = TagEntry(self._session.library.tags.complete, self._window)
        entry.set_theme(self._window.appearance.theme)
        entry.set_tags(shown)
        entry.committed.connect(commit)
        entry.cancelled.connect(self._session.give_up)
        centre = self._window.centre
        entry.popup_at(centre.mapToGlobal(centre.rect().center()))

    def reveal(self, uid: str) -> None:
        """Show the folder of the document's file, or of the library's own copy where the file is gone."""
        if not (summary := self._summary([uid])):
            return
        copy = self._session.library.documents.original(uid)
        found = next((p for p in (Path(summary.path) if summary.path else None, copy) if p and p.exists()), None)
        if found is None:
            self._session.failed.emit(
                f"The file of “{summary.title}” is not on this computer; add it again to have it here."
            )
        else:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(found.parent)))

    def remove(self, uids: Sequence[str]) -> None:
        """Put documents into the bin; their annotations stay with them, and undo brings them back."""
        if uids:
            self._session.perform(lambda: self._session.library.documents.remove(uids))

    def _tag(self, uids: Sequence[str], given: list[str], again: Callable[[], None]) -> bool:
        documents = self._session.library.documents

        def write() -> Change:
            return documents.edit(uids[0], tags=given) if len(uids) == 1 else documents.add_tags(uids, given)

        return self._session.perform(write, words=in_words(given), again=again) is not None

    def _summary(self, uids: Sequence[str]) -> DocumentSummary | None:
        try:
            return self._session.library.documents.get(uids[0]) if uids else None
        except ReaderError as error:
            self._session.failed.emit(str(error))
            return None
