"""Passwords of locked files, for as long as the program runs: they are written nowhere."""

from os.path import abspath
from pathlib import Path
from threading import Lock


class Passwords:
    """Any thread may give and ask. A file is known by its path, or by its sha256 (hex) once it was read."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}
        self._changing = Lock()

    def give(self, path: Path | str, password: str) -> None:
        """The password of a file that is to be read; empty forgets it."""
        self.remember(abspath(path), password)

    def remember(self, key: str, password: str) -> None:
        """The password of the file with that absolute path or sha256."""
        with self._changing:
            if password and key:
                self._known[key] = password
            else:
                self._known.pop(key, None)

    def of(self, *keys: str) -> str:
        """The password of a file by any of its keys; empty when none was given."""
        with self._changing:
            return next((self._known[key] for key in keys if key in self._known), "")
