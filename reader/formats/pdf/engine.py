"""The process of an open PDF as the window's process sees it: started when needed, asked, replaced when it ends."""

import os
import sys
import weakref
from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import inf
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import Any

from reader.formats.errors import FormatError, PasswordNeeded
from reader.formats.pdf.shared import SharedMemory
from reader.formats.request import Limits
from reader.formats.worker import sentences, watch
from reader.formats.worker.frames import Message
from reader.formats.worker.process import Gone, Process
from reader.formats.worker.watch import Watch
from reader.model.errors import Cancelled, ReaderError
from reader.model.page import PageLink, Tile

SECONDS = 20.0
"""How long one picture, or the boxes of one page, may take."""
_FUNCTION = "reader.formats.pdf.drawing:answer"
_ANSWER = 1 << 29
_LINK = 5


@dataclass(frozen=True, slots=True)
class Piece:
    """The piece of a page's picture that is wanted; see `reader.model.page.Tile` for what its fields mean."""

    page: int
    scale: float
    rect: tuple[int, int, int, int]
    rotation: int = 0
    annotations: bool = True
    images: bool = False


class Engine:
    """One thread asks, and waits for each answer; any may `give_up` what it asked, or `close`.

    `source` is the file's path, or its bytes; `name` is what sentences call it. The password is kept in memory only.
    """

    def __init__(
        self,
        source: Path | bytes,
        name: str,
        *,
        password: str = "",
        limits: Limits | None = None,
        seconds: float = SECONDS,
        watched: bool | None = None,
    ) -> None:
        self._source, self._name, self._password = source, name, password
        self._limits, self._seconds = limits or Limits(), seconds
        self._watched = not sys.platform.startswith("linux") if watched is None else watched
        self._watch = Watch()
        self._shared = SharedMemory()
        self._changing = Lock()
        self._closed = False
        self._pages = 0
        self._refused: FormatError | None = None
        self._running: list[Process] = []
        # The process of a program that ends without closing its documents.
        self._leftover = weakref.finalize(self, _clear_all, self._running)

    def open(self) -> int:
        """The number of pages. FormatError when the file cannot be read, PasswordNeeded when it is locked."""
        if self._refused:
            raise self._refused
        process = self._running[0] if self._running else None
        if process is not None and process.alive:
            return self._pages
        self._end()
        self._pages = self._begin()
        return self._pages

    def tile(self, piece: Piece, number: int = 0, unwanted: Callable[[], bool] = lambda: False) -> Tile:
        """A piece of a page's picture, asked under a `number` by which it can be given up (0: it cannot).

        FormatError when it cannot be drawn or takes too long, Cancelled when it was given up. `unwanted`, asked now
        and then, ends the process.
        """
        x, y, width, height = piece.rect
        header = {
            "ask": "tile",
            "number": number,
            "page": piece.page,
            "scale": piece.scale,
            "rect": [x, y, width, height],
            "rotation": piece.rotation,
            "annotations": piece.annotations,
            "images": piece.images,
        }
        self.open()
        begun = monotonic()
        answer = self._ask(header, unwanted)
        seconds = monotonic() - begun
        try:
            stride, done = int(answer.header["stride"]), answer.header["done"]
            data = answer.frames[0] if answer.frames else self._shared.picture(stride * height)
            images = tuple(_rect(row) for row in answer.header.get("images", ()))
            if stride < width * 4 or len(data) != stride * height:
                raise ValueError("pixels that are cut off")
        except (KeyError, ValueError, TypeError):
            raise self._unsound() from None
        if done is not True:
            raise Cancelled
        return Tile(piece.page, piece.scale, piece.rect, piece.rotation, width, height, data, stride, images, seconds)

    def glyphs(self, page: int) -> tuple["array[float]", list[tuple[int, int]]]:
        """Boxes of the characters of a page, four numbers each, and its lines as start and end from its first one."""
        answer = self._ask({"ask": "glyphs", "page": page})
        boxes, numbers = array("f"), array("I")
        try:
            boxes.frombytes(answer.frames[0])
            numbers.frombytes(answer.frames[1])
            lines = list(zip(numbers[::2], numbers[1::2], strict=True))
        except (IndexError, ValueError):
            raise self._unsound() from None
        if len(boxes) % 4 or list(numbers) != sorted(numbers) or (lines and lines[-1][1] > len(boxes) // 4):
            raise self._unsound()
        return boxes, lines

    def links(self, page: int) -> list[PageLink]:
        """The links of a page."""
        answer = self._ask({"ask": "links", "page": page})
        try:
            return [_link(row) for row in answer.header["links"]]
        except (KeyError, ValueError, TypeError):
            raise self._unsound() from None

    def sizes(self) -> list[tuple[float, float]]:
        """Width and height of each page as it is shown, in points."""
        answer = self._ask({"ask": "sizes"})
        sides = array("d")
        try:
            sides.frombytes(answer.frames[0])
        except (IndexError, ValueError):
            raise self._unsound() from None
        if len(sides) != 2 * self._pages or not all(0 < side < inf for side in sides):
            raise self._unsound()
        return list(zip(sides[::2], sides[1::2], strict=True))

    def give_up(self, number: int) -> None:
        """Have the process stop drawing what it was asked under that number."""
        self._shared.give_up(number)

    def close(self) -> None:
        """End the process at once; whoever waits gets Cancelled."""
        with self._changing:
            self._closed = True
            for process in list(self._running):
                process.end(watch.CANCELLED)

    def dispose(self) -> None:
        """Clear away what is left, in the thread that asks."""
        self._end()
        self._shared.close()

    def _ask(self, header: Mapping[str, Any], unwanted: Callable[[], bool] = lambda: False) -> Message:
        self.open()
        return self._answer(self._running[0], Message(dict(header)), unwanted)

    def _begin(self) -> int:
        memory = 0 if self._watched else self._limits.memory
        try:
            process = Process(memory, (self._shared.descriptor,) if self._shared.size else ())
        except OSError as error:
            raise sentences.not_started(self._name, error.strerror or str(error)) from error
        with self._changing:
            self._running.append(process)
            if self._closed:
                process.end(watch.CANCELLED)
        inside = isinstance(self._source, bytes)
        header = {
            "ask": "open",
            "name": self._name,
            "path": "" if inside else os.path.abspath(str(self._source)),
            "password": self._password,
            "shared": self._shared.descriptor,
            "size": self._shared.size,
        }
        try:
            answer = self._answer(process, Message(header, (self._source,) if isinstance(self._source, bytes) else ()))
        except FormatError as error:
            if self._running:
                # It was read, and refused: the same file with the same password always is.
                self._refused = error
                self._end()
            raise
        pages = answer.header.get("pages")
        if not isinstance(pages, int) or pages < 1:
            raise self._unsound()
        return pages

    def _answer(self, process: Process, job: Message, unwanted: Callable[[], bool] = lambda: False) -> Message:
        """What the process says; when it ends instead, the next request finds a new one."""
        memory = self._limits.memory if self._watched else 0
        try:
            with self._watch.over(process, self._seconds, unwanted, memory):
                answer = process.ask(Message({**job.header, "function": _FUNCTION}, job.frames), _ANSWER)
        except Gone:
            process.clear()
            error = self._why(process, job.header)
            self._end()
            raise error from None
        if "error" in answer.header:
            self._end()
        return self._checked(job.header, answer)

    def _checked(self, header: Mapping[str, Any], answer: Message) -> Message:
        said = answer.header.get("failed")
        if isinstance(said, str):
            locked = answer.header.get("kind") == PasswordNeeded.__name__
            raise (PasswordNeeded if locked else FormatError)(" ".join(said.split()))
        match answer.header.get("error"):
            case None:
                return answer
            case "memory":
                raise self._sentence(header, f"needs more than {self._limits.memory >> 20:,} MB of memory")
            case _:
                raise self._sentence(header, "is damaged in a way that Passage does not know")

    def _why(self, process: Process, header: Mapping[str, Any]) -> ReaderError:
        match process.reason:
            case watch.CANCELLED:
                return Cancelled()
            case watch.TIME:
                return self._sentence(header, f"was not drawn within {self._seconds:,.0f} seconds")
            case watch.MEMORY:
                return self._sentence(header, f"needs more than {self._limits.memory >> 20:,} MB of memory")
            case _:
                return self._sentence(header, "broke the program that draws it, which harmed nothing else")

    def _sentence(self, header: Mapping[str, Any], what: str) -> FormatError:
        if "page" in header:
            return FormatError(f"Page {header['page'] + 1} {what}: try again, or read on at another page.")
        return FormatError(f"“{self._name}” {what}: get it again from where it came from, or open it elsewhere.")

    def _unsound(self) -> FormatError:
        self._end()
        return sentences.faulty(self._name, "its reader gave no sound answer")

    def _end(self) -> None:
        with self._changing:
            ended, self._running[:] = list(self._running), []
        _clear_all(ended)


def _clear_all(processes: Sequence[Process]) -> None:
    for process in list(processes):
        process.clear()


def _rect(row: Sequence[Any]) -> tuple[int, int, int, int]:
    left, top, width, height = (int(edge) for edge in row)
    return left, top, width, height


def _link(row: Sequence[Any]) -> PageLink:
    if len(row) != _LINK or not isinstance(row[4], str):
        raise ValueError("no link")
    left, top, right, bottom = (float(edge) for edge in row[:4])
    return PageLink((left, top, right, bottom), row[4])
