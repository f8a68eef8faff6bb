"""The fields of forms as they are filled in: PDFium draws them by themselves, and runs no program for it here."""

import ctypes
from ctypes import c_int, c_ubyte, c_void_p
from typing import Any

from reader.formats.pdf.file import Page, PdfFile
from reader.formats.pdf.pdfium import pdfium

_VERSION = 1
_CALLBACKS = 64


class _Surroundings(ctypes.Structure):
    """What PDFium may call when a field asks for anything: nothing at all."""

    _fields_ = [("version", c_int), ("callbacks", c_void_p * _CALLBACKS)]


class Forms:
    """The form of an open file, for as long as its process lives."""

    def __init__(self, file: PdfFile) -> None:
        self._surroundings = _Surroundings(_VERSION)
        self._library = _library()
        wanted = self._library.FPDF_GetFormType(file.handle) > 0
        begin = self._library.FPDFDOC_InitFormFillEnvironment
        self._handle: int | None = begin(file.handle, ctypes.byref(self._surroundings)) if wanted else None
        if self._handle:
            # No ground of its own colour behind the fields.
            self._library.FPDF_SetFormFieldHighlightAlpha(self._handle, c_ubyte(0))

    def draw(self, bitmap: int, page: Page, place: tuple[int, int, int, int], turns: int) -> None:
        """Draw the fields of a page whose whole picture has that corner and size in the bitmap."""
        if self._handle:
            self._library.FPDF_FFLDraw(self._handle, bitmap, page.handle, *place, turns, 0)


def _library() -> Any:
    library = pdfium()
    _declare(library.FPDF_GetFormType, c_int, c_void_p)
    _declare(library.FPDFDOC_InitFormFillEnvironment, c_void_p, c_void_p, c_void_p)
    _declare(library.FPDF_SetFormFieldHighlightAlpha, None, c_void_p, c_ubyte)
    _declare(library.FPDF_FFLDraw, None, c_void_p, c_void_p, c_void_p, *[c_int] * 6)
    return library


def _declare(function: Any, result: Any, *arguments: Any) -> None:
    function.restype, function.argtypes = result, arguments
