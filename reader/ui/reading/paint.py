"""Drawing what is visible, from back to front: grounds, marks, hits, selection, lines of the marks, text, signs."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QRegion, QTextLayout

from reader.ui.reading.base_flow import BaseFlow, Shown
from reader.ui.reading.box import Box
from reader.ui.reading.boxes import TextBox
from reader.ui.reading.marks import Mark, Marks, PageMarks, rects_on, visible_rects
from reader.ui.reading.page import Ground, Page, Picture
from reader.ui.reading.pictures import Pictures
from reader.ui.reading.signs import SIZE as SIGN_SIZE
from reader.ui.reading.signs import paint_line, paint_signs
from reader.ui.reading.style import PageStyle, format_range

_Written = list[tuple[QRegion, str]]

_LINE = 2
_LEVEL_STEP = 3
_DOT = 6
_FADED = 0.45
_WHITE_PAPER = QColor("#f3f2ee")
# Images so many pixels beyond what is painted are decoded before they are seen.
_AHEAD = 900


@dataclass(slots=True)
class Scene:
    """What the pane shows beside the text itself. Positions are code points, ends exclusive.

    `hits` are sorted and do not overlap. `flash` is a stretch with its strength from 1 to 0. `outlined` is one that
    something is asked about. `caret` is a position, None while it is not drawn.
    """

    marks: Marks = field(default_factory=Marks)
    pictures: Pictures = field(default_factory=lambda: Pictures(lambda _: b""))
    selection: tuple[int, int] | None = None
    hits: Sequence[tuple[int, int]] = ()
    current_hit: tuple[int, int] | None = None
    flash: tuple[int, int, float] | None = None
    outlined: tuple[int, int] | None = None
    current_mark: str | None = None
    caret: int | None = None
    kicker: str = ""


def paint(painter: QPainter, clip: QRect, height: int, flow: BaseFlow, scene: Scene) -> None:
    """Draw the part `clip` of a viewport of `height` pixels."""
    style = flow.style
    painter.fillRect(clip, style.color("paper"))
    for shown in flow.shown(height):
        local = clip.translated(-shown.x, -shown.y)
        if shown.index == 0 and scene.kicker:
            from_right = bool(shown.page.boxes) and shown.page.boxes[0].right_to_left
            paint_kicker(painter, style, shown.y, scene.kicker, right_to_left=from_right)
        if local.bottom() >= 0 and local.top() < shown.page.height:
            painter.translate(shown.x, shown.y)
            _paint_page(painter, local, shown, style, scene)
            painter.translate(-shown.x, -shown.y)


def paint_kicker(painter: QPainter, style: PageStyle, y: int, text: str, *, right_to_left: bool) -> None:
    """The small muted line above the title, on its side; it ends `y` pixels below the viewport's top."""
    face = style.small()
    painter.setFont(face.font)
    painter.setPen(style.color("muted"))
    rect = QRect(style.left, y - face.pitch - style.gap // 2, style.column, face.pitch)
    shown = painter.fontMetrics().elidedText(text.upper(), Qt.TextElideMode.ElideRight, rect.width())
    edge = Qt.AlignmentFlag.AlignRight if right_to_left else Qt.AlignmentFlag.AlignLeft
    painter.drawText(rect, edge | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter, shown)


def _paint_page(painter: QPainter, clip: QRect, shown: Shown, style: PageStyle, scene: Scene) -> None:
    page = shown.page
    _paint_grounds(painter, clip, page, style)
    _paint_pictures(painter, clip, page, style, scene.pictures)
    boxes = [box for box in page.boxes if box.y <= clip.bottom() and box.y + box.height > clip.top()]
    if not boxes:
        return
    start, end = _seen(boxes, clip)
    marks = scene.marks.on(shown.index, page)
    seen = [(m, level) for m, level in zip(marks.marks, marks.levels, strict=True) if m.start < end and m.end > start]
    _paint_mark_grounds(painter, marks, seen, style)
    _paint_hits(painter, page, start, end, style, scene)
    _paint_flash(painter, page, style, scene)
    if scene.selection:
        _fill(painter, rects_on(page, *_common(scene.selection, start, end)), style.color("selection"))
    _paint_mark_lines(painter, marks, seen, style, scene.current_mark)
    _paint_text(
        painter, clip, [b for b in boxes if isinstance(b, TextBox)], style, _written(page, clip, start, end, scene)
    )
    _paint_markers(painter, clip, page, style)
    _paint_outline(painter, page, style, scene)
    for mark, _level in seen:
        if (mark.note or mark.was) and mark.end <= page.end:
            first, last = page.hidden.trimmed(mark.start, mark.end)
            if first < last:
                _paint_signs(painter, page, last, mark, style.ink(mark.color))
    if scene.caret is not None and start <= scene.caret <= end:
        _paint_caret(painter, page, scene.caret, style)


def _seen(boxes: Sequence[Box], clip: QRect) -> tuple[int, int]:
    """The stretch of text in the clipped lines: marks beside it cost nothing, in a long paragraph either."""
    first, last = boxes[0], boxes[-1]
    return first.line_start_at(clip.top()), last.line_end_at(clip.bottom())


def _common(stretch: tuple[int, int], start: int, end: int) -> tuple[int, int]:
    return max(stretch[0], start), min(stretch[1], end)


def _fill(painter: QPainter, rects: Sequence[QRect], color: QColor) -> None:
    for rect in rects:
        painter.fillRect(rect, color)


def _paint_grounds(painter: QPainter, clip: QRect, page: Page, style: PageStyle) -> None:
    paint_grounds(painter, clip, page.grounds, style)
    if page.slides:
        from reader.ui.reading.slide_paint import paint_slide

        for slide in page.slides:
            paint_slide(painter, clip, slide, style)
    for bar in page.bars:
        for y in range(max(bar.top, clip.top() - clip.top() % _DOT), min(bar.bottom, clip.bottom()), _DOT):
            painter.fillRect(QRect(bar.x, y, 2, 2), style.color("control"))


def paint_grounds(painter: QPainter, clip: QRect, grounds: Sequence[Ground], style: PageStyle) -> None:
    """Fill and outline the rectangles that meet `clip`."""
    for ground in grounds:
        if not ground.rect.intersects(clip):
            continue
        if ground.fill:
            painter.fillRect(ground.rect, style.color(ground.fill))
        if ground.border:
            painter.setPen(QPen(style.color(ground.border), 1))
            painter.drawRect(ground.rect)


def _paint_pictures(painter: QPainter, clip: QRect, page: Page, style: PageStyle, pictures: Pictures) -> None:
    near = clip.adjusted(0, -_AHEAD, 0, _AHEAD)
    for picture in page.pictures:
        if not picture.rect.intersects(near):
            continue
        ratio, size = painter.device().devicePixelRatio(), picture.rect.size()
        if not picture.rect.intersects(clip):
            if picture.found:
                pictures.prepare(picture.asset, size, ratio)
            continue
        pixmap = pictures.pixmap(picture.asset, size, ratio) if picture.found else None
        if pixmap:
            painter.setOpacity(_FADED if picture.faded else 1.0)
            if style.theme.dark and pixmap.hasAlpha():
                # Black lines on nothing are drawn for white paper.
                painter.fillRect(picture.rect, _WHITE_PAPER)
            painter.drawPixmap(picture.rect.topLeft(), pixmap)
            painter.setOpacity(1.0)
        elif picture.found and pictures.waits_for(picture.asset, size, ratio):
            painter.fillRect(picture.rect, style.color("window"))
        else:
            _paint_placeholder(painter, picture, style)


def _paint_placeholder(painter: QPainter, picture: Picture, style: PageStyle) -> None:
    painter.setPen(QPen(style.color("control"), 1, Qt.PenStyle.DashLine))
    painter.drawRect(picture.rect.adjusted(0, 0, -1, -1))
    painter.setPen(style.color("muted"))
    painter.setFont(style.small().font)
    painter.drawText(picture.rect, Qt.AlignmentFlag.AlignCenter, "Picture not available")


def _paint_mark_grounds(
    painter: QPainter, marks: PageMarks, seen: Sequence[tuple[Mark, int]], style: PageStyle
) -> None:
    for mark, _level in seen:
        if not mark.underline:
            _fill(painter, marks.rects(mark), style.ground(mark.color))


def _paint_mark_lines(
    painter: QPainter, marks: PageMarks, seen: Sequence[tuple[Mark, int]], style: PageStyle, current: str | None
) -> None:
    for mark, level in seen:
        ink = style.ink(mark.color)
        for rect in marks.rects(mark):
            paint_line(painter, line_under(rect, level), ink, broken=bool(mark.was))
            if mark.uid == current:
                painter.setPen(QPen(ink, 1))
                painter.drawRect(rect.adjusted(0, 0, -1, -1))


def line_under(rect: QRect, level: int) -> QRect:
    """The line of a mark: at the foot of its rectangle, higher where it lies on others."""
    return QRect(rect.left(), rect.bottom() + 1 - _LINE - level * _LEVEL_STEP, rect.width(), _LINE)


def _paint_hits(painter: QPainter, page: Page, start: int, end: int, style: PageStyle, scene: Scene) -> None:
    for hit in hits_between(scene.hits, start, end):
        name = "find_current" if hit == scene.current_hit else "find"
        _fill(painter, visible_rects(page, *hit), style.color(name))


def hits_between(hits: Sequence[tuple[int, int]], start: int, end: int) -> Iterator[tuple[int, int]]:
    """The hits that share code points with `start..end`."""
    at = bisect_left(hits, (start, start))
    at -= at > 0 and hits[at - 1][1] > start
    while at < len(hits) and hits[at][0] < end:
        yield hits[at]
        at += 1


def _paint_flash(painter: QPainter, page: Page, style: PageStyle, scene: Scene) -> None:
    if scene.flash and scene.flash[0] <= page.end and scene.flash[1] >= page.start:
        start, end, strength = scene.flash
        color = QColor(style.color("accent"))
        color.setAlphaF(0.45 * strength)
        _fill(painter, rects_on(page, start, end), color)


def _paint_outline(painter: QPainter, page: Page, style: PageStyle, scene: Scene) -> None:
    """A frame around all lines of what is asked about."""
    if not scene.outlined:
        return
    start, end = scene.outlined
    frame = QRect()
    for rect in visible_rects(page, start, end):
        frame |= rect
    if frame.isNull():
        return
    painter.setPen(QPen(style.color("accent"), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(frame.adjusted(-5, -2, 4, 1))


def _paint_text(painter: QPainter, clip: QRect, boxes: Sequence[TextBox], style: PageStyle, written: _Written) -> None:
    """The text in its own colours, and what is `written` over grounds of their own in theirs.

    Each is cut out by a region. Qt could do it by formats over parts of a layout, but subtracts paths for it, and
    where edges coincide leaves parts in the wrong colour.
    """
    rest = QRegion(clip)
    for region, name in written:
        rest -= region
        painter.save()
        painter.setClipRegion(region, Qt.ClipOperation.IntersectClip)
        painter.setPen(style.color(name))
        for box in boxes:
            if region.intersects(QRect(box.x, box.y, max(box.width, style.column), box.height)):
                every = format_range(0, box.to_layout(box.end), style.written_in(name))
                _draw(painter, box, clip, [every])
        painter.restore()
    painter.save()
    if written:
        painter.setClipRegion(rest, Qt.ClipOperation.IntersectClip)
    painter.setPen(style.color("text"))
    for box in boxes:
        _draw(painter, box, clip, [])
    painter.restore()


def _draw(painter: QPainter, box: TextBox, clip: QRect, formats: list[QTextLayout.FormatRange]) -> None:
    if box.clip is None:
        box.layout.draw(painter, QPointF(box.x, box.y), formats, QRectF(clip))
        return
    left, right = box.clip
    if box.x > right or box.x + box.width <= left:
        return
    painter.save()
    painter.setClipRect(QRect(left, box.y, right - left + 1, box.height), Qt.ClipOperation.IntersectClip)
    box.layout.draw(painter, QPointF(box.x, box.y), formats)
    painter.restore()


def _written(page: Page, clip: QRect, start: int, end: int, scene: Scene) -> _Written:
    """The parts of the page, within `clip`, whose text has another colour, and the names of these colours."""
    stretches = [(stretch, "find_current_text") for stretch in _outside(scene.current_hit, scene.selection)]
    if scene.selection:
        stretches.append((scene.selection, "selection_text"))
    found: _Written = []
    for stretch, name in stretches:
        low, high = _common(stretch, start, end)
        region = QRegion()
        for rect in rects_on(page, low, high) if low < high else ():
            region += rect.intersected(clip)
        if not region.isEmpty():
            found.append((region, name))
    return found


def _outside(stretch: tuple[int, int] | None, hole: tuple[int, int] | None) -> list[tuple[int, int]]:
    """What of a stretch lies outside another."""
    if stretch is None or hole is None or hole[1] <= stretch[0] or stretch[1] <= hole[0]:
        return [stretch] if stretch else []
    return [(stretch[0], hole[0]), (hole[1], stretch[1])]


def _paint_markers(painter: QPainter, clip: QRect, page: Page, style: PageStyle) -> None:
    painter.setPen(style.color("muted"))
    gap = style.size // 2
    for marker in page.markers:
        if not marker.rect.intersects(clip):
            continue
        painter.setFont(marker.font)
        edge = Qt.AlignmentFlag.AlignLeft if marker.right_to_left else Qt.AlignmentFlag.AlignRight
        rect = marker.rect.adjusted(gap, 0, 0, 0) if marker.right_to_left else marker.rect.adjusted(0, 0, -gap, 0)
        painter.drawText(rect, edge | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute, marker.text)


def _paint_signs(painter: QPainter, page: Page, end: int, mark: Mark, ink: QColor) -> None:
    """A small pen above the end of a mark that has a note, a question mark where its words are others now."""
    box = page.box_of(end - 1)
    rects = box.rects(end - 1, end) if box else []
    if box is None or not rects:
        return
    backward = box.caret(end - 1).left() > rects[-1].center().x()
    count = bool(mark.note) + bool(mark.was)
    x = rects[0].left() - count * (SIGN_SIZE + 2.0) if backward else rects[-1].right() + 2.0
    paint_signs(painter, x, rects[-1].top() + 3.0, ink, note=bool(mark.note), changed=bool(mark.was))


def _paint_caret(painter: QPainter, page: Page, position: int, style: PageStyle) -> None:
    box = page.box_of(position)
    if box is not None and box.start <= position <= box.end:
        rect = box.caret(position)
        if box.clip and not box.clip[0] <= rect.left() <= box.clip[1]:
            return
        painter.fillRect(rect, style.color("text"))
