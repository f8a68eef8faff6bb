"""The outline that a file brings: titles with their levels and the places they lead to."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from reader.formats.pdf.lines import PageLines
from reader.formats.pdf.pdfium import pdfium, wide
from reader.formats.pdf.places import Place, Places
from reader.model.document import OutlineEntry

MOST = 20_000
_DEEPEST = 32
_LONGEST = 500
_NEAR = 0.5
_ASIDE = 24.0


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of the outline; `level` from 1."""

    title: str
    level: int
    place: Place


def bookmarks(places: Places) -> list[Bookmark]:
    """The outline in its order, entries that lead nowhere left out; each is met once, whatever the file says."""
    return [found for found in _below(places, None, 1, set()) if found.title]


def _below(places: Places, parent: int | None, level: int, met: set[int]) -> Iterator[Bookmark]:
    library = pdfium()
    entry: int | None = library.FPDFBookmark_GetFirstChild(places.file.handle, parent)
    while entry and entry not in met and len(met) < MOST:
        met.add(entry)
        place = places.of_bookmark(entry)
        title = " ".join(wide(library.FPDFBookmark_GetTitle, entry).split())[:_LONGEST]
        if place:
            yield Bookmark(title, level, place)
        if level < _DEEPEST:
            yield from _below(places, entry, level + (place is not None), met)
        entry = library.FPDFBookmark_GetNextSibling(places.file.handle, entry)


def outline_of(marks: Iterable[Bookmark], pages: Sequence[PageLines], starts: Sequence[int]) -> list[OutlineEntry]:
    """The entries with the positions that they lead to, in the order of the text."""
    entries = [OutlineEntry(mark.title, mark.level, position_of(mark.place, pages, starts)) for mark in marks]
    return sorted(entries, key=lambda entry: entry.position)


def targets_of(places: Iterable[Place], pages: Sequence[PageLines], starts: Sequence[int]) -> Mapping[str, int]:
    """The positions of places by their names, which are their `href` without the mark before it."""
    return {place.href[1:]: position_of(place, pages, starts) for place in places}


def position_of(place: Place, pages: Sequence[PageLines], starts: Sequence[int]) -> int:
    """The code point of the whole text where a place is: the first line that is not above it, in its column."""
    page, start = pages[place.page], starts[place.page]
    if place.top is None:
        return start
    below = [
        line for line in page.lines if not line.vertical and line.top >= place.top - _NEAR * (line.bottom - line.top)
    ]
    beside = [line for line in below if line.right > place.left - _ASIDE] or below
    if not beside:
        return start
    highest = min(line.top for line in beside)
    level = [line for line in beside if line.top < highest + line.size]
    nearest = min(level, key=lambda line: (abs(line.left - place.left), line.start))
    return start + nearest.start
