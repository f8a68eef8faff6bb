"""Drawing pages of fixed form: the sheet, its picture, and over it what the reader has done with its text.

Text is part of the picture here: a mark is laid over it so that it shows through, selected text is turned round.
"""

from functools import cache

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QRegion

from reader.ui.reading.marks import Mark
from reader.ui.reading.pages.line_box import LineBox
from reader.ui.reading.pages.page_flow import PageFlow
from reader.ui.reading.pages.recolour import paper
from reader.ui.reading.pages.sheets import SheetPage
from reader.ui.reading.pages.stage import Stage, wanted_of
from reader.ui.reading.paint import Scene, hits_between
from reader.ui.reading.signs import paint_line, paint_pen, paint_signs
from reader.ui.reading.style import PageStyle

_MODE = QPainter.CompositionMode
_LINE = 2
_LEVEL_STEP = 3
_SHADOW = (28, 15, 6)
_VEIL = 0.8
AGAIN = "Try again"
_BUTTON_WIDTH = 120

Lined = tuple[QRect, int]


def paint_sheets(painter: QPainter, clip: QRect, height: int, flow: PageFlow, scene: Scene, stage: Stage) -> None:
    """Draw the part `clip` of a viewport of `height` pixels."""
    pages = [(index, flow.page_rect(index)) for index in flow.pages_between(0, height)]
    around = QRegion(clip)
    for _index, sheet in pages:
        around -= sheet
    _fill(painter, around, flow.style.color("window"))
    ratio = painter.device().devicePixelRatio()
    for index, sheet in pages:
        if not sheet.adjusted(-4, -4, 4, 4).intersects(clip):
            continue
        wanted = wanted_of(flow, index, clip, ratio)
        _paint_sheet(painter, sheet, flow.style, bare=not stage.tiles.is_sharp(wanted))
        stage.tiles.draw(painter, wanted, sheet)
        if trouble := stage.tiles.trouble(index):
            _paint_trouble(painter, sheet, trouble, flow.style)
        if _is_bare(flow, index, scene):
            continue
        painter.save()
        painter.setClipRect(sheet, Qt.ClipOperation.IntersectClip)
        painter.translate(sheet.topLeft())
        _paint_over(painter, clip.translated(-sheet.topLeft()), flow.page(index), flow.style, scene)
        painter.restore()


def _is_bare(flow: PageFlow, index: int, scene: Scene) -> bool:
    """Whether there is nothing to paint over a page's picture: then its lines need not be laid out."""
    start, end = flow.chunks.start(index), max(flow.chunks.end(index), flow.chunks.start(index) + 1)
    stretches = (scene.selection, scene.current_hit, scene.flash)
    if any(stretch and stretch[0] <= end and stretch[1] >= start for stretch in stretches):
        return False
    if scene.caret is not None and start <= scene.caret <= end:
        return False
    if scene.marks.areas(index) or scene.marks.overlapping(start, end) or flow.source.hidden.within(start, end):
        return False
    return not any(True for _hit in hits_between(scene.hits, start, end))


