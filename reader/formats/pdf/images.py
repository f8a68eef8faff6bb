"""Where the pictures of a page are: in the dark they may be wanted as they are."""

from collections.abc import Iterator
from ctypes import POINTER, Structure, byref, c_float, c_int, c_ulong, c_void_p
from functools import cache
from typing import Any

from reader.formats.pdf.file import Page
from reader.formats.pdf.pdfium import pdfium

Edges = tuple[float, float, float, float]

MOST = 5000
"""Objects of one page that are looked at, those within forms counted too."""
_IMAGE, _FORM = 3, 5
# Forms within forms that are gone into.
_DEEPEST = 6
# A picture of nearly the whole page is the page itself, scanned.
_WHOLE = 0.7


class _Matrix(Structure):
    """x' = a x + c y + e, y' = b x + d y + f."""

    _fields_ = [(name, c_float) for name in "abcdef"]


def page_images(page: Page) -> tuple[Edges, ...]:
    """Left, top, right and bottom of each picture on a page, in points as shown; not of a scan of the page."""
    width, height = page.frame.size
    found = (page.frame.shown_rect(*edges) for edges in _Images().on(page))
    return tuple(e for e in found if (e[2] - e[0]) * (e[3] - e[1]) < _WHOLE * width * height)


class _Images:
    """Goes through the objects of a page, and of the forms on it; as long as `MOST` are not used up."""

    def __init__(self) -> None:
        self._library = _calls()
        self._left = MOST

    def on(self, page: Page) -> Iterator[Edges]:
        """Left, top, right and bottom of the pictures, in the page's own coordinates."""
        ask = self._library.FPDFPage_GetObject
        yield from self._among(page.handle, self._library.FPDFPage_CountObjects(page.handle), ask, ())

    def _among(self, owner: int, count: int, ask: Any, forms: tuple[_Matrix, ...]) -> Iterator[Edges]:
        """The pictures among the objects of a page or a form; `forms` are the matrices of those around, outer first."""
        for number in range(count):
            if self._left <= 0:
                return
            self._left -= 1
            handle = ask(owner, number)
            kind = self._library.FPDFPageObj_GetType(handle) if handle else 0
            if kind == _IMAGE and (edges := self._bounds(handle)):
                for matrix in reversed(forms):
                    edges = _placed(edges, matrix)
                yield edges
            elif kind == _FORM and len(forms) < _DEEPEST:
                yield from self._within(handle, forms)

    def _within(self, form: int, forms: tuple[_Matrix, ...]) -> Iterator[Edges]:
        matrix = _Matrix()
        if self._library.FPDFPageObj_GetMatrix(form, byref(matrix)):
            ask, count = self._library.FPDFFormObj_GetObject, self._library.FPDFFormObj_CountObjects(form)
            yield from self._among(form, count, ask, (*forms, matrix))

    def _bounds(self, handle: int) -> Edges | None:
        edges = [c_float() for _ in range(4)]
        if not self._library.FPDFPageObj_GetBounds(handle, *map(byref, edges)):
            return None
        left, bottom, right, top = (edge.value for edge in edges)
        return left, top, right, bottom


def _placed(edges: Edges, by: _Matrix) -> Edges:
    """Around a rectangle (left, top, right, bottom, upwards) of a form as its matrix places it."""
    left, top, right, bottom = edges
    corners = [(x, y) for x in (left, right) for y in (top, bottom)]
    across = [by.a * x + by.c * y + by.e for x, y in corners]
    up = [by.b * x + by.d * y + by.f for x, y in corners]
    return min(across), max(up), max(across), min(up)


@cache
def _calls() -> Any:
    library = pdfium()
    edge = POINTER(c_float)
    for name, result, arguments in (
        ("FPDFPage_CountObjects", c_int, (c_void_p,)),
        ("FPDFPage_GetObject", c_void_p, (c_void_p, c_int)),
        ("FPDFPageObj_GetType", c_int, (c_void_p,)),
        ("FPDFPageObj_GetBounds", c_int, (c_void_p, edge, edge, edge, edge)),
        ("FPDFPageObj_GetMatrix", c_int, (c_void_p, POINTER(_Matrix))),
        ("FPDFFormObj_CountObjects", c_int, (c_void_p,)),
        ("FPDFFormObj_GetObject", c_void_p, (c_void_p, c_ulong)),
    ):
        function = getattr(library, name)
        function.restype, function.argtypes = result, arguments
    return library
