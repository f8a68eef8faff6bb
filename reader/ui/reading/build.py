"""From the pieces of a chunk to a page: where each block stands and what is drawn around it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QTextLayout

from reader.model.document import BlockKind, Document, Span, SpanKind
from reader.text.offsets import Utf16Map
from reader.ui.reading.boxes import Offsets, TextBox, drawable, has_right_to_left, lay_out, runs_right_to_left
from reader.ui.reading.chunks import Chunks, Piece
from reader.ui.reading.intervals import Intervals, PartedIntervals, intervals_of
from reader.ui.reading.page import Bar, Ground, Marker, Page, Picture
from reader.ui.reading.stretches import Stretch, Stretches
from reader.ui.reading.style import Face, PageStyle, format_range

_CODE_PADDING = 12
_QUOTE_BAR = 3
_PLACEHOLDER_HEIGHT = 72
_HIGHEST_PICTURE = 0.9
_SHORT_LINE = 100
_BAR_GAP = 10


@dataclass(frozen=True, slots=True)
class Source:
    """What pages are built from: the document, its spans by place, the size of an image (empty: not there)."""

    document: Document
    chunks: Chunks
    spans: Intervals[Span] | PartedIntervals[Span]
    picture_size: Callable[[str], QSize]
    hidden: Stretches = field(default_factory=Stretches)
    faded: Stretches = field(default_factory=Stretches)


def make_source(document: Document, picture_size: Callable[[str], QSize]) -> Source:
    return Source(document, Chunks(document), intervals_of(document.spans), picture_size)


def build_page(source: Source, index: int, style: PageStyle) -> Page:
    """Lay out chunk `index`."""
    page = Page(source.chunks.start(index), source.chunks.end(index), source.hidden)
    pieces = source.chunks.pieces(index)
    y, previous = 0, None
    at = 0
    while at < len(pieces):
        piece = pieces[at]
        if source.hidden and (count := _fold(page, source, pieces, at, y, previous, style)):
            at += count
            y, previous = page.height, pieces[at - 1] if page.height else None
            continue
        y += _gap(previous, piece, style) if previous or not piece.continues else 0
        count = _place(page, source, pieces, at, y, style)
        _quote_bars(page, previous, piece, y, style)
        if source.faded:
            _fade_bars(page, source, pieces[at : at + count], style)
        at += count
        y, previous = page.height, pieces[at - 1]
    if previous and source.chunks.end(index) > previous.block.end:
        page.height += _gap_after(previous, style)
    return page


def _fold(
    page: Page, source: Source, pieces: Sequence[Piece], at: int, y: int, previous: Piece | None, style: PageStyle
) -> int:
    """Put one line in the place of the pieces from `at` on that are hidden; how many they are."""
    from reader.ui.reading.folds import hidden_run, place_fold

    count = hidden_run(source, pieces, at)
    if count:
        gap = style.gap if previous or pieces[at].start > 0 else 0
        place_fold(page, source, pieces[at : at + count], y, gap, style)
    return count


def _place(page: Page, source: Source, pieces: Sequence[Piece], at: int, y: int, style: PageStyle) -> int:
    """Put one block, or one table, at height `y`; the number of pieces used."""
    piece = pieces[at]
    kind = piece.block.kind
    if kind == BlockKind.TABLE_CELL:
        from reader.ui.reading.tables import place_table

        return place_table(page, source, pieces, at, y, style)
    if kind == BlockKind.RULE:
        _place_rule(page, y, style)
    elif kind == BlockKind.FIGURE:
        _place_figure(page, source, piece, y, style)
    elif kind == BlockKind.CODE:
        _place_code(page, source, piece, y, style)
    else:
        _place_text(page, source, piece, y, style)
    return 1


# Takes no room, and no line ends at it: word joiner.
_NOTHING = "\u2060"


def make_box(
    source: Source,
    piece: Piece,
    face: Face,
    style: PageStyle,
    *,
    x: int,
    y: int,
    width: int,
    whole_words: bool = False,
) -> TextBox:
    """Lay out a piece's text in `width` pixels at `x`, `y` of the chunk."""
    text, offsets = _shown(source, piece)
    bidi = has_right_to_left(text)
    direction = piece.block.direction
    rtl = direction == "rtl" or (not direction and bidi and runs_right_to_left(text))
    code = piece.block.kind == BlockKind.CODE
    if piece.wrapped and source.document.sheets:
        from reader.text.joining import joined_in_place

        text = joined_in_place(text, _NOTHING)
    shown = drawable(text, wrapped=piece.wrapped)
    formats = _formats(source, piece, offsets, face, style)
    option = style.option(right_to_left=rtl, anywhere=code, whole_words=whole_words)
    layout, starts, tops, height = lay_out(shown, face, option, width, formats)
    block, mixed = piece.block, bidi or rtl
    return TextBox(
        piece.start, piece.end, block.start, block.end, layout, offsets, x, y, width, height, starts, tops, rtl, mixed
    )


