"""What marks on pages of fixed form lack, found later.

A mark is written at once, with the rectangles of the pages whose characters were known by then; those of other pages,
and pictures of areas that were marked where no page was drawn, are completed here. It is no step of the history.
"""

from bisect import bisect_right
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from operator import attrgetter
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Protocol, TypeVar

from reader.model.annotation import AnchorState, Annotation, PageRect, Picture, Style
from reader.model.change import Change
from reader.model.document import Document
from reader.model.errors import Cancelled, ReaderError
from reader.services.bus import Bus
from reader.services.page_pictures import picture_of, piece_of
from reader.services.writing import Writer
from reader.store import annotations, pictures
from reader.store.database import Store
from reader.text.page_rects import PageGlyphs, rects_of

if TYPE_CHECKING:
    from reader.model.page import Glyphs, Tile
    from reader.services.pages import Pages

MOST_PAGES = 300
"""A mark on more pages than that keeps the rectangles that it has: they would be larger than its text."""
_POLL = 0.05
_T = TypeVar("_T")


class Ticket(Protocol):
    """What was asked, which may be taken back."""

    def cancel(self) -> None: ...


class Asked(Protocol):
    """Pages that answer in a thread of their own, as `PageSource` does."""

    def glyphs(self, page: int, done: "Callable[[Glyphs | ReaderError], object]") -> Ticket: ...

    def tile(
        self,
        page: int,
        scale: float,
        rect: tuple[int, int, int, int],
        rotation: int,
        done: "Callable[[Tile | ReaderError], object]",
        urgent: bool = False,
        *,
        annotations: bool = True,
    ) -> Ticket: ...


@dataclass(slots=True)
class _Lacking:
    """A mark and what it lacks: rectangles on these pages, or the picture of an area; with what was found of both."""

    mark: Annotation
    pages: Sequence[int] = ()
    area: PageRect | None = None
    rects: list[PageRect] = field(default_factory=list[PageRect])
    picture: Picture | None = None


