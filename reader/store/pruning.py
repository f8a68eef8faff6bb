"""Letting go of the oldest steps of the history, in transactions so short that nobody waits for them."""

import json
from sqlite3 import Connection

from reader.store.database import Store
from reader.store.settings import set_value, value

_KEY = "history_pruned"
_ROWS = 500
_STEPS = 50


def last_beyond(store: Store, kept: int) -> int:
    """The newest step that is older than the last `kept` ones and than all that could be done again; 0 when none."""
    row = store.row("SELECT id FROM action ORDER BY id DESC LIMIT 1 OFFSET ?", (kept,))
    if row is None:
        return 0
    undone = store.row("SELECT min(id) FROM action WHERE state = 'undone'")[0]
    return row[0] if undone is None else min(row[0], undone - 1)


def last_before(store: Store, instant: str) -> int:
    """The last of the steps from the oldest on that are all older than an instant; 0 when there are none."""
    sql = "SELECT coalesce((SELECT min(id) FROM action WHERE at >= ?), (SELECT max(id) + 1 FROM action), 1) - 1"
    return store.row(sql, (instant,))[0]


def last_over(store: Store, limit: int) -> int:
    """The newest step with which the row changes, from the newest on, are larger than `limit` bytes; 0 when none."""
    pages, size = store.row("PRAGMA page_count")[0], store.row("PRAGMA page_size")[0]
    if pages * size <= limit:
        return 0
    sql = (
        "SELECT action_id, sum(length(CAST(coalesce(before, '') AS BLOB)) + length(CAST(coalesce(after, '') AS BLOB))) "
        "FROM change GROUP BY action_id ORDER BY action_id DESC"
    )
    total = 0
    for action_id, length in store.iterate(sql):
        total += length
        if total > limit:
            return action_id
    return 0


def prune_some(store: Store, until: int) -> bool:
    """Drop some of the steps up to the step `until`, the oldest first; whether there are more of them."""
    with store.transaction(urgent=False) as connection:
        oldest = connection.execute(
            "SELECT a.id, a.at, count(c.id) FROM (SELECT id, at FROM action WHERE id <= ? ORDER BY id LIMIT ?) AS a "
            "LEFT JOIN change AS c ON c.action_id = a.id GROUP BY a.id ORDER BY a.id",
            (until, _STEPS),
        ).fetchall()
        if not oldest:
            return False
        if oldest[0][2] > _ROWS:
            _shorten(connection, oldest[0][0])
            return True
        chosen, rows = 0, 0
        while chosen < len(oldest) and rows + oldest[chosen][2] <= _ROWS:
            rows += oldest[chosen][2]
            chosen += 1
        last, at, _ = oldest[chosen - 1]
        connection.execute("DELETE FROM change WHERE action_id <= ?", (last,))
        connection.execute("DELETE FROM action WHERE id <= ?", (last,))
        steps, _ = pruned(store)
        set_value(connection, _KEY, json.dumps([steps + chosen, at]))
    return True


def _shorten(connection: Connection, action_id: int) -> None:
    """Take some rows from a long step: it can be neither undone nor done again from then on."""
    connection.execute("UPDATE action SET state = 'dropped' WHERE id = ?", (action_id,))
    connection.execute(
        "DELETE FROM change WHERE id IN (SELECT id FROM change WHERE action_id = ? LIMIT ?)", (action_id, _ROWS)
    )


def pruned(store: Store) -> tuple[int, str]:
    """How many steps were let go of over the years, and when the last of them was done (an instant)."""
    text = value(store, _KEY)
    steps, at = json.loads(text) if text else (0, "")
    return int(steps), str(at)


def reach(store: Store) -> tuple[int, str]:
    """How many steps there are, and when the oldest was done (an instant); 0 and empty when there is none."""
    return store.row("SELECT count(*), coalesce((SELECT at FROM action ORDER BY id LIMIT 1), '') FROM action")
