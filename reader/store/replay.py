"""Taking recorded row changes back, and making them again."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from sqlite3 import Connection
from typing import Any

from reader.store.database import Store
from reader.store.errors import damaged
from reader.store.triggers import JOURNALLED


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row before and after; None where it did not exist."""

    table: str
    row_id: int
    before: dict[str, Any] | None
    after: dict[str, Any] | None

    @property
    def reversed(self) -> "RowChange":
        """The change that takes this one back."""
        return RowChange(self.table, self.row_id, self.after, self.before)


@dataclass(slots=True)
class Touched:
    """The row ids that a set of changes concerns; `tags` and `categories` say that those tables do.

    `masks` are the documents in which other parts are hidden, `texts` those that show another text, or have others.
    """

    annotations: set[int] = field(default_factory=set)
    documents: set[int] = field(default_factory=set)
    masks: set[int] = field(default_factory=set)
    texts: set[int] = field(default_factory=set)
    tags: bool = False
    categories: bool = False


def changes_of(store: Store, action_id: int) -> list[RowChange]:
    """What an action changed, in order."""
    sql = "SELECT table_name, row_id, before, after FROM change WHERE action_id = ? ORDER BY id"
    try:
        return [row_change(row) for row in store.rows(sql, (action_id,))]
    except ValueError as error:
        raise damaged() from error


def row_change(row: Sequence[Any]) -> RowChange:
    """What a row of the journal says: table, row id, and the row before and after as JSON."""
    table, row_id, before, after = row
    return RowChange(table, row_id, before and json.loads(before), after and json.loads(after))


def touched(store: Store, changes: Iterable[RowChange]) -> Touched:
    """Which annotations and documents look different after these changes."""
    found = Touched()
    renamed: set[int] = set()
    for change in changes:
        row = change.after or change.before or {}
        match change.table:
            case "annotation":
                found.annotations.add(change.row_id)
                found.documents.add(row["document_id"])
            case "document":
                found.documents.add(change.row_id)
                if _text_of(change.before) != _text_of(change.after):
                    found.texts.add(change.row_id)
            case "annotation_tag":
                found.annotations.add(row["annotation_id"])
                found.tags = True
            case "document_tag":
                found.documents.add(row["document_id"])
                found.tags = True
            case "text_version":
                found.documents.add(row["document_id"])
                found.texts.add(row["document_id"])
            case "mask":
                found.masks.add(row["document_id"])
            case "tag":
                renamed.add(change.row_id)
                found.tags = True
            case _:
                found.categories = True
    _add_tagged(store, renamed, found)
    return found


def _text_of(row: dict[str, Any] | None) -> int | None:
    return row["text_version_id"] if row else None


def _add_tagged(store: Store, tags: set[int], found: Touched) -> None:
    listed = json.dumps(list(tags))
    for owner, rows in (("annotation", found.annotations), ("document", found.documents)):
        if tags:
            sql = f"SELECT {owner}_id FROM {owner}_tag WHERE tag_id IN (SELECT value FROM json_each(?))"
            rows.update(row[0] for row in store.rows(sql, (listed,)))


def apply(connection: Connection, changes: Iterable[RowChange]) -> None:
    """Bring the rows to what the changes say they are after."""
    for (table, kind), group in groupby(changes, key=lambda change: (change.table, _kind(change))):
        sql = _statement(table, kind)
        connection.executemany(sql, [{**(change.after or {}), "id": change.row_id} for change in group])


def _kind(change: RowChange) -> str:
    if change.after is None:
        return "delete"
    return "insert" if change.before is None else "update"


def _statement(table: str, kind: str) -> str:
    columns = JOURNALLED[table]
    if kind == "delete":
        return f"DELETE FROM {table} WHERE id = :id"
    if kind == "insert":
        places = ", ".join(f":{name}" for name in columns)
        return f"INSERT INTO {table} (id, {', '.join(columns)}) VALUES (:id, {places})"
    return f"UPDATE {table} SET {', '.join(f'{name} = :{name}' for name in columns)} WHERE id = :id"


def backwards(changes: Sequence[RowChange]) -> Iterator[RowChange]:
    """The changes that take these back, last first."""
    return (change.reversed for change in reversed(changes))
