"""The states of one annotation, step by step, out of what the journal recorded of its row and of its tags."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from reader.model.annotation import Annotation
from reader.model.library import Action
from reader.store import past
from reader.store.database import Store
from reader.store.past import Recorded
from reader.store.rows import annotation_of

Links = dict[int, tuple[int, int]]
"""Tag and position by the row id of the link."""


@dataclass(frozen=True, slots=True)
class State:
    """An annotation's row (None: not there) and its links to tags at one time."""

    row: dict[str, Any] | None
    row_id: int = 0
    links: Links = field(default_factory=dict[int, tuple[int, int]])


@dataclass(slots=True)
class _Step:
    action: Action
    rows: list[Recorded] = field(default_factory=list[Recorded])
    links: list[Recorded] = field(default_factory=list[Recorded])


@dataclass(frozen=True, slots=True)
class Timeline:
    """The states before and after each step, oldest step first; what was taken back is among them."""

    store: Store
    steps: tuple[tuple[Action, State, State], ...]
    _names: "_TagNames"

    def annotation(self, state: State, action_id: int | None = None) -> Annotation | None:
        """The annotation of a state; None where there is none.

        Its tags are called as they were after a step, or as they are now (those that are deleted: as they were last).
        """
        if state.row is None:
            return None
        ordered = sorted(state.links.items(), key=lambda link: (link[1][1], link[0]))
        tags = tuple(self._names.name(tag_id, action_id) for _, (tag_id, _) in ordered)
        found = past.document_uids(self.store, [state.row["document_id"]]).get(state.row["document_id"], ("", ""))
        return annotation_of(state.row_id, state.row, found[0], tags)


def timeline(store: Store, uid: str) -> Timeline:
    """Every recorded step of an annotation's past, also of one that was deleted."""
    row_ids = past.rows_of_mark(store, uid)
    every = past.of_rows(store, "annotation", row_ids)
    own = [found for found in every if found.row["uid"] == uid]
    links = [found for found in past.links_of_marks(store, row_ids) if _owner(every, found) in ("", uid)]
    steps = _steps(own, links)
    return Timeline(store, tuple(_walk(steps, _links_at_first(store, uid, steps))), _TagNames(store, links))


def _owner(marks: Sequence[Recorded], link: Recorded) -> str:
    """The uid of the annotation that had the link's row id then; empty when no change tells."""
    mark_id, then = link.row["annotation_id"], link.action.id
    changes = [found for found in marks if found.change.row_id == mark_id]
    known = [found for found in changes if found.action.id <= then] or changes[:1]
    return known[-1].row["uid"] if known else ""


def _steps(marks: Iterable[Recorded], links: Iterable[Recorded]) -> list[_Step]:
    found: dict[int, _Step] = {}
    for one in marks:
        found.setdefault(one.action.id, _Step(one.action)).rows.append(one)
    for one in links:
        found.setdefault(one.action.id, _Step(one.action)).links.append(one)
    return [found[key] for key in sorted(found)]


def _links_at_first(store: Store, uid: str, steps: Sequence[_Step]) -> Links:
    """The links before the first step: those of now, with every step that holds taken back."""
    now = past.links_now(store, past.row_of_mark(store, uid))
    links: Links = {key: (tag, position) for key, _, tag, position in now}
    for step in reversed(steps):
        if not step.action.undone:
            for one in reversed(step.links):
                _set(links, one.change.row_id, one.change.before)
    return links


def _set(links: Links, key: int, row: dict[str, Any] | None) -> None:
    if row is None:
        links.pop(key, None)
    else:
        links[key] = (row["tag_id"], row["position"])


def _walk(steps: Sequence[_Step], links: Links) -> Iterable[tuple[Action, State, State]]:
    first = next((step.rows[0] for step in steps if step.rows), None)
    holds = State(first.change.before if first else None, first.change.row_id if first else 0, links)
    latest = holds
    for step in steps:
        before = _base(step, holds, latest)
        row, row_id, now = before.row, before.row_id, dict(before.links)
        for one in step.rows:
            row, row_id = one.change.after, one.change.row_id
        for one in step.links:
            _set(now, one.change.row_id, one.change.after)
        latest = State(row, row_id, now)
        if not step.action.undone:
            holds = latest
        yield step.action, before, latest


def _base(step: _Step, holds: State, latest: State) -> State:
    """What a step was done upon: what holds, or, for one of several that were taken back together, the one before."""
    if step.rows:
        before = step.rows[0].change.before
        fitting = [state for state in (holds, latest) if state.row == before]
        return fitting[0] if fitting else State(before, step.rows[0].change.row_id, holds.links)
    return latest if step.action.undone else holds


class _TagNames:
    """What tags were called when."""

    def __init__(self, store: Store, links: Iterable[Recorded]) -> None:
        ids = {row["tag_id"] for one in links for row in (one.change.before, one.change.after) if row}
        self._changes = past.of_rows(store, "tag", ids)
        self._now = past.tags_now(store, ids)
        self._store = store

    def name(self, tag_id: int, action_id: int | None) -> str:
        """The name after a step, by the changes of the tag that hold, or the present one."""
        if action_id is None and tag_id in self._now:
            return self._now[tag_id]
        changes = [one for one in self._changes if one.change.row_id == tag_id and not one.action.undone]
        until = [one for one in changes if action_id is None or one.action.id <= action_id]
        if until:
            return until[-1].row["name"]
        if changes and changes[0].change.before:
            return changes[0].change.before["name"]
        if tag_id not in self._now:
            self._now |= past.tags_now(self._store, [tag_id])
        return self._now.get(tag_id, "?")
