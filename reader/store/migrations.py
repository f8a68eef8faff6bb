"""How a library file comes to its present shape. Imports sqlite-utils: loaded only when there is something to do."""

import sqlite3

from sqlite_utils import Database, Migrations

from reader.model.annotation import DEFAULT_CATEGORY_NAMES
from reader.store.errors import StorageError
from reader.store.schema import AREAS, BOOKS, SEARCH_TABLES, TABLES, TRUST, run_script
from reader.store.triggers import JOURNALLED, trigger_script

migrations = Migrations("passage")


@migrations()
def m001_library(db: Database) -> None:
    """Everything a new library has."""
    run_script(db.conn, TABLES + SEARCH_TABLES + trigger_script(JOURNALLED.keys() - {"mask", "text_version"}))
    db.conn.executemany(
        "INSERT INTO category (color, name) VALUES (?, ?)",
        [(color.value, name) for color, name in DEFAULT_CATEGORY_NAMES.items()],
    )
    db.conn.execute("PRAGMA user_version = 1")


@migrations()
def m002_books(db: Database) -> None:
    """More details, masks over texts, views of web pages, where pictures came from."""
    _drop_triggers(db)
    run_script(db.conn, BOOKS + trigger_script(JOURNALLED.keys() - {"text_version"}))
    db.conn.execute("PRAGMA user_version = 2")


@migrations()
def m003_areas(db: Database) -> None:
    """Areas of pages, kept with what they looked like."""
    _drop_triggers(db)
    run_script(db.conn, AREAS + trigger_script(JOURNALLED.keys() - {"text_version"}))
    db.conn.execute("PRAGMA user_version = 3")


@migrations()
def m004_trust(db: Database) -> None:
    """Corrected and dropped texts, decisions about lost marks, and the device of each step."""
    _drop_triggers(db)
    run_script(db.conn, TRUST + trigger_script())
    db.conn.execute("PRAGMA user_version = 4")


def _drop_triggers(db: Database) -> None:
    for name in [row[0] for row in db.conn.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")]:
        db.conn.execute(f"DROP TRIGGER {name}")


def migrate(connection: sqlite3.Connection) -> None:
    """Apply what is pending, each migration in a transaction, with foreign keys off and checked afterwards."""
    db = Database(connection, execute_plugins=False)
    connection.execute("PRAGMA foreign_keys = OFF")
    try:
        migrations.apply(db)
        if connection.execute("PRAGMA foreign_key_check").fetchone():
            raise StorageError("The library's rows do not fit together any more; restore a backup to go on.")
    finally:
        connection.execute("PRAGMA foreign_keys = ON")
