"""The library's own copies of files, named by their content.

Large ones lie in a folder beside the database. Small ones are rows of it: making a thousand small files takes a
file system longer than everything else that adding a thousand texts needs. A small file that is nothing but its
text in UTF-8 has no row: the text is its copy.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from sqlite3 import Connection

from reader.model.hashing import sha256_of
from reader.store.database import Store
from reader.store.private import FILE, FOLDER

SMALL = 1 << 16
"""Files of at most that many bytes are rows of the library."""
KEEP = "INSERT INTO file_copy (sha256, data) VALUES (?, ?) ON CONFLICT DO NOTHING"
_SAME_TEXT = (
    "SELECT text FROM text_part WHERE text_version_id = (SELECT id FROM text_version "
    "WHERE text_sha256 = ? AND file_sha256 = ? AND complete ORDER BY id LIMIT 1) ORDER BY start_position"
)
_SEPARATORS = frozenset("/\\:")
_BINARY = getattr(os, "O_BINARY", 0)
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY
_AGAIN = os.O_WRONLY | os.O_TRUNC | _BINARY


def folder(library: Path) -> Path:
    """Where the copies are."""
    return library.with_name(library.name + ".files")


def place(library: Path, sha256: str, suffix: str) -> Path:
    """Where the copy of a file with that sha256 (hex) and suffix (".md") belongs: inside the folder, whatever they are.

    Rows come from files of others too, and what they say is never a path.
    """
    hexadecimal = "".join(letter for letter in sha256 if letter.isalnum()) or "0"
    ending = suffix if suffix.isprintable() and not _SEPARATORS & set(suffix) else ""
    return folder(library) / hexadecimal[:2] / (hexadecimal + ending)


def existing(store: Store, sha256: str, suffix: str, size: int) -> Path | None:
    """The copy as a file, written out if it was a row; None when there is none with all its bytes."""
    if not sha256:
        return None
    path = place(store.path, sha256, suffix)
    data = _small(store, sha256) if size <= SMALL else None
    try:
        if data is not None:
            keep_file(store.path, sha256, suffix, data)
        return path if path.stat().st_size == size else None
    except OSError:
        return None


def _small(store: Store, sha256: str) -> bytes | None:
    """The bytes of a small file: its row, else the text that is the same in UTF-8."""
    row = store.row("SELECT data FROM file_copy WHERE sha256 = ?", (sha256,))
    if row:
        return row[0]
    parts = store.rows(_SAME_TEXT, (sha256, sha256))
    return "".join([part[0] for part in parts]).encode() if parts else None


def keep_row(connection: Connection, sha256: str, data: bytes) -> None:
    """Keep a small file in the library."""
    connection.execute(KEEP, (sha256, data))


def keep_file(library: Path, sha256: str, suffix: str, data: bytes) -> None:
    """Write the copy unless it is there.

    The disk is not waited for: a copy that a power cut or a full disk leaves short is noticed by its size and
    written again, and the document's text is in the library itself.
    """
    path = place(library, sha256, suffix)
    try:
        descriptor = os.open(path, _NEW, FILE)
    except FileNotFoundError:
        folder(library).mkdir(FOLDER, exist_ok=True)
        path.parent.mkdir(FOLDER, exist_ok=True)
        descriptor = os.open(path, _NEW, FILE)
    except FileExistsError:
        if os.stat(path).st_size == len(data):
            return
        descriptor = os.open(path, _AGAIN, FILE)
    try:
        _write(descriptor, data)
    finally:
        os.close(descriptor)


def mend(store: Store, sha256: str, data: bytes) -> None:
    """Write the copies of a large file again that are gone or damaged; `data` are its bytes."""
    sql = "SELECT DISTINCT file_suffix FROM text_version WHERE file_sha256 = ?"
    for (suffix,) in store.rows(sql, (sha256,)):
        path = place(store.path, sha256, suffix)
        if not _holds(path, data):
            path.unlink(missing_ok=True)
            keep_file(store.path, sha256, suffix, data)


def unreliable(store: Store) -> Iterator[str]:
    """The uids of the documents whose file is large and has no copy with all its bytes."""
    sql = (
        "SELECT d.uid, v.file_sha256, v.file_suffix, v.file_size FROM document AS d JOIN text_version AS v "
        "ON v.id = d.text_version_id WHERE d.visible = 1 AND v.complete AND v.file_size > ? ORDER BY d.id"
    )
    for uid, sha256, suffix, size in store.rows(sql, (SMALL,)):
        if contents(store, sha256, suffix, size) is None:
            yield uid


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.read_bytes() == data
    except OSError:
        return False


def _write(descriptor: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


def contents(store: Store, sha256: str, suffix: str, size: int) -> bytes | None:
    """The bytes of the library's copy of a file; None when there is none with all its bytes."""
    if not sha256:
        return None
    data = _small(store, sha256) if size <= SMALL else None
    if data is None:
        try:
            data = place(store.path, sha256, suffix).read_bytes()
        except OSError:
            return None
    return data if len(data) == size and sha256_of(data) == sha256 else None
