"""What the user calls the six colours."""

from sqlite3 import Connection

from reader.model.annotation import DEFAULT_CATEGORY_NAMES, Color
from reader.store.database import Store


def names(store: Store) -> dict[Color, str]:
    """The name of each colour, in the order of the keys 1 to 6."""
    given = dict(store.rows("SELECT color, name FROM category"))
    return {color: given.get(color.value, default) for color, default in DEFAULT_CATEGORY_NAMES.items()}


def name_of(store: Store, color: Color) -> str:
    """The name of one colour."""
    row = store.row("SELECT name FROM category WHERE color = ?", (color.value,))
    return row[0] if row else DEFAULT_CATEGORY_NAMES[color]


def set_name(connection: Connection, color: Color, name: str) -> None:
    """Name a colour."""
    connection.execute(
        "INSERT INTO category (color, name) VALUES (:color, :name) "
        "ON CONFLICT (color) DO UPDATE SET name = :name WHERE name <> :name",
        {"color": color.value, "name": name},
    )
