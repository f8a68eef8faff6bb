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


def unused(store: Store) -> tuple[list[str], int]:
    """The pictures that neither a mark nor a step of the history has, and the newest row change looked at."""
    newest = store.row("SELECT coalesce(max(id), 0) FROM change")[0]
    sql = (
        "SELECT sha256 FROM annotation_picture EXCEPT SELECT picture FROM annotation EXCEPT "
        "SELECT json_extract(before, '$.picture') FROM change WHERE table_name = 'annotation' EXCEPT "
        "SELECT json_extract(after, '$.picture') FROM change WHERE table_name = 'annotation'"
    )
    return [row[0] for row in store.rows(sql)], newest


def forget(connection: Connection, sha256: str, since: int) -> None:
    """Drop a picture, unless a mark has come to it, or a row change later than `since` names it."""
    connection.execute(
        "DELETE FROM annotation_picture WHERE sha256 = :sha256 "
        "AND NOT EXISTS (SELECT 1 FROM annotation WHERE picture = :sha256) AND NOT EXISTS (SELECT 1 FROM change "
        "WHERE id > :since AND (instr(before, :sha256) OR instr(after, :sha256)))",
        {"sha256": sha256, "since": since},
    )
