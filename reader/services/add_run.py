"""One call of add: what waits to be written, and the one action that all of it belongs to."""

from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from time import monotonic, perf_counter

from reader.formats.errors import PasswordNeeded
from reader.model.annotation import Annotation
from reader.model.change import Change
from reader.model.errors import ReaderError
from reader.services.add_result import AddResult, Written
from reader.services.bus import Bus
from reader.services.correction_writing import corrected_again
from reader.services.preparing import SMALL_TEXT, Prepared, Source
from reader.services.reading import Readings
from reader.services.renewing import (
    FIXED,
    Renewal,
    document_like,
    in_shown_view,
    marks_in_other_view,
    prepare_marks,
    renewal_of,
    show_renewed,
)
from reader.services.sweeping import discard
from reader.services.text_writing import add_whole, fitting_length, keep_original, write_in_slices
from reader.services.writing import counted
from reader.store import annotations, documents, intake, tags, versions
from reader.store.batch import Batch
from reader.store.database import Connection, Store
from reader.store.intake import Found
from reader.store.journal import Step, action
from reader.store.upkeep import BulkUpkeep

_WAIT_SECONDS = 0.3
"""How long the first file of a batch waits for others."""
_MANY = 2000

Item = Prepared | Source | ReaderError


class AddRun:
    """Gathers files into batches and writes them. `cancelled` is asked within large ones."""

    def __init__(
        self, store: Store, bus: Bus, cancelled: Callable[[], bool], upkeep: BulkUpkeep, readings: Readings
    ) -> None:
        self._readings = readings
        self._store, self._bus, self._cancelled, self._upkeep = store, bus, cancelled, upkeep
        self._waiting: list[tuple[Path, Item, Found | None]] = []
        self._state = (store.data_version(), store.changes())
        self._length = 0
        self._batch_length = 1 << 17
        self._since = 0.0
        self._action: int | None = None
        self._shown: set[int] = set()
        self._changed: set[int] = set()

    @property
    def action_id(self) -> int | None:
        """The step of the history that all of it is part of; None while nothing has been written."""
        return self._action

    def take(self, path: Path, item: Item, new: bool = False) -> Iterator[AddResult]:
        """Let a file wait for the next batch, or write it by itself; the results that are known by now.

        `new`: it was looked for just now, and neither its file nor its text nor its place is known.
        """
        found = None
        if not isinstance(item, ReaderError):
            try:
                keep_original(self._store, item)
            except ReaderError as error:
                item = error
        if isinstance(item, Prepared):
            version = item.version
            if not new:
                found = document_like(self._store, item)
                renewal = renewal_of(self._store, item, found)
                if renewal:
                    yield from self.flush()
                    item = in_shown_view(self._store, self._readings, path, item, renewal, self._cancelled)
                    yield from self._renew(path, item, renewal_of(self._store, item, found) or renewal)
                    return
            if found is None and version.length > SMALL_TEXT:
                yield from self.flush()
                yield from self._add_large(path, item)
                return
        self._wait(path, item, found)
        if self._length >= self._batch_length or monotonic() - self._since >= _WAIT_SECONDS:
            yield from self.flush()

    def _wait(self, path: Path, item: Item, found: Found | None) -> None:
        if not self._waiting:
            self._since = monotonic()
        self._waiting.append((path, item, found))
        self._length += item.version.length if isinstance(item, Prepared) else 0

    def flush(self) -> Iterator[AddResult]:
        """Write what waits in one transaction."""
        waiting, self._waiting = self._waiting, []
        length, self._length = self._length, 0
        if not waiting:
            return
        own_writes = self._store.changes()
        with self._writing() as (step, written):
            began = perf_counter()
            # What somebody else has written since these files were looked up may be one of them.
            alone = (self._store.data_version(), own_writes) == self._state
            batch = Batch(step.connection, self._store.now())
            for path, item, found in waiting:
                sure = alone and isinstance(item, Prepared)
                self._write(batch, path, item, found if sure else self._find(item), written)
            batch.write()
            for document_id, names in written.tags.items():
                tags.set_document_tags(step.connection, self._store, document_id, names)
        self._adapt(length, perf_counter() - began)
        yield from self._publish(step, written)

    def _find(self, item: Item) -> Found | None:
        if isinstance(item, Prepared):
            return document_like(self._store, item)
        return intake.find(self._store, item.sha256) if isinstance(item, Source) else None

    def _adapt(self, length: int, seconds: float) -> None:
        """Make batches as long as this machine writes in the time allowed."""
        if length:
            self._batch_length = fitting_length(self._batch_length, length, seconds)

    @contextmanager
    def _writing(self) -> Generator[tuple[Step, Written]]:
        """A transaction that goes on with this call's action."""
        written = Written()
        with action(self._store, "", continues=self._action, urgent=False) as step:
            yield step, written
            self._shown |= written.shown
            self._changed |= written.changed
            step.label = self._label()
        if step.changed:
            self._action = step.id
        self._upkeep.written()
        self._state = (self._store.data_version(), self._store.changes())

    def _label(self) -> str:
        if self._shown or not self._changed:
            return f"{counted(len(self._shown), 'document', 'documents')} added"
        return f"{counted(len(self._changed), 'document', 'documents')} brought up to date"

    def _write(self, batch: Batch, path: Path, item: Item, found: Found | None, written: Written) -> None:
        if isinstance(item, ReaderError):
            written.add(path, "failed", 0, str(item))
            if isinstance(item, PasswordNeeded):
                written.locked.add(path)
            return
        source = item.source if isinstance(item, Prepared) else item
        whole = item if isinstance(item, Prepared) else None
        twin = written.twin(source.sha256, *_text_hashes(whole))
        if twin:
            written.add(path, "known", twin)
            if source.place:
                batch.add_place(twin, source.place)
        elif found:
            _recognise(batch.connection, path, found, written)
            _set_place(batch.connection, found.document_id, source)
        else:
            self._add_small(batch, path, whole or self._readings.prepare(source), written)

    def _add_small(self, batch: Batch, path: Path, item: Prepared, written: Written) -> None:
        document_id = add_whole(batch, self._store.new_uid(), item)
        written.add(path, "added", document_id, shown=True)
        written.remember(document_id, item.version.file_sha256, *_text_hashes(item))
        if names := tags.clean_names(item.document.metadata.tags):
            written.tags[document_id] = names
        else:
            written.summaries[document_id] = batch.summary()

    def _add_large(self, path: Path, item: Prepared) -> Iterator[AddResult]:
        with self._store.transaction(urgent=False) as connection:
            document_id = self._insert(connection, item)
        try:
            version_id = write_in_slices(self._store, document_id, item, self._cancelled, self._upkeep.written)
        except BaseException:
            discard(self._store, document_id)
            raise
        if version_id is None:
            discard(self._store, document_id)
            return
        with self._writing() as (step, written):
            twin = self._find(item)
            if twin:
                _recognise(step.connection, path, twin, written)
            else:
                intake.set_complete(step.connection, version_id)
                self._show(step.connection, document_id, version_id, item)
                written.add(path, "added", document_id, shown=True)
            _set_place(step.connection, twin.document_id if twin else document_id, item.source)
        if twin:
            # Somebody else was quicker.
            discard(self._store, document_id)
        yield from self._publish(step, written)

    def _renew(self, path: Path, item: Prepared, renewal: Renewal) -> Iterator[AddResult]:
        store = self._store
        version_id = renewal.version_id
        if version_id is None:
            version_id = write_in_slices(store, renewal.document_id, item, self._cancelled, self._upkeep.written)
        again = version_id and corrected_again(
            store, renewal.document_id, version_id, item.version, item.document, self._cancelled, self._upkeep.written
        )
        if not again:
            return
        if renewal.was_without_text:
            told = versions.is_here(store, documents.shown_row(store, renewal.document_id))[1]
            renewal = replace(renewal, same_text=told == again.text_sha256)
        carried = prepare_marks(store, renewal, again.document.text)
        with self._writing() as (step, written):
            carried = show_renewed(store, step, renewal, again.version_id, again.document, carried, item.kind)
            _set_place(step.connection, renewal.document_id, item.source)
            status = "added" if renewal.was_without_text else "changed"
            shown = documents.by_ids(store, [renewal.document_id]).get(renewal.document_id)
            elsewhere = len(marks_in_other_view(store, shown.uid)) if shown and carried.lost else 0
            report = ", ".join(filter(None, (carried.report_beside(elsewhere), again.report)))
            written.add(path, status, renewal.document_id, report)
            written.changed.add(renewal.document_id)
        marks = annotations.of_document(store, renewal.document_id) if carried.places else []
        yield from self._publish(step, written, marks)

    def _insert(self, connection: Connection, item: Prepared) -> int:
        store = self._store
        return intake.insert_hidden(connection, store.new_uid(), item.document.metadata, item.kind, store.now())

    def _show(self, connection: Connection, document_id: int, version_id: int, item: Prepared) -> None:
        intake.show(connection, document_id, version_id)
        names = tags.clean_names(item.document.metadata.tags)
        if names:
            tags.set_document_tags(connection, self._store, document_id, names)

    def _publish(self, step: Step, written: Written, marks: list[Annotation] | None = None) -> Iterator[AddResult]:
        row_ids = {row_id for _, _, row_id, _ in written.outcomes if row_id} - written.summaries.keys()
        found = written.summaries | (documents.by_ids(self._store, list(row_ids)) if row_ids else {})
        if step.changed:
            marks = marks or []
            change = Change(
                step.label,
                documents_added=tuple(found[row_id] for row_id in sorted(written.shown)),
                documents_updated=tuple(found[row_id] for row_id in written.changed - written.shown),
                annotations_updated=tuple(marks[:_MANY]),
                everything=len(marks) > _MANY,
                tags=any(found[row_id].tags for row_id in written.shown),
            )
            self._bus.publish(change)
        for path, status, row_id, reason in written.outcomes:
            yield AddResult(path, status, found.get(row_id), reason, path in written.locked)


def _text_hashes(item: Prepared | None) -> tuple[str, ...]:
    """What a file with the same text is recognised by."""
    return () if item is None or item.kind in FIXED else (item.version.text_sha256,)


def _recognise(connection: Connection, path: Path, found: Found, written: Written) -> None:
    """A file whose text the library has: shown again if adding it was undone or it is in the bin."""
    if not found.visible:
        intake.show(connection, found.document_id, found.version_id)
        written.add(path, "added", found.document_id, shown=True)
    elif found.removed:
        intake.restore(connection, found.document_id)
        written.add(path, "known", found.document_id, "It was in the bin and is back.", shown=True)
    else:
        reason = "" if found.current else "It is an older text of this document."
        written.add(path, "known", found.document_id, reason)


def _set_place(connection: Connection, document_id: int, source: Source) -> None:
    if source.place:
        documents.set_place(connection, document_id, *source.place)
