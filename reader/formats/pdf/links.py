"""The links on a page: those that its author drew, and addresses that merely stand in its text."""

import ctypes
from collections.abc import Iterator
from ctypes import byref, c_double, c_int, c_ushort, c_void_p

from reader.formats.pdf.file import Page
from reader.formats.pdf.pdfium import Rect, decoded, pdfium
from reader.formats.pdf.places import Places, href_of, outside

Edges = tuple[float, float, float, float]

MOST = 2000
"""Links of one page that are looked at."""
_LONGEST = 4096


def page_links(page: Page, places: Places) -> list[tuple[Edges, str]]:
    """Rectangle (left, top, right, bottom, in points as shown) and `href` of each link of a page."""
    targets = ((edges, places.target(link)) for edges, link in drawn_links(page))
    drawn = [(page.frame.shown_rect(*edges), href_of(target)) for edges, target in targets if target]
    found = ((page.frame.shown_rect(*edges), href) for edges, href in _written(page))
    return drawn + [link for link in found if not any(_overlap(link[0], other) for other, _ in drawn)]


def drawn_links(page: Page) -> Iterator[tuple[Edges, int]]:
    """Rectangle in the page's own coordinates (left, top, right, bottom) and handle of each link annotation."""
    library = pdfium()
    position, link, box = c_int(), c_void_p(), Rect()
    for _ in range(MOST):
        if not library.FPDFLink_Enumerate(page.handle, byref(position), byref(link)):
            return
        if link.value and library.FPDFLink_GetAnnotRect(link, byref(box)):
            yield (box.left, box.top, box.right, box.bottom), link.value


def _written(page: Page) -> Iterator[tuple[Edges, str]]:
    """The same of each address in the text."""
    library = pdfium()
    links = library.FPDFLink_LoadWebLinks(page.text)
    if not links:
        return
    try:
        for number in range(min(library.FPDFLink_CountWebLinks(links), MOST)):
            if href := outside(_address(links, number)):
                yield from ((edges, href) for edges in _rects(links, number))
    finally:
        library.FPDFLink_CloseWebLinks(links)


def _address(links: int, number: int) -> str:
    ask = pdfium().FPDFLink_GetURL
    length = ask(links, number, None, 0)
    if not 1 < length <= _LONGEST:
        return ""
    buffer = (c_ushort * length)()
    return decoded(buffer, ask(links, number, buffer, length) - 1)


def _rects(links: int, number: int) -> Iterator[Edges]:
    library = pdfium()
    edges = [c_double() for _ in range(4)]
    pointers = [ctypes.byref(edge) for edge in edges]
    for rect in range(min(library.FPDFLink_CountRects(links, number), MOST)):
        if library.FPDFLink_GetRect(links, number, rect, *pointers):
            left, top, right, bottom = (edge.value for edge in edges)
            yield left, top, right, bottom


def _overlap(one: Edges, other: Edges) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