class Completing(Writer):
    """`pages` opens those of a document that nobody shows."""

    def __init__(self, store: Store, bus: Bus, pages: "Callable[[], Pages]") -> None:
        super().__init__(store, bus)
        self._pages = pages

    def complete(
        self,
        uid: str,
        document: Document,
        marks: Sequence[Annotation],
        *,
        shown: Asked | None = None,
        draw: "Callable[[Tile], Picture]" = picture_of,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> set[str]:
        """Find what these marks of a document lack, and write it as it is found; the uids of those that still lack it.

        `shown` are the document's pages where they are open already; `draw` makes a picture file of a piece of a
        page, in any thread. A locked file whose password is not known, or one that is gone, completes nothing. Not
        for the interface's thread.
        """
        # Undo may have brought back what these marks were before they were completed.
        present = annotations.by_uid(self._store, [mark.uid for mark in marks])
        lacking = [found for mark in present if (found := _lacking(mark, document))]
        if not lacking or self._store.read_only:
            return set()
        try:
            with self._opened(uid, document, shown) as source:
                for found in lacking:
                    _find(found, document, source, draw, cancelled)
                    self._write(found)
        except Cancelled:
            return set()
        except ReaderError:
            return {found.mark.uid for found in lacking}
        return {found.mark.uid for found in lacking if _is_lacking_still(found)}

    def complete_document(self, uid: str) -> None:
        """Complete all marks of a document, if it has pages that can be opened."""
        from reader.services.documents import Documents

        documents = Documents(self._store, self._bus)
        if documents.sheets(uid):
            opened = documents.open(uid)
            self.complete(uid, opened.document, opened.annotations)

    def complete_areas(self) -> None:
        """Complete the documents with areas that have no picture."""
        for uid in annotations.with_bare_areas(self._store):
            self.complete_document(uid)

    @contextmanager
    def _opened(self, uid: str, document: Document, shown: Asked | None) -> Generator[Asked]:
        if shown is not None:
            yield shown
            return
        source = self._pages().open(uid, sheets=document.sheets)
        try:
            yield source
        finally:
            source.close()

    def _write(self, found: _Lacking) -> None:
        """Write what was found, unless the mark is elsewhere by now."""
        mark, anchor = found.mark, found.mark.anchor
        if anchor is None or not (found.rects or found.picture):
            return
        rects = tuple(sorted((*anchor.rects, *found.rects), key=attrgetter("page")))
        with self._store.transaction(urgent=False) as connection:
            present = annotations.by_uid(self._store, [mark.uid])
            if not present or present[0].anchor != anchor or present[0].picture != mark.picture:
                return
            if found.rects:
                annotations.set_rects(connection, [(mark.uid, rects)])
            if found.picture:
                annotations.set_picture(connection, mark.uid, pictures.keep(connection, found.picture))
        updated = tuple(annotations.by_uid(self._store, [mark.uid]))
        self._bus.publish(Change(annotations_updated=updated, undoable=False))


def _lacking(mark: Annotation, document: Document) -> _Lacking | None:
    anchor, sheets = mark.anchor, document.sheets
    if anchor is None or not sheets or mark.state is AnchorState.LOST:
        return None
    if mark.style is Style.AREA:
        whole = mark.picture or not anchor.rects or anchor.rects[0].page >= len(sheets)
        return None if whole else _Lacking(mark, area=anchor.rects[0])
    known = {rect.page for rect in anchor.rects}
    pages = [page for page in _pages_of(anchor.start, anchor.end, document) if page not in known]
    return _Lacking(mark, pages) if pages and len(pages) + len(known) <= MOST_PAGES else None


def _pages_of(start: int, end: int, document: Document) -> Iterator[int]:
    """The pages on which a stretch of the text has words."""
    sheets, text = document.sheets, document.text
    first = max(bisect_right(sheets, start, key=attrgetter("start")) - 1, 0)
    for number in range(first, len(sheets)):
        if sheets[number].start >= end:
            return
        stop = sheets[number + 1].start if number + 1 < len(sheets) else len(text)
        if text[max(start, sheets[number].start) : min(end, stop)].strip():
            yield number


def _find(
    found: _Lacking,
    document: Document,
    source: Asked,
    draw: "Callable[[Tile], Picture]",
    cancelled: Callable[[], bool],
) -> None:
    """Ask the pages for what a mark lacks; what they cannot tell stays lacking. Raises Cancelled."""
    if found.area:
        found.picture = _picture(found.area, document, source, draw, cancelled)
    for page in found.pages:
        found.rects += _rects(found.mark, page, document, source, cancelled)


def _picture(
    area: PageRect, document: Document, source: Asked, draw: "Callable[[Tile], Picture]", cancelled: Callable[[], bool]
) -> Picture | None:
    scale, rect = piece_of(document.sheets[area.page], area)

    def ask(put: Callable[[Picture | ReaderError], object]) -> Ticket:
        def come(tile: "Tile | ReaderError") -> None:
            # In the thread of the pages, whose memory the pixels may be in.
            put(tile if isinstance(tile, ReaderError) else draw(tile))

        return source.tile(area.page, scale, rect, 0, come, annotations=False)

    return _answer(ask, cancelled)


def _rects(
    mark: Annotation, page: int, document: Document, source: Asked, cancelled: Callable[[], bool]
) -> Sequence[PageRect]:
    def ask(put: "Callable[[Glyphs | ReaderError], object]") -> Ticket:
        return source.glyphs(page, put)

    glyphs, sheet, anchor = _answer(ask, cancelled), document.sheets[page], mark.anchor
    if glyphs is None or anchor is None:
        return ()
    return rects_of([PageGlyphs(page, sheet.width, sheet.height, glyphs.start, glyphs.boxes)], anchor.start, anchor.end)


def _answer(ask: Callable[[Callable[[_T | ReaderError], object]], Ticket], cancelled: Callable[[], bool]) -> _T | None:
    """Wait for an answer; None where there is none. Raises Cancelled."""
    come: SimpleQueue[_T | ReaderError] = SimpleQueue()
    ticket = ask(come.put)
    while True:
        try:
            answer = come.get(timeout=_POLL)
        except Empty:
            if cancelled():
                ticket.cancel()
                raise Cancelled from None
        else:
            return None if isinstance(answer, ReaderError) else answer


def _is_lacking_still(found: _Lacking) -> bool:
    if found.area:
        return found.picture is None
    return {rect.page for rect in found.rects} != set(found.pages)
