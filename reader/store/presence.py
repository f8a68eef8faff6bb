"""Whether the open file is still the one at its path: what is written to a file that was taken away is lost with it."""

import os
from pathlib import Path

from reader.store.errors import StorageError

_SAVE = "Nothing was changed, and “Back up now” still saves what there was."


class Presence:
    """Remembers which file was at a path."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known = self._found()

    def check(self) -> None:
        """Raise StorageError when the file is not there, or is another one; it takes a few microseconds."""
        found = self._found()
        if found == self._known:
            return
        if found is None:
            raise StorageError(
                f"The library file is not there any more: connect its drive or put it back, then try again. {_SAVE} "
                f"It was “{self._path}”."
            )
        raise StorageError(
            f"Another file is in the place of the library: close the window and open it again to use that one. {_SAVE} "
            f"It is “{self._path}”."
        )

    def _found(self) -> tuple[int, int] | None:
        try:
            seen = os.stat(self._path)
        except OSError:
            return None
        return seen.st_dev, seen.st_ino
