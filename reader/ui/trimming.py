"""What opening a document has used and no longer needs goes back to the system, once it has settled.

The C library keeps what was freed for the next request, in each thread's own store: some 5 MB once a window is up.
"""

import sys
from functools import cache
from typing import Any

from PySide6.QtCore import QObject, QTimer

_SETTLED_MS = 2000


class Trimming(QObject):
    """Gives memory back two seconds after it was last told that something `begins`."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SETTLED_MS)
        self._timer.timeout.connect(give_back)

    def begins(self) -> None:
        """Something has begun that will use and free much: look after it in a while."""
        self._timer.start()


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
