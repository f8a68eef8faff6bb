"""Actions: a label, and the row changes that triggers record under it."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from sqlite3 import Connection

from reader.model.library import Action
from reader.store.database import Store
from reader.store.ids import device


@dataclass(slots=True)
class Step:
    """The action that is being recorded. `label` may still be changed; `changed` is known when it is over."""

    id: int
    label: str
    connection: Connection
    changed: bool = False


@contextmanager
def action(
    store: Store,
    label: str,
    *,
    merge_key: str = "",
    merge_since: str = "",
    continues: int | None = None,
    urgent: bool = True,
) -> Generator[Step]:
    """One transaction whose row changes are one step of the history.

    With `merge_key`, the newest action goes on if this process made it, it has the same key and is not older than the
    instant `merge_since` (nor, where the clock was set back, from times to come). With `continues`, that action goes
    on unless it was undone. An action that changes no row leaves no step.
    """
    ours, began = store.ours, 0
    try:
        with store.transaction(urgent=urgent) as connection:
            step = _open(store, connection, label, merge_key, merge_since, continues)
            began = 0 if step.id in ours else step.id
            ours.made(step.id)
            yield step
            _close(connection, step)
    except BaseException:
        ours.given_up(began)
        raise
    if step.changed:
        ours.left(step.id, done=True)
    else:
        ours.given_up(began)


def _close(connection: Connection, step: Step) -> None:
    """Keep the step if it changed anything; then what had been taken back cannot be done again."""
    found = connection.execute("SELECT EXISTS (SELECT 1 FROM change WHERE action_id = ?)", (step.id,)).fetchone()
    step.changed = bool(found[0])
    if not step.changed:
        connection.execute("DELETE FROM action WHERE id = ?", (step.id,))
        return
    connection.execute("UPDATE action SET state = 'dropped' WHERE state = 'undone'")
    connection.execute("UPDATE action SET state = 'done', label = ? WHERE id = ?", (step.label, step.id))


def _open(
    store: Store, connection: Connection, label: str, merge_key: str, merge_since: str, continues: int | None
) -> Step:
    found, now = None, store.now()
    if merge_key:
        newest = connection.execute("SELECT max(id) FROM action").fetchone()[0]
        found = (
            newest in store.ours
            and connection.execute(
                "UPDATE action SET state = 'open', at = :now WHERE id = :id AND state = 'done' "
                "AND merge_key = :key AND at BETWEEN :since AND :now RETURNING id",
                {"now": now, "id": newest, "key": merge_key, "since": merge_since},
            ).fetchall()
        )
    elif continues is not None:
        found = connection.execute(
            "UPDATE action SET state = 'open' WHERE id = ? AND state = 'done' RETURNING id", (continues,)
        ).fetchall()
    if found:
        return Step(found[0][0], label, connection)
    insert = "INSERT INTO action (label, at, state, merge_key, device) VALUES (?, ?, 'open', ?, ?)"
    made = connection.execute(insert, (label, now, merge_key, device())).lastrowid
    assert made is not None
    return Step(made, label, connection)


_LAST_DONE = "SELECT id FROM action WHERE state = 'done' ORDER BY id DESC LIMIT 1"
_FIRST_UNDONE = "SELECT id FROM action WHERE state = 'undone' ORDER BY id LIMIT 1"


def undo_label(store: Store) -> str:
    """What undo would take back; empty when nothing."""
    row = store.row(f"SELECT label FROM action WHERE id = ({_LAST_DONE})")
    return row[0] if row else ""


def redo_label(store: Store) -> str:
    """What redo would do again; empty when nothing."""
    row = store.row(f"SELECT label FROM action WHERE id = ({_FIRST_UNDONE})")
    return row[0] if row else ""


def row_changes(store: Store, *, undone: bool, most: int) -> int:
    """How many rows the next step back changes, or, `undone`, the next one forward; no more than `most` are counted."""
    step = _FIRST_UNDONE if undone else _LAST_DONE
    sql = f"SELECT count(*) FROM (SELECT 1 FROM change WHERE action_id = ({step}) LIMIT ?)"
    row = store.row(sql, (most,))
    return row[0] if row else 0


def actions(store: Store, limit: int) -> list[Action]:
    """The newest actions first; those of an abandoned redo branch are marked as undone too."""
    sql = (
        "SELECT id, label, at, state <> 'done', (SELECT count(*) FROM change WHERE action_id = action.id), "
        "device "
        "FROM action ORDER BY id DESC LIMIT ?"
    )
    return [Action(row[0], row[1], row[2], bool(row[3]), row[4], row[5]) for row in store.rows(sql, (limit,))]


def take_undo(connection: Connection) -> tuple[int, str] | None:
    """Mark the last action as undone; its id and label, or None."""
    sql = f"UPDATE action SET state = 'undone' WHERE id = ({_LAST_DONE}) RETURNING id, label"
    rows = connection.execute(sql).fetchall()
    return rows[0] if rows else None


def take_redo(connection: Connection) -> tuple[int, str] | None:
    """Mark the first undone action as done again; its id and label, or None."""
    sql = f"UPDATE action SET state = 'done' WHERE id = ({_FIRST_UNDONE}) RETURNING id, label"
    rows = connection.execute(sql).fetchall()
    return rows[0] if rows else None
