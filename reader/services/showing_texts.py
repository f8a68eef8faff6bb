"""Another text of a document shown in the place of the present one, its marks and masks carried over."""

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
from reader.services.text_versions import Fare
from reader.services.writing import Writer
from reader.store import annotations, documents, masks, texts
from reader.store.journal import action
from reader.store.versions import KnownVersion
from reader.text.editing import Edit, Edits

_MANY = 2000
_SHOWN = "Another text shown"
_FORMATS = {"plain": "text", "markdown": "markdown", "html": "html", "epub": "epub", "docx": "docx", "pdf": "pdf"}
"""The format of what a reader reads, of those that read one only."""


class ShowingTexts(Writer):
    """Of the service that lists the texts (`TextVersions`), what needs all that carries marks over."""

    def fare(self, uid: str, version: KnownVersion) -> Fare:
        """How the marks would stand in that text; of the one that is shown, how they do."""
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

    def show(self, summary: DocumentSummary, version: KnownVersion) -> AddResult:
        """Show that text, which is not shown: one undoable action. The result says how the marks fared."""
        row_id = self._row(summary.uid)
        loaded, edits = texts.load(self._store, summary.uid), self._edits(summary.uid, version)
        if loaded and edits:
            text = texts.text_of(self._store, version.id)
            with action(self._store, _SHOWN, urgent=False) as step:
                show_edited(self._store, step, loaded, version.id, text, edits)
            return self._told(summary, row_id)
        renewal = self._renewal(summary.uid, row_id, version)
        # The details are those of the document: they were taken over, or edited, when each text came.
        document = Document(texts.text_of(self._store, version.id), metadata=summary.metadata)
        carried = prepare_marks(self._store, renewal, document.text)
        with action(self._store, _SHOWN, urgent=False) as step:
            show_renewed(self._store, step, renewal, version.id, document, carried, _kind(version))
        return self._told(summary, row_id)

    def _told(self, summary: DocumentSummary, row_id: int) -> AddResult:
        """Publish that another text is shown; the result says how the marks and masks stand in it."""
        marks, hidden = annotations.of_document(self._store, row_id), masks.of_document(self._store, row_id)
        change = Change(
            _SHOWN,
            documents_updated=self._summaries([summary.uid]),
            annotations_updated=tuple(marks[:_MANY]),
            everything=len(marks) > _MANY,
        )
        self._bus.publish(change)
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


def _kind(version: KnownVersion) -> str:
    """The format of the file that a text was read from."""
    return _FORMATS.get(version.about.reader) or format_of(Path("x" + version.about.file_suffix), b"")
