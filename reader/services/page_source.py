"""The pages of one open PDF: whoever shows them asks, and is told when a piece of a picture is there."""

import threading
from array import array
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from time import monotonic
from typing import TypeVar

from reader.formats.errors import FormatError
from reader.formats.pdf.engine import Engine, Piece
from reader.model.document import Sheet
from reader.model.errors import Cancelled, ReaderError
from reader.model.page import Glyphs, PageLink, Tile

_T = TypeVar("_T")

_PATIENCE, _PATIENCE_AHEAD = 1.0, 0.5
"""Seconds that a process may go on with what nobody wants any more, or not yet, while others wait for it."""
_LEAVING = 5.0
_QUIET = 0.04
"""Seconds after a picture was waited for in which no places of characters are: the next page may be wanted at once."""
_NEAR, _TEXT, _SEEN = range(3)
"""What comes before what: a picture that is waited for does not wait for the places of characters."""


@dataclass(slots=True, eq=False)
class Ticket:
    """What was asked. Once it is cancelled nobody is told of it, unless that is happening just now."""

    number: int
    work: Callable[["Ticket"], object]
    rank: int
    source: "PageSource"
    cancelled_at: float = field(default=0.0)
    put_off_at: float = field(default=0.0)
    stubborn: bool = field(default=False)

    def cancel(self) -> None:
        """Ask for it no longer."""
        self.source.give_up(self)

    def urge(self) -> None:
        """Have it before what is not waited for: it is seen by now."""
        self.source.hurry(self)


