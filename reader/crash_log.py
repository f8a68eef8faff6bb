"""What is left when the program itself breaks down: the frames it was in, for its next start to offer.

The interpreter's own fault handler writes names of files and functions with line numbers: nothing of a document, a note
or a setting can be in it.
"""

import faulthandler
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TextIO

_NAME, _ENDING, _SEEN = "crash-", ".txt", ".seen"
_KEPT = 5
"""How many logs that have been looked at stay at most."""


class CrashLog:
    """One log for each running program in `folder`, locked while it runs, and gone with it unless it broke down."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._file: TextIO | None = None

    def begin(self) -> None:
        """From now on a breakdown is written down. Where no file can be made, nothing is."""
        path = self.folder / f"{_NAME}{os.getpid()}{_ENDING}"
        with suppress(OSError):
            path.unlink(missing_ok=True)
            self._file = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8")
            _lock(self._file)
            faulthandler.enable(self._file)

    def end(self) -> None:
        """The program ends as it should: its log goes."""
        if self._file:
            faulthandler.disable()
            path = Path(self.folder, f"{_NAME}{os.getpid()}{_ENDING}")
            self._file.close()
            self._file = None
            with suppress(OSError):
                if not path.stat().st_size:
                    path.unlink()

    def left_behind(self) -> list[Path]:
        """The logs of programs that broke down and were not looked at yet, oldest first; those without a word go."""
        found: list[Path] = []
        for path in self._logs(_ENDING):
            with suppress(OSError):
                if _is_written(path):
                    continue
                if path.stat().st_size:
                    found.append(path)
                else:
                    path.unlink()
        return found

    def seen(self, path: Path) -> None:
        """Do not offer a log again; of those only the newest few stay."""
        with suppress(OSError):
            path.rename(path.with_suffix(_SEEN))
            for old in self._logs(_SEEN)[:-_KEPT]:
                old.unlink()

    def _logs(self, ending: str) -> list[Path]:
        found: list[tuple[float, Path]] = []
        with suppress(OSError):
            found = [(path.stat().st_mtime, path) for path in self.folder.glob(f"{_NAME}*{ending}")]
        return [path for _time, path in sorted(found)]


def _is_written(path: Path) -> bool:
    """Whether the program that writes it still runs."""
    with path.open("r+", encoding="utf-8") as file:
        try:
            _lock(file)
        except OSError:
            return True
    return False


def _lock(file: TextIO) -> None:
    """Hold a file for as long as it is open. OSError when another program does."""
    if sys.platform == "win32":
        import msvcrt

        # Far beyond what is written: there a locked part cannot be read by others.
        file.seek(1 << 30)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        file.seek(0)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
