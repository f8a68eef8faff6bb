"""Tables: columns that fit the page, rows as high as their tallest cell, every cell a box of its own.

One that does not fit with its words whole is seen through a window, behind which it slides.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from PySide6.QtCore import QRect

from reader.model.document import Block, BlockKind
from reader.model.parted import index_from
from reader.ui.reading.boxes import TextBox
from reader.ui.reading.build import Source, make_box, span_grounds
from reader.ui.reading.chunks import Piece
from reader.ui.reading.page import Ground, Page
from reader.ui.reading.style import CELL_PADDING, Face, PageStyle

_PADDING_Y = 6
_ENDLESS = 100_000
# Columns are measured on so many cells of the whole table, so that the parts of a long one agree.
_MEASURED_CELLS = 240
# A word (an address, mostly) wider than so many times the letters' size is cut rather than given the room.
_LONGEST_WORD = 8
# Widths of a column that slides, in letters' sizes: of words and short texts, and of texts longer than so many.
_COMFORTABLE = 14
_WIDE = 22
_LONG_TEXT = 42
# The first column stays in its place unless it takes more than this share of what is seen.
_MOST_FROZEN = 0.4


@dataclass(slots=True)
class _Column:
    """Pixels a column would like, and can make do with, without its padding."""

    natural: int = 0
    least: int = 0


_Placed = tuple[Piece, TextBox, QRect]


def place_table(page: Page, source: Source, pieces: Sequence[Piece], at: int, y: int, style: PageStyle) -> int:
    """Lay out the cells from `at` on that belong to one table; how many they are."""
    cells = _cells(pieces, at)
    face = style.face(BlockKind.TABLE_CELL)
    sample = _whole_table(source, cells[0].block)
    columns = _measure(source, sample, face, style)
    slides = sum(column.least + 2 * CELL_PADDING for column in columns) > style.room
    widths = _comfortable(columns, face) if slides else _share(columns, style)
    mirrored = _mirrored(source, sample)
    window = min(sum(widths), style.room)
    left = min(0, (style.column - window) // 2)
    edges = list(accumulate(widths, initial=left - (sum(widths) - window if mirrored else 0)))
    boxes = [_cell_box(source, cell, face, style, edges, mirrored=mirrored) for cell in cells]
    tops = _row_tops(cells, boxes, y)
    seen = QRect(left, y, window, max(tops.values()) - y)
    page.height = seen.bottom() + 1
    placed = [
        (cell, box, _cell_rect(cell, tops, edges, mirrored=mirrored)) for cell, box in zip(cells, boxes, strict=True)
    ]
    if slides:
        _put_sliding(page, source, placed, sample, seen, widths, mirrored=mirrored)
    else:
        _put(page, source, placed)
    return len(cells)


def _cells(pieces: Sequence[Piece], at: int) -> list[Piece]:
    table = pieces[at].block.table
    end = at
    while end < len(pieces) and pieces[end].block.kind == BlockKind.TABLE_CELL and pieces[end].block.table == table:
        end += 1
    return list(pieces[at:end])


def _whole_table(source: Source, cell: Block) -> list[Block]:
    """The first cells of the table that `cell` belongs to."""
    blocks = source.document.blocks
    at = index_from(blocks, cell.start)
    while at > 0 and blocks[at - 1].table == cell.table:
        at -= 1
    found: list[Block] = []
    while at < len(blocks) and blocks[at].table == cell.table and len(found) < _MEASURED_CELLS:
        found.append(blocks[at])
        at += 1
    return found


def _mirrored(source: Source, cells: Sequence[Block]) -> bool:
    """Whether the first column stands at the right: the document says so, or the first cell with words decides."""
    from reader.ui.reading.boxes import has_right_to_left, runs_right_to_left

    if cells[0].direction:
        return cells[0].direction == "rtl"
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
    padding = 2 * CELL_PADDING
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


def _comfortable(columns: Sequence[_Column], face: Face) -> list[int]:
    """Widths with padding where there is no need to fit: lines long enough to be read, wider for long texts."""
    size = face.font.pixelSize()
    widest = [size * (_WIDE if column.natural > _LONG_TEXT * size else _COMFORTABLE) for column in columns]
    return [
        2 * CELL_PADDING + min(column.natural, max(column.least, wide))
        for column, wide in zip(columns, widest, strict=True)
    ]


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
    width = max(12, right - left - 2 * CELL_PADDING)
    return make_box(source, cell, face, style, x=left + CELL_PADDING, y=0, width=width)


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


def _cell_rect(cell: Piece, tops: dict[int, int], edges: Sequence[int], *, mirrored: bool) -> QRect:
    block = cell.block
    left, right = _limits(block, edges, mirrored=mirrored)
    top = tops[block.row]
    bottom = tops[min(max(tops), block.row + max(1, block.row_span))]
    return QRect(left, top, right - left, bottom - top)


def _ground(cell: Piece, rect: QRect) -> Ground:
    return Ground(rect, "window" if cell.block.header else "", "line")


def _put(page: Page, source: Source, placed: Sequence[_Placed]) -> None:
    for cell, box, rect in placed:
        page.grounds.append(_ground(cell, rect))
        box.y = rect.top() + _PADDING_Y
        page.boxes.append(box)
        span_grounds(page, source, box)


def _put_sliding(
    page: Page,
    source: Source,
    placed: Sequence[_Placed],
    sample: Sequence[Block],
    seen: QRect,
    widths: Sequence[int],
    *,
    mirrored: bool,
) -> None:
    from reader.ui.reading.slide import BAR_ROOM, Slide

    alone = all(cell.column_span == 1 for cell in sample if cell.column == 0)
    frozen = widths[0] if alone and widths[0] <= _MOST_FROZEN * seen.width() else 0
    slide = Slide(placed[0][0].block.table, seen, sum(widths), frozen, mirrored)
    still, moving = Page(page.start, page.end), Page(page.start, page.end)
    for cell, box, rect in placed:
        _put(still if frozen and cell.block.column == 0 else moving, source, [(cell, box, rect)])
        page.boxes.append(box)
    slide.still, slide.moving = still.grounds, moving.grounds
    slide.take(moving.boxes)
    page.slides.append(slide)
    page.height += BAR_ROOM
