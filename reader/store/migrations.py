"""How a library file comes to its present shape. Imports sqlite-utils: loaded only when there is something to do."""

import sqlite3

from sqlite_utils import Database, Migrations

from reader.model.annotation import DEFAULT_CATEGORY_NAMES
from reader.store.errors import StorageError
from reader.store.schema import SEARCH_TABLES, TABLES, run_script
from reader.store.triggers import trigger_script

migrations = Migrations("passage")


@migrations()
def m001_library(db: Database) -> None:
    """Everything a new library has."""
    run_script(db.conn, TABLES + SEARCH_TABLES + trigger_script())
    db.conn.executemany(
        "INSERT INTO category (color, name) VALUES (?, ?)",
        [(color.value, name) for color, name in DEFAULT_CATEGORY_NAMES.items()],
    )
    db.conn.execute("PRAGMA user_version = 1")


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
