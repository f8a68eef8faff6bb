"""A document read again from the library's own copy: by a newer reader, or another part of a web page."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from reader.formats.request import ARTICLE, PAGE
from reader.formats.versions import READER_VERSIONS
from reader.model.change import Change
from reader.model.document import Document
from reader.model.errors import Cancelled, ReaderError
from reader.model.library import DocumentSummary
from reader.services.add_result import AddResult
from reader.services.bus import Bus
from reader.services.carrying import Carried
from reader.services.correction_writing import corrected_again
from reader.services.preparing import Prepared, Source
from reader.services.reading import Readings
from reader.services.renewing import Renewal, marks_in_other_view, prepare_marks, show_renewed
from reader.services.text_writing import write_in_slices
from reader.services.writing import Writer, completed
from reader.store import annotations, documents, originals, texts
from reader.store.database import Store
from reader.store.journal import action
from reader.store.texts import TextVersion
from reader.store.upkeep import BulkUpkeep
from reader.text.normalise import NORMALISER_VERSION

_LABELS = {ARTICLE: "Article only shown", PAGE: "Whole page shown"}
_STOPPED = "Stopped; nothing was changed."
_NO_ARTICLE = "No article can be told from the rest of this page; the whole page is shown."
_ONE_TEXT = "The article and the whole page are the same text."
_MANY = 2000


@dataclass(frozen=True, slots=True)
class _Shown:
    """A document as it is before it is read again: its row id, and where its text comes from."""

    row_id: int
    summary: DocumentSummary
    version: TextVersion


class ReadingAnew(Writer):
    """Of the service that tells what texts there are (`Versions`), what parses the file and carries marks over."""

    def __init__(self, store: Store, bus: Bus, readings: Readings) -> None:
        super().__init__(store, bus)
        self._readings = readings

    def read_again(
        self,
        uid: str,
        *,
        view: str,
        cancelled: Callable[[], bool],
        progress: Callable[[int, int], object],
    ) -> AddResult:
        """Show the text that the present reader makes; what goes in and comes out is told at `Versions`."""
        shown = self._shown(uid)
        wanted = replace(
            shown.version,
            view=view or shown.version.view,
            reader_version=READER_VERSIONS.get(shown.version.reader, shown.version.reader_version),
            normaliser_version=NORMALISER_VERSION,
        )
        if _is_like(wanted, shown.version):
            return self._result(shown, "known", "")
        known = texts.version_like(self._store, shown.row_id, wanted)
        if known is not None:
            # Its details were taken over when it was read.
            document = Document(texts.text_of(self._store, known), metadata=shown.summary.metadata)
            return self._show(shown, wanted, known, document, cancelled)
        progress(0, shown.version.file_size)
        try:
            prepared = self._prepared(shown, wanted.view, cancelled)
        except Cancelled:
            return self._result(shown, "known", _STOPPED)
        except ReaderError as error:
            return self._result(shown, "failed", str(error))
        progress(shown.version.file_size, shown.version.file_size)
        return self._renew(shown, wanted, prepared, cancelled)

    def _shown(self, uid: str) -> _Shown:
        summary = self._summary(uid)
        row_id, version = documents.row_id(self._store, uid), texts.shown_version(self._store, uid)
        if row_id is None or version is None:
            raise ReaderError(f"The text of “{summary.title}” is not in this library; add its file first.")
        return _Shown(row_id, summary, version)

    def _prepared(self, shown: _Shown, view: str, cancelled: Callable[[], bool]) -> Prepared:
        """The file parsed anew, with the pictures that earlier readings found, for those whose folder is gone."""
        version = shown.version
        data = originals.contents(self._store, version.file_sha256, version.file_suffix, version.file_size)
        if data is None:
            raise ReaderError(
                f"The library's copy of “{shown.summary.title}” is missing or damaged; add the file again instead."
            )
        source = Source("", len(data), 0, data, version.file_sha256)
        pictures = texts.pictures_of(self._store, shown.row_id, version.file_sha256)
        return self._readings.prepare(source, self._path(shown), view=view, pictures=pictures, cancelled=cancelled)

    def _path(self, shown: _Shown) -> Path:
        """The name under which the file is read: where it was seen last, with the suffix it had then."""
        if shown.summary.path:
            seen = Path(shown.summary.path)
            return seen.with_name(seen.stem + shown.version.file_suffix)
        name = " ".join(shown.summary.title.replace("/", " ").replace("\\", " ").split())[:80] or "document"
        return originals.folder(self._store.path) / (name + shown.version.file_suffix)

    def _renew(
        self,
        shown: _Shown,
        wanted: TextVersion,
        prepared: Prepared,
        cancelled: Callable[[], bool],
    ) -> AddResult:
        if cancelled():
            return self._result(shown, "known", _STOPPED)
        made, document = prepared.version, prepared.document
        if wanted.view != shown.version.view and _is_same(made, shown.version):
            self._tell_no_views(shown)
            return self._result(shown, "known", _NO_ARTICLE if made.view == PAGE != wanted.view else _ONE_TEXT)
        if made.view != shown.version.view:
            document = replace(document, metadata=completed(shown.summary.metadata, document.metadata))
        version_id = texts.version_like(self._store, shown.row_id, made)
        if version_id is None:
            with BulkUpkeep(self._store) as upkeep:
                version_id = write_in_slices(self._store, shown.row_id, prepared, cancelled, upkeep.written)
        if version_id is None:
            return self._result(shown, "known", _STOPPED)
        return self._show(shown, made, version_id, document, cancelled)

    def _tell_no_views(self, shown: _Shown) -> None:
        """Offer no other view from now on: what is shown is all there is."""
        with self._store.transaction() as connection:
            texts.set_view(connection, documents.shown_text(self._store, shown.summary.uid), "")

    def _show(
        self,
        shown: _Shown,
        version: TextVersion,
        version_id: int,
        document: Document,
        cancelled: Callable[[], bool],
    ) -> AddResult:
        with BulkUpkeep(self._store) as upkeep:
            again = corrected_again(self._store, shown.row_id, version_id, version, document, cancelled, upkeep.written)
        if again is None:
            return self._result(shown, "known", _STOPPED)
        other_view = "" not in (version.view, shown.version.view) and version.view != shown.version.view
        renewal = Renewal(shown.row_id, again.version_id, was_without_text=False, same_file=other_view)
        carried = prepare_marks(self._store, renewal, again.document.text)
        label = _LABELS[version.view] if other_view else "Read again"
        with action(self._store, label, urgent=False) as step:
            carried = show_renewed(self._store, step, renewal, again.version_id, again.document, carried)
        self._bus.publish(self._change(shown, label, carried))
        # What is hidden in one view alone is not lost: it is not there, and hidden again where it is.
        marks = (
            carried.beside(len(marks_in_other_view(self._store, shown.summary.uid))) if other_view else carried.report
        )
        return self._result(shown, "changed", ", ".join(filter(None, (marks, again.report))))

    def _change(self, shown: _Shown, label: str, carried: Carried) -> Change:
        marks = annotations.of_document(self._store, shown.row_id) if carried.places else []
        return Change(
            label,
            documents_updated=self._summaries([shown.summary.uid]),
            annotations_updated=tuple(marks[:_MANY]),
            everything=len(marks) > _MANY,
        )

    def _result(self, shown: _Shown, status: str, reason: str) -> AddResult:
        return AddResult(Path(shown.summary.path), status, self._summary(shown.summary.uid), reason)


def _is_same(made: TextVersion, shown: TextVersion) -> bool:
    """Whether the present reader made the very text that is shown, of the same file."""
    return made.text_sha256 == shown.text_sha256 and _is_like(replace(made, view=shown.view), shown)


def _is_like(one: TextVersion, other: TextVersion) -> bool:
    """Whether two texts were made of one file in the same way."""
    return all(
        getattr(one, name) == getattr(other, name)
        for name in ("file_sha256", "reader", "reader_version", "normaliser_version", "view")
    )
