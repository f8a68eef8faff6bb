"""What was deleted of late, as far as the history reaches back, and bringing it back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reader.model.annotation import Annotation
from reader.model.change import Change
from reader.model.errors import ReaderError
from reader.model.library import Action, DocumentSummary
from reader.model.past import DeletedMark, DeletedTag
from reader.services.past import bring_back
from reader.services.timeline import timeline
from reader.services.writing import Writer, counted
from reader.store import annotations, documents, past
from reader.store import tags as tag_rows
from reader.store.journal import Step, action
from reader.store.past import Recorded
from reader.store.rows import annotation_of

_MOST = 1000
"""So many of the newest deletions are looked at."""


@dataclass(frozen=True, slots=True)
class RecentlyDeleted:
    """Newest first: marks, tags, and the documents in the bin."""

    marks: tuple[DeletedMark, ...] = ()
    tags: tuple[DeletedTag, ...] = ()
    documents: tuple[DocumentSummary, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.marks or self.tags or self.documents)


class Deleted(Writer):
    """Deletions that were taken back, or whose thing is there again, are not among them."""

    def list(self) -> RecentlyDeleted:
        """Everything that can be brought back. May read for a while."""
        binned = sorted(documents.all_summaries(self._store, removed=True), key=lambda one: one.removed, reverse=True)
        return RecentlyDeleted(tuple(self._marks()), tuple(self._tags()), tuple(binned))

    def restore(
        self,
        marks: Iterable[str] = (),
        tags: Iterable[str] = (),
        binned: Iterable[str] = (),
    ) -> Change:
        """Bring back things by their uids, all in one undoable step; a mark of a document in the bin brings that too.

        ReaderError when something of it is not to be had any more; then nothing is changed.
        """
        marks, tags, binned = list(marks), list(tags), set(binned)
        kinds = ((marks, "annotation"), (tags, "tag"), (binned, "document"))
        parts = [counted(len(uids), kind, f"{kind}s") for uids, kind in kinds if uids]
        label = f"{', '.join(parts)} brought back"
        found = [self._last_state(uid) for uid in marks]
        binned |= {mark.document_uid for mark in found}
        with action(self._store, label) as step:
            removed = [one.uid for one in self._summaries(sorted(binned)) if one.removed]
            documents.set_removed(step.connection, removed, "")
            bring_back(self._store, step, found)
            linked = [owner for uid in tags for owner in self._bring_tag_back(step, uid)]
        if not step.changed:
            return Change()
        if linked:
            return self._bus.publish(Change(label, tags=True, everything=True))
        here = self._summaries(sorted(binned))
        change = Change(
            label,
            annotations_added=tuple(annotations.by_uid(self._store, marks)),
            documents_added=tuple(one for one in here if one.uid in removed),
            documents_updated=tuple(one for one in here if one.uid not in removed),
            tags=True,
        )
        return self._bus.publish(change)

    def _marks(self) -> Iterable[DeletedMark]:
        recorded = _newest(past.deletions(self._store, "annotation", _MOST))
        gone = past.uids_now(self._store, "annotation", recorded)
        places = past.document_uids(self._store, {one.row["document_id"] for one in recorded.values()})
        names = _TagsOfActions(self)
        for uid, one in recorded.items():
            document = places.get(one.row["document_id"])
            if uid not in gone and document:
                tags = names.of(one.action, one.change.row_id)
                mark = annotation_of(one.change.row_id, one.row, document[0], tags)
                yield DeletedMark(mark, document[1], one.action)

    def _tags(self) -> Iterable[DeletedTag]:
        recorded = _newest(past.deletions(self._store, "tag", _MOST))
        gone = past.uids_now(self._store, "tag", recorded)
        for uid, one in recorded.items():
            if uid not in gone and tag_rows.find(self._store, one.row["name"]) is None:
                yield DeletedTag(uid, one.row["name"], len(self.links_of(one)), one.action)

    def links_of(self, deletion: Recorded) -> Sequence[Recorded]:
        """The links to a tag that went with it, or that its merging handed to another one."""
        tables = ("annotation_tag", "document_tag")
        return [
            one
            for one in past.of_action(self._store, deletion.action.id, tables)
            if one.change.before and one.change.before["tag_id"] == deletion.change.row_id
        ]

    def links_of_action(self, action_: Action) -> Sequence[Recorded]:
        """The links between annotations and tags that a step took away."""
        every = past.of_action(self._store, action_.id, ("annotation_tag",))
        return [one for one in every if one.change.after is None]

    def tag_names(self, tag_ids: Iterable[int]) -> dict[int, str]:
        """What tags are called, or were when they were deleted."""
        ids = set(tag_ids)
        names = past.tags_now(self._store, ids)
        return {**{one.change.row_id: one.row["name"] for one in past.of_rows(self._store, "tag", ids)}, **names}

    def _last_state(self, uid: str) -> Annotation:
        line = timeline(self._store, uid)
        for step, before, after in reversed(line.steps):
            if after.row is None and before.row is not None and not step.undone:
                mark = line.annotation(before)
                if mark and mark.document_uid:
                    return mark
        raise ReaderError("This mark cannot be brought back: its document is not in the library any more.")

    def _bring_tag_back(self, step: Step, uid: str) -> Iterable[tuple[str, int]]:
        """A tag with its look, on everything that is still there; what it was on."""
        deletion = _newest(past.deletions(self._store, "tag", _MOST)).get(uid)
        if deletion is None or past.uids_now(self._store, "tag", [uid]):
            return
        row = deletion.row
        if tag_rows.find(self._store, row["name"]) is not None:
            raise ReaderError(f"There is a tag “{row['name']}” again; rename that one first, then bring this one back.")
        tag_id = tag_rows.insert_again(step.connection, row)
        for one in self.links_of(deletion):
            owner = one.change.table.removesuffix("_tag")
            before = one.change.before or {}
            owner_id = before[f"{owner}_id"]
            if not past.was_reused(self._store, owner, owner_id, deletion.action.id):
                tag_rows.link_again(step.connection, owner, owner_id, tag_id, before["position"])
            yield owner, owner_id


def _newest(recorded: Iterable[Recorded]) -> dict[str, Recorded]:
    """The newest deletion of each uid, newest first."""
    found: dict[str, Recorded] = {}
    for one in recorded:
        found.setdefault(one.row["uid"], one)
    return found


class _TagsOfActions:
    """The tags of deleted annotations, read once a step, however many it deleted."""

    def __init__(self, deleted: Deleted) -> None:
        self._deleted = deleted
        self._known: dict[int, dict[int, tuple[str, ...]]] = {}

    def of(self, action_: Action, row_id: int) -> tuple[str, ...]:
        """The names of the tags that went with the annotation of that row in a step."""
        if action_.id not in self._known:
            links = self._deleted.links_of_action(action_)
            names = self._deleted.tag_names(one.row["tag_id"] for one in links)
            tags: dict[int, tuple[str, ...]] = {}
            for one in sorted(links, key=lambda link: link.row["position"]):
                key = one.row["annotation_id"]
                tags[key] = (*tags.get(key, ()), names.get(one.row["tag_id"], "?"))
            self._known[action_.id] = tags
        return self._known[action_.id].get(row_id, ())
