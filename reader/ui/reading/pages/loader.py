"""The text and the links of pages, asked for when they are near, kept while they are in use."""

from collections import OrderedDict
from collections.abc import Iterable, Sequence

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from reader.model.document import Document
from reader.model.errors import ReaderError
from reader.model.page import Glyphs, PageLink
from reader.ui.reading.pages.page_text import PageText
from reader.ui.reading.pages.source import PageSource, Ticket

_KEPT = 48
_PAUSE = 40
"""Milliseconds that the pages have to stay the same: while one runs through them only pictures are made."""


class Loader(QObject):
    """Answers come in another thread and are told in this one: `text_came` with the page's number.

    A page whose text cannot be had has none.
    """

    text_came = Signal(int)
    _text_arrived = Signal(int, object)
    _links_arrived = Signal(int, object)

    def __init__(self, source: PageSource, document: Document) -> None:
        super().__init__()
        self._source, self._document = source, document
        self._texts: OrderedDict[int, PageText | None] = OrderedDict()
        self._links: dict[int, Sequence[PageLink]] = {}
        self._asked: dict[int, tuple[Ticket, Ticket]] = {}
        self._wanted: list[int] = []
        self._closed = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._ask_all)
        self._text_arrived.connect(self._take_text, Qt.ConnectionType.QueuedConnection)
        self._links_arrived.connect(self._take_links, Qt.ConnectionType.QueuedConnection)

    def text(self, page: int) -> PageText | None:
        """The text of a page where it has come."""
        return self._texts.get(page)

    def links(self, page: int) -> Sequence[PageLink]:
        return self._links.get(page, ())

    def want(self, pages: Iterable[int]) -> None:
        """Have the text of these pages, the most wanted first, and of no others any more."""
        wanted = list(pages)
        if wanted != self._wanted:
            self._wanted = wanted
            self._pause.start()

    def close(self) -> None:
        """Ask and tell nothing any more."""
        self._closed = True
        self._pause.stop()

    def _ask_all(self) -> None:
        for page in set(self._asked).difference(self._wanted):
            for ticket in self._asked.pop(page):
                ticket.cancel()
        # What was asked last is answered first.
        for page in reversed(self._wanted):
            if page in self._texts:
                self._texts.move_to_end(page)
            elif page not in self._asked:
                self._ask(page)

    def _ask(self, page: int) -> None:
        def text(answer: Glyphs | ReaderError) -> None:
            # In a thread of the source's: what takes time is done there.
            found = PageText(answer, self._document.text) if isinstance(answer, Glyphs) else None
            if not self._closed:
                self._text_arrived.emit(page, found)

        def links(answer: list[PageLink] | ReaderError) -> None:
            if not self._closed and not isinstance(answer, ReaderError):
                self._links_arrived.emit(page, answer)

        self._asked[page] = self._source.glyphs(page, text), self._source.links(page, links)

    def _take_text(self, page: int, text: PageText | None) -> None:
        self._asked.pop(page, None)
        self._texts[page] = text
        while len(self._texts) > _KEPT:
            old, _text = self._texts.popitem(last=False)
            self._links.pop(old, None)
        if not self._closed:
            self.text_came.emit(page)

    def _take_links(self, page: int, links: Sequence[PageLink]) -> None:
        self._links[page] = links