def _shown(source: Source, piece: Piece) -> tuple[str, Offsets]:
    """A piece's text without what is hidden of it, and where the code points of all of it are."""
    text = source.document.text[piece.start : piece.end]
    if source.hidden and (hidden := source.hidden.within(piece.start, piece.end)):
        from reader.ui.reading.folds import FoldedMap

        folded = FoldedMap(text, [(start - piece.start, end - piece.start) for start, end in hidden])
        return folded.text, folded
    return text, Utf16Map(text)


def _formats(
    source: Source, piece: Piece, offsets: Offsets, face: Face, style: PageStyle
) -> list[QTextLayout.FormatRange]:
    made: list[QTextLayout.FormatRange] = []
    size = face.font.pixelSize()
    for span in source.spans.overlapping(piece.start, piece.end):
        if span.kind in (SpanKind.MARK, SpanKind.LANGUAGE):
            continue
        start = offsets.to_utf16(max(span.start, piece.start) - piece.start)
        end = offsets.to_utf16(min(span.end, piece.end) - piece.start)
        made.append(format_range(start, end - start, style.format(span.kind, size)))
    if piece.block.header:
        made.insert(0, format_range(0, offsets.to_utf16(piece.end - piece.start), style.format(SpanKind.BOLD, size)))
    for low, high in _muted(source, piece):
        start, end = offsets.to_utf16(low - piece.start), offsets.to_utf16(high - piece.start)
        made.append(format_range(start, end - start, style.written_in("muted")))
    return made


def _muted(source: Source, piece: Piece) -> list[Stretch]:
    """The parts of a piece in the muted colour: what is faded, and the signs of what is hidden."""
    muted = source.faded.within(piece.start, piece.end) if source.faded else []
    return [*muted, *source.hidden.within(piece.start, piece.end)] if source.hidden else muted


def span_grounds(page: Page, source: Source, box: TextBox) -> None:
    """The quiet grounds of inline code and of text that was marked in the original."""
    for span in source.spans.overlapping(box.start, box.end):
        if span.kind in (SpanKind.CODE, SpanKind.MARK):
            fill = "window" if span.kind == SpanKind.CODE else "selected"
            page.grounds += [Ground(rect.adjusted(-1, 3, 1, -3), fill) for rect in box.rects(span.start, span.end)]


