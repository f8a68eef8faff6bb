"""Where a file may be written that the user named: never over the library, a folder or a device."""

import os
from pathlib import Path

from reader.model.errors import ReaderError

_BESIDE = ("", "-wal", "-shm", "-journal")
"""What SQLite appends to the library's name for the files that belong to it."""


def checked_target(target: Path, library: Path) -> Path:
    """The file that writing to `target` replaces (where a link leads to, that file). ReaderError when it must not be.

    `library` is the path of the library file that is open.
    """
    real = Path(os.path.realpath(target))
    own = os.path.realpath(library)
    if any(_same(real, Path(own + ending)) for ending in _BESIDE):
        raise ReaderError(f"“{target}” belongs to the library itself; choose another file.")
    if real.is_dir():
        raise ReaderError(f"“{target}” is a folder; name a file in it.")
    if real.exists() and not real.is_file():
        raise ReaderError(f"“{target}” is not a file; choose another place.")
    return real


def _same(one: Path, other: Path) -> bool:
    return one == other or (one.exists() and other.exists() and one.samefile(other))
