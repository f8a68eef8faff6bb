"""Settings: JSON texts by name."""

from sqlite3 import Connection

from reader.store.database import Store


def value(store: Store, key: str) -> str | None:
    """The JSON text of a setting; None when it was never set."""
    row = store.row("SELECT value FROM setting WHERE key = ?", (key,))
    return row[0] if row else None


def value_on(connection: Connection, key: str) -> str | None:
    """The JSON text of a setting as a connection of one's own sees it."""
    row = connection.execute("SELECT value FROM setting WHERE key = ?", (key,)).fetchone()
    return row[0] if row else None


def set_value(connection: Connection, key: str, text: str) -> None:
    """Set a setting to a JSON text."""
    connection.execute(
        "INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (key, text),
    )
