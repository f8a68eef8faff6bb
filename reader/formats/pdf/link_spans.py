"""The links that a page's author drew, as stretches of its text."""

from bisect import bisect_left
from collections.abc import Iterator

from reader.formats.pdf.characters import page_characters
from reader.formats.pdf.file import Page
from reader.formats.pdf.links import Edges, drawn_links
from reader.formats.pdf.pdfium import pdfium
from reader.formats.pdf.places import Place, Places

Linked = tuple[int, int, "Place | str"]
"""Start and end in the page's text, and where that leads."""

_NEAR = 3.0


def linked_text(page: Page, places: Places) -> Iterator[Linked]:
    """The stretches of a page's text that are links."""
    text = ""
    known: list[tuple[int, int]] = []
    for edges, link in drawn_links(page):
        if not known:
            text, indices = page_characters(page)
            known = sorted((index, at) for at, index in enumerate(indices) if index >= 0)
        found = _stretch(page, edges, known)
        target = places.target(link) if found else ""
        if found and target:
            low, high = found
            while high > low and text[high - 1].isspace():
                high -= 1
            if low < high:
                yield low, high, target


def _stretch(page: Page, edges: Edges, known: list[tuple[int, int]]) -> tuple[int, int] | None:
    """Start and end of the characters between the left and the right edge, half-way down."""
    left, top, right, bottom = edges
    along = pdfium().FPDFText_GetCharIndexAtPos
    upright = page.frame.turns % 2 == 0
    ends = (
        ((left + 1, (top + bottom) / 2), (right - 1, (top + bottom) / 2))
        if upright
        else (((left + right) / 2, bottom + 1), ((left + right) / 2, top - 1))
    )
    indices = [along(page.text, x, y, _NEAR, _NEAR) for x, y in ends]
    if min(indices) < 0:
        return None
    places = sorted(_position(known, index) for index in indices)
    return (places[0], places[1] + 1) if places[0] >= 0 else None


def _position(known: list[tuple[int, int]], index: int) -> int:
    at = bisect_left(known, (index, 0))
    return known[at][1] if at < len(known) and known[at][0] == index else -1
