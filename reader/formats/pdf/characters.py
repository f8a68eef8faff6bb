"""The characters of a page as the canonical text has them, and which of PDFium's each one is."""

import ctypes
from collections.abc import Sequence

from reader.formats.pdf.file import Page
from reader.formats.pdf.pdfium import decoded, pdfium
from reader.formats.pdf.vertical import in_reading_order
from reader.text.normalise import normalise

CUT = "\ufffe"
"""PDFium's mark for a hyphen that cuts a word in two: the line ends there, which it does not say."""
MADE = -1

_LINE_END = "\r\n"


def page_text(page: Page) -> str:
    """The text of a page: its lines, joined by `\\n`; no form feed, as that stands between pages."""
    return joined_lines(read_lines(page, raw_text(page)))


def page_characters(page: Page) -> tuple[str, list[int]]:
    """The same text, and for each of its code points PDFium's index of it, or MADE for a line end."""
    raw = raw_text(page)
    lines = read_lines(page, raw)
    kept = char_indices(page, raw)
    indices: list[int] = []
    for line, at in lines:
        indices += kept[at : at + len(line)]
        indices.append(MADE)
    text = joined_lines(lines)
    return text, indices[: len(text)]


def raw_text(page: Page) -> str:
    """What PDFium says is the text of a page."""
    library, text = pdfium(), page.text
    count = library.FPDFText_CountChars(text)
    if count <= 0:
        return ""
    # Those beyond the first plane are two units each.
    buffer = (ctypes.c_ushort * (2 * count + 2))()
    written = library.FPDFText_GetText(text, 0, count, buffer)
    return decoded(buffer, written - 1)


def raw_lines(raw: str) -> list[tuple[str, int]]:
    """The lines of PDFium's text, without their ends, and where each begins in it."""
    lines: list[tuple[str, int]] = []
    at = 0
    for piece in raw.split(_LINE_END):
        if CUT in piece:
            begun = at
            *cut, last = piece.split(CUT)
            for part in cut:
                lines.append((part + "-", begun))
                begun += len(part) + 1
            if last:
                lines.append((last, begun))
        else:
            lines.append((piece, at))
        at += len(piece) + 2
    return lines


def read_lines(page: Page, raw: str) -> Sequence[tuple[str, int]]:
    """The same of a page, in the order in which they are read."""
    return in_reading_order(page, raw, raw_lines(raw), lambda: char_indices(page, raw))


def joined_lines(lines: Sequence[tuple[str, int]]) -> str:
    """The lines as text; what stands for another thing in it, such as a form feed, is one code point all the same."""
    text = normalise("\n".join([line for line, _ in lines]).replace("\f", " ").replace("\ufeff", "\u2060"))
    return text.rstrip("\n")


def char_indices(page: Page, raw: str) -> Sequence[int]:
    """PDFium's index of each code point of `raw`: it leaves out those that stand for no character."""
    library, text = pdfium(), page.text
    count = library.FPDFText_CountChars(text)
    if count == len(raw):
        return range(count)
    place = library.FPDFText_GetTextIndexFromCharIndex
    kept = [index for index in range(count) if place(text, index) >= 0]
    if len(kept) != len(raw):
        # Where its characters are units of UTF-16, two of them are one code point.
        starts: list[int] = []
        unit = 0
        for char in raw:
            starts.append(unit)
            unit += 1 + (char > "\uffff")
        kept = [kept[start] if start < len(kept) else MADE for start in starts]
    return kept
