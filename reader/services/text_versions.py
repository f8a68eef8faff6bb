"""Every text that a document has had: listed, shown again, given up."""

from dataclasses import dataclass
from pathlib import Path

from reader.formats.registry import format_of
from reader.model.annotation import AnchorState
from reader.model.change import Change
from reader.model.document import Document
from reader.model.errors import ReaderError
from reader.model.library import DocumentSummary
from reader.services.add_result import AddResult
from reader.services.carrying import standing
from reader.services.correcting import edits_between, show_edited
from reader.services.correcting_marks import follow
from reader.services.renewing import Renewal, prepare_marks, show_renewed
from reader.services.writing import Writer
from reader.store import annotations, documents, masks, texts, versions
from reader.store.journal import action
from reader.store.versions import KnownVersion
from reader.text.editing import Edit, Edits

_MANY = 2000
_SHOWN = "Another text shown"
_FORMATS = {"plain": "text", "markdown": "markdown", "html": "html", "epub": "epub", "docx": "docx", "pdf": "pdf"}
"""The format of what a reader reads, of those that read one only."""


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
        version = self._known(uid, number)
        row_id = self._row(uid)
        if version.shown:
            marks = annotations.of_document(self._store, row_id)
            states = tuple(mark.state.value for mark in marks if mark.anchor)
        elif edits := self._edits(uid, version):
            states = self._followed(uid, row_id, version, edits)
        else:
            renewal = self._renewal(uid, row_id, version)
            carried = prepare_marks(self._store, renewal, texts.text_of(self._store, version.id))
            states = tuple(place[2] for place in carried.places)
        return Fare(*(states.count(state.value) for state in AnchorState))

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

    def show(self, uid: str, number: int, *, initiator: object = None) -> AddResult:
        """Show that text, with marks and masks carried over: one undoable action. Not for the interface's thread.

        The result is "changed", its reason says how the marks fared; "known" when it is shown already. ReaderError when
        the document has no such text.
        """
        summary, version = self._summary(uid), self._known(uid, number)
        if version.shown:
            return AddResult(Path(summary.path), "known", summary, "This text is shown already.")
        row_id = self._row(uid)
        loaded, edits = texts.load(self._store, uid), self._edits(uid, version)
        if loaded and edits:
            text = texts.text_of(self._store, version.id)
            with action(self._store, _SHOWN, urgent=False) as step:
                show_edited(self._store, step, loaded, version.id, text, edits)
            return self._told(summary, row_id, initiator)
        renewal = self._renewal(uid, row_id, version)
        # The details are those of the document: they were taken over, or edited, when each text came.
        document = Document(texts.text_of(self._store, version.id), metadata=summary.metadata)
        carried = prepare_marks(self._store, renewal, document.text)
        with action(self._store, _SHOWN, urgent=False) as step:
            show_renewed(self._store, step, renewal, version.id, document, carried, _kind(version))
        return self._told(summary, row_id, initiator)

    def drop(self, uid: str, number: int, *, initiator: object = None) -> Change:
        """Give a text up: one undoable action. Its room is free once the history has forgotten it.

        ReaderError for the text that is shown, and when the document has no such text.
        """
        version = self._known(uid, number)
        if version.shown:
            raise ReaderError("This is the text that is shown; show another one first, then drop it.")
        with action(self._store, "Text dropped") as step:
            versions.drop(step.connection, version.id, self._store.now())
        return self._published(Change(step.label, documents_updated=self._summaries([uid])), initiator)

    def _told(self, summary: DocumentSummary, row_id: int, initiator: object) -> AddResult:
        """Publish that another text is shown; the result says how the marks and masks stand in it."""
        marks, hidden = annotations.of_document(self._store, row_id), masks.of_document(self._store, row_id)
        change = Change(
            _SHOWN,
            documents_updated=self._summaries([summary.uid]),
            annotations_updated=tuple(marks[:_MANY]),
            everything=len(marks) > _MANY,
        )
        self._published(change, initiator)
        report = standing(marks, hidden).report
        return AddResult(Path(summary.path), "changed", self._summary(summary.uid), report)

    def _edits(self, uid: str, version: KnownVersion) -> tuple[Edit, ...]:
        """What makes that text of the one that is shown, where one of them corrects the other."""
        return edits_between(self._store, documents.shown_text(self._store, uid), version.id)

    def _followed(self, uid: str, row_id: int, version: KnownVersion, edits: Edits) -> tuple[str, ...]:
        """The states that the marks would have in a text that the one shown corrects, or that corrects it."""
        marks = annotations.of_document(self._store, row_id)
        before = texts.text_of(self._store, documents.shown_text(self._store, uid))
        after = texts.text_of(self._store, version.id)
        now = {mark.uid: mark for mark in follow(marks, (), before, after, edits).marks}
        return tuple(now.get(mark.uid, mark).state.value for mark in marks if mark.anchor)

    def _known(self, uid: str, number: int) -> KnownVersion:
        for version in versions.of_document(self._store, uid):
            if version.id == number:
                return version
        raise ReaderError(
            f"“{self._summary(uid).title}” has no text of the number {number}; list its texts to see them."
        )

    def _row(self, uid: str) -> int:
        row_id = documents.row_id(self._store, uid)
        if row_id is None:
            raise ReaderError("This document is not in the library any more; undo its removal or add it again.")
        return row_id

    def _renewal(self, uid: str, row_id: int, version: KnownVersion) -> Renewal:
        shown, wanted = texts.shown_version(self._store, uid), version.about
        if shown is None:
            return Renewal(row_id, version.id, was_without_text=True)
        views = wanted.file_sha256 == shown.file_sha256 and "" not in (wanted.view, shown.view)
        return Renewal(row_id, version.id, was_without_text=False, same_file=views and wanted.view != shown.view)


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


def _kind(version: KnownVersion) -> str:
    """The format of the file that a text was read from."""
    return _FORMATS.get(version.about.reader) or format_of(Path("x" + version.about.file_suffix), b"")
