"""The pages of a document that is only being opened: what is asked of them waits until they are there."""

from collections.abc import Callable, Sequence
from threading import Lock
from typing import TYPE_CHECKING

from reader.model.document import Sheet
from reader.model.errors import ReaderError
from reader.model.page import Glyphs, PageLink, Tile
from reader.ui.reading.pages.source import PixelRect, Ticket

if TYPE_CHECKING:
    from reader.services.page_source import PageSource


class LateTicket:
    """What was asked of pages that may not be there yet."""

    def __init__(self, ask: "Callable[[PageSource], Ticket]") -> None:
        self._ask = ask
        self._lock = Lock()
        self._cancelled = False
        self._ticket: Ticket | None = None

    def cancel(self) -> None:
        """Want it no longer."""
        with self._lock:
            self._cancelled = True
            ticket = self._ticket
        if ticket:
            ticket.cancel()

    def urge(self) -> None:
        """Want it before others."""
        with self._lock:
            ticket = self._ticket
        if ticket:
            ticket.urge()

    def pass_on(self, source: "PageSource") -> None:
        """Ask it now, unless nobody wants it any more."""
        with self._lock:
            if not self._cancelled:
                self._ticket = self._ask(source)


class LatePages:
    """A `PageSource` from the first moment on; the real one may `arrive` in any thread.

    `annotations` tells whether the file's own annotations are drawn: not once they are marks of the library.
    While it is not `readable`, the text is still to come that characters and links would belong to: they are not
    answered.
    """

    def __init__(self, sheets: Sequence[Sheet], *, annotations: bool = True, readable: bool = True) -> None:
        self.sheets = tuple(sheets)
        self.annotations = annotations
        self.readable = readable
        self._lock = Lock()
        self._source: PageSource | None = None
        self._waiting: list[LateTicket] = []
        self._closed = False

    @property
    def closed(self) -> bool:
        """Whether it answers nothing any more."""
        return self._closed

    def arrive(self, source: "PageSource") -> bool:
        """Pass on what was asked meanwhile; False, with the source closed, when nobody reads the document any more."""
        with self._lock:
            closed = self._closed
            if not closed:
                self._source = source
            waiting, self._waiting = self._waiting, []
        if closed:
            source.close()
            return False
        for ticket in waiting:
            ticket.pass_on(source)
        return True

    def text_came(self, sheets: Sequence[Sheet]) -> bool:
        """Take over the pages of the text that has been read; False when they are others than those shown."""
        if [(one.width, one.height) for one in sheets] != [(one.width, one.height) for one in self.sheets]:
            return False
        with self._lock:
            self.sheets, self.readable = tuple(sheets), True
            if self._source:
                self._source.sheets = self.sheets
        return True

    def retire(self) -> None:
        """Answer nothing any more; at once."""
        with self._lock:
            self._closed = True
            self._waiting = []

    def close(self) -> None:
        """End the process behind it, which may take a moment."""
        self.retire()
        if self._source:
            self._source.close()

    def tile(
        self,
        page: int,
        scale: float,
        rect: PixelRect,
        rotation: int,
        done: Callable[[Tile | ReaderError], object],
        urgent: bool = False,
        *,
        annotations: bool = True,
        images: bool = False,
    ) -> Ticket:
        """As `PageSource.tile`."""
        drawn = annotations and self.annotations
        return self._ask(
            lambda source: source.tile(page, scale, rect, rotation, done, urgent, annotations=drawn, images=images)
        )

    def glyphs(self, page: int, done: Callable[[Glyphs | ReaderError], object]) -> Ticket:
        """As `PageSource.glyphs`."""
        return self._ask_for_text(lambda source: source.glyphs(page, done))

    def links(self, page: int, done: Callable[[list[PageLink] | ReaderError], object]) -> Ticket:
        """As `PageSource.links`."""
        return self._ask_for_text(lambda source: source.links(page, done))

    def _ask_for_text(self, ask: "Callable[[PageSource], Ticket]") -> LateTicket:
        return self._ask(ask) if self.readable else LateTicket(ask)

    def _ask(self, ask: "Callable[[PageSource], Ticket]") -> LateTicket:
        ticket = LateTicket(ask)
        with self._lock:
            source = None if self._closed else self._source
            if source is None and not self._closed:
                self._waiting.append(ticket)
        if source:
            ticket.pass_on(source)
        return ticket
