"""A PDF that is open in this process: its pages, and how the coordinates of each become those of what is shown."""

import ctypes
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from reader.formats.errors import FormatError, PasswordNeeded
from reader.formats.pdf import pdfium as names
from reader.formats.pdf.pdfium import Rect, pdfium

MAX_PAGES = 100_000
_LEAST, _USUAL = 1.0, (612.0, 792.0)


@dataclass(frozen=True, slots=True)
class Frame:
    """What of a page is shown, in its own coordinates (origin bottom left), and its quarter turns clockwise."""

    left: float
    top: float
    right: float
    bottom: float
    turns: int = 0

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as shown, in points."""
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.turns % 2 else (width, height)

    def shown(self, x: float, y: float) -> tuple[float, float]:
        """A point of the page's own coordinates from the top left corner of what is shown."""
        match self.turns % 4:
            case 1:
                return y - self.bottom, x - self.left
            case 2:
                return self.right - x, y - self.bottom
            case 3:
                return self.top - y, self.right - x
            case _:
                return x - self.left, self.top - y

    def shown_rect(self, left: float, top: float, right: float, bottom: float) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of a rectangle as it is shown."""
        if not self.turns and left <= right and bottom <= top:
            return left - self.left, self.top - top, right - self.left, self.top - bottom
        x1, y1 = self.shown(left, top)
        x2, y2 = self.shown(right, bottom)
        return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)


class Page:
    """A page that is loaded, with its text once it is asked for. `number` counts from 0."""

    def __init__(self, handle: int, number: int) -> None:
        self.handle, self.number = handle, number
        self.frame = _frame(handle)
        self._text: int | None = None

    @property
    def text(self) -> int:
        """The handle of its text. FormatError when PDFium finds none to give."""
        if self._text is None:
            self._text = pdfium().FPDFText_LoadPage(self.handle)
        if not self._text:
            raise FormatError(f"The text of page {self.number + 1} cannot be read: the page is damaged.")
        return self._text

    def close(self) -> None:
        """Give back what it holds."""
        if self._text:
            pdfium().FPDFText_ClosePage(self._text)
        pdfium().FPDF_ClosePage(self.handle)


class PdfFile:
    """An open file. Raises FormatError in one sentence when it cannot be, PasswordNeeded when it is locked.

    `data` are its bytes, or an array of C's over them, which have to stay what they are; `name` is what sentences
    call it.
    """

    def __init__(self, data: Any, name: str, password: str = "") -> None:
        self._data = data
        library = pdfium()
        key = password.encode("utf-8", "replace") if password else None
        self.handle: int = library.FPDF_LoadMemDocument64(data, len(data), key)
        if not self.handle:
            raise _refusal(name, library.FPDF_GetLastError(), has_password=bool(password))
        self.count: int = min(library.FPDF_GetPageCount(self.handle), MAX_PAGES)
        if self.count < 1:
            self.close()
            raise FormatError(f"“{name}” has no pages: get it again from where it came from.")

    def close(self) -> None:
        """Close it; its pages have to be closed before."""
        if self.handle:
            pdfium().FPDF_CloseDocument(self.handle)
            self.handle = 0

    def load(self, number: int) -> Page | None:
        """A page, to be closed by who asks; None when it is damaged."""
        handle = pdfium().FPDF_LoadPage(self.handle, number) if 0 <= number < self.count else None
        return Page(handle, number) if handle else None

    @contextmanager
    def page(self, number: int) -> Generator[Page | None]:
        """A page for as long as it is looked at; None when it is damaged."""
        page = self.load(number)
        try:
            yield page
        finally:
            if page:
                page.close()

    def size(self, number: int) -> tuple[float, float]:
        """Width and height of a page as it is shown, in points; those of a letter when it does not tell."""
        size = (ctypes.c_float * 2)()
        found = pdfium().FPDF_GetPageSizeByIndexF(self.handle, number, ctypes.byref(size))
        width, height = size
        return (width, height) if found and width >= _LEAST and height >= _LEAST else _USUAL


def _frame(handle: int) -> Frame:
    box = Rect()
    library = pdfium()
    if not library.FPDF_GetPageBoundingBox(handle, ctypes.byref(box)):
        return Frame(0.0, _USUAL[1], _USUAL[0], 0.0)
    return Frame(box.left, box.top, box.right, box.bottom, max(library.FPDFPage_GetRotation(handle), 0))


def _refusal(name: str, code: int, *, has_password: bool) -> FormatError:
    if code == names.PASSWORD:
        if has_password:
            return PasswordNeeded(f"The password does not open “{name}”: look at its capital letters and try again.")
        return PasswordNeeded(f"“{name}” is locked with a password: give the password that opens it.")
    if code == names.SECURITY:
        return FormatError(
            f"“{name}” is locked in a way that Passage does not know: open it in the program it is meant for, and save "
            "a copy without protection."
        )
    return FormatError(f"“{name}” is damaged beyond repair, or no PDF at all: get it again from where it came from.")
