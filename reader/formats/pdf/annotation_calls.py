"""PDFium's functions for the annotations of a page, declared as `pdfium` declares the others, and their structures."""

import ctypes
from collections.abc import Generator
from contextlib import contextmanager
from ctypes import POINTER, byref, c_char, c_char_p, c_float, c_int, c_size_t, c_uint, c_ulong, c_ushort, c_void_p
from enum import IntEnum
from functools import cache
from typing import Any

from reader.formats.pdf.pdfium import Handle, Rect, pdfium, wide

_TEXT = POINTER(c_ushort)
_COLOR = POINTER(c_uint)


class Subtype(IntEnum):
    """What an annotation is, as far as a reader's mark can be one."""

    TEXT = 1
    FREE_TEXT = 3
    LINE = 4
    SQUARE = 5
    CIRCLE = 6
    POLYGON = 7
    POLYLINE = 8
    HIGHLIGHT = 9
    UNDERLINE = 10
    SQUIGGLY = 11
    STRIKE_OUT = 12
    STAMP = 13
    CARET = 14
    INK = 15
    POPUP = 16


class Flag(IntEnum):
    """Bits of an annotation's flags."""

    HIDDEN = 1 << 1
    PRINT = 1 << 2
    NO_VIEW = 1 << 5


class Quad(ctypes.Structure):
    """Four corners in the page's own coordinates: top left, top right, bottom left, bottom right."""

    _fields_ = [(f"{axis}{number}", c_float) for number in range(1, 5) for axis in "xy"]


class FileWrite(ctypes.Structure):
    """Where PDFium writes a file to."""


WriteBlock = ctypes.CFUNCTYPE(c_int, POINTER(FileWrite), POINTER(c_char), c_ulong)
FileWrite._fields_ = [("version", c_int), ("write", WriteBlock)]


class FormInfo(ctypes.Structure):
    """What PDFium calls back while it shows forms: nothing, here."""

    _fields_ = [("version", c_int), ("callbacks", c_void_p * 40)]


_FUNCTIONS: dict[str, tuple[Any, tuple[Any, ...]]] = {
    "FPDFPage_GetAnnotCount": (c_int, (Handle,)),
    "FPDFPage_GetAnnot": (Handle, (Handle, c_int)),
    "FPDFPage_GetAnnotIndex": (c_int, (Handle, Handle)),
    "FPDFPage_CreateAnnot": (Handle, (Handle, c_int)),
    "FPDFPage_RemoveAnnot": (c_int, (Handle, c_int)),
    "FPDFPage_CloseAnnot": (None, (Handle,)),
    "FPDFAnnot_GetSubtype": (c_int, (Handle,)),
    "FPDFAnnot_GetFlags": (c_int, (Handle,)),
    "FPDFAnnot_SetFlags": (c_int, (Handle, c_int)),
    "FPDFAnnot_GetRect": (c_int, (Handle, POINTER(Rect))),
    "FPDFAnnot_SetRect": (c_int, (Handle, POINTER(Rect))),
    "FPDFAnnot_CountAttachmentPoints": (c_size_t, (Handle,)),
    "FPDFAnnot_GetAttachmentPoints": (c_int, (Handle, c_size_t, POINTER(Quad))),
    "FPDFAnnot_AppendAttachmentPoints": (c_int, (Handle, POINTER(Quad))),
    "FPDFAnnot_GetColor": (c_int, (Handle, c_int, _COLOR, _COLOR, _COLOR, _COLOR)),
    "FPDFAnnot_SetColor": (c_int, (Handle, c_int, c_uint, c_uint, c_uint, c_uint)),
    "FPDFAnnot_SetBorder": (c_int, (Handle, c_float, c_float, c_float)),
    "FPDFAnnot_SetAP": (c_int, (Handle, c_int, _TEXT)),
    "FPDFAnnot_HasKey": (c_int, (Handle, c_char_p)),
    "FPDFAnnot_GetStringValue": (c_ulong, (Handle, c_char_p, _TEXT, c_ulong)),
    "FPDFAnnot_SetStringValue": (c_int, (Handle, c_char_p, _TEXT)),
    "FPDFAnnot_GetLinkedAnnot": (Handle, (Handle, c_char_p)),
    "FPDFDOC_InitFormFillEnvironment": (Handle, (Handle, POINTER(FormInfo))),
    "FPDFDOC_ExitFormFillEnvironment": (None, (Handle,)),
    "FORM_OnAfterLoadPage": (None, (Handle, Handle)),
    "FORM_OnBeforeClosePage": (None, (Handle, Handle)),
    "FPDF_SaveAsCopy": (c_int, (Handle, POINTER(FileWrite), c_ulong)),
}


@cache
def calls() -> Any:
    """The library with these functions too."""
    library = pdfium()
    for name, (result, arguments) in _FUNCTIONS.items():
        function = library[name]
        function.restype, function.argtypes = result, arguments
        setattr(library, name, function)
    return library


@contextmanager
def opened(page: int, number: int) -> Generator[int | None]:
    """An annotation of a page (both as handles) for as long as it is looked at; None when there is none."""
    annotation = calls().FPDFPage_GetAnnot(page, number)
    try:
        yield annotation
    finally:
        if annotation:
            calls().FPDFPage_CloseAnnot(annotation)


def text_of(annotation: int, key: str) -> str:
    """A text that an annotation holds under a key, with `\\n` at the ends of its lines; empty when there is none."""
    found = wide(calls().FPDFAnnot_GetStringValue, annotation, key.encode())
    return found.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")


def set_text(annotation: int, key: str, text: str) -> None:
    """Let an annotation hold a text under a key."""
    calls().FPDFAnnot_SetStringValue(annotation, key.encode(), utf16(text))


def rect_of(annotation: int) -> tuple[float, float, float, float]:
    """Its rectangle in the page's own coordinates: left, bottom, right, top; empty when it has none."""
    rect = Rect()
    if not calls().FPDFAnnot_GetRect(annotation, byref(rect)):
        return 0.0, 0.0, 0.0, 0.0
    (left, right), (bottom, top) = sorted((rect.left, rect.right)), sorted((rect.bottom, rect.top))
    return left, bottom, right, top


def utf16(text: str) -> Any:
    """A text as PDFium takes it: units of UTF-16, ended by 0."""
    data = text.replace("\0", "").encode("utf-16-le", "surrogatepass") + b"\0\0"
    return (c_ushort * (len(data) // 2)).from_buffer_copy(data)
