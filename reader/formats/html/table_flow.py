"""Tables of a page, cell by cell."""

from dataclasses import dataclass, field, replace

from reader.formats.flow import Flow
from reader.formats.html.events import Attributes
from reader.formats.html.tables import Grid

PARTS = frozenset({"table", "caption", "tr", "td", "th"})


@dataclass(slots=True)
class TableFlow:
    """Writes the tables of a page; `layout` says of each in turn whether it only places parts of the page.

    `in_cell` tells whether what comes stands in a cell: one block, whatever is in it.
    """

    flow: Flow
    layout: list[bool]
    in_cell: bool = False
    _grids: list[Grid | None] = field(default_factory=list)
    _seen: int = 0

    @property
    def is_open(self) -> bool:
        """Whether what comes stands in a table."""
        return any(grid is not None for grid in self._grids)

    def begin(self, tag: str, attributes: Attributes) -> None:
        """A table or a part of one begins."""
        if tag == "table":
            self._begin_table()
            return
        grid = self._grids[-1] if self._grids else None
        if grid is None or tag == "caption":
            return
        if tag == "tr":
            grid.next_row()
            return
        shape = grid.next_cell(attributes.get("rowspan"), attributes.get("colspan"), header=tag == "th")
        if shape is not None:
            self.flow.builder.begin(replace(shape, quote_depth=self.flow.structure.quote_depth))
        self.in_cell = True

    def end(self, tag: str) -> None:
        """A table or a part of one ends."""
        if tag == "table":
            self._end_table()
        elif tag in ("td", "th") and self._grids and self._grids[-1] is not None:
            self.in_cell = False
            self.flow.builder.end()

    def _begin_table(self) -> None:
        is_layout = self._seen < len(self.layout) and self.layout[self._seen]
        self._seen += 1
        if is_layout or self.in_cell:
            self._grids.append(None)
            return
        self._grids.append(Grid(self.flow.structure.tables))
        self.flow.structure.tables += 1

    def _end_table(self) -> None:
        """No cell reaches below the last row."""
        grid = self._grids.pop() if self._grids else None
        if grid is None:
            return
        blocks = self.flow.builder.blocks
        for index in range(len(blocks) - 1, -1, -1):
            block = blocks[index]
            if block.table != grid.number:
                break
            if block.row + block.row_span > grid.row + 1:
                blocks[index] = replace(block, row_span=grid.row + 1 - block.row)
