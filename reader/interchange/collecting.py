"""Python's collector is kept from going through a large file's records again and again while they are there.

A file of 200,000 records makes millions of objects. Each full collection looks at all of them, for which every thread
waits up to seconds, and there is nothing to be found: records hold no cycles and go when nobody holds them any more.
"""

import gc
from threading import RLock
from weakref import finalize

LARGE = 1 << 22
"""Bytes from which on a file makes so many objects that it matters."""

_NEVER = 1 << 30


class _Spared:
    """Counts who wants no full collections; what is new is looked at as ever."""

    def __init__(self) -> None:
        # The end of a keeper may be noticed anywhere, in here too.
        self._lock = RLock()
        self._keepers = 0
        self._full = 0

    def begin(self) -> None:
        with self._lock:
            self._keepers += 1
            if self._keepers == 1:
                young, old, self._full = gc.get_threshold()
                gc.set_threshold(young, old, _NEVER)

    def end(self) -> None:
        with self._lock:
            self._keepers -= 1
            if not self._keepers:
                gc.set_threshold(*gc.get_threshold()[:2], self._full)


_spared = _Spared()


def spare(keeper: object) -> None:
    """No full collections until the keeper is gone, which must not depend on one: nothing that it holds leads to it."""
    _spared.begin()
    finalize(keeper, _spared.end).atexit = False
