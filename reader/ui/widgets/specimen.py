"""A few lines in the reading face, as the settings would have them."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QTextLayout
from PySide6.QtWidgets import QSizePolicy, QWidget

from reader.model.annotation import Color
from reader.ui.theme import Theme, load_theme
from reader.ui.typography import Typography, column_width, reading_font

_TEXT = (
    "The engineer who signed it was careful. “We have not measured the east bank,” she told the committee, "
    "“because the east bank has not been bought.” That sentence is the whole quarrel in small."
)
_MARK = (40, 76)
_HEIGHT = 150
_PAD = 14


class Specimen(QWidget):
    """Cut off at its lower edge; the column is as wide as it would be, or as there is room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = load_theme("light")
        self._typography = Typography()
        self.setAccessibleName("Preview of the reading face")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_look(self, theme: Theme, typography: Typography) -> None:
        self._theme, self._typography = theme, typography
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(320, _HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(QColor(self._theme.line), 1))
        painter.setBrush(QColor(self._theme.paper))
        painter.drawRoundedRect(frame, 5, 5)
        painter.setClipRect(frame.adjusted(1, 1, -1, -1))
        width = min(column_width(self._typography), self.width() - 2 * _PAD)
        layout = self._lines(width)
        at = QPointF((self.width() - width) / 2, _PAD)
        self._mark(painter, layout, at)
        painter.setPen(QColor(self._theme.text))
        layout.draw(painter, at)

    def _lines(self, width: int) -> QTextLayout:
        font = reading_font(self._typography)
        layout = QTextLayout(_TEXT, font)
        layout.beginLayout()
        step, y = font.pixelSize() * self._typography.line_height, 0.0
        while (line := layout.createLine()).isValid() and y < self.height():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, y + (step - line.height()) / 2))
            y += step
        layout.endLayout()
        return layout

    def _mark(self, painter: QPainter, layout: QTextLayout, at: QPointF) -> None:
        for number in range(layout.lineCount()):
            line = layout.lineAt(number)
            start = max(_MARK[0], line.textStart())
            end = min(_MARK[1], line.textStart() + line.textLength())
            if start < end:
                left, right = _x(line.cursorToX(start)), _x(line.cursorToX(end))
                box = QRectF(at.x() + left, at.y() + line.y(), right - left, line.height())
                painter.fillRect(box, QColor(self._theme.ground(Color.BLUE)))
                painter.setPen(QPen(QColor(self._theme.ink(Color.BLUE)), 2, Qt.PenStyle.SolidLine))
                painter.drawLine(box.bottomLeft(), box.bottomRight())


def _x(position: object) -> float:
    """Qt's binding answers with the place and the cursor, of which the place is wanted."""
    return float(position[0]) if isinstance(position, tuple) else float(position)  # type: ignore[arg-type]
