"""Annotations out of the library and into it, through files of the formats in `reader.interchange`."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reader.model.annotation import Annotation, Color
from reader.model.change import Change
from reader.model.errors import ReaderError
from reader.model.library import DocumentSummary, Tag
from reader.model.mask import Mask
from reader.services.export_counting import Count
from reader.services.quote_paragraphs import ParagraphBreaks
from reader.services.targets import checked_target
from reader.services.whole_file import unwritten, whole_file
from reader.services.writing import Writer
from reader.store import categories, documents, masks, pictures, tags, texts, versions
from reader.store import exchange as rows
from reader.store.exchange import Choice
from reader.text.editing import Edit

if TYPE_CHECKING:
    from reader.interchange.given import Given
    from reader.interchange.outgoing import Outgoing
    from reader.interchange.records import DocumentRecord, Parsed, Snapshot
    from reader.interchange.template_values import Render
    from reader.services.adding import Adding
    from reader.services.bus import Bus
    from reader.services.import_preview import ImportFile, ImportPreview
    from reader.services.pdf_copies import CopyReport, PdfCopies
    from reader.services.verifying import Verified
    from reader.store.database import Store
    from reader.store.texts import TextVersion

PASSAGE = "passage"
"""The form that is read again to the last field."""
LARGEST_FILE = 1 << 30
"""Bytes of a file that an import still reads."""


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What was written; `path` is None when it was stopped and nothing was.

    `documents` counts those that the annotations written are of, `unmarked` the others that are in the file, in a form
    that has all that were chosen; `left_out` the annotations for which the form has no place.
    """

    path: Path | None
    documents: int
    annotations: int
    left_out: int = 0
    unmarked: int = 0


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, in annotations. `problems` name what was left out; `notes` say what to know of the rest.

    `masks` counts those added and updated, `lost` are the uids of those that were not found and are kept as lost.
    """

    change: Change
    added: int
    updated: int
    skipped: int
    problems: tuple[str, ...]
    notes: tuple[str, ...] = ()
    masks: int = 0
    lost: tuple[str, ...] = ()


class Exchange(Writer):
    """Export and import. Both may take seconds: run them off the interface's thread. `copies` writes those of
    PDFs, `render` runs templates."""

    def __init__(
        self,
        store: Store,
        bus: Bus,
        copies: Callable[[], PdfCopies],
        adding: Callable[[], Adding],
        render: Render | None = None,
    ) -> None:
        super().__init__(store, bus)
        self._copies, self._adding, self._render = copies, adding, render

    def save_pdf_copy(
        self,
        document_uid: str,
        target: Path,
        *,
        cancelled: Callable[[], bool] = lambda: False,
        password: str = "",
    ) -> CopyReport:
        """Write a copy of a PDF document's file to `target` with its marks as annotations that other programs show.

        The original is never written to. ReaderError says why it cannot be done; PasswordNeeded that the file is locked
        and neither `password` nor one known from before opens it.
        """
        return self._copies().save(document_uid, target, cancelled, password)

    def export(
        self,
        target: Path,
        *,
        form: str = PASSAGE,
        fields: Sequence[str] = (),
        by: str = "",
        documents: Sequence[str] | None = None,
        annotations: Sequence[str] | None = None,
        tags: Sequence[str] = (),
        color: Color | None = None,
        progress: Callable[[int, int], object] = lambda _done, _total: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> ExportReport:
        """Write annotations (all, or those of documents, uids, tags or a colour) to the file `target`.

        `form` is the name of one in `interchange.forms` that has a writer, `fields` names those of it that are wanted
        (none: all), `by` one of its groups. The file appears under its name once it is whole; `progress` gets
        annotations written and their number.
        """
        from reader.interchange import forms

        choice = Choice(documents, annotations, tags, color)
        real = checked_target(target, self._store.path)
        count = Count(progress)
        try:
            with whole_file(real) as file:
                for chunk in self._chunks(choice, count, form, fields, by):
                    if cancelled():
                        raise _Stopped
                    file.write(chunk)
        except _Stopped:
            return ExportReport(None, 0, 0)
        except OSError as error:
            raise unwritten("The export", target, error) from error
        unmarked = count.unmarked if forms.form(form).has_unmarked else 0
        return ExportReport(target, count.documents, count.written, count.left_out, unmarked)

    def pieces(
        self,
        *,
        form: str = PASSAGE,
        fields: Sequence[str] = (),
        by: str = "",
        documents: Sequence[str] | None = None,
        annotations: Sequence[str] | None = None,
        tags: Sequence[str] = (),
        color: Color | None = None,
    ) -> Iterator[str]:
        """The text that `export` would write, piece by piece; write nothing to the library between them."""
        return self._pieces(Choice(documents, annotations, tags, color), Count(), form, fields, by)

    def dumps(
        self,
        *,
        form: str = PASSAGE,
        fields: Sequence[str] = (),
        by: str = "",
        documents: Sequence[str] | None = None,
        annotations: Sequence[str] | None = None,
        tags: Sequence[str] = (),
        color: Color | None = None,
    ) -> str:
        """The text that `export` would write."""
        return "".join(self._pieces(Choice(documents, annotations, tags, color), Count(), form, fields, by))

    def read(
        self, source: Path | bytes | Given, *, form: str = "", columns: Mapping[str, str] | None = None
    ) -> ImportFile:
        """The file (its bytes, or as `import_forms.given` has it), to be looked at and imported.

        `form` is one of `interchange.incoming.NAMES`, read off the file where it is not said; `columns` tell for the
        fields of `interchange.csv_reader.FIELDS` which column of a table they are.
        """
        from reader.services.import_preview import ImportFile

        return ImportFile(parsed_file(source, form or ("csv" if columns else ""), columns))

    def preview(
        self,
        source: Path | bytes | ImportFile,
        *,
        document_uid: str | None = None,
        form: str = "",
        columns: Mapping[str, str] | None = None,
        choices: Mapping[str, str] | None = None,
        progress: Callable[[int, int], object] = lambda _done, _total: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> ImportPreview:
        """What importing the file would do; nothing is written. For the rest see `import_file`, for `form` and
        `columns` see `read`. `progress` gets records looked for and their number; Cancelled when it is given up."""
        file = source if not isinstance(source, Path | bytes) else self.read(source, form=form, columns=columns)
        return file.preview(self._store, document_uid, choices, progress, cancelled)

    def verify(
        self,
        source: Path | bytes,
        *,
        form: str = "",
        progress: Callable[[int, int], object] = lambda _done, _total: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Verified:
        """What of an exported file (or its bytes, or a folder of Markdown) still holds against the texts here.

        `form` is one of `interchange.verifiable.NAMES`. Nothing is written.
        """
        from reader.services.verifying_files import verify_file

        return verify_file(self._store, source, form, progress, cancelled)

    def import_file(
        self,
        source: Path | bytes | ImportFile,
        *,
        document_uid: str | None = None,
        form: str = "",
        columns: Mapping[str, str] | None = None,
        choices: Mapping[str, str] | None = None,
        keep_lost: bool = True,
        progress: Callable[[int, int], object] = lambda _done, _total: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> ImportReport:
        """Merge the file into the library as one undoable action.

        An annotation or mask that is not here is added; one that is here is replaced when it was changed later in the
        file. With `document_uid` all of them go to that document; `choices` say for documents of the file (by uid
        there) which one here each is, or that it is left out (`import_plan.LEFT_OUT`). What is not found in the text is
        kept as lost, or left out without `keep_lost`. Texts that the file brings become documents. Stopped by
        `cancelled`, what was done by then stays.
        """
        from reader.services.bringing import bring
        from reader.services.import_writing import ImportRun

        file = source if not isinstance(source, Path | bytes) else self.read(source, form=form, columns=columns)
        plan = file.plan(self._store, document_uid, choices, cancelled)
        brought = bring(plan, self._adding, cancelled)
        if brought.documents:
            plan = file.plan(self._store, document_uid, choices)
        run = ImportRun(self._store, plan, progress, cancelled, brought.action_id, keep_lost=keep_lost)
        if not (brought.documents and cancelled()):
            run.write()
        hidden = tuple(place.here.uid for place in plan.places if place.here and place.masks)
        change = Change(run.label, tags=True, categories=True, everything=True, masks=hidden) if run.label else Change()
        self._bus.publish(change)
        skipped = plan.same + plan.older
        notes = (*file.parsed.notes, *brought.notes, *run.notes)
        return ImportReport(change, run.added, run.updated, skipped, plan.problems, notes, run.masks, run.lost)

    @contextmanager
    def outgoing(self, choice: Choice, count: Count, fields: Sequence[str] = (), by: str = "") -> Generator[Outgoing]:
        """What any form is made from, all of one moment; write nothing to the library inside."""
        from reader.interchange.outgoing import Outgoing

        # Who stops in the middle leaves a statement open, which may outlive the library.
        with rows.one_view(self._store), closing(count.counted(rows.chosen_annotations(self._store, choice))) as marks:
            yield Outgoing(
                self._snapshot(choice, count, marks),
                count.total,
                self._store.now(),
                lambda uid: rows.contents(self._store, uid),
                tuple(fields),
                count.leave_out,
                by,
                self._render,
                lambda uid: texts.text_of(self._store, documents.shown_text(self._store, uid)),
                ParagraphBreaks(self._store).of,
            )

    def _pieces(self, choice: Choice, count: Count, form: str, fields: Sequence[str], by: str) -> Iterator[str]:
        from reader.interchange import forms

        with self.outgoing(choice, count, fields, by) as outgoing:
            yield from forms.form(form).pieces(outgoing)

    def _chunks(self, choice: Choice, count: Count, form: str, fields: Sequence[str], by: str) -> Iterator[bytes]:
        from reader.interchange import forms

        with self.outgoing(choice, count, fields, by) as outgoing:
            yield from forms.form(form).chunks(outgoing)

    def _snapshot(self, choice: Choice, count: Count, marks: Iterator[Annotation]) -> Snapshot:
        from reader.interchange.records import Snapshot

        found = rows.chosen_documents(self._store, choice)
        hidden = masks.of_documents(self._store, [summary.uid for summary, _ in found])
        count.chosen = len(found)
        count.total = rows.count_annotations(self._store, choice)
        return Snapshot(
            categories=categories.names(self._store),
            tags=self._tags(choice, [summary for summary, _ in found]),
            documents=records_of(self._store, found, hidden),
            annotations=marks,
            picture=lambda mark: pictures.find(self._store, mark.picture),
            total=count.total,
        )

    def _tags(self, choice: Choice, documents: Sequence[DocumentSummary]) -> tuple[Tag, ...]:
        """Every tag, or with a choice those in use in what is chosen; by name."""
        found = tags.all_tags(self._store)
        if choice != Choice():
            used = {name for summary in documents for name in summary.tags}
            used.update(name for mark in rows.chosen_annotations(self._store, choice) for name in mark.tags)
            found = [tag for tag in found if tag.name in used]
        return tuple(sorted(found, key=lambda tag: tag.name))


class _Stopped(Exception):
    """The user wants it no more."""


def records_of(
    store: Store, found: Sequence[tuple[DocumentSummary, TextVersion | None]], hidden: Mapping[str, tuple[Mask, ...]]
) -> tuple[DocumentRecord, ...]:
    """Documents as they travel; `hidden` are the masks by the document's uid."""
    corrected = {
        uid: (sha256, tuple(Edit(*edit) for edit in edits))
        for uid, sha256, edits in versions.corrections(store, [summary.uid for summary, _ in found])
    }
    return tuple(
        record_of(summary, version, hidden.get(summary.uid, ()), corrected.get(summary.uid, ("", ())))
        for summary, version in found
    )


