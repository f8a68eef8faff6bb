"""The characters of a page as the canonical text has them, and which of PDFium's each one is."""

import ctypes
import re

from reader.formats.pdf.file import Page
from reader.formats.pdf.pdfium import decoded, pdfium
from reader.text.normalise import normalise

CUT = "\ufffe"
"""PDFium's mark for a hyphen that cuts a word in two: the line ends there, which it does not say."""

_LINE_END = re.compile("\r\n|\ufffe(?!\r\n|\\Z)|\ufffe")
_OTHERS = {0x0C: " ", 0xFEFF: "\u2060"}
MADE = -1


def page_text(page: Page) -> str:
    """The text of a page: its lines, joined by `\\n`; no form feed, as that stands between pages."""
    return _cleaned(_LINE_END.sub(_line_end, _raw(page)))


def page_characters(page: Page) -> tuple[str, list[int]]:
    """The same text, and for each of its code points PDFium's index of it, or MADE for a line end."""
    raw = _raw(page)
    kept = _indices(page, raw)
    parts: list[str] = []
    indices: list[int] = []
    at = 0
    for found in _LINE_END.finditer(raw):
        instead = _line_end(found)
        parts += (raw[at : found.start()], instead)
        indices += kept[at : found.start()]
        if instead.startswith("-"):
            indices.append(kept[found.start()])
        if instead.endswith("\n"):
            indices.append(MADE)
        at = found.end()
    text = _cleaned("".join(parts) + raw[at:])
    indices += kept[at:]
    return text, indices[: len(text)]


def _raw(page: Page) -> str:
    library = pdfium()
    count = library.FPDFText_CountChars(page.text)
    if count <= 0:
        return ""
    # Those beyond the first plane are two units each.
    buffer = (ctypes.c_ushort * (2 * count + 2))()
    written = library.FPDFText_GetText(page.text, 0, count, buffer)
    return decoded(buffer, written - 1)


def _line_end(found: re.Match[str]) -> str:
    if found.group() == "\r\n":
        return "\n"
    return "-" if found.end() == len(found.string) or found.string.startswith("\r\n", found.end()) else "-\n"


def _cleaned(text: str) -> str:
    return normalise(text.translate(_OTHERS)).rstrip("\n")


def _indices(page: Page, raw: str) -> list[int]:
    """PDFium's index of each code point of `raw`: it leaves out those that stand for no character."""
    library, text = pdfium(), page.text
    count = library.FPDFText_CountChars(text)
    if count == len(raw):
        return list(range(count))
    place = library.FPDFText_GetTextIndexFromCharIndex
    kept = [index for index in range(count) if place(text, index) >= 0]
    if len(kept) != len(raw):
        # Where its characters are units of UTF-16, two of them are one code point.
        units = [at for at, char in enumerate(raw) for _ in range(1 + (char > "\uffff"))]
        starts = {at: unit for unit, at in reversed(list(enumerate(units)))}
        kept = [kept[starts[at]] if starts[at] < len(kept) else MADE for at in range(len(raw))]
    return kept
