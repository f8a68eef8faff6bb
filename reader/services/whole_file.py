"""A file that appears under its name when it is whole, or not at all."""

import os
from pathlib import Path

from reader.model.errors import ReaderError
from reader.services.targets import checked_target


def write_whole(target: Path, data: bytes, library: Path) -> None:
    """Write `data` to the file `target`, in the place of what it held; `library` is the path of the open library.

    ReaderError when it may not or cannot be written; then the file is what it was.
    """
    real = checked_target(target, library)
    temporary = real.with_name(f".{real.name}.{os.getpid()}.part")
    try:
        with open(temporary, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, real)
    except OSError as error:
        reason = error.strerror or str(error)
        raise ReaderError(f"“{target}” could not be written ({reason}); choose another place.") from error
    finally:
        temporary.unlink(missing_ok=True)
