"""Hidden text: a sign in a block of which a part is hidden, one thin line for blocks that are hidden whole."""

from bisect import bisect_right
from collections.abc import Sequence

from PySide6.QtGui import QTextLayout

from reader.model.document import BlockKind
from reader.model.parted import index_from
from reader.text.offsets import Utf16Map
from reader.ui.reading.boxes import TextBox, lay_out, runs_right_to_left
from reader.ui.reading.build import Source
from reader.ui.reading.chunks import Piece
from reader.ui.reading.page import Page
from reader.ui.reading.stretches import Stretch
from reader.ui.reading.style import PageStyle, format_range

SIGN = "⋯"
# Paragraphs of plain text are looked for on demand: in a longer stretch they are not counted.
_COUNTED = 100_000


class FoldedMap:
    """As `Utf16Map`, between code points of a text and units of what is drawn: each fold is drawn as a sign.

    All positions inside a fold are its beginning, and a unit within its sign is the end that is nearer.
    """

    __slots__ = ("_ends", "_map", "_shown", "_sign", "_starts", "text")

    def __init__(self, text: str, folds: Sequence[Stretch], sign: str = SIGN) -> None:
        self._sign = len(sign)
        self._starts = [start for start, _end in folds]
        self._ends = [end for _start, end in folds]
        self._shown: list[int] = []
        parts: list[str] = []
        done = length = 0
        for start, end in folds:
            self._shown.append(length + start - done)
            parts += (text[done:start], sign)
            length += start - done + len(sign)
            done = end
        parts.append(text[done:])
        self.text = "".join(parts)
        self._map = Utf16Map(self.text)

    def to_utf16(self, code_point: int) -> int:
        """The unit where the code point of this index is drawn."""
        at = bisect_right(self._starts, code_point) - 1
        if at < 0:
            return self._map.to_utf16(code_point)
        if code_point < self._ends[at]:
            return self._map.to_utf16(self._shown[at])
        return self._map.to_utf16(self._shown[at] + self._sign + code_point - self._ends[at])

    def to_code_point(self, utf16: int) -> int:
        """The index of the code point that is drawn at this unit."""
        place = self._map.to_code_point(utf16)
        at = bisect_right(self._shown, place) - 1
        if at < 0:
            return place
        into = place - self._shown[at]
        if into < self._sign:
            return self._starts[at] if 2 * into < self._sign else self._ends[at]
        return self._ends[at] + into - self._sign


def hidden_run(source: Source, pieces: Sequence[Piece], at: int) -> int:
    """How many pieces from `at` on are hidden with their whole blocks; a table only if all of it is."""
    end = at
    while end < len(pieces) and _is_hidden(source, pieces[end]):
        after = _after_table(pieces, end)
        if not all(_is_hidden(source, piece) for piece in pieces[end:after]):
            break
        end = after
    return end - at


def place_fold(page: Page, source: Source, pieces: Sequence[Piece], y: int, gap: int, style: PageStyle) -> None:
    """Put one line in the place of hidden `pieces`, `gap` below `y`; nothing where an earlier chunk has the line."""
    start, end = pieces[0].start, pieces[-1].end
    stretch = source.hidden.at(start) or (start, end)
    told = stretch[0] >= page.start
    box = _line(source, stretch, start, end, y + gap, style) if told else _nothing(start, end, y)
    page.boxes.append(box)
    page.height = box.y + box.height


def _is_hidden(source: Source, piece: Piece) -> bool:
    return source.hidden.around(piece.block.start, piece.block.end) is not None


def _after_table(pieces: Sequence[Piece], at: int) -> int:
    """Behind the table that begins at `at`, or behind the one piece that stands there."""
    table, end = pieces[at].block.table, at + 1
    if pieces[at].block.kind == BlockKind.TABLE_CELL:
        while end < len(pieces) and pieces[end].block.table == table:
            end += 1
    return end


def _line(source: Source, stretch: Stretch, start: int, end: int, y: int, style: PageStyle) -> TextBox:
    hidden = source.document.text[start:end]
    face = style.face(BlockKind.FIGURE)
    label = f"{SIGN} {_count(source, stretch)} hidden"
    folded = FoldedMap(hidden, [(0, len(hidden))], label)
    right_to_left = runs_right_to_left(hidden[:200])
    muted = format_range(0, len(label), style.written_in("muted"))
    option = style.option(right_to_left=right_to_left)
    layout, starts, tops, height = lay_out(label, face, option, style.column, [muted])
    return TextBox(
        start, end, start, end, layout, folded, 0, y, style.column, height, starts, tops, right_to_left, False, True
    )


def _nothing(start: int, end: int, y: int) -> TextBox:
    return TextBox(start, end, start, end, QTextLayout(), Utf16Map(""), 0, y, 0, 0, [0], [0], False, False, True)


def _count(source: Source, stretch: Stretch) -> str:
    """What is hidden in a stretch, in words."""
    count = _paragraphs(source, stretch)
    if count == 0:
        return "A long passage"
    return "1 paragraph" if count == 1 else f"{count} paragraphs"


def _paragraphs(source: Source, stretch: Stretch) -> int:
    """The blocks that lie wholly in a stretch; 0 where it is too long to be looked through."""
    document, (start, end) = source.document, stretch
    if document.is_plain:
        if end - start > _COUNTED:
            return 0
        from reader.text import plain

        found = plain.blocks(document.text, start, end, hard_wrapped=document.hard_wrapped)
    else:
        found = document.blocks[index_from(document.blocks, start) : index_from(document.blocks, end)]
    return max(1, sum(start <= block.start and block.end <= end for block in found))
