"""The pages of a long PDF read by two processes at once, one from the first page on, one from the last page back.

The second is this process, divided: it has the same open file, is confined in the same way, and ends with it. Should it
end early, or be ended, its pages are read here, so that whatever is wrong with one of them shows as it does otherwise.
"""

import mmap
import os
import pickle
import select
from collections.abc import Iterator
from contextlib import suppress
from typing import NoReturn

from reader.formats.pdf.file import PdfFile
from reader.formats.pdf.page_parts import PageParts, page_parts
from reader.formats.pdf.places import Places
from reader.formats.worker import sandbox

LEAST = 32
"""Pages from which on it pays."""
_OPEN = 256
"""More files than a worker may have open at once."""


class _Meeting:
    """How far each of the two is: numbers in memory that both see."""

    def __init__(self, count: int) -> None:
        self._numbers = memoryview(mmap.mmap(-1, 16)).cast("Q")
        self._numbers[1] = count

    def forwards(self) -> Iterator[int]:
        """The numbers of the pages from the first on, until the other's are reached.

        Each is claimed before it is read. Where both claim one at the same instant, both read it, to no harm.
        """
        while (number := self._numbers[0]) < self._numbers[1]:
            self._numbers[0] = number + 1
            yield number

    def backwards(self) -> Iterator[int]:
        """The same from the last page back."""
        while (end := self._numbers[1]) > self._numbers[0]:
            self._numbers[1] = end - 1
            yield end - 1


def read_pages(file: PdfFile, places: Places) -> list[PageParts]:
    """All pages of a file in their order; the frames of the sound ones are noted in `places`."""
    # What a damaged file is, PDFium finds page by page: in the same order whoever reads them.
    for number in range(file.count):
        file.size(number)
    found: dict[int, PageParts] = {}
    if file.count >= LEAST and sandbox.can_divide():
        found = _together(file, places)
    return [found[number] if number in found else page_parts(file, number, places) for number in range(file.count)]


def _together(file: PdfFile, places: Places) -> dict[int, PageParts]:
    """The pages that the two have read; nothing where the system does not divide a process."""
    meeting = _Meeting(file.count)
    source, target = os.pipe()
    try:
        other = sandbox.divide()
    except OSError:
        os.close(source)
        os.close(target)
        return {}
    if not other:
        _read_backwards(file, places, meeting, target)
    os.close(target)
    data, ended = b"", -1
    try:
        # Closed when a page here is one too many for this process: the other one notices.
        with os.fdopen(source, "rb") as pipe:
            found = {number: page_parts(file, number, places) for number in meeting.forwards()}
            data = pipe.read()
    finally:
        with suppress(ChildProcessError):
            ended = os.waitpid(other, 0)[1]
    theirs: dict[int, PageParts] = pickle.loads(data) if ended == 0 else {}
    places.frames |= {number: page.frame for number, page in theirs.items()}
    return theirs | found


def _read_backwards(file: PdfFile, places: Places, meeting: _Meeting, target: int) -> NoReturn:
    """In the other process: read what falls to it, hand it over, and end."""
    failed = 1
    try:
        # The parent's pipes are this process's too: with them open, nobody would learn that the first has ended.
        os.closerange(3, target)
        os.closerange(target + 1, _OPEN)
        watch = select.poll()
        watch.register(target, 0)
        found: dict[int, PageParts] = {}
        for number in meeting.backwards():
            if watch.poll(0):
                break
            found[number] = page_parts(file, number, places)
        else:
            with os.fdopen(target, "wb") as pipe:
                pickle.dump(found, pipe, pickle.HIGHEST_PROTOCOL)
            failed = 0
    finally:
        os._exit(failed)
