"""A file that appears under its name when it is whole and on the disk, or not at all."""

import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from reader.model.errors import ReaderError


@contextmanager
def whole_file(path: Path) -> Generator[BinaryIO]:
    """What is written to the file given takes the place of `path` at the end of the block.

    When the block raises, `path` stays what it was. OSError as writing and renaming raise it.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with open(temporary, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def write_whole(path: Path, data: bytes) -> None:
    """Write all of a file at once. OSError as for `whole_file`."""
    with whole_file(path) as file:
        file.write(data)


def unwritten(what: str, target: Path, error: OSError) -> ReaderError:
    """The sentence for what could not be written to the file that the user named."""
    reason = error.strerror or str(error)
    return ReaderError(f"{what} could not be written to “{target}” ({reason}); choose another place.")
