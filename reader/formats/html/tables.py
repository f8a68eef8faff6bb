"""Tables: which ones hold data and which only place a page's parts, and where each cell stands."""

from dataclasses import dataclass, field

from reader.formats.html.events import Event
from reader.model.document import Block, BlockKind

_MAX_COLUMNS = 500
_MAX_ROW_SPAN = 5000
_LONG_CELL = 1500
_PARTS = frozenset("h1 h2 h3 h4 h5 h6 article section main aside header footer hr form".split())


@dataclass(slots=True)
class _Seen:
    """What a table was seen to hold."""

    layout: bool = False
    data: bool = False
    parts: bool = False
    cells: int = 0
    cell_length: int = 0

    @property
    def is_layout(self) -> bool:
        return self.layout or (not self.data and (self.parts or self.cells < 2))

    def look(self, tag: str, length: int) -> None:
        """Take account of an element in the table, or of a text of some length."""
        if not tag:
            self.cell_length += length
            self.parts = self.parts or self.cell_length > _LONG_CELL
        elif tag in ("th", "caption", "thead"):
            self.data = True
            self.cells += tag == "th"
            self.cell_length = 0
        elif tag == "td":
            self.cells += 1
            self.cell_length = 0
        elif tag in _PARTS:
            self.parts = True


def layout_tables(events: list[Event]) -> list[bool]:
    """For each table in reading order, whether it only places parts of the page side by side.

    Such a table says so, or holds another table, or, without header cells and caption, holds headings, whole
    sections or very long cells.
    """
    seen: list[_Seen] = []
    inside: list[_Seen] = []
    above: list[str] = []
    for event in events:
        if isinstance(event, str):
            if inside:
                inside[-1].look("", len(event))
        elif event is None:
            if above.pop() == "table":
                inside.pop()
        else:
            tag, attributes = event
            above.append(tag)
            if tag == "table":
                if inside:
                    inside[-1].layout = True
                role = (attributes.get("role") or "").lower()
                inside.append(_Seen(layout=role in ("presentation", "none")))
                seen.append(inside[-1])
            elif inside:
                inside[-1].look(tag, 0)
    return [table.is_layout for table in seen]


@dataclass(slots=True)
class Grid:
    """A table being read: gives each cell its row and column, as spans of earlier cells leave them free."""

    number: int
    row: int = -1
    _column: int = 0
    _busy: list[int] = field(default_factory=list)

    def next_row(self) -> None:
        self.row += 1
        self._column = 0

    def next_cell(self, row_span: str | None, column_span: str | None, *, header: bool) -> Block | None:
        """The shape of the next cell of this row; None beyond the widest table that is shown."""
        if self.row < 0:
            self.next_row()
        while self._column < len(self._busy) and self._busy[self._column] > self.row:
            self._column += 1
        column = self._column
        if column >= _MAX_COLUMNS:
            return None
        rows = _span(row_span, _MAX_ROW_SPAN)
        columns = min(_span(column_span, _MAX_COLUMNS), _MAX_COLUMNS - column)
        self._busy.extend([0] * (column + columns - len(self._busy)))
        self._busy[column : column + columns] = [self.row + rows] * columns
        self._column = column + columns
        return Block(
            BlockKind.TABLE_CELL,
            0,
            0,
            table=self.number,
            row=self.row,
            column=column,
            row_span=rows,
            column_span=columns,
            header=header,
        )


def _span(written: str | None, most: int) -> int:
    value = (written or "").strip()
    return max(1, min(int(value), most)) if value.isascii() and value.isdigit() and len(value) < 8 else 1
