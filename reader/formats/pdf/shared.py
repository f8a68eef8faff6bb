"""Memory that the window's process and that of an open PDF both see: pictures pass through it without a pipe."""

import mmap
import os
import tempfile
from contextlib import suppress
from struct import Struct

FLAG = Struct("=Q")
"""At the beginning: the number of the request that nobody wants any more."""
HEADER = 64
"""Bytes before the pixels."""
SIZE = HEADER + (16 << 20)


class SharedMemory:
    """`descriptor` is for the child to inherit; `size` is 0 where the system has no such memory.

    One thread reads pictures; any may set the flag.
    """

    def __init__(self, size: int = SIZE) -> None:
        self.descriptor, self.size, self._view = -1, 0, None
        with suppress(OSError, ValueError):
            self.descriptor = _descriptor(size)
            self._view = mmap.mmap(self.descriptor, size)
            self.size = size

    def give_up(self, number: int) -> None:
        """Tell the child that nobody wants what it was asked under that number."""
        if self._view:
            with suppress(ValueError):
                FLAG.pack_into(self._view, 0, number)

    def picture(self, length: int) -> bytes:
        """A copy of the picture's first `length` bytes. ValueError when there are not so many."""
        if self._view is None or not 0 <= length <= self.size - HEADER:
            raise ValueError("no such picture")
        return self._view[HEADER : HEADER + length]

    def close(self) -> None:
        """Give it back."""
        if self._view:
            self._view.close()
            self._view = None
        if self.descriptor >= 0:
            os.close(self.descriptor)
            self.descriptor = -1


def _descriptor(size: int) -> int:
    """A file of that size without a name, in memory where that can be had. OSError where a child inherits none."""
    if os.name != "posix":
        raise OSError("nothing is inherited by number here")
    if hasattr(os, "memfd_create"):
        descriptor = os.memfd_create("passage-page")
    else:
        descriptor, path = tempfile.mkstemp(prefix="passage-page-")
        os.unlink(path)
    os.ftruncate(descriptor, size)
    return descriptor
