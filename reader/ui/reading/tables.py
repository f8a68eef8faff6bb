"""Tables: columns that fit the page, rows as high as their tallest cell, every cell a box of its own."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QRect
from PySide6.QtGui import QFont

from reader.model.document import Block, BlockKind
from reader.ui.reading.boxes import TextBox
from reader.ui.reading.build import Source, make_box, span_grounds
from reader.ui.reading.chunks import Piece
from reader.ui.reading.page import Ground, Page
from reader.ui.reading.style import Face, PageStyle

_PADDING_X = 10
_PADDING_Y = 6
_ENDLESS = 100_000
# Columns are measured on so many cells of the whole table, so that the parts of a long one agree.
_MEASURED_CELLS = 240
# A word (an address, mostly) wider than so many times the letters' size is cut rather than given the room.
_LONGEST_WORD = 8


@dataclass(slots=True)
class _Column:
    """Pixels a column would like, and can make do with, without its padding."""

    natural: int = 0
    least: int = 0


def place_table(page: Page, source: Source, pieces: Sequence[Piece], at: int, y: int, style: PageStyle) -> int:
    """Lay out the cells from `at` on that belong to one table; how many they are."""
    cells = _cells(pieces, at)
    face = style.face(BlockKind.TABLE_CELL)
    sample = _whole_table(source, cells[0].block)
    columns = _measure(source, sample, face, style)
    if sum(column.least + 2 * _PADDING_X for column in columns) > style.room:
        face = _smaller(face)
        columns = _measure(source, sample, face, style)
    widths = _share(columns, style)
    left = min(0, (style.column - sum(widths)) // 2)
    edges = [left]
    for width in widths:
        edges.append(edges[-1] + width)
    mirrored = _mirrored(source, sample)
    boxes = [_cell_box(source, cell, face, style, edges, mirrored=mirrored) for cell in cells]
    tops = _row_tops(cells, boxes, y)
    _put(page, source, cells, boxes, tops, edges, mirrored=mirrored)
    page.height = max(tops.values())
    return len(cells)


def _cells(pieces: Sequence[Piece], at: int) -> list[Piece]:
    table = pieces[at].block.table
    end = at
    while end < len(pieces) and pieces[end].block.kind == BlockKind.TABLE_CELL and pieces[end].block.table == table:
        end += 1
    return list(pieces[at:end])


def _whole_table(source: Source, cell: Block) -> list[Block]:
    """The first cells of the table that `cell` belongs to."""
    from bisect import bisect_left

    blocks = source.document.blocks
    at = bisect_left(blocks, cell.start, key=lambda block: block.start)
    while at > 0 and blocks[at - 1].table == cell.table:
        at -= 1
    found: list[Block] = []
    while at < len(blocks) and blocks[at].table == cell.table and len(found) < _MEASURED_CELLS:
        found.append(blocks[at])
        at += 1
    return found


def _mirrored(source: Source, cells: Sequence[Block]) -> bool:
    """Whether the first column stands at the right: the first cell with words decides."""
    from reader.ui.reading.boxes import has_right_to_left, runs_right_to_left

    text = "".join(source.document.text[cell.start : cell.end] for cell in cells[:8])
    return has_right_to_left(text) and runs_right_to_left(text)


def _measure(source: Source, cells: Sequence[Block], face: Face, style: PageStyle) -> list[_Column]:
    columns = [_Column() for _ in range(max(cell.column + cell.column_span for cell in cells))]
    longest = face.font.pixelSize() * _LONGEST_WORD
    for cell in cells:
        if cell.column_span > 1 or cell.end == cell.start:
            continue
        piece = Piece(cell, cell.start, cell.end)
        box = make_box(source, piece, face, style, x=0, y=0, width=_ENDLESS, whole_words=True)
        column = columns[cell.column]
        column.natural = max(column.natural, round(box.layout.maximumWidth()) + 2)
        column.least = max(column.least, min(round(box.layout.minimumWidth()) + 2, longest))
    return columns


def _share(columns: Sequence[_Column], style: PageStyle) -> list[int]:
    """Widths with padding: as the columns like them, else the least and a share of the rest, else cut words."""
    padding = 2 * _PADDING_X
    natural = [column.natural + padding for column in columns]
    least = [column.least + padding for column in columns]
    if sum(natural) <= style.column:
        return natural
    room = style.column if sum(least) <= style.column else style.room
    if sum(least) >= room:
        factor = room / sum(least)
        return [max(2 * padding // 3, int(width * factor)) for width in least]
    spare, wish = room - sum(least), sum(natural) - sum(least)
    return [low + int(spare * (high - low) / wish) for low, high in zip(least, natural, strict=True)]


def _smaller(face: Face) -> Face:
    font = QFont(face.font)
    font.setPixelSize(max(9, round(font.pixelSize() * 0.82)))
    return replace(face, font=font, pitch=round(face.pitch * 0.82))


def _limits(block: Block, edges: Sequence[int], *, mirrored: bool) -> tuple[int, int]:
    """Left and right edge of a cell, columns counted from the right in a mirrored table."""
    first = min(block.column, len(edges) - 2)
    last = min(block.column + max(1, block.column_span), len(edges) - 1)
    if mirrored:
        return edges[0] + edges[-1] - edges[last], edges[0] + edges[-1] - edges[first]
    return edges[first], edges[last]


def _cell_box(
    source: Source, cell: Piece, face: Face, style: PageStyle, edges: Sequence[int], *, mirrored: bool
) -> TextBox:
    left, right = _limits(cell.block, edges, mirrored=mirrored)
    width = max(12, right - left - 2 * _PADDING_X)
    return make_box(source, cell, face, style, x=left + _PADDING_X, y=0, width=width)


def _row_tops(cells: Sequence[Piece], boxes: Sequence[TextBox], y: int) -> dict[int, int]:
    """The height at which each row begins, and one more for the table's end."""
    first = cells[0].block.row
    last = max(cell.block.row for cell in cells)
    heights = dict.fromkeys(range(first, last + 1), 2 * _PADDING_Y)
    ordered = sorted(zip(cells, boxes, strict=True), key=lambda pair: pair[0].block.row_span)
    for cell, box in ordered:
        end = min(last, cell.block.row + max(1, cell.block.row_span) - 1)
        have = sum(heights[row] for row in range(cell.block.row, end + 1))
        heights[end] += max(0, box.height + 2 * _PADDING_Y - have)
    tops: dict[int, int] = {}
    for row in range(first, last + 1):
        tops[row] = y
        y += heights[row]
    tops[last + 1] = y
    return tops


def _put(
    page: Page,
    source: Source,
    cells: Sequence[Piece],
    boxes: Sequence[TextBox],
    tops: dict[int, int],
    edges: Sequence[int],
    *,
    mirrored: bool,
) -> None:
    end = max(tops)
    for cell, box in zip(cells, boxes, strict=True):
        block = cell.block
        left, right = _limits(block, edges, mirrored=mirrored)
        top = tops[block.row]
        bottom = tops[min(end, block.row + max(1, block.row_span))]
        page.grounds.append(
            Ground(QRect(left, top, right - left, bottom - top), "window" if block.header else "", "line")
        )
        box.y = top + _PADDING_Y
        page.boxes.append(box)
        span_grounds(page, source, box)
