"""A file that appears under its name when it is whole and on the disk, or not at all."""

import os
import stat
from collections.abc import Generator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from reader.model.errors import ReaderError

_LONGEST = 200
"""Bytes of a name that leave room for what marks a file as not yet whole."""


@contextmanager
def whole_file(path: Path) -> Generator[BinaryIO]:
    """What is written to the file given takes the place of `path` at the end of the block.

    A link stays one to the file that it leads to, and a file that was there keeps its rights. When the block raises,
    `path` stays what it was. OSError as writing and renaming raise it.
    """
    path = path.resolve() if path.is_symlink() else path
    temporary = path.with_name(_beside(path.name))
    try:
        with open(temporary, "wb") as file:
            if path.exists():
                os.chmod(temporary, stat.S_IMODE(path.stat().st_mode))
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def _beside(name: str) -> str:
    """What a file is called until it is whole; file systems take 255 bytes."""
    known = name if len(os.fsencode(name)) <= _LONGEST else sha256(os.fsencode(name)).hexdigest()[:32]
    return f".{known}.{os.getpid()}.part"


def write_whole(path: Path, data: bytes) -> None:
    """Write all of a file at once. OSError as for `whole_file`."""
    with whole_file(path) as file:
        file.write(data)


def unwritten(what: str, target: Path, error: OSError) -> ReaderError:
    """The sentence for what could not be written to the file that the user named."""
    reason = error.strerror or str(error)
    return ReaderError(f"{what} could not be written to “{target}” ({reason}); choose another place.")
