"""Every text that a document has had: listed, shown again, given up."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reader.model.change import Change
from reader.model.errors import ReaderError
from reader.services.add_result import AddResult
from reader.services.writing import Writer
from reader.store import texts, versions
from reader.store.journal import action
from reader.store.versions import KnownVersion

if TYPE_CHECKING:
    from reader.services.showing_texts import ShowingTexts


@dataclass(frozen=True, slots=True)
class VersionInfo:
    """One text of a document.

    `number` names it for good. `created` is the instant (UTC) at which the `reader` of that version made it of a file
    of `file_size` bytes whose name ended in `file_suffix`. `length` is in code points. `view` is "article" or "page" of
    a web page, else empty. `shown`: it is the one that is read now. `corrects` is the number of the text that it
    corrects, else 0.
    """

    number: int
    created: str
    reader: str
    reader_version: int
    file_size: int
    file_suffix: str
    length: int
    words: int
    view: str
    shown: bool
    corrects: int


@dataclass(frozen=True, slots=True)
class Fare:
    """How the marks of a document stand in one of its texts, each counted once."""

    exact: int
    moved: int
    lost: int


class TextVersions(Writer):
    """A text is named by its number. What is dropped is not listed any more; undo brings it back."""

    def list(self, uid: str) -> list[VersionInfo]:
        """The texts of a document, the newest first; nothing where only its annotations are in the library."""
        return [_info(version) for version in versions.of_document(self._store, uid)]

    def text(self, uid: str, number: int) -> str:
        """The canonical text of one of them. ReaderError when the document has no such text."""
        return texts.text_of(self._store, self._known(uid, number).id)

    def fare(self, uid: str, number: int) -> Fare:
        """How the marks would stand in that text; of the one that is shown, how they do.

        Not for the interface's thread. ReaderError when the document has no such text.
        """
        return self._showing.fare(uid, self._known(uid, number))

    def former(self, uid: str, *, since: str = "", before: int = 0) -> int:
        """The number of the text before the one that is shown, if that is of a newer file and came after `since`.

        `since` is an instant (UTC). `before` is the text that was shown before, if that is known. 0 where the shown one
        is no newer, or where there is no text of an older file.
        """
        known = versions.of_document(self._store, uid)
        shown = next((version for version in known if version.shown), None)
        file = shown.about.file_sha256 if shown else ""
        # Texts corrected, or read again, are of the same file still.
        if min((version.about.created for version in known if version.about.file_sha256 == file), default="") <= since:
            return 0
        older = [old.id for old in known if shown and old.id < shown.id and old.about.file_sha256 != file]
        return next((number for number in older if before in (0, number)), 0)

    def show(self, uid: str, number: int) -> AddResult:
        """Show that text, with marks and masks carried over: one undoable action. Not for the interface's thread.

        The result is "changed", its reason says how the marks fared; "known" when it is shown already. ReaderError when
        the document has no such text.
        """
        summary, version = self._summary(uid), self._known(uid, number)
        if version.shown:
            return AddResult(Path(summary.path), "known", summary, "This text is shown already.")
        return self._showing.show(summary, version)

    def drop(self, uid: str, number: int) -> Change:
        """Give a text up: one undoable action. Its room is free once the history has forgotten it.

        ReaderError for the text that is shown, and when the document has no such text.
        """
        version = self._known(uid, number)
        if version.shown:
            raise ReaderError("This is the text that is shown; show another one first, then drop it.")
        with action(self._store, "Text dropped") as step:
            versions.drop(step.connection, version.id, self._store.now())
        return self._bus.publish(Change(step.label, documents_updated=self._summaries([uid])))

    @property
    def _showing(self) -> "ShowingTexts":
        # It carries marks over, which a window needs only now and then.
        from reader.services.showing_texts import ShowingTexts

        return ShowingTexts(self._store, self._bus)

    def _known(self, uid: str, number: int) -> KnownVersion:
        for version in versions.of_document(self._store, uid):
            if version.id == number:
                return version
        raise ReaderError(
            f"“{self._summary(uid).title}” has no text of the number {number}; list its texts to see them."
        )


def _info(version: KnownVersion) -> VersionInfo:
    about = version.about
    return VersionInfo(
        version.id,
        about.created,
        about.reader,
        about.reader_version,
        about.file_size,
        about.file_suffix,
        about.length,
        about.words,
        about.view,
        version.shown,
        version.corrects,
    )
