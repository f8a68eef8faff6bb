"""Small signs on marks: a pen where there is a note, a question mark and a broken line where the words have changed."""

from collections.abc import Iterator

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPolygonF

SIZE = 8
_QUESTION_HEIGHT = 13
_DASH, _GAP = 5, 3
# A pencil of that size, its point at the lower left.
_PEN = QPolygonF([QPointF(x, y) for x, y in ((0, 8), (0.7, 5.2), (5.6, 0.3), (7.7, 2.4), (2.8, 7.3))])


def paint_signs(painter: QPainter, x: float, y: float, ink: QColor, *, note: bool, changed: bool) -> None:
    """The signs of a mark beside each other, the upper left corner of the first at a point."""
    if note:
        paint_pen(painter, x, y, ink)
        x += SIZE + 2
    if changed:
        paint_question(painter, x, y, ink)


def paint_pen(painter: QPainter, x: float, y: float, ink: QColor) -> None:
    """The sign that a mark has a note, with its upper left corner at a point."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(x, y)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    painter.drawPolygon(_PEN)
    painter.restore()


def paint_question(painter: QPainter, x: float, y: float, ink: QColor) -> None:
    """The sign that a mark is on other words than it was made on."""
    painter.save()
    font = QFont(painter.font())
    font.setPixelSize(_QUESTION_HEIGHT - 1)
    font.setWeight(QFont.Weight.Bold)
    font.setItalic(False)
    painter.setFont(font)
    painter.setPen(ink)
    rect = QRectF(x, y - 3, SIZE, _QUESTION_HEIGHT)
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip, "?")
    painter.restore()


def dashes(line: QRect) -> Iterator[QRect]:
    """A thin line, level or upright, broken into dashes; they stand at the same places however it is cut."""
    level = line.width() >= line.height()
    first, last = (line.left(), line.right()) if level else (line.top(), line.bottom())
    for at in range(first - first % (_DASH + _GAP), last + 1, _DASH + _GAP):
        start, end = max(at, first), min(at + _DASH - 1, last)
        if start <= end:
            yield (
                QRect(start, line.top(), end - start + 1, line.height())
                if level
                else QRect(line.left(), start, line.width(), end - start + 1)
            )


def paint_line(painter: QPainter, line: QRect, ink: QColor, *, broken: bool) -> None:
    """The line of a mark, broken where its words have changed."""
    for part in dashes(line) if broken else (line,):
        painter.fillRect(part, ink)
