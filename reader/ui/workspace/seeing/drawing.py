"""What is seen, drawn whole as SVG: for a text, a slide, a wall."""

from collections.abc import Callable

from PySide6.QtCore import QBuffer, QIODevice, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter

from reader.model.seeing import Pair, Weeks
from reader.ui.theme import Theme
from reader.ui.typography import interface_font
from reader.ui.workspace.seeing.matrix_model import MatrixModel
from reader.ui.workspace.seeing.matrix_view import HEIGHT, WIDTH, draw_cell, draw_upright
from reader.ui.workspace.seeing.shades import shade
from reader.ui.workspace.seeing.weeks_view import FOOT, draw_week, week_width

MARGIN, _TITLE = 16, 28
_BARS = 240
_LONGEST = 260
"""Pixels that a name may take."""
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def of_matrix(model: MatrixModel, title: str, theme: Theme) -> bytes:
    """The whole matrix as it is sorted, in the theme's colours."""
    rows = [str(model.headerData(at, Qt.Orientation.Vertical)) for at in range(model.rowCount())]
    columns = [str(model.headerData(at, Qt.Orientation.Horizontal)) for at in range(model.columnCount())]
    left, head = _room(rows) + MARGIN, _room(columns) + MARGIN + _TITLE
    size = QSize(left + WIDTH * len(columns) + MARGIN, head + HEIGHT * len(rows) + MARGIN)

    def paint(painter: QPainter) -> None:
        for j, name in enumerate(columns):
            painter.save()
            painter.setPen(QColor(theme.text))
            draw_upright(painter, QRect(left + j * WIDTH, MARGIN + _TITLE, WIDTH, head - MARGIN - _TITLE), name)
            painter.restore()
        for i, name in enumerate(rows):
            place = QRect(MARGIN, head + i * HEIGHT, left - MARGIN - 8, HEIGHT)
            _write(painter, place, name, _RIGHT, theme.text)
        for i, j, count in model.filled():
            cell = QRect(left + j * WIDTH, head + i * HEIGHT, WIDTH, HEIGHT)
            draw_cell(painter, cell, count, model.most, theme)

    return _svg(size, title, theme, paint)


def of_pairs(pairs: list[Pair], title: str, theme: Theme) -> bytes:
    """The pairs with a bar each."""
    names = [f"{pair.first.label} + {pair.second.label}" for pair in pairs]
    left, most = _room(names) + MARGIN, max((pair.count for pair in pairs), default=1)
    size = QSize(left + _BARS + 60 + MARGIN, MARGIN * 2 + _TITLE + HEIGHT * len(pairs))

    def paint(painter: QPainter) -> None:
        for at, pair in enumerate(pairs):
            top = MARGIN + _TITLE + at * HEIGHT
            _write(painter, QRect(MARGIN, top, left - MARGIN - 8, HEIGHT), names[at], _RIGHT, theme.text)
            width = max(2, round(_BARS * pair.count / most))
            painter.fillRect(left, top + 4, width, HEIGHT - 8, shade(pair.count, most, theme))
            _write(painter, QRect(left + width + 6, top, 60, HEIGHT), f"{pair.count:,}", _LEFT, theme.muted)

    return _svg(size, title, theme, paint)


def of_weeks(found: Weeks, title: str, theme: Theme) -> bytes:
    """Every week with its bar, and under them which colour is which category."""
    key = [(color, name) for color, name in found.names.items() if any(week.colors.get(color) for week in found.weeks)]
    names = [name for _, name in key]
    most = max((week.count for week in found.weeks), default=1) or 1
    each = week_width(most, QFontMetrics(_font()))
    width = max(each * len(found.weeks), sum(_room([name]) + 30 for name in names), 320)
    size = QSize(width + 2 * MARGIN, MARGIN * 2 + _TITLE + _BARS + FOOT + HEIGHT)

    def paint(painter: QPainter) -> None:
        top = MARGIN + _TITLE
        for at in range(len(found.weeks)):
            place = QRect(MARGIN + at * each, top, each, _BARS + FOOT)
            draw_week(painter, place, found.weeks, at, most, theme)
        left = MARGIN
        for color, name in key:
            place = QRect(left, top + _BARS + FOOT + 6, 12, 12)
            painter.fillRect(place, QColor(theme.ground(color)))
            painter.fillRect(place.left(), place.top(), 2, 12, QColor(theme.ink(color)))
            _write(painter, QRect(left + 18, place.top() - 6, _LONGEST, HEIGHT), name, _LEFT, theme.text)
            left += _room([name]) + 30

    return _svg(size, title, theme, paint)


def _svg(size: QSize, title: str, theme: Theme, paint: Callable[[QPainter], None]) -> bytes:
    # Imported here: this library is needed for nothing else that the page shows.
    from PySide6.QtSvg import QSvgGenerator

    held = QBuffer()
    held.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(held)
    generator.setSize(size)
    generator.setViewBox(QRect(0, 0, size.width(), size.height()))
    generator.setTitle(title)
    painter = QPainter(generator)
    painter.setFont(_font())
    painter.fillRect(0, 0, size.width(), size.height(), QColor(theme.paper))
    _write(painter, QRect(MARGIN, MARGIN - 4, size.width() - 2 * MARGIN, _TITLE), title, _LEFT, theme.text)
    paint(painter)
    painter.end()
    return bytes(held.data().data())


def _font() -> QFont:
    font = interface_font()
    font.setPixelSize(13)
    return font


def _room(names: list[str]) -> int:
    metrics = QFontMetrics(_font())
    return min(_LONGEST, max((metrics.horizontalAdvance(name) for name in names), default=0) + 16)


def _write(painter: QPainter, place: QRect, words: str, where: Qt.AlignmentFlag, color: str) -> None:
    shown = QFontMetrics(painter.font()).elidedText(words, Qt.TextElideMode.ElideMiddle, place.width())
    painter.setPen(QColor(color))
    painter.drawText(place, where, shown)
