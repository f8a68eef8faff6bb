"""What opening a document has used and no longer needs goes back to the system, once it has settled.

SQLite keeps the pages that it read last, and the C library what was freed for the next request, in each thread's own
store: some 4 and 5 MB once a window is up.
"""

import sys
from collections.abc import Callable
from functools import cache
from typing import Any

from PySide6.QtCore import QObject, QTimer

_SETTLED_MS = 2000


class Trimming(QObject):
    """Gives memory back two seconds after it was last told that something `begins`, and nothing is `busy` any more.

    `let_go` is called first: what it frees goes back too.
    """

    def __init__(self, parent: QObject, let_go: Callable[[], object], busy: Callable[[], bool]) -> None:
        super().__init__(parent)
        self._let_go, self._busy = let_go, busy
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SETTLED_MS)
        self._timer.timeout.connect(self._settled)

    def begins(self) -> None:
        """Something has begun that will use and free much: look after it in a while."""
        self._timer.start()

    def _settled(self) -> None:
        if self._busy():
            self._timer.start()
            return
        self._let_go()
        give_back()


def give_back() -> bool:
    """Return what is free to the system, which takes a few milliseconds; False where that cannot be asked for."""
    library = _library()
    return library is not None and bool(library.malloc_trim(0))


@cache
def _library() -> Any:
    """The C library, where it is one that can be asked."""
    if not sys.platform.startswith("linux"):
        return None
    import ctypes

    library = ctypes.CDLL(None)
    return library if hasattr(library, "malloc_trim") else None
