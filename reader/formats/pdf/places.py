"""Where the links and the outline of a file lead: a page and how far down on it, or an address outside."""

import ctypes
from ctypes import byref, c_float, c_int, c_ulong
from dataclasses import dataclass, field
from enum import IntEnum

from reader.formats.links import clean_link
from reader.formats.pdf.file import Frame, PdfFile
from reader.formats.pdf.pdfium import narrow, pdfium


class _Action(IntEnum):
    GO_TO = 1
    URI = 3


_TOP_GIVEN = {3: 0, 5: 3, 7: 0}
"""Views that fit a width or a rectangle, and which of their numbers is its top edge."""


@dataclass(frozen=True, slots=True)
class Place:
    """A page from 0, and the points from its top and left edge as it is shown; no `top`: the page as a whole."""

    page: int
    top: float | None = None
    left: float = 0.0

    @property
    def href(self) -> str:
        """It as the target of a link."""
        return f"#page={self.page}" if self.top is None else f"#page={self.page}&y={self.top:.1f}"


@dataclass(slots=True)
class Places:
    """Destinations of a file; the frames of the pages they lead to are remembered."""

    file: PdfFile
    frames: dict[int, Frame | None] = field(default_factory=dict[int, "Frame | None"])

    def target(self, link: int) -> Place | str:
        """The place in the file that a link leads to, else the address outside; empty when it is none to go to."""
        library = pdfium()
        if destination := library.FPDFLink_GetDest(self.file.handle, link):
            return self._place(destination) or ""
        action = library.FPDFLink_GetAction(link)
        match library.FPDFAction_GetType(action) if action else 0:
            case _Action.GO_TO:
                return self._place(library.FPDFAction_GetDest(self.file.handle, action)) or ""
            case _Action.URI:
                address = narrow(library.FPDFAction_GetURIPath, self.file.handle, action)
                return outside(address.decode("utf-8", "replace"))
            case _:
                return ""

    def of_bookmark(self, bookmark: int) -> Place | None:
        """Where an entry of the outline leads; None when that is nowhere in the file."""
        library = pdfium()
        destination = library.FPDFBookmark_GetDest(self.file.handle, bookmark)
        if not destination:
            action = library.FPDFBookmark_GetAction(bookmark)
            if action and library.FPDFAction_GetType(action) == _Action.GO_TO:
                destination = library.FPDFAction_GetDest(self.file.handle, action)
        return self._place(destination)

    def _place(self, destination: int | None) -> Place | None:
        if not destination:
            return None
        page = pdfium().FPDFDest_GetDestPageIndex(self.file.handle, destination)
        if not 0 <= page < self.file.count:
            return None
        point = _point(destination)
        frame = self._frame(page) if point else None
        if point is None or frame is None:
            return Place(page)
        x = frame.left if point[0] is None else point[0]
        y = frame.top if point[1] is None else point[1]
        left, top = frame.shown(x, y)
        # What is above the page or not far from its edge is the page as a whole.
        return Place(page, round(min(top, frame.size[1]), 1), left) if top > 1 else Place(page)

    def _frame(self, page: int) -> Frame | None:
        if page not in self.frames:
            with self.file.page(page) as loaded:
                self.frames[page] = loaded.frame if loaded else None
        return self.frames[page]


def href_of(target: Place | str) -> str:
    """What a link leads to, as its `href`."""
    return target.href if isinstance(target, Place) else target


def outside(address: str) -> str:
    """An address that a link may lead to; empty when it is none. One without a scheme is of the web."""
    text = address.strip()
    if text.lower().startswith("www."):
        text = "http://" + text
    href = clean_link(text)
    return "" if href.startswith("#") else href


def _point(destination: int) -> tuple[float | None, float | None] | None:
    """The point that a destination names, in its page's own coordinates, as far as it does."""
    library = pdfium()
    has_x, has_y, has_zoom = c_int(), c_int(), c_int()
    x, y, zoom = c_float(), c_float(), c_float()
    numbers = (byref(has_x), byref(has_y), byref(has_zoom), byref(x), byref(y), byref(zoom))
    if library.FPDFDest_GetLocationInPage(destination, *numbers) and (has_x.value or has_y.value):
        return (x.value if has_x.value else None), (y.value if has_y.value else None)
    count, edges = c_ulong(), (c_float * 4)()
    view = library.FPDFDest_GetView(destination, byref(count), ctypes.cast(edges, ctypes.POINTER(c_float)))
    at = _TOP_GIVEN.get(view)
    return (None, edges[at]) if at is not None and count.value > at else None
