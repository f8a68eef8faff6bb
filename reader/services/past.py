"""The past of one annotation, and any state of it brought back."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from reader.model.annotation import Anchor, AnchorState, Annotation, Style
from reader.model.change import Change
from reader.model.errors import ReaderError
from reader.model.past import Moment
from reader.services.differences import differences
from reader.services.timeline import timeline
from reader.services.writing import Writer, only
from reader.store import annotations, categories, documents, past, texts
from reader.store import tags as tag_rows
from reader.store.database import Store
from reader.store.journal import Step, action

_GONE = "The document of this mark is not in the library any more; add its file again, then try once more."


class Past(Writer):
    """As far as the history reaches back."""

    def of(self, uid: str) -> tuple[Moment, ...]:
        """Every step of an annotation's past, newest first, with those that were taken back. May read for a while."""
        line, names = timeline(self._store, uid), categories.names(self._store)
        now = annotations.by_uid(self._store, [uid])
        moments: list[Moment] = []
        for step, before, after in line.steps:
            mark = line.annotation(after)
            told = differences(line.annotation(before, step.id), line.annotation(after, step.id), names)
            moments.append(Moment(step, mark, told, bool(now) and mark is not None and is_same(mark, now[0])))
        return tuple(reversed(moments))

    def resolve_id(self, text: str) -> str:
        """The uid that a short id or a beginning of a uid stands for, also of a deleted annotation."""
        wanted = text.strip().lower()
        return only(past.matching_uids(self._store, wanted) if wanted else [], text, "mark")

    def restore(self, mark: Annotation) -> Change:
        """Make an annotation what it was; a deleted one comes back. Its passage is looked up in the present text."""
        if not mark.document_uid:
            raise ReaderError(_GONE)
        was_there = bool(annotations.by_uid(self._store, [mark.uid]))
        label = "Earlier state brought back" if was_there else "Mark brought back"
        with action(self._store, label) as step:
            bring_back(self._store, step, [mark])
        if not step.changed:
            return Change()
        marks = tuple(annotations.by_uid(self._store, [mark.uid]))
        about = self._summaries([mark.document_uid])
        change = Change(label, documents_updated=about, tags=True)
        change = replace(change, **{"annotations_updated" if was_there else "annotations_added": marks})
        return self._bus.publish(change)


def bring_back(store: Store, step: Step, marks: Sequence[Annotation]) -> None:
    """Write annotations as they were, at their places in the present texts; those that are so stay untouched."""
    now = {mark.uid: mark for mark in annotations.by_uid(store, [mark.uid for mark in marks])}
    rows = documents.rows_of(store, {mark.document_uid for mark in marks})
    texts_now = {uid: _Text(store, row_id) for uid, row_id in rows.items()}
    for mark in marks:
        if mark.document_uid not in rows:
            raise ReaderError(_GONE)
        placed = _in_text(mark, now.get(mark.uid), texts_now[mark.document_uid])
        if mark.uid not in now or not is_same(placed, now[mark.uid]):
            _write(store, step, placed, rows[mark.document_uid], is_new=mark.uid not in now)


def _write(store: Store, step: Step, mark: Annotation, document_id: int, *, is_new: bool) -> None:
    rows = [(replace(mark, modified=store.now()), document_id)]
    if is_new:
        annotations.insert_many(step.connection, rows)
    else:
        annotations.update_many(step.connection, rows)
    mark_id = annotations.row_ids(store, [mark.uid])[mark.uid]
    tag_rows.set_annotation_tags(step.connection, store, mark_id, tag_rows.clean_names(mark.tags))


def is_same(mark: Annotation, other: Annotation) -> bool:
    """Whether two states of an annotation are alike but for the time of the last change."""
    return replace(mark, modified="") == replace(other, modified="")


class _Text:
    """The text that a document shows, read when it is first needed."""

    def __init__(self, store: Store, document_id: int) -> None:
        self._store, self._document_id = store, document_id

    @cached_property
    def text(self) -> str:
        return texts.present_text(self._store, self._document_id)

    @property
    def paged(self) -> bool:
        return documents.format_of(self._store, self._document_id) == "pdf"


def _in_text(mark: Annotation, now: Annotation | None, shown: _Text) -> Annotation:
    """The annotation where it stands in the text that is shown now, which need not be the one it was made in."""
    anchor = mark.anchor
    if anchor is None:
        return mark
    if now and now.anchor and mark.style is not Style.AREA and _words(now.anchor) == _words(anchor):
        # The passage is the same: where it stands is no part of what is brought back.
        return replace(mark, anchor=now.anchor, state=now.state, score=now.score, reviewed=now.reviewed)
    text, length = shown.text, anchor.end - anchor.start
    stands = text.startswith(anchor.exact, anchor.start) and length == len(anchor.exact)
    if not text or (mark.state is AnchorState.EXACT and stands):
        return mark
    from reader.services.carrying import carry

    carried = carry([replace(mark, state=AnchorState.EXACT)], text, paged=shown.paged)
    start, end, state, score, _ = carried.places[0]
    placed = replace(anchor, start=start, end=end, rects=dict(carried.rects).get(mark.uid, anchor.rects))
    return replace(mark, anchor=placed, state=AnchorState(state), score=score, reviewed="")


def _words(anchor: Anchor) -> tuple[str, str, str]:
    return anchor.prefix, anchor.exact, anchor.suffix
