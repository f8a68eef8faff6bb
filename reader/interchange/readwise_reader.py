"""Readwise, inwards: the table that it exports, and the one that it imports, which other programs write for it."""

import re

from reader.interchange.checks import Malformed, clean
from reader.interchange.colors import nearest
from reader.interchange.foreign import listed, marked, not_one
from reader.interchange.gathering import Gathering
from reader.interchange.given import Given
from reader.interchange.records import NOWHERE, Parsed, Where
from reader.interchange.table_dates import Dates
from reader.interchange.table_rows import Row, head, rows
from reader.model.document import Metadata

_EXPORTED = {"highlight", "book title", "book author"}
_IMPORTED = {"title", "author", "url", "note", "location", "date"}

_TAG = re.compile(r"\.(\w[\w-]*)(?:\s+|$)")
_NUMBER = re.compile(r"\d{1,9}", re.ASCII)
_ORDERED = ("", "location", "order", "offset")
"""Of what a location is the number, where it grows along the text."""

_ACTION = re.compile(r"[ch]\d+")
"""What Readwise does with a mark instead of tagging it: joining it to others, taking it for a heading."""


def recognises(given: Given) -> bool:
    """Whether the columns are those of an export, or none but those of an import."""
    names = set(head(given))
    return names >= _EXPORTED or ("highlight" in names and "title" in names and names <= _IMPORTED | {"highlight"})


def read(given: Given) -> Parsed:
    """A mark for each row."""
    if "highlight" not in head(given):
        raise not_one("Readwise’s tables")
    gathering = Gathering("readwise", given.watch)
    found = rows(given)
    dates = Dates(_when(row) for _, row in found)
    for place, row in found:
        try:
            _take(gathering, place, row, dates)
        except Malformed as fault:
            gathering.problem(fault.within(place))
    return gathering.parsed()


def _take(gathering: Gathering, place: str, row: Row, dates: Dates) -> None:
    document = _document(gathering, row)
    words, location = _cell(row, "highlight"), _cell(row, "location")
    note, tags = _without_tags(_cell(row, "note"))
    mark = marked(
        document,
        words,
        note=note,
        tags=tuple(dict.fromkeys((*listed(_cell(row, "tags")), *tags))),
        color=nearest(_cell(row, "color")),
        created=dates.instant(_when(row)),
    )
    # A note on the whole book has no words that tell it from another one.
    where = _where(_cell(row, "location type"), location)
    gathering.add(place, f"{document}:{location}:{words or note}", mark, where=where)


def _when(row: Row) -> str:
    return _cell(row, "highlighted at") or _cell(row, "date")


def _where(kind: str, location: str) -> Where:
    """The place that it has in an order, or on a page."""
    order = (int(location),) if _NUMBER.fullmatch(location) else ()
    if kind == "page":
        return Where(order, page=location, unit=kind)
    return Where(order, unit=kind) if kind in _ORDERED and order else NOWHERE


def _document(gathering: Gathering, row: Row) -> str:
    title, author = _cell(row, "book title") or _cell(row, "title"), _cell(row, "book author") or _cell(row, "author")
    address, asin = _cell(row, "url"), _cell(row, "amazon book id")
    authors = tuple(name.strip() for name in re.split(r",(?! (?:Jr|Sr))| and ", author) if name.strip())
    metadata = Metadata(title=title, authors=authors, url=address, identifiers=(f"asin:{asin}",) if asin else ())
    return gathering.document(f"{title}\n{author}\n{address}", metadata, tags=listed(_cell(row, "document tags")))


def _cell(row: Row, name: str) -> str:
    """The cell, without the blanks round it: one before what a spreadsheet would run is how Readwise is told it."""
    return clean(row.get(name, ""), name).strip()


def _without_tags(note: str) -> tuple[str, tuple[str, ...]]:
    """The note without the tags that it begins with, each a dot and a word, and these."""
    tags: list[str] = []
    at = 0
    while (found := _TAG.match(note, at)) and not _ACTION.fullmatch(found[1]):
        tags.append(found[1])
        at = found.end()
    return note[at:], tuple(tags)
