"""Where the pictures of a page are: in the dark they may be wanted as they are."""

from collections.abc import Iterator
from ctypes import POINTER, byref, c_float, c_int, c_void_p
from functools import cache
from typing import Any

from reader.formats.pdf.file import Page
from reader.formats.pdf.pdfium import pdfium

Edges = tuple[float, float, float, float]

MOST = 5000
"""Objects of one page that are looked at."""
_IMAGE = 3
# A picture of nearly the whole page is the page itself, scanned.
_WHOLE = 0.7


def page_images(page: Page) -> tuple[Edges, ...]:
    """Left, top, right and bottom of each picture on a page, in points as shown; not of a scan of the page."""
    width, height = page.frame.size
    found = (page.frame.shown_rect(*edges) for edges in _bounds(page))
    return tuple(e for e in found if (e[2] - e[0]) * (e[3] - e[1]) < _WHOLE * width * height)


def _bounds(page: Page) -> Iterator[Edges]:
    library = _calls()
    edges = [c_float() for _ in range(4)]
    pointers = [byref(edge) for edge in edges]
    for number in range(min(library.FPDFPage_CountObjects(page.handle), MOST)):
        handle = library.FPDFPage_GetObject(page.handle, number)
        if (
            handle
            and library.FPDFPageObj_GetType(handle) == _IMAGE
            and library.FPDFPageObj_GetBounds(handle, *pointers)
        ):
            left, bottom, right, top = (edge.value for edge in edges)
            yield left, top, right, bottom


@cache
def _calls() -> Any:
    library = pdfium()
    edge = POINTER(c_float)
    for name, result, arguments in (
        ("FPDFPage_CountObjects", c_int, (c_void_p,)),
        ("FPDFPage_GetObject", c_void_p, (c_void_p, c_int)),
        ("FPDFPageObj_GetType", c_int, (c_void_p,)),
        ("FPDFPageObj_GetBounds", c_int, (c_void_p, edge, edge, edge, edge)),
    ):
        function = getattr(library, name)
        function.restype, function.argtypes = result, arguments
    return library
