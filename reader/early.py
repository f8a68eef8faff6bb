"""A file that needs a process of its own: that is begun before the window is made, so that both come up at once."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.model.document import Document
    from reader.services.library import Library

_PLAIN = frozenset({".txt", ".text", ".md", ".markdown"})
"""Names of what the window reads itself, told without loading anything."""
_PAGED = ".pdf"
_HEAD = (1 << 16) + 1
"""One byte more than Markdown may have that is read here."""
_BEFORE_TEXT = b"\xef\xbb\xbf \t\r\n"
_NO_TEXT = (b"PK", b"{", b"<")
"""How what is no text begins, whatever it is called."""
IDLE_WORKER_S = 10.0
"""Seconds that a window keeps a reading process with nothing to do: the next file of a few opens faster with it."""
_PATIENCE = 0.05
"""Seconds after which somebody who waits asks again whether to go on."""


class EarlyLook:
    """Reads `file` in a thread of its own from the moment it is made."""

    def __init__(self, library: "Library", file: Path) -> None:
        self.file = file
        self._library = library
        self._stop = Event()
        self._document: Document | None = None
        self._error: BaseException | None = None
        self._thread = Thread(target=self._run, name="early look", daemon=True)
        self._thread.start()

    def document(self, cancelled: Callable[[], bool]) -> "Document":
        """What the file holds, waited for; raises what reading it raised, Cancelled once `cancelled` says so."""
        while self._thread.is_alive():
            self._thread.join(_PATIENCE)
            if cancelled():
                self._stop.set()
        if self._error is not None:
            raise self._error
        assert self._document is not None
        return self._document

    def _run(self) -> None:
        try:
            self._document = self._library.readings.look(self.file, cancelled=self._stop.is_set)
        except BaseException as error:  # whoever waits is told
            self._error = error


@dataclass(frozen=True, slots=True)
class Begun:
    """What there is before Qt is: the open library, and the file that is being read."""

    library: "Library | None" = None
    look: EarlyLook | None = None


NOTHING_BEGUN = Begun()


def begin(library_path: Path, files: list[Path]) -> Begun:
    """Begin to read the one file asked for, if it is new and not read in the window's own process.

    Of one that the library knows and that has pages of a fixed form, begin the process that draws them.

    Nothing is begun where the library cannot be opened: that needs a window to say so.
    """
    if len(files) != 1 or _is_plain(files[0]):
        return NOTHING_BEGUN
    from reader.model.errors import ReaderError
    from reader.services.library import Library

    try:
        library = Library.open(library_path)
    except ReaderError:
        return NOTHING_BEGUN
    library.idle_worker_seconds = IDLE_WORKER_S
    known = library.documents.known(files[0])
    if known and files[0].suffix.lower() == _PAGED:
        library.pages.begin(known)
    new = not known and not _is_read_here(files[0])
    return Begun(library, EarlyLook(library, files[0]) if new else None)


def _is_plain(file: Path) -> bool:
    """Whether a file is short and surely what its name says: that is told without loading anything."""
    if file.suffix.lower() not in _PLAIN:
        return False
    head = _head(file)
    return len(head) < _HEAD and not head.lstrip(_BEFORE_TEXT).startswith(_NO_TEXT)


def _is_read_here(file: Path) -> bool:
    """Whether the window's own process reads such a file; one that cannot be read is refused there at once."""
    from reader.formats.registry import format_of, in_process
    from reader.formats.signatures import is_zip

    head = _head(file)
    return not is_zip(head) and (not head or in_process(format_of(file, head), len(head)))


def _head(file: Path) -> bytes:
    """How a file begins; empty when it cannot be read, or might never end."""
    try:
        if not file.is_file():
            return b""
        with file.open("rb") as opened:
            return opened.read(_HEAD)
    except OSError:
        return b""
