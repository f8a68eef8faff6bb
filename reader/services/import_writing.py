"""Carrying out an import: one step of the history, written in short transactions so that nobody waits for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import TYPE_CHECKING

from reader.model.annotation import DEFAULT_CATEGORY_NAMES, AnchorState, Annotation
from reader.services.correcting_told import prepare_told
from reader.services.import_plan import Place, Plan
from reader.services.placing import Placing
from reader.services.writing import completed, counted
from reader.store import annotations as annotation_rows
from reader.store import categories, documents, tags
from reader.store import exchange as rows
from reader.store import masks as mask_rows
from reader.store import pictures as picture_rows
from reader.store.exchange import KnownDocument
from reader.store.journal import Step, action
from reader.store.texts import TextVersion

if TYPE_CHECKING:
    from reader.interchange.records import DocumentRecord
    from reader.store.database import Connection, Store

BATCH = 100
"""Annotations written in one transaction: about ten milliseconds."""

NAMED_DOCUMENTS = 5


class ImportRun:
    """Writes a plan. `added` and `updated` count annotations, `masks` what is hidden or kept; `notes` say what to know
    of them afterwards; `lost` are the uids of those that were not found and are kept as lost all the same.

    `label` names what was done, `action_id` is the step of the history that it is part of, which may have begun
    before; empty and None when nothing had to be done.
    """

    def __init__(
        self,
        store: Store,
        plan: Plan,
        progress: Callable[[int, int], object],
        cancelled: Callable[[], bool],
        action_id: int | None = None,
        *,
        keep_lost: bool = True,
    ) -> None:
        self.lost: tuple[str, ...] = ()
        self._keep_lost = keep_lost
        self.added = self.updated = self.masks = 0
        self.label = ""
        self.notes: tuple[str, ...] = ()
        self._store, self._plan = store, plan
        self._progress, self._cancelled = progress, cancelled
        self._total = plan.new + plan.newer
        self.action_id = action_id
        self._now = store.now()

    def write(self) -> None:
        """Do all of it, or what is done when `cancelled` says so."""
        homes = self._homes()
        with self._step() as step:
            step.label = "Documents and tags imported"
            self._write_names(step.connection)
            for place, document_id in zip(self._plan.places, homes, strict=True):
                self._write_document(step.connection, place, document_id)
        self._done(step)
        for place, document_id in zip(self._plan.places, homes, strict=True):
            self._correct(place)
            self._write_annotations(place, document_id)
        self._note_waiting()

    def _step(self) -> AbstractContextManager[Step]:
        return action(self._store, "", continues=self.action_id, urgent=False)

    def _done(self, step: Step) -> None:
        if step.changed:
            self.action_id = step.id
            self.label = step.label

    def _homes(self) -> list[int]:
        """The row id of each document; one that is not in the library is made, hidden until the step shows it."""
        homes: list[int] = []
        for place in self._plan.places:
            if place.here:
                homes.append(place.here.row_id)
                continue
            record, now = place.record, self._store.now()
            with self._store.transaction(urgent=False) as connection:
                version = _version(record, now)
                homes.append(
                    rows.insert_textless(
                        connection,
                        record.uid,
                        record.metadata,
                        record.format,
                        now,
                        version,
                        _correction(record, version),
                    )
                )
        return homes

    def _write_names(self, connection: Connection) -> None:
        """The categories that have no name of the user's own here yet, and the tags."""
        named = categories.names(self._store)
        for color, name in self._plan.parsed.categories.items():
            wanted, default = " ".join(name.split()), DEFAULT_CATEGORY_NAMES[color]
            if named[color] == default:
                categories.set_name(connection, color, wanted)
            elif wanted not in (named[color], default):
                self._note(f"The category {color} is called “{wanted}” in the file; here it stays “{named[color]}”.")
        for tag in self._plan.parsed.tags:
            if name := tags.clean_name(tag.name):
                tag_id = tags.ensure(connection, self._store, name)
                rows.complete_tag(connection, tag_id, tag.color, tag.description)

    def _write_document(self, connection: Connection, place: Place, document_id: int) -> None:
        record, here = place.record, place.here
        names = tags.clean_names(record.tags)
        if here is None:
            rows.show(connection, document_id)
            tags.set_document_tags(connection, self._store, document_id, names)
            return
        if not here.visible or (here.removed and place.certain):
            rows.show(connection, document_id, here.text_version_id)
        if place.certain:
            self._write_details(connection, record, here, names)

    def _write_details(
        self, connection: Connection, record: DocumentRecord, here: KnownDocument, names: list[str]
    ) -> None:
        """Details the user never edited here become those of the file; else only what is empty is filled in."""
        # Another program knows less of a document than is known here.
        keeps = here.edited or self._plan.parsed.foreign
        metadata = completed(here.metadata, record.metadata) if keeps else record.metadata
        documents.set_columns(connection, here.uid, here.modified, **documents.metadata_values(metadata))
        if keeps:
            present = documents.by_ids(self._store, [here.row_id])
            names = tags.clean_names([*(present[here.row_id].tags if present else ()), *names])
        tags.set_document_tags(connection, self._store, here.row_id, names)
        if here.untouched and here.uid != record.uid:
            # What nobody has opened or marked here takes the id it has in the file, so that both go by one.
            rows.take_uid(connection, here.row_id, record.uid, self._store.new_uid())

    def _correct(self, place: Place) -> None:
        """Make the corrections of the file in the text that is here, if it is the one that they are of."""
        wanted = place.record.text
        if not wanted or not wanted.edits or not place.here or self._cancelled():
            return
        made = prepare_told(self._store, place.here, wanted.edits, (wanted.corrects, wanted.sha256), self._cancelled)
        if made is None:
            return
        with self._step() as step:
            made.show(step)
            step.label = step.label or "Corrections imported"
        self._done(step)
        place.here = replace(place.here, text_version_id=made.version_id, text_sha256=wanted.sha256)
        place.same_text = True

    def _write_annotations(self, place: Place, document_id: int) -> None:
        marks = (*place.new, *place.newer)
        if marks and self._plan.parsed.foreign:
            # What is here already tells where the others are, too.
            marks = (*marks, *place.same, *place.older)
        placing = Placing(self._store, place, self._plan.parsed, marks)
        looked = place.here is not None and place.here.text_version_id == place.found_in
        seen: Mapping[str, Annotation] = place.found if looked else {}
        lost: list[str] = []
        if place.masks and not self._cancelled():
            self._write_masks(place, document_id, placing)
        for marks, update in ((place.newer, True), (place.new, False)):
            for batch in _batches(marks):
                if self._cancelled():
                    return
                placed = [self._dated(seen.get(mark.uid) or placing.placed(mark)) for mark in batch]
                gone = {mark.uid for mark, there in zip(batch, placed, strict=True) if is_lost(mark, there, place)}
                lost += sorted(gone)
                kept = [mark for mark in placed if self._keep_lost or mark.uid not in gone]
                self._write_batch(document_id, kept, update=update)
        if lost:
            self._note_lost(place, lost)

    def _note_lost(self, place: Place, uids: Sequence[str]) -> None:
        """Say what became of annotations that were not found."""
        self.lost = (*self.lost, *uids) if self._keep_lost else self.lost
        lost = counted(len(uids), "annotation was", "annotations were")
        title = place.here.metadata.title if place.here else place.record.metadata.title
        self._note(
            f"{lost} not found in the text of “{title}” and {'kept as lost' if self._keep_lost else 'left out'}."
        )

    def _dated(self, mark: Annotation) -> Annotation:
        """The annotation; one of which the file does not say when it was made is made now."""
        return mark if mark.created else replace(mark, created=self._now, modified=self._now)

    def _write_masks(self, place: Place, document_id: int, placing: Placing) -> None:
        """What is hidden in a document; few enough for one transaction."""
        new = [placing.placed_mask(mask) for mask in place.new_masks]
        newer = [placing.placed_mask(mask) for mask in place.newer_masks]
        self.masks += place.masks
        with self._step() as step:
            mask_rows.update(step.connection, newer, document_id)
            mask_rows.insert(step.connection, new, document_id)
            written = self.added + self.updated
            step.label = (
                f"{counted(written, 'annotation', 'annotations')} imported"
                if written
                else f"{counted(self.masks, 'hidden passage', 'hidden passages')} imported"
            )
        self._done(step)

    def _write_batch(self, document_id: int, marks: list[Annotation], *, update: bool) -> None:
        if not marks:
            return
        rowed = [(mark, document_id) for mark in marks]
        with self._step() as step:
            for name in {mark.picture for mark in marks if mark.picture}:
                if picture := self._plan.parsed.pictures.get(name):
                    picture_rows.keep(step.connection, picture)
            if update:
                annotation_rows.update_many(step.connection, rowed)
                self._retag(step.connection, marks)
            else:
                annotation_rows.insert_many(step.connection, rowed)
                self._tag(step.connection, [mark for mark in marks if mark.tags])
            written = self.added + self.updated + len(marks)
            step.label = f"{counted(written, 'annotation', 'annotations')} imported"
        self._done(step)
        if update:
            self.updated += len(marks)
        else:
            self.added += len(marks)
        self._progress(written, self._total)

    def _retag(self, connection: Connection, marks: list[Annotation]) -> None:
        row_ids = annotation_rows.row_ids(self._store, [mark.uid for mark in marks])
        for mark in marks:
            tags.set_annotation_tags(connection, self._store, row_ids[mark.uid], tags.clean_names(mark.tags))

    def _tag(self, connection: Connection, marks: list[Annotation]) -> None:
        """Tag annotations that are new: each set of names is looked up once a batch."""
        row_ids = annotation_rows.row_ids(self._store, [mark.uid for mark in marks])
        known: dict[tuple[str, ...], list[int]] = {}
        for mark in marks:
            if mark.tags not in known:
                names = tags.clean_names(mark.tags)
                known[mark.tags] = [tags.ensure(connection, self._store, name) for name in names]
        rows.link_tags(connection, [(row_ids[mark.uid], known[mark.tags]) for mark in marks])

    def _note_waiting(self) -> None:
        """Say which documents have annotations now and no text."""
        waiting = [place.record.metadata.title for place in self._plan.places if not place.here and place.new]
        for title in waiting[:NAMED_DOCUMENTS]:
            self._note(f"“{title}” is not in this library; add its file to read it with its annotations.")
        if len(waiting) > NAMED_DOCUMENTS:
            more = counted(len(waiting) - NAMED_DOCUMENTS, "document is", "documents are")
            self._note(f"{more} not in this library either; add the files to read them with their annotations.")

    def _note(self, sentence: str) -> None:
        self.notes = (*self.notes, sentence)