def again_rect(sheet: QRect) -> QRect:
    """Where "Try again" stands on a page that could not be drawn."""
    middle = sheet.top() + min(sheet.height() // 3, 220)
    return QRect(sheet.center().x() - _BUTTON_WIDTH // 2, middle + 44, _BUTTON_WIDTH, 30)


def lined(page: SheetPage, start: int, end: int) -> list[Lined]:
    """Rectangles of a stretch on a page, each with the side where its line is: 0 below, 1 left, 2 above, 3 right."""
    key = max(start, page.start), min(end, page.end)
    found = page.lined.get(key)
    if found is None:
        boxes = [box for box in page.boxes_in(*key) if isinstance(box, LineBox)]
        found = page.lined[key] = [(rect, box.foot) for box in boxes for rect in box.rects(*key)]
    return found


def _region(rects: list[Lined]) -> QRegion:
    """Without overlaps: what is laid over the page twice would be seen."""
    region = QRegion()
    for rect, _side in rects:
        region += rect
    return region


@cache
def _shadow() -> tuple[QPen, ...]:
    return tuple(QPen(QColor(0, 0, 0, alpha)) for alpha in _SHADOW)


def _paint_sheet(painter: QPainter, sheet: QRect, style: PageStyle, *, bare: bool) -> None:
    """A page's shadow, and its paper unless the picture covers all of it."""
    for step, pen in enumerate(_shadow(), 1):
        painter.setPen(pen)
        painter.drawRect(sheet.adjusted(-step, 1 - step, step - 1, step))
    if bare:
        painter.fillRect(sheet, paper(style.theme))


def _paint_trouble(painter: QPainter, sheet: QRect, sentence: str, style: PageStyle) -> None:
    button = again_rect(sheet)
    room = QRect(sheet.left() + 24, button.top() - 96, sheet.width() - 48, 88)
    painter.fillRect(
        QRect(sheet.left(), room.top() - 12, sheet.width(), button.bottom() - room.top() + 28), paper(style.theme)
    )
    painter.setFont(style.small().font)
    painter.setPen(style.color("text"))
    edge = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom
    painter.drawText(room, edge | Qt.TextFlag.TextWordWrap, sentence)
    painter.setPen(QPen(style.color("accent"), 1))
    painter.drawRoundedRect(button, 5, 5)
    painter.drawText(button, Qt.AlignmentFlag.AlignCenter, AGAIN)


def _paint_over(painter: QPainter, clip: QRect, page: SheetPage, style: PageStyle, scene: Scene) -> None:
    _paint_areas(painter, page, style, scene)
    boxes = [box for box in page.boxes if box.y <= clip.bottom() and box.y + box.height > clip.top()]
    if not boxes:
        return
    start, end = min(box.start for box in boxes), max(box.end for box in boxes)
    marks = scene.marks.on(page.index, page)
    seen = [(m, level) for m, level in zip(marks.marks, marks.levels, strict=True) if m.start < end and m.end > start]
    selected = _region(lined(page, *scene.selection)) if scene.selection else QRegion()
    current = _region(lined(page, *scene.current_hit)) - selected if scene.current_hit else QRegion()
    turned = selected + current
    for hit in hits_between(scene.hits, start, end):
        if hit != scene.current_hit:
            _tint(painter, _region(lined(page, *hit)) - turned, style.color("find"), style)
    for mark, _level in seen:
        if not mark.underline:
            _tint(painter, _region(lined(page, mark.start, mark.end)) - turned, style.ground(mark.color), style)
    _turn_round(painter, current, style.color("find_current"), style)
    _paint_flash(painter, page, style, scene)
    _turn_round(painter, selected, style.color("selection"), style)
    for mark, level in seen:
        _paint_line(painter, page, mark, level, style, current=mark.uid == scene.current_mark)
    _paint_hidden(painter, page, start, end, style)
    if scene.caret is not None and page.start <= scene.caret < page.end + (page.start == page.end):
        _paint_caret(painter, page, scene.caret, style)


def _tint(painter: QPainter, region: QRegion, ground: QColor, style: PageStyle) -> None:
    """Colour the paper under a region, so that it becomes `ground`; what is written stays."""
    painter.save()
    if style.theme.dark:
        painter.setCompositionMode(_MODE.CompositionMode_Lighten)
        color = ground
    else:
        painter.setCompositionMode(_MODE.CompositionMode_Multiply)
        white = paper(style.theme)
        color = QColor(*(min(255, round(255 * g / p)) for g, p in zip(_rgb(ground), _rgb(white), strict=True)))
    _fill(painter, region, color)
    painter.restore()


def _turn_round(painter: QPainter, region: QRegion, ground: QColor, style: PageStyle) -> None:
    """Turn dark and light of a region round, on `ground`: selected text as it is on any page of ours."""
    if region.isEmpty():
        return
    painter.save()
    painter.setCompositionMode(_MODE.CompositionMode_Difference)
    _fill(painter, region, QColor("white"))
    dark = style.theme.dark
    painter.setCompositionMode(_MODE.CompositionMode_Multiply if dark else _MODE.CompositionMode_Screen)
    _fill(painter, region, ground)
    painter.restore()


def _fill(painter: QPainter, region: QRegion, color: QColor) -> None:
    for rect in region:  # pyright: ignore[reportGeneralTypeIssues, reportUnknownVariableType]
        painter.fillRect(rect, color)


def _paint_flash(painter: QPainter, page: SheetPage, style: PageStyle, scene: Scene) -> None:
    if scene.flash and scene.flash[0] <= page.end and scene.flash[1] >= page.start:
        start, end, strength = scene.flash
        color = QColor(style.color("accent"))
        color.setAlphaF(0.45 * strength)
        _fill(painter, _region(lined(page, start, end)), color)


def _paint_line(painter: QPainter, page: SheetPage, mark: Mark, level: int, style: PageStyle, *, current: bool) -> None:
    ink = style.ink(mark.color)
    rects = lined(page, mark.start, mark.end)
    for rect, side in rects:
        paint_line(painter, line_beside(rect, side, level), ink, broken=bool(mark.was))
        if current:
            painter.setPen(QPen(ink, 1))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
    if rects and mark.end <= page.end:
        last = rects[-1][0]
        x, y = last.right() + 1.0, last.top() - 5.0
        paint_signs(painter, x, y, ink, note=bool(mark.note), changed=bool(mark.was))


def line_beside(rect: QRect, side: int, level: int) -> QRect:
    """The line of a mark at a side of its rectangle, farther in where it lies on others."""
    away = _LINE + level * _LEVEL_STEP
    match side:
        case 1:
            return QRect(rect.left() + away - _LINE, rect.top(), _LINE, rect.height())
        case 2:
            return QRect(rect.left(), rect.top() + away - _LINE, rect.width(), _LINE)
        case 3:
            return QRect(rect.right() + 1 - away, rect.top(), _LINE, rect.height())
        case _:
            return QRect(rect.left(), rect.bottom() + 1 - away, rect.width(), _LINE)


def _paint_areas(painter: QPainter, page: SheetPage, style: PageStyle, scene: Scene) -> None:
    """Marked areas: a breath of their colour, and a frame in ink."""
    for mark in scene.marks.areas(page.index):
        ink = style.ink(mark.color)
        for rect in area_rects(page, mark):
            ground = QColor(style.ground(mark.color))
            ground.setAlphaF(0.22)
            painter.fillRect(rect, ground)
            painter.setPen(QPen(ink, 3 if mark.uid == scene.current_mark else 2))
            painter.drawRect(rect.adjusted(1, 1, -1, -1))
            if mark.note:
                paint_pen(painter, rect.right() - 12.0, rect.top() + 5.0, ink)


def area_rects(page: SheetPage, mark: Mark) -> list[QRect]:
    """Where an area mark stands on a page, in pixels of it."""
    return [
        page.turn.of_fractions(rect.left, rect.top, rect.right, rect.bottom)
        for rect in mark.rects
        if rect.page == page.index
    ]


def _paint_hidden(painter: QPainter, page: SheetPage, start: int, end: int, style: PageStyle) -> None:
    """What is hidden keeps its place here, under a veil."""
    for stretch in page.hidden.within(start, end) if page.hidden else ():
        veil = QColor(paper(style.theme))
        veil.setAlphaF(_VEIL)
        _fill(painter, _region(lined(page, *stretch)), veil)


def _paint_caret(painter: QPainter, page: SheetPage, position: int, style: PageStyle) -> None:
    box = page.box_of(position)
    if isinstance(box, LineBox) and position <= box.end + 1:
        painter.fillRect(box.caret(position), style.color("text"))


def _rgb(color: QColor) -> tuple[int, int, int]:
    return color.red(), color.green(), color.blue()
