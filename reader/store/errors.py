"""What can go wrong with the file itself, each with one sentence for the user."""

import sqlite3

from reader.model.errors import ReaderError


class StorageError(ReaderError):
    """The library file could not be read or written: the disk, the rights or another program stand in the way."""


class LibraryBusy(StorageError):
    """Another program holds the library's lock."""


class LibraryReadOnly(StorageError):
    """The library may only be read."""


class LibraryFull(StorageError):
    """There is no room to write."""


class LibraryDamaged(StorageError):
    """The file is not a sound library; it is left as it is, for a backup to take its place."""


class RowsDisagree(StorageError):
    """Rows do not fit together: another program changed the file in between."""


def damaged() -> LibraryDamaged:
    """The error for a file that is open and holds what cannot be."""
    return LibraryDamaged(_BY_CODE[11][1])


_BY_CODE: dict[int, tuple[type[StorageError], str]] = {
    5: (LibraryBusy, "The library is in use by another program; close it there, then try again."),
    6: (LibraryBusy, "The library is in use by another program; close it there, then try again."),
    8: (LibraryReadOnly, "The library can only be read here; make the file and its folder writable, then try again."),
    3: (LibraryReadOnly, "The library may not be opened; check the rights of the file and its folder."),
    10: (StorageError, "The disk reported an error; check that the drive is connected and sound, then try again."),
    13: (LibraryFull, "The disk is full; make some room, then try again. Nothing was changed."),
    14: (StorageError, "The library could not be opened; check that its folder exists and may be written."),
    11: (
        LibraryDamaged,
        "The library file is damaged; it was left as it is. Recover it (reader recover), or restore a backup.",
    ),
    19: (RowsDisagree, "The library was changed by another program at the same time; try again."),
    26: (LibraryDamaged, "This file is not a library of Passage, or it is damaged; it was left as it is."),
}


FILE_ERRORS = (sqlite3.Error, UnicodeDecodeError)
"""What reading a file may raise: also bytes that are no UTF-8, in a text or in what SQLite says of the damage."""


_DAMAGE = (
    "Could not decode to UTF-8",
    "no such table",
    "no such column",
    "table ",
    "invalid fts5",
    "malformed",
    "vtable constructor failed",
)
"""How errors begin that SQLite counts as faults of a statement: these statements are sound where the file is."""


def translate(error: sqlite3.Error | UnicodeDecodeError) -> StorageError | None:
    """The storage error that an error while reading or writing stands for; None when it is a fault of our own."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if isinstance(error, UnicodeDecodeError) or str(error).startswith(_DAMAGE):
        code = 11
    found = _BY_CODE.get(code)
    return found[0](found[1]) if found else None
