"""PDFium's own functions, those that are used here: declared by hand, as that loads twenty times faster.

The library is the one that comes with pypdfium2. A handle is an int, or None where there is nothing.
"""

import ctypes
from collections.abc import Iterator
from ctypes import POINTER, c_char_p, c_double, c_float, c_int, c_size_t, c_uint, c_ulong, c_ushort, c_void_p
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from reader.formats.worker import sandbox

NAME = "pypdfium2_raw"
BGRX = 3
ANNOTATIONS = 0x01
RENDER_READY, RENDER_TO_BE_CONTINUED, RENDER_DONE, RENDER_FAILED = range(4)
PASSWORD, SECURITY = 4, 5

Handle = c_void_p


class Rect(ctypes.Structure):
    """A rectangle in points of the page itself, its origin bottom left."""

    _fields_ = [("left", c_float), ("top", c_float), ("right", c_float), ("bottom", c_float)]


class Pause(ctypes.Structure):
    """Asked now and then while a page is drawn: whether to stop for a while."""


NeedToPause = ctypes.CFUNCTYPE(c_int, POINTER(Pause))
Pause._fields_ = [("version", c_int), ("need", NeedToPause), ("user", c_void_p)]

_TEXT = POINTER(c_ushort)
_FLOAT, _DOUBLE, _INT = POINTER(c_float), POINTER(c_double), POINTER(c_int)

_FUNCTIONS: dict[str, tuple[Any, tuple[Any, ...]]] = {
    "FPDF_InitLibrary": (None, ()),
    "FPDF_GetLastError": (c_ulong, ()),
    "FPDF_LoadMemDocument64": (Handle, (c_void_p, c_size_t, c_char_p)),
    "FPDF_CloseDocument": (None, (Handle,)),
    "FPDF_GetPageCount": (c_int, (Handle,)),
    "FPDF_GetPageSizeByIndexF": (c_int, (Handle, c_int, POINTER(c_float * 2))),
    "FPDF_GetPageLabel": (c_ulong, (Handle, c_int, c_void_p, c_ulong)),
    "FPDF_GetMetaText": (c_ulong, (Handle, c_char_p, c_void_p, c_ulong)),
    "FPDFCatalog_GetLanguage": (c_ulong, (Handle, _TEXT, c_ulong)),
    "FPDF_LoadPage": (Handle, (Handle, c_int)),
    "FPDF_ClosePage": (None, (Handle,)),
    "FPDF_GetPageWidthF": (c_float, (Handle,)),
    "FPDF_GetPageHeightF": (c_float, (Handle,)),
    "FPDF_GetPageBoundingBox": (c_int, (Handle, POINTER(Rect))),
    "FPDFPage_GetRotation": (c_int, (Handle,)),
    "FPDFText_LoadPage": (Handle, (Handle,)),
    "FPDFText_ClosePage": (None, (Handle,)),
    "FPDFText_CountChars": (c_int, (Handle,)),
    "FPDFText_GetText": (c_int, (Handle, c_int, c_int, _TEXT)),
    "FPDFText_GetTextIndexFromCharIndex": (c_int, (Handle, c_int)),
    "FPDFText_GetUnicode": (c_uint, (Handle, c_int)),
    "FPDFText_GetLooseCharBox": (c_int, (Handle, c_int, POINTER(Rect))),
    "FPDFText_GetFontSize": (c_double, (Handle, c_int)),
    "FPDFText_GetCharIndexAtPos": (c_int, (Handle, c_double, c_double, c_double, c_double)),
    "FPDFBitmap_CreateEx": (Handle, (c_int, c_int, c_int, c_void_p, c_int)),
    "FPDFBitmap_FillRect": (c_int, (Handle, c_int, c_int, c_int, c_int, c_ulong)),
    "FPDFBitmap_Destroy": (None, (Handle,)),
    "FPDF_RenderPageBitmap": (None, (Handle, Handle, c_int, c_int, c_int, c_int, c_int, c_int)),
    "FPDF_RenderPageBitmap_Start": (
        c_int,
        (Handle, Handle, c_int, c_int, c_int, c_int, c_int, c_int, POINTER(Pause)),
    ),
    "FPDF_RenderPage_Continue": (c_int, (Handle, POINTER(Pause))),
    "FPDF_RenderPage_Close": (None, (Handle,)),
    "FPDFLink_Enumerate": (c_int, (Handle, _INT, POINTER(Handle))),
    "FPDFLink_GetAnnotRect": (c_int, (Handle, POINTER(Rect))),
    "FPDFLink_GetDest": (Handle, (Handle, Handle)),
    "FPDFLink_GetAction": (Handle, (Handle,)),
    "FPDFLink_LoadWebLinks": (Handle, (Handle,)),
    "FPDFLink_CountWebLinks": (c_int, (Handle,)),
    "FPDFLink_GetURL": (c_int, (Handle, c_int, _TEXT, c_int)),
    "FPDFLink_CountRects": (c_int, (Handle, c_int)),
    "FPDFLink_GetRect": (c_int, (Handle, c_int, c_int, _DOUBLE, _DOUBLE, _DOUBLE, _DOUBLE)),
    "FPDFLink_GetTextRange": (c_int, (Handle, c_int, _INT, _INT)),
    "FPDFLink_CloseWebLinks": (None, (Handle,)),
    "FPDFAction_GetType": (c_ulong, (Handle,)),
    "FPDFAction_GetDest": (Handle, (Handle, Handle)),
    "FPDFAction_GetURIPath": (c_ulong, (Handle, Handle, c_void_p, c_ulong)),
    "FPDFDest_GetDestPageIndex": (c_int, (Handle, Handle)),
    "FPDFDest_GetLocationInPage": (c_int, (Handle, _INT, _INT, _INT, _FLOAT, _FLOAT, _FLOAT)),
    "FPDFDest_GetView": (c_ulong, (Handle, POINTER(c_ulong), _FLOAT)),
    "FPDFBookmark_GetFirstChild": (Handle, (Handle, Handle)),
    "FPDFBookmark_GetNextSibling": (Handle, (Handle, Handle)),
    "FPDFBookmark_GetTitle": (c_ulong, (Handle, c_void_p, c_ulong)),
    "FPDFBookmark_GetDest": (Handle, (Handle, Handle)),
    "FPDFBookmark_GetAction": (Handle, (Handle,)),
}


