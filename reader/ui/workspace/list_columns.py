"""The columns of the list: their names, what they sort by, and what stands in them for an annotation."""

from enum import IntEnum

from reader.model.annotation import AnchorState
from reader.model.workspace import Order, Row
from reader.ui.panels.card_layout import beside_category, state_words
from reader.ui.panels.drawn_text import isolated, one_line
from reader.ui.panels.note_text import shown_note


class Column(IntEnum):
    """In the order that they have at first."""

    CATEGORY = 0
    QUOTE = 1
    NOTE = 2
    TAGS = 3
    DOCUMENT = 4
    PLACE = 5
    CREATED = 6
    CHANGED = 7
    STATE = 8


ORDERS: dict[Column, Order] = {
    Column.CATEGORY: Order.CATEGORY,
    Column.QUOTE: Order.QUOTE,
    Column.NOTE: Order.NOTE,
    Column.TAGS: Order.TAGS,
    Column.DOCUMENT: Order.DOCUMENT,
    Column.PLACE: Order.DOCUMENT,
    Column.CREATED: Order.CREATED,
    Column.CHANGED: Order.CHANGED,
    Column.STATE: Order.STATE,
}
"""Places follow each other within their document: that is one order."""

WIDTHS: dict[Column, int] = {
    Column.CATEGORY: 96,
    Column.QUOTE: 260,
    Column.NOTE: 150,
    Column.TAGS: 116,
    Column.DOCUMENT: 140,
    Column.PLACE: 110,
    Column.CREATED: 92,
    Column.CHANGED: 92,
    Column.STATE: 104,
}
"""In pixels, at least, until the user chooses others: the first five beside both panels in a window of 1360."""

SHARES: dict[Column, int] = {Column.QUOTE: 3, Column.NOTE: 2, Column.TAGS: 1, Column.DOCUMENT: 2}
"""How what is left of the list's width is shared out."""

_NOTE = 600
"""More code points of a note are not drawn in one line."""

SIGNS: dict[AnchorState, str] = {AnchorState.EXACT: "=", AnchorState.MOVED: "≈", AnchorState.LOST: "×"}


def title(column: Column) -> str:
    return column.name.capitalize()


def text(row: Row, column: Column) -> str:
    """What stands in a cell, in one line."""
    mark = row.mark
    match column:
        case Column.CATEGORY:
            return row.category
        case Column.QUOTE:
            return one_line(row.quote) or beside_category(mark).capitalize()
        case Column.NOTE:
            return plain_note(mark.note[:_NOTE])
        case Column.TAGS:
            return isolated(list(mark.tags), ", ") if mark.tags else ""
        case Column.DOCUMENT:
            return one_line(row.document)
        case Column.PLACE:
            return isolated(place_parts(row))
        case Column.CREATED:
            return mark.created[:10]
        case Column.CHANGED:
            return mark.modified[:10]
        case _:
            return f"{SIGNS[mark.state]} {state_words(mark) or 'exact'}"


def plain_note(note: str) -> str:
    """A note in one line, without the signs of its Markdown."""
    return one_line(shown_note(note)[0])


def place_parts(row: Row) -> list[str]:
    """Page and heading, as far as they are known."""
    page = f"p. {row.place.page}" if row.place.page else ""
    return [part for part in (page, one_line(row.place.heading)) if part]


def tip(row: Row, column: Column) -> str:
    """What a cell has to say at length; empty where it says all."""
    mark = row.mark
    match column:
        case Column.QUOTE:
            return row.quote
        case Column.NOTE:
            return mark.note
        case Column.DOCUMENT:
            return row.document
        case Column.CREATED:
            return _moment(mark.created)
        case Column.CHANGED:
            return _moment(mark.modified)
        case _:
            return text(row, column)


def spoken(row: Row) -> str:
    """The annotation in words, for those who listen."""
    mark = row.mark
    quote = text(row, Column.QUOTE)
    note = text(row, Column.NOTE)
    parts = [row.category, quote, note, f"tags {', '.join(mark.tags)}" if mark.tags else "", row.document]
    return ". ".join(part for part in (*parts, *place_parts(row), state_words(mark)) if part)


def _moment(instant: str) -> str:
    return f"{instant[:10]} {instant[11:16]} UTC" if instant else ""
