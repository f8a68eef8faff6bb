"""Documents with pages of fixed form: each one that is open has a process of its own, which draws it."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Lock

from reader.formats.errors import PasswordNeeded
from reader.formats.pdf.engine import Engine
from reader.formats.request import Limits
from reader.model.document import Sheet
from reader.model.errors import ReaderError
from reader.services.documents import Documents
from reader.services.page_source import PageSource, Ticket
from reader.services.passwords import Passwords

__all__ = ["PageSource", "Pages", "PasswordNeeded", "Ticket"]

LONG = 1 << 18
"""Bytes of a file whose text may keep its reader waiting."""
_EDGE = 1 << 16
_HEAD = 1024


class Pages:
    """Any thread may open; `limits` are asked for each document."""

    def __init__(
        self, documents: Documents, limits: Callable[[], Limits] = Limits, passwords: Passwords | None = None
    ) -> None:
        self._documents, self._limits = documents, limits
        self._passwords = passwords or Passwords()
        self._open: list[PageSource] = []
        self._begun: dict[str, PageSource] = {}
        self._changing = Lock()

    def begin(self, uid: str) -> None:
        """Start the process of a document that will be opened at once; `begun` goes on with it, `forget` ends it.

        Does nothing where that needs a password, or cannot be: whoever opens it is told so.
        """
        path = self._documents.original(uid)
        if path is not None and not _may_be_locked(path):
            self._begun[uid] = self.open_file(path, name=self._documents.get(uid).title)

    def begun(self, uid: str, sheets: Sequence[Sheet]) -> PageSource | None:
        """The pages of a document that was begun to be opened, once."""
        source = self._begun.pop(uid, None)
        if source:
            source.sheets = tuple(sheets)
        return source

    def forget(self) -> None:
        """End what was begun and nobody has opened."""
        while self._begun:
            self._begun.popitem()[1].close()

    def open(self, uid: str, *, password: str = "", sheets: Sequence[Sheet] | None = None) -> PageSource:
        """The pages of a document of the library; `sheets` are those of its text, where they are at hand.

        Returns at once unless the file is locked: it is tried with the password, else with one known from before.
        PasswordNeeded when it does not open, another ReaderError when the library has no copy of it.
        """
        path = self._documents.original(uid)
        title = self._documents.get(uid).title
        if path is None:
            raise ReaderError(f"The library's copy of “{title}” is missing: add the file again to see its pages.")
        found = self._documents.sheets(uid) if sheets is None else sheets
        # The library's copies are named by their sha256.
        key = path.stem
        source = self.open_file(path, found, name=title, password=password or self._passwords.of(key))
        if password:
            self._passwords.remember(key, password)
        return source

    def open_file(self, path: Path, sheets: Sequence[Sheet] = (), *, name: str = "", password: str = "") -> PageSource:
        """The pages of a file, which is `name` in sentences."""
        engine = Engine(path, name or path.name, password=password, limits=self._limits())
        if _may_be_locked(path):
            try:
                engine.open()
            except ReaderError:
                engine.dispose()
                raise
        source = PageSource(engine, sheets)
        with self._changing:
            self._open = [one for one in self._open if not one.closed] + [source]
        return source

    def close(self) -> None:
        """End all processes at once."""
        with self._changing:
            sources, self._open = self._open, []
        for source in sources:
            source.close()


def may_keep_waiting(path: Path) -> bool:
    """Whether a file has pages of fixed form and is so long that they may be there well before its text."""
    from reader.formats.registry import format_of

    try:
        with path.open("rb") as file:
            return os.fstat(file.fileno()).st_size >= LONG and format_of(path, file.read(_HEAD)) == "pdf"
    except OSError:
        return False


def _may_be_locked(path: Path) -> bool:
    """Whether the file says at its beginning or end that it is encrypted."""
    try:
        with path.open("rb") as file:
            head = file.read(_EDGE)
            file.seek(max(file.seek(0, os.SEEK_END) - _EDGE, 0))
            return b"/Encrypt" in head or b"/Encrypt" in file.read()
    except OSError:
        return False