def _place_text(page: Page, source: Source, piece: Piece, y: int, style: PageStyle) -> None:
    block = piece.block
    face = style.face(block.kind, block.level)
    quote = _quote_inset(block.quote_depth or (block.kind == BlockKind.QUOTE), style)
    hanging = block.kind in (BlockKind.LIST_ITEM, BlockKind.FOOTNOTE)
    inset = quote + (style.indent * max(1, block.level) if hanging else 0)
    inset = min(inset, style.column // 2)
    box = make_box(source, piece, face, style, x=inset, y=y, width=style.column - inset)
    if box.right_to_left:
        box.x = 0
    page.boxes.append(box)
    page.height = y + box.height
    span_grounds(page, source, box)
    if hanging and block.number and not piece.continues:
        room = round(style.indent * 1.5)
        left = box.width if box.right_to_left else box.x - room
        rect = QRect(left, y, room, box.line_bottom(0))
        page.markers.append(Marker(rect, block.number, face.font, box.right_to_left))


def _place_code(page: Page, source: Source, piece: Piece, y: int, style: PageStyle) -> None:
    inset = _quote_inset(piece.block.quote_depth, style)
    width = style.column - inset
    above = 0 if piece.continues else _CODE_PADDING
    below = _CODE_PADDING if piece.end == piece.block.end else 0
    face = style.face(BlockKind.CODE)
    box = make_box(
        source, piece, face, style, x=inset + _CODE_PADDING, y=y + above, width=max(40, width - 2 * _CODE_PADDING)
    )
    page.boxes.append(box)
    page.height = y + above + box.height + below
    page.grounds.append(Ground(QRect(inset, y, width, page.height - y), "window"))


def _place_rule(page: Page, y: int, style: PageStyle) -> None:
    inset = style.column // 3
    page.grounds.append(Ground(QRect(inset, y + style.gap // 2, style.column - 2 * inset, 1), "control"))
    page.height = y + style.gap


def _place_figure(page: Page, source: Source, piece: Piece, y: int, style: PageStyle) -> None:
    natural = source.picture_size(piece.block.asset) if piece.block.asset else QSize()
    size = _fitted(natural, style)
    rect = QRect((style.column - size.width()) // 2, y, size.width(), size.height())
    faded = bool(source.faded) and source.faded.around(piece.start, piece.end) is not None
    page.pictures.append(Picture(rect, piece.block.asset, not natural.isEmpty(), faded))
    page.height = y + size.height()
    if piece.end > piece.start:
        face = style.face(BlockKind.FIGURE)
        box = make_box(source, piece, face, style, x=0, y=page.height + style.gap // 3, width=style.column)
        page.boxes.append(box)
        page.height = box.y + box.height


def _fitted(natural: QSize, style: PageStyle) -> QSize:
    """The image's size on the page: never wider than the column, never enlarged but by the user's zoom."""
    if natural.isEmpty():
        return QSize(style.column, _PLACEHOLDER_HEIGHT)
    wanted = natural * style.typography.zoom
    limit = QSize(style.column, max(120, round(style.column * _HIGHEST_PICTURE * 1.4)))
    if wanted.width() <= limit.width() and wanted.height() <= limit.height():
        return wanted
    factor = min(limit.width() / wanted.width(), limit.height() / wanted.height())
    return QSize(max(1, round(wanted.width() * factor)), max(1, round(wanted.height() * factor)))


def _quote_inset(depth: int, style: PageStyle) -> int:
    return min(round(style.indent * 0.85) * int(depth), style.column // 3)


def _depth(piece: Piece) -> int:
    return piece.block.quote_depth or int(piece.block.kind == BlockKind.QUOTE)


def _quote_bars(page: Page, previous: Piece | None, piece: Piece, y: int, style: PageStyle) -> None:
    """A bar beside a quotation for each level, without a gap between its paragraphs."""
    step = round(style.indent * 0.85)
    right_to_left = bool(page.boxes) and page.boxes[-1].right_to_left
    for level in range(_depth(piece)):
        joined = previous is not None and _depth(previous) > level
        top = y - (_gap(previous, piece, style) if joined else 0)
        left = min(level * step, style.column // 3)
        left = style.column - left - _QUOTE_BAR if right_to_left else left
        page.grounds.append(Ground(QRect(left, top, _QUOTE_BAR, page.height - top), "control"))


def _fade_bars(page: Page, source: Source, pieces: Sequence[Piece], style: PageStyle) -> None:
    """A dotted bar beside what is faded, through the gaps between its paragraphs too."""
    for low, high in source.faded.within(pieces[0].start, pieces[-1].end):
        rects = [rect for box in page.boxes_in(low, high) for rect in box.rects(low, high)]
        if not rects:
            continue
        top, bottom = min(rect.top() for rect in rects), max(rect.bottom() for rect in rects)
        box = page.box_of(low)
        x = style.column + _BAR_GAP if box and box.right_to_left else -_BAR_GAP
        last = page.bars[-1] if page.bars else None
        if last and last.stretch == source.faded.at(low) and last.x == x:
            page.bars[-1] = Bar(x, last.top, bottom, last.stretch)
        else:
            page.bars.append(Bar(x, top, bottom, source.faded.at(low) or (low, high)))


def _gap_after(piece: Piece, style: PageStyle) -> int:
    """What stands below a chunk's last block; the next chunk's first block adds only what is its own."""
    return 0 if piece.end < piece.block.end else round(style.gap * 0.2)


def _gap_of_lines(previous: Piece | None, piece: Piece, style: PageStyle) -> int:
    """Pixels between lines of plain text that no blank line separates: long ones are paragraphs, short ones verse."""
    if piece.wrapped or piece.block.kind == BlockKind.CODE:
        return 0
    length = max(piece.end - piece.start, previous.end - previous.start if previous else 0)
    return style.gap if length > _SHORT_LINE else round(style.gap * 0.4)


def _gap(previous: Piece | None, piece: Piece, style: PageStyle) -> int:
    """Pixels between two neighbours; `previous` is None at a chunk's start."""
    kind, gap = piece.block.kind, style.gap
    if piece.continues:
        return 0
    if piece.tight:
        return _gap_of_lines(previous, piece, style)
    if previous is None and piece.start == 0:
        return 0
    if kind == BlockKind.HEADING:
        before_heading = previous is not None and previous.block.kind == BlockKind.HEADING
        return round(gap * (0.5 if before_heading else (2.0, 1.9, 1.6)[min(piece.block.level, 3) - 1]))
    if previous is None:
        return gap
    was = previous.block.kind
    if was == BlockKind.HEADING:
        return round(gap * 0.7)
    if kind == was and kind in (BlockKind.LIST_ITEM, BlockKind.FOOTNOTE):
        return round(gap * 0.4)
    return gap