class PageSource:
    """Any thread may ask. Answers come in a thread of its own, urgent ones first, what was asked last before others.

    What is drawn before it is seen stops for what is urgent, and goes on after it. `done` gets what was asked or the
    ReaderError that says why not, once, and not at all after `cancel` or `close`; Cancelled where the process had to
    be ended as it would not stop for what is urgent. `sheets` are the document's pages.
    """

    def __init__(self, engine: Engine, sheets: Sequence[Sheet]) -> None:
        self.sheets = tuple(sheets)
        self._engine = engine
        self._changed = threading.Condition()
        self._waiting: list[Ticket] = []
        self._running: Ticket | None = None
        self._count = 0
        self._closed = False
        self._hurried = 0.0
        self._thread = threading.Thread(target=self._run, name="pages", daemon=True)
        self._thread.start()

    def tile(
        self,
        page: int,
        scale: float,
        rect: tuple[int, int, int, int],
        rotation: int,
        done: Callable[[Tile | ReaderError], object],
        urgent: bool = False,
        *,
        annotations: bool = True,
        images: bool = False,
    ) -> Ticket:
        """Ask for a piece of a page's picture; `Tile` says what the numbers mean.

        The whole picture is `round(width * scale)` by `round(height * scale)` pixels, sides changed by a quarter turn.
        `rotation` (0, 90, 180 or 270, clockwise) comes on top of the page's own. Without `annotations` those that
        the file brings are left out; with `images` the tile tells where pictures are in it.
        """
        piece = Piece(page, scale, rect, rotation, annotations, images)

        def work(ticket: Ticket) -> Tile:
            return self._engine.tile(piece, ticket.number, partial(self._is_in_the_way, ticket))

        return self._ask(work, done, _SEEN if urgent else _NEAR)

    def count(self, done: Callable[[int | ReaderError], object]) -> Ticket:
        """Ask for the number of pages, which tells whether the file can be opened at all."""
        return self._ask(lambda _: self._engine.open(), done, _SEEN)

    def sizes(self, done: Callable[[list[tuple[float, float]] | ReaderError], object]) -> Ticket:
        """Ask for width and height of every page as it is shown, in points."""
        return self._ask(lambda _: self._engine.sizes(), done, _SEEN)

    def glyphs(self, page: int, done: Callable[[Glyphs | ReaderError], object], urgent: bool = True) -> Ticket:
        """Ask where the characters of a page stand."""

        def work(_: Ticket) -> Glyphs:
            boxes, lines = self._engine.glyphs(page)
            return self._placed(page, boxes, lines)

        return self._ask(work, done, _TEXT if urgent else _NEAR)

    def links(self, page: int, done: Callable[[list[PageLink] | ReaderError], object], urgent: bool = False) -> Ticket:
        """Ask for the links of a page."""
        return self._ask(lambda _: self._engine.links(page), done, _TEXT if urgent else _NEAR)

    @property
    def closed(self) -> bool:
        """Whether it has been closed."""
        return self._closed

    def give_up(self, ticket: Ticket) -> None:
        """What `Ticket.cancel` does."""
        with self._changed:
            ticket.cancelled_at = ticket.cancelled_at or monotonic()
            if ticket in self._waiting:
                self._waiting.remove(ticket)
            elif ticket is self._running:
                self._engine.give_up(ticket.number)

    def hurry(self, ticket: Ticket) -> None:
        """What `Ticket.urge` does."""
        with self._changed:
            ticket.rank = _SEEN
            self._hurried = monotonic()
            self._clear_the_way(ticket)
            self._changed.notify_all()

    def close(self) -> None:
        """End the process at once; nobody is told of anything any more."""
        with self._changed:
            self._closed = True
            self._waiting.clear()
            self._changed.notify_all()
        self._engine.close()
        if threading.current_thread() is not self._thread:
            self._thread.join(_LEAVING)

    def _ask(self, work: Callable[[Ticket], _T], done: Callable[[_T | ReaderError], object], rank: int) -> Ticket:
        def answer(ticket: Ticket) -> None:
            try:
                found: _T | ReaderError = work(ticket)
            except Cancelled as stopped:
                if self._goes_on_later(ticket):
                    return
                found = stopped
            except ReaderError as error:
                found = error
            except MemoryError:
                found = FormatError("There is no memory left for this page: close other documents and try again.")
            except Exception as error:
                found = FormatError(f"The page could not be had ({type(error).__name__}): try again.")
            if not (ticket.cancelled_at or self._closed):
                # Whoever is told may be gone by now.
                with suppress(Exception):
                    done(found)

        with self._changed:
            self._count += 1
            ticket = Ticket(self._count, answer, rank, self)
            if rank == _SEEN:
                self._hurried = monotonic()
                self._clear_the_way(ticket)
            if not self._closed:
                self._waiting.append(ticket)
                self._changed.notify_all()
        return ticket

    def _run(self) -> None:
        try:
            # The process starts while nobody has asked for anything yet; what is wrong is told to who asks.
            with suppress(ReaderError):
                self._engine.open()
            while ticket := self._next():
                ticket.work(ticket)
        finally:
            self._engine.dispose()

    def _next(self) -> Ticket | None:
        """What to do now; None when it is closed. Waits until there is something."""
        with self._changed:
            self._running = None
            while not self._closed:
                hush = self._hurried + _QUIET - monotonic()
                ready = [ticket for ticket in self._waiting if hush <= 0 or ticket.rank != _TEXT]
                if ready:
                    self._running = max(ready, key=lambda ticket: (ticket.rank, ticket.number))
                    self._waiting.remove(self._running)
                    return self._running
                self._changed.wait(hush if self._waiting else None)
            return None

    def _clear_the_way(self, ticket: Ticket) -> None:
        """Have what is under way stop if it is wanted less than this."""
        running = self._running
        if running and running is not ticket and running.rank == _NEAR and not running.put_off_at:
            running.put_off_at = monotonic()
            self._engine.give_up(running.number)

    def _goes_on_later(self, ticket: Ticket) -> bool:
        """Whether nobody is to be told that it was stopped: it is begun again, or not wanted any more."""
        with self._changed:
            if ticket.stubborn or ticket.cancelled_at or self._closed:
                return not ticket.stubborn
            ticket.put_off_at = 0.0
            # Its number is to be drawn again.
            self._engine.give_up(0)
            self._waiting.append(ticket)
            return True

    def _is_in_the_way(self, ticket: Ticket) -> bool:
        since = ticket.cancelled_at or ticket.put_off_at
        if not since or monotonic() - since <= (_PATIENCE if ticket.cancelled_at else _PATIENCE_AHEAD):
            return False
        if ticket.cancelled_at:
            return bool(self._waiting)
        # By now it may be urgent itself.
        ticket.stubborn = ticket.rank != _SEEN and any(other.rank == _SEEN for other in list(self._waiting))
        return ticket.stubborn

    def _placed(self, page: int, boxes: "array[float]", lines: Sequence[tuple[int, int]]) -> Glyphs:
        """The boxes of the very code points that the text has there: another version of the reader may have made it."""
        if not 0 <= page < len(self.sheets):
            return Glyphs(0, boxes, tuple(lines))
        start = self.sheets[page].start
        if page + 1 < len(self.sheets):
            length = max(self.sheets[page + 1].start - 1 - start, 0)
            del boxes[4 * length :]
            boxes.extend([0.0] * (4 * length - len(boxes)))
            lines = [(low, min(high, length)) for low, high in lines if low < length]
        return Glyphs(start, boxes, tuple((start + low, start + high) for low, high in lines))