# Called for each line or character: letting other threads run meanwhile would take longer than the call.
_QUICK = frozenset(
    "FPDFText_GetLooseCharBox FPDFText_GetUnicode FPDFText_GetTextIndexFromCharIndex FPDFText_CountChars "
    "FPDFLink_Enumerate FPDFPage_GetRotation FPDF_GetPageBoundingBox FPDFLink_GetAnnotRect".split()
)


@cache
def pdfium() -> Any:
    """The library, ready for use in this process: one thread may call it."""
    path = _path()
    sandbox.allow_library(path)
    library, quick = ctypes.CDLL(path), ctypes.PyDLL(path)
    for name, (result, arguments) in _FUNCTIONS.items():
        function = (quick if name in _QUICK else library)[name]
        function.restype, function.argtypes = result, arguments
        setattr(library, name, function)
    library.FPDF_InitLibrary()
    return library


def _path() -> str:
    spec = find_spec(NAME)
    places = spec.submodule_search_locations if spec else None
    names = _names()
    found = next((path for place in places or () for name in names if (path := Path(place) / name).exists()), None)
    if found is None:
        raise ImportError("PDFium's library is missing: install pypdfium2 again")
    return str(found)


def _names() -> Iterator[str]:
    yield from ("libpdfium.so", "libpdfium.dylib", "pdfium.dll")


def wide(ask: Any, *arguments: Any) -> str:
    """What a function writes as UTF-16, called with `arguments`, a buffer and its size in bytes."""
    size = ask(*arguments, None, 0)
    if size <= 2 or size > _LONGEST:
        return ""
    buffer = (c_ushort * (size // 2 + 1))()
    ask(*arguments, buffer, size)
    return decoded(buffer, size // 2 - 1)


def narrow(ask: Any, *arguments: Any) -> bytes:
    """What a function writes as bytes ended by NUL, called with `arguments`, a buffer and its size."""
    size = ask(*arguments, None, 0)
    if size <= 1 or size > _LONGEST:
        return b""
    buffer = (ctypes.c_ubyte * size)()
    ask(*arguments, buffer, size)
    return bytes(buffer).split(b"\0")[0]


def decoded(units: Any, count: int) -> str:
    """The first `count` UTF-16 units of an array as text, lone surrogates replaced."""
    return bytes(units)[: 2 * max(count, 0)].decode(_UTF16, "replace")


_LONGEST = 1 << 24
_UTF16 = "utf-16-le" if (1).to_bytes(2, "little") == bytes(c_ushort(1)) else "utf-16-be"
