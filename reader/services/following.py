"""Noticing what other programs write to the library: another window, the command line, another computer."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from reader.model.annotation import Annotation
from reader.model.change import Change
from reader.model.library import DocumentSummary
from reader.services.bus import Bus
from reader.services.row_changes import MANY, Rows, change_between, rows_of
from reader.services.writing import Writer
from reader.store import following, past, replay
from reader.store.database import Store
from reader.store.following import Foreign
from reader.store.ids import device
from reader.store.replay import RowChange, Touched
from reader.store.rows import annotation_of, summary_of


class Following(Writer):
    """`look` from one thread, and often: while nobody else writes it costs a few microseconds.

    From the moment it is made; what was written between the opening of the file and then has everything read again.
    """

    def __init__(self, store: Store, bus: Bus) -> None:
        super().__init__(store, bus)
        self._version = store.first_version
        with store.reading():
            self._known = following.position(store)
            self._missed = store.data_version() != self._version
        store.ours.since = self._known.action

    def look(self) -> Change | None:
        """Publish what others have written since the last look, as one change with a sentence for its label.

        None when nobody has, or while a step of ours is being taken back: that is for the next look. StorageError when
        the file cannot be read; the next look tries again.
        """
        store = self._store
        if store.ours.replacing or store.ours.is_turning:
            return None
        if store.ours.was_replaced():
            self._begin_anew()
        version = store.data_version()
        if version == self._version and not self._missed:
            return None
        with store.reading():
            foreign = following.since(store, self._known, 2 * MANY)
            change = self._change(replace(foreign, everything=foreign.everything or self._missed))
        self._known, self._version, self._missed = foreign.position, version, False
        return self._bus.publish(change) if change else None

    def _begin_anew(self) -> None:
        """Take the file as it is: we have put it there, and said so."""
        store = self._store
        with store.reading():
            self._known = following.position(store)
            self._version, self._missed = store.data_version(), False
        store.ours.since = self._known.action

    def _change(self, foreign: Foreign) -> Change:
        label = _sentence(foreign)
        if foreign.everything:
            return Change(label, tags=True, categories=True, everything=True)
        touched = replay.touched(self._store, foreign.changes)
        after = rows_of(self._store, touched)
        before = after and _before(foreign.changes, touched, after)
        change = change_between(label, touched, before, after, all_touched=True)
        return change if after is None else self._with_all_gone(change, foreign.changes, after)

    def _with_all_gone(self, change: Change, changes: Iterable[RowChange], after: Rows) -> Change:
        """With all marks and documents that came and went between two looks: a step of ours may have told of them."""
        rows = [(one, row) for one in changes for row in (one.before, one.after) if row]
        marks = {row["uid"]: (one.row_id, row) for one, row in rows if one.table == "annotation"}
        shown = {row["uid"]: row for one, row in rows if one.table == "document"}
        here = past.uids_now(self._store, "annotation", marks) | {mark.uid for mark in change.annotations_removed}
        visible = {found.uid for found in after.documents.values() if not found.removed}
        visible |= {found.uid for found in change.documents_removed}
        uids = {key: found.uid for key, found in after.documents.items()}
        gone = [
            annotation_of(row_id, row, uids.get(row["document_id"], ""), ())
            for uid, (row_id, row) in marks.items()
            if uid not in here
        ]
        hidden = [summary_of(row) for uid, row in shown.items() if uid not in visible]
        return replace(
            change,
            annotations_removed=(*change.annotations_removed, *gone),
            documents_removed=(*change.documents_removed, *hidden),
        )


def _before(changes: Iterable[RowChange], touched: Touched, after: Rows) -> Rows:
    """Which rows there were: as they were themselves, while tags and counts are those of now."""
    first: dict[tuple[str, int], dict[str, Any] | None] = {}
    for change in changes:
        first.setdefault((change.table, change.row_id), change.before)
    uids = {key: found.uid for key, found in after.documents.items()}
    marks: dict[int, Annotation] = {}
    for key in touched.annotations:
        row, now = first.get(("annotation", key), {}), after.annotations.get(key)
        if row:
            marks[key] = annotation_of(key, row, uids.get(row["document_id"], ""), now.tags if now else ())
        elif row is not None and now:
            marks[key] = now
    shown: dict[int, DocumentSummary] = {}
    for key in touched.documents | touched.masks:
        row, now = first.get(("document", key)), after.documents.get(key)
        if row is None:
            shown.update({key: now} if now else {})
        elif row["visible"]:
            shown[key] = replace(now, removed=row["removed"]) if now else summary_of(row)
    return Rows(marks, shown)


def _sentence(foreign: Foreign) -> str:
    """What others have done, for the status line; empty where there is nothing to say."""
    if not foreign.steps:
        return "The library was changed by another program" if foreign.everything else ""
    label, where, done = foreign.steps[-1]
    who = f"On “{where}”" if where and where != device() else "In another program"
    words = f"{done}: {label}" if done else label
    count = len(foreign.steps)
    return f"{who}: {words}" if count == 1 else f"{who}: {count:,} steps, the last one: {words}"
