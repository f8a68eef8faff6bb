"""CSV and TSV: one row a mark, in the columns that are wanted, so that spreadsheets open it right."""

from collections.abc import Callable, Iterator, Mapping

from reader.interchange.outgoing import Mark, Outgoing
from reader.interchange.rows import defused, pieces

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


FIELDS: Mapping[str, Cell] = {
    "number": lambda mark: mark.number,
    "total": lambda mark: mark.total,
    "title": lambda mark: mark.document.metadata.title,
    "authors": lambda mark: LISTED.join(mark.document.metadata.authors),
    "source": lambda mark: mark.document.metadata.source,
    "date": lambda mark: mark.document.metadata.date,
    "url": lambda mark: mark.document.metadata.url,
    "document_tags": lambda mark: LISTED.join(mark.document.tags),
    "headings": lambda mark: LISTED.join(mark.headings),
    "chapter": lambda mark: mark.chapter,
    "page": lambda mark: mark.page,
    "quote": lambda mark: mark.words,
    "note": lambda mark: mark.annotation.note,
    "tags": lambda mark: LISTED.join(mark.annotation.tags),
    "category": lambda mark: mark.category,
    "color": lambda mark: mark.annotation.color.value,
    "style": lambda mark: mark.annotation.style.value,
    "created": lambda mark: mark.annotation.created,
    "modified": lambda mark: mark.annotation.modified,
    "state": lambda mark: mark.annotation.state.value,
    "score": lambda mark: mark.annotation.score,
    "start": _start,
    "end": _end,
    "offset_unit": _unit,
    "text_length": _length,
    "text_sha256": _text_sha256,
    "link": lambda mark: mark.link,
    "annotation": lambda mark: mark.annotation.uid,
    "document": lambda mark: mark.document.uid,
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
    cells = [FIELDS[name] for name in names]
    yield BOM + "".join(pieces([names], delimiter=delimiter))
    rows = ([_plain(cell(mark)) for cell in cells] for mark in outgoing.marks())
    yield from pieces(rows, delimiter=delimiter)


def _plain(value: str | int | float) -> str | int | float:
    return defused(value) if isinstance(value, str) else value
