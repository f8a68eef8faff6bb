"""Undo, redo and the list of what was done. All of it is in the file: it survives a restart."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import TypeVar

from reader.model.annotation import Annotation
from reader.model.change import Change
from reader.model.errors import ReaderError
from reader.model.library import Action, DocumentSummary
from reader.services.writing import Writer
from reader.store import annotations, documents, journal, replay
from reader.store.database import Connection
from reader.store.errors import RowsDisagree
from reader.store.replay import RowChange, Touched

_Row = TypeVar("_Row", Annotation, DocumentSummary)

_MANY = 2000
"""With more rows than this, views read again instead of being told each row."""


@dataclass(frozen=True, slots=True)
class _Rows:
    """Rows by row id."""

    annotations: dict[int, Annotation]
    documents: dict[int, DocumentSummary]


class History(Writer):
    """Each step is taken back by replaying the row changes that the file recorded for it."""

    def undo(self, *, initiator: object = None) -> Change | None:
        """Take the last step back; None when there is none."""
        return self._step(journal.take_undo, lambda changes: list(replay.backwards(changes)), "Undone", initiator)

    def redo(self, *, initiator: object = None) -> Change | None:
        """Do the step that was last taken back again; None when there is none."""
        return self._step(journal.take_redo, lambda changes: changes, "Redone", initiator)

    def undo_label(self) -> str:
        """What undo would take back; empty when nothing."""
        return journal.undo_label(self._store)

    def redo_label(self) -> str:
        """What redo would do again; empty when nothing."""
        return journal.redo_label(self._store)

    def list(self, limit: int = 100) -> Sequence[Action]:
        """The newest steps first, with those taken back."""
        return journal.actions(self._store, limit)

    def _step(
        self,
        take: Callable[[Connection], tuple[int, str] | None],
        order: Callable[[Sequence[RowChange]], Sequence[RowChange]],
        done: str,
        initiator: object,
    ) -> Change | None:
        store = self._store
        try:
            with store.transaction() as connection:
                taken = take(connection)
                if taken is None:
                    return None
                action_id, label = taken
                changes = order(replay.changes_of(store, action_id))
                touched = replay.touched(store, changes)
                before = self._rows(touched)
                replay.apply(connection, changes)
        except RowsDisagree as error:
            raise ReaderError(
                "This step cannot be taken back: another program changed the same rows. Nothing was changed."
            ) from error
        return self._published(_change(f"{done}: {label}", touched, before, self._rows(touched)), initiator)

    def _rows(self, touched: Touched) -> _Rows | None:
        """The rows concerned as they are now; None when there are too many to list."""
        if len(touched.annotations) + len(touched.documents) > _MANY:
            return None
        store = self._store
        marks = annotations.by_id(store, sorted(touched.annotations)) if touched.annotations else {}
        concerned = touched.documents | touched.masks
        shown = documents.by_ids(store, sorted(concerned)) if concerned else {}
        return _Rows(marks, shown)


def _change(label: str, touched: Touched, before: _Rows | None, after: _Rows | None) -> Change:
    if before is None or after is None:
        return Change(label, tags=touched.tags, categories=touched.categories, everything=True)
    old = {key: found for key, found in before.documents.items() if not found.removed}
    new = {key: found for key, found in after.documents.items() if not found.removed}
    return Change(
        label,
        annotations_added=_only_in(after.annotations, before.annotations),
        annotations_updated=_differing(before.annotations, after.annotations),
        annotations_removed=_only_in(before.annotations, after.annotations),
        documents_added=_only_in(new, old),
        documents_updated=_differing(old, new, touched.texts) + _differing(_binned(before), _binned(after)),
        documents_removed=_only_in(old, new),
        masks=tuple(
            after.documents[key].uid for key in sorted(touched.masks - touched.texts) if key in after.documents
        ),
        tags=touched.tags,
        categories=touched.categories,
    )


def _binned(rows: _Rows) -> dict[int, DocumentSummary]:
    return {key: found for key, found in rows.documents.items() if found.removed}


def _only_in(rows: dict[int, _Row], others: dict[int, _Row]) -> tuple[_Row, ...]:
    return tuple(row for key, row in rows.items() if key not in others)


def _differing(before: dict[int, _Row], after: dict[int, _Row], anyway: Collection[int] = ()) -> tuple[_Row, ...]:
    """The rows that were there before and look different now, and those of `anyway`."""
    return tuple(row for key, row in after.items() if key in before and (before[key] != row or key in anyway))
