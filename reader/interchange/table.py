"""CSV and TSV: one row a mark, in the columns that are wanted, so that spreadsheets open it right."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from operator import attrgetter

from reader.interchange.outgoing import Mark, Outgoing
from reader.interchange.records import DocumentRecord
from reader.interchange.rows import defused, head, pieces

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


_OF_DOCUMENT = frozenset(
    {"title", "authors", "source", "date", "url", "document_tags", "text_length", "text_sha256", "document"}
)
_OF_CHAPTER = frozenset({"headings", "chapter"})
"""The columns that say the same for many marks in a row."""
_WRITTEN = frozenset({"page", "quote", "note", "tags", "category"})
"""The columns of a mark alone with words that somebody wrote; the others cannot begin as a formula does."""

FIELDS: Mapping[str, Cell] = {
    "number": attrgetter("number"),
    "total": attrgetter("total"),
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
    names = outgoing.fields or tuple(FIELDS)
    yield BOM + head(names, delimiter=delimiter)
    yield from pieces(_rows(outgoing, names), delimiter=delimiter)


def _rows(outgoing: Outgoing, names: Sequence[str]) -> Iterator[list[str | int | float]]:
    """The rows; what is of the document or the chapter is made once for all of its marks."""
    repeated = _OF_DOCUMENT | _OF_CHAPTER
    written = [(column, FIELDS[name]) for column, name in enumerate(names) if name in _WRITTEN]
    others = [(column, FIELDS[name]) for column, name in enumerate(names) if name not in _WRITTEN | repeated]
    document: DocumentRecord | None = None
    headings: tuple[str, ...] = ()
    told: list[str | int | float] = []
    for mark in outgoing.marks():
        if mark.document is not document or mark.headings is not headings:
            document, headings = mark.document, mark.headings
            told = [_plain(FIELDS[name](mark)) if name in repeated else "" for name in names]
        row = told.copy()
        for column, cell in others:
            row[column] = cell(mark)
        for column, cell in written:
            row[column] = _plain(cell(mark))
        yield row


def _plain(value: str | int | float) -> str | int | float:
    return defused(value) if isinstance(value, str) else value