def record_of(
    summary: DocumentSummary,
    version: TextVersion | None,
    masks: tuple[Mask, ...],
    correction: tuple[str, tuple[Edit, ...]] = ("", ()),
) -> DocumentRecord:
    """A document as it travels: what it is, which file and text it has (None: not known), what is hidden in it.

    `correction`: the hash of the text that its text corrects, and how.
    """
    from reader.interchange.records import DocumentRecord, FileFacts, TextFacts

    file = text = None
    if version and version.file_sha256:
        file = FileFacts(version.file_sha256, version.file_size)
    if version and version.text_sha256:
        text = TextFacts(
            version.text_sha256,
            version.length,
            version.reader,
            version.reader_version,
            version.normaliser_version,
            version.view,
            *correction,
        )
    return DocumentRecord(summary.uid, summary.format, summary.metadata, summary.tags, file, text, masks)


def parsed_file(source: Path | bytes | Given, form: str = "", columns: Mapping[str, str] | None = None) -> Parsed:
    """What an exported file (or its bytes) holds. ReaderError when it is none that can be read."""
    from reader.interchange.incoming import parse

    return parse(file_bytes(source) if isinstance(source, Path) else source, form, columns)


def file_bytes(source: Path) -> bytes:
    """The bytes of a file that is to be imported. ReaderError when it cannot be read, or is too large."""
    try:
        if source.is_dir():
            raise ReaderError(f"“{source}” is a folder; choose an exported file in it.")
        if source.exists() and not source.is_file():
            raise ReaderError(f"“{source}” is not a file; choose an exported file.")
        if source.stat().st_size > LARGEST_FILE:
            raise ReaderError(f"“{source.name}” is larger than 1 GB; export it in several files, document by document.")
        return source.read_bytes()
    except FileNotFoundError:
        raise ReaderError(f"There is no file “{source}”; check its name.") from None
    except OSError as error:
        reason = error.strerror or str(error)
        raise ReaderError(f"“{source}” cannot be read ({reason}); check its rights.") from error
