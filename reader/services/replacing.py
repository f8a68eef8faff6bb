"""A sound file takes the place of a library that cannot be read. The damaged file is kept, byte for byte."""

import os
import shutil
from pathlib import Path

from reader.model.errors import ReaderError
from reader.store import backup

_BESIDE = ("-wal", "-shm", "-journal")
"""What SQLite appends to the library's name for the files that belong to it."""


def put_in_place(library: Path, source: Path) -> Path | None:
    """Put a backup where a library is that cannot be opened; the old file is set aside, its new path is the result.

    ReaderError when the backup is not sound or nothing can be written; the library is what it was then.
    """
    backup.check(source)
    new = library.with_name(f".{library.name}.{os.getpid()}.restored")
    try:
        backup.copy(source, new)
        return take_place(library, new)
    finally:
        new.unlink(missing_ok=True)


def take_place(library: Path, new: Path) -> Path | None:
    """Let the file `new`, in the same folder, become the library; where the old one is kept, None if there was none.

    At no moment is there no library: with the program killed half-way there is the old one, or the new one.
    """
    try:
        aside = _kept_aside(library)
        os.replace(new, library)
    except OSError as error:
        reason = error.strerror or str(error)
        raise ReaderError(
            f"The library could not be put in place ({reason}); check the rights of its folder. Nothing was lost: "
            f"what could not be opened is still there, beside “{library}”."
        ) from error
    _folder_to_disk(library.parent)
    return aside


def _kept_aside(library: Path) -> Path | None:
    """Keep the damaged file under another name, with its log: that of one file must never meet another."""
    aside = free_name(library)
    if library.exists():
        try:
            os.link(library, aside)
        except OSError:  # a drive without links
            shutil.copy2(library, aside)
    for ending in _BESIDE:
        part = Path(f"{library}{ending}")
        if part.exists():
            os.replace(part, f"{aside}{ending}")
    return aside if aside.exists() else None


def free_name(library: Path) -> Path:
    """A name for the damaged file that no other has."""
    number = 1
    while any(Path(f"{library}.damaged-{number}{ending}").exists() for ending in ("", *_BESIDE)):
        number += 1
    return library.with_name(f"{library.name}.damaged-{number}")


def _folder_to_disk(folder: Path) -> None:
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
