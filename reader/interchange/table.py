"""CSV and TSV: one row a mark, in the columns that are wanted, so that spreadsheets open it right."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from operator import attrgetter

from reader.interchange.outgoing import Mark, Origin, Outgoing
from reader.interchange.rows import ROWS_A_PIECE, cells, defused, head, lines

BOM = "\ufeff"
"""Without it Excel takes UTF-8 for the code page of the computer."""

OFFSET_UNIT = "code points"
LISTED = "; "
"""What stands between tags, authors and headings in their cell."""

Cell = Callable[[Mark], str | int | float]


def _start(mark: Mark) -> str | int:
    return mark.annotation.anchor.start if mark.annotation.anchor else ""


def _end(mark: Mark) -> str | int:
    return mark.annotation.anchor.end if mark.annotation.anchor else ""


def _unit(mark: Mark) -> str:
    return OFFSET_UNIT if mark.annotation.anchor else ""


def _text_sha256(mark: Mark) -> str:
    return mark.document.text.sha256 if mark.document.text else ""


def _length(mark: Mark) -> str | int:
    return mark.document.text.length if mark.document.text else ""


_REPEATED = frozenset(
    {"total", "title", "authors", "source", "date", "url", "document_tags", "text_length", "text_sha256", "document"}
    | {"headings", "chapter"}
)
"""The columns that say the same for all marks of a chapter, or of more."""
_WRITTEN = frozenset({"page", "quote", "note", "tags", "category"})
"""The columns of a mark alone with words that somebody wrote; the others cannot begin as a formula does."""

FIELDS: Mapping[str, Cell] = {
    "number": attrgetter("number"),
    "total": attrgetter("origin.total"),
    "title": lambda mark: mark.document.metadata.title,
    "authors": lambda mark: LISTED.join(mark.document.metadata.authors),
    "source": lambda mark: mark.document.metadata.source,
    "date": lambda mark: mark.document.metadata.date,
    "url": lambda mark: mark.document.metadata.url,
    "document_tags": lambda mark: LISTED.join(mark.document.tags),
    "headings": lambda mark: LISTED.join(mark.headings),
    "chapter": lambda mark: mark.chapter,
    "page": attrgetter("page"),
    "quote": attrgetter("words"),
    "note": attrgetter("annotation.note"),
    "tags": lambda mark: LISTED.join(mark.annotation.tags),
    "category": attrgetter("category"),
    "color": attrgetter("annotation.color"),
    "style": attrgetter("annotation.style"),
    "created": attrgetter("annotation.created"),
    "modified": attrgetter("annotation.modified"),
    "state": attrgetter("annotation.state"),
    "score": attrgetter("annotation.score"),
    "start": _start,
    "end": _end,
    "offset_unit": _unit,
    "text_length": _length,
    "text_sha256": _text_sha256,
    "link": attrgetter("link"),
    "annotation": attrgetter("annotation.uid"),
    "document": attrgetter("document.uid"),
}
"""The columns by their names, in the order in which they stand when nobody chooses."""


def csv_pieces(outgoing: Outgoing) -> Iterator[str]:
    """The table with commas, after a byte order mark."""
    return _table(outgoing, ",")


def tsv_pieces(outgoing: Outgoing) -> Iterator[str]:
    """The table with tabs, after a byte order mark; a cell with tabs or line ends in it stands in quotes."""
    return _table(outgoing, "\t")


def _table(outgoing: Outgoing, delimiter: str) -> Iterator[str]:
    """The table, column by column of a hundred marks, so that how a cell is made is looked up once for all of them."""
    names = outgoing.fields or tuple(FIELDS)
    yield BOM + head(names, delimiter=delimiter)
    left = outgoing.marks()
    while marks := list(islice(left, ROWS_A_PIECE)):
        chapters = _chapters(marks)
        columns = [_column(name, marks, chapters) for name in names]
        yield lines(zip(*columns, strict=True), delimiter=delimiter)


def _chapters(marks: Iterable[Mark]) -> list[list[Mark]]:
    """The marks, those that follow each other in a chapter together."""
    found: list[list[Mark]] = []
    origin: Origin | None = None
    headings: tuple[str, ...] = ()
    for mark in marks:
        above = mark.headings
        if mark.origin is not origin or above is not headings:
            origin, headings = mark.origin, above
            found.append([])
        found[-1].append(mark)
    return found


def _column(name: str, marks: Sequence[Mark], chapters: Sequence[Sequence[Mark]]) -> list[str]:
    """The cells of these marks in one column."""
    value = FIELDS[name]
    if name in _REPEATED:
        once = cells(_plain(value(chapter[0])) for chapter in chapters)
        return [cell for cell, chapter in zip(once, chapters, strict=True) for _ in chapter]
    values = map(value, marks)
    return cells(map(_plain, values) if name in _WRITTEN else values)


def _plain(value: str | int | float) -> str | int | float:
    return defused(value) if isinstance(value, str) else value
