"""Whether the file and its rows are sound."""

from sqlite3 import Connection, DatabaseError

from reader.store.database import Store
from reader.store.errors import LibraryDamaged, translate


def damage(connection: Connection, limit: int = 5) -> list[str]:
    """What SQLite finds wrong with a file, in its own words; empty when it is sound."""
    try:
        found = [row[0] for row in connection.execute(f"PRAGMA integrity_check({limit})")]
    except DatabaseError as error:
        if isinstance(translate(error), LibraryDamaged):
            return [str(error)]
        raise
    return [] if found == ["ok"] else found


def loose_rows(store: Store) -> int:
    """How many rows name another row that is not there."""
    return len(store.rows("PRAGMA foreign_key_check"))


def missing_triggers(store: Store) -> list[str]:
    """Triggers of this version that the file lacks: without them undo would forget changes."""
    from reader.store.triggers import trigger_script

    wanted = {line.split()[2] for line in trigger_script().splitlines() if line.startswith("CREATE TRIGGER")}
    have = {row[0] for row in store.rows("SELECT name FROM sqlite_master WHERE type = 'trigger'")}
    return sorted(wanted - have)


def wrong_counts(store: Store) -> int:
    """How many documents have another number of marks than they say."""
    sql = (
        "SELECT count(*) FROM document AS d WHERE d.annotation_count <> "
        "(SELECT count(*) FROM annotation AS a WHERE a.document_id = d.id)"
    )
    return store.row(sql)[0]
