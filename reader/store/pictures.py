"""Pictures that marks are kept with, named by their content."""

from sqlite3 import Connection

from reader.model.annotation import Picture
from reader.model.hashing import sha256_of
from reader.store.database import Store


def keep(connection: Connection, picture: Picture) -> str:
    """Keep a picture, unless it is here; its sha256 (hex), by which annotations name it."""
    sha256 = sha256_of(picture.data)
    connection.execute(
        "INSERT INTO annotation_picture (sha256, media_type, data) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        (sha256, picture.media_type, picture.data),
    )
    return sha256


def find(store: Store, sha256: str) -> Picture | None:
    """The picture of this name, None when there is none."""
    row = store.row("SELECT media_type, data FROM annotation_picture WHERE sha256 = ?", (sha256,)) if sha256 else None
    return Picture(*row) if row else None