def is_lost(mark: Annotation, there: Annotation, place: Place) -> bool:
    """Whether an annotation that has a place in the file has none in the text here."""
    if not place.here or not place.here.text_version_id or there.state is not AnchorState.LOST:
        return False
    return mark.state is not AnchorState.LOST


def _batches(marks: Sequence[Annotation]) -> Iterator[Sequence[Annotation]]:
    for start in range(0, len(marks), BATCH):
        yield marks[start : start + BATCH]


def _correction(record: DocumentRecord, version: TextVersion) -> tuple[TextVersion, list[tuple[int, int, str]]] | None:
    """What is known of the text that one that is not here corrects, and how."""
    if not record.text or not record.text.edits:
        return None
    edits = record.text.edits
    length = max(version.length - sum(edit.growth for edit in edits), 0)
    before = replace(version, text_sha256=record.text.corrects, length=length)
    return before, [(edit.start, edit.end, edit.replacement) for edit in edits]


def _version(record: DocumentRecord, created: str) -> TextVersion:
    """What is known of a text that is not here."""
    version = TextVersion(created=created)
    if record.file:
        version = replace(version, file_sha256=record.file.sha256, file_size=record.file.size)
    if record.text:
        version = replace(
            version,
            reader=record.text.reader,
            reader_version=record.text.reader_version,
            normaliser_version=record.text.normaliser_version,
            view=record.text.view,
            text_sha256=record.text.sha256,
            length=record.text.length,
        )
    return version
