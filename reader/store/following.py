"""What other programs have recorded in the journal, and taken back or done again, since it was last looked at."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from reader.store.database import Store
from reader.store.replay import RowChange, changes_of, row_change

_WATCHED = 64
"""So many of the newest steps are known by their state; who takes back more at once has views read everything."""

_FEW = 5_000
"""So many row changes are read in a millisecond or two, with all that they hold."""


@dataclass(frozen=True, slots=True)
class Position:
    """How far the file is known: its shape, the newest row change and step, and which of the last steps are done."""

    shape: int
    change: int
    action: int
    done: dict[int, bool] = field(default_factory=dict[int, bool])


@dataclass(frozen=True, slots=True)
class Foreign:
    """What others have done, in the order of the first change to each row; `everything`: too much or too odd to list.

    `steps` are the labels of their steps, the newest last, each with the device and with what was done: "" for a new
    step, "Undone" or "Redone".
    """

    position: Position
    changes: tuple[RowChange, ...] = ()
    steps: tuple[tuple[str, str, str], ...] = ()
    everything: bool = False


def position(store: Store) -> Position:
    """How far the file is now."""
    shape = store.row("PRAGMA schema_version")[0]
    change = store.row("SELECT coalesce(max(id), 0) FROM change")[0]
    newest = store.rows("SELECT id, state = 'done' FROM action ORDER BY id DESC LIMIT ?", (_WATCHED,))
    done = {action_id: bool(state) for action_id, state in newest}
    return Position(shape, change, max(done, default=0), done)


def since(store: Store, known: Position, limit: int) -> Foreign:
    """What others have written since `known`, up to `limit` row changes; rows are to be read in the same `reading`."""
    now = position(store)
    expected = {**known.done, **store.ours.news()}
    if now.shape != known.shape or now.change < known.change:
        return Foreign(now, everything=True)
    steps = turned(store, expected)
    if steps is None:
        return Foreign(now, everything=True)
    back, again = steps
    new = _new_steps(store, known.change, now.change)
    changes = _changes(store, back, again, known.change, new)
    found: list[RowChange] = []
    for change in changes:
        if len(found) == limit:
            return Foreign(now, everything=True)
        found.append(change)
    return Foreign(now, tuple(found), _labels(store, back, again, new))


def turned(store: Store, expected: dict[int, bool]) -> tuple[list[int], list[int]] | None:
    """The steps taken back, newest first, and those done again, oldest first; None if there may be more of them."""
    lowest = min(expected, default=0)
    rows = store.rows("SELECT id, state = 'done' FROM action WHERE id >= ?", (lowest,))
    other = {key: bool(state) for key, state in rows if expected.get(key, bool(state)) != bool(state)}
    if lowest in other and len(expected) >= _WATCHED:
        return None
    back = sorted((key for key, done in other.items() if not done), reverse=True)
    return back, sorted(key for key, done in other.items() if done)


def _new_steps(store: Store, after: int, newest: int) -> list[int]:
    """Steps of others that have row changes later than the change `after`."""
    if newest == after:
        return []
    # SQLite would go through the steps of the whole history; a few changes are read where they stand, in turn.
    rows = "change NOT INDEXED" if newest - after < _FEW else "change"
    found = store.rows(f"SELECT DISTINCT action_id FROM {rows} WHERE id > ?", (after,))
    return sorted(row[0] for row in found if row[0] not in store.ours)


def _changes(
    store: Store, back: Sequence[int], again: Sequence[int], after: int, new: Sequence[int]
) -> Iterator[RowChange]:
    """Row changes such that the first one of each row says how it was when the file was last looked at."""
    for action_id in back:
        yield from (change.reversed for change in reversed(changes_of(store, action_id)))
    for action_id in again:
        yield from changes_of(store, action_id)
    sql = (
        "SELECT table_name, row_id, before, after FROM change "
        "WHERE id > ? AND action_id IN (SELECT value FROM json_each(?)) ORDER BY id"
    )
    if new:
        yield from (row_change(row) for row in store.iterate(sql, (after, json.dumps(new))))


def _labels(
    store: Store, back: Sequence[int], again: Sequence[int], new: Sequence[int]
) -> tuple[tuple[str, str, str], ...]:
    sql = "SELECT id, label, device FROM action WHERE id IN (SELECT value FROM json_each(?)) AND state = 'done'"
    turned = {
        row[0]: row[1:] for row in store.rows(sql.removesuffix(" AND state = 'done'"), (json.dumps([*back, *again]),))
    }
    taken = [(label, device, "Undone") for label, device in (turned[key] for key in back)]
    done = [(label, device, "Redone") for label, device in (turned[key] for key in again)]
    made = [(label, device, "") for _, label, device in sorted(store.rows(sql, (json.dumps(new),)))]
    return (*taken, *done, *made)
