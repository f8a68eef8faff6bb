"""A round button in a category's colour."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QAbstractButton, QWidget

from reader.model.annotation import Color
from reader.ui.theme import Theme, load_theme

SIDE = 28
_DIAMETER = 18.5


class Swatch(QAbstractButton):
    """The ground with its ink around it and a sign in it; checked, it wears a ring in the colour of text."""

    def __init__(self, color: Color, sign: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.color = color
        self.theme = load_theme("light")
        self.setText(sign)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(SIDE, SIDE)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        circle = QRectF(0, 0, _DIAMETER, _DIAMETER)
        circle.moveCenter(QRectF(self.rect()).center())
        self._draw_ring(painter, circle)
        painter.setPen(QPen(QColor(self.theme.ink(self.color)), 2))
        painter.setBrush(QColor(self.theme.ground(self.color)))
        painter.drawEllipse(circle)
        font = self.font()
        font.setPixelSize(11)
        painter.setFont(font)
        painter.setPen(QColor(self.theme.text))
        painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, self.text())

    def _draw_ring(self, painter: QPainter, circle: QRectF) -> None:
        ring = circle.adjusted(-3.5, -3.5, 3.5, 3.5)
        if self.hasFocus():
            painter.setPen(QPen(QColor(self.theme.accent), 2))
        elif self.isChecked():
            painter.setPen(QPen(QColor(self.theme.text), 1.5))
        elif self.underMouse():
            painter.setPen(QPen(QColor(self.theme.control), 1))
        else:
            return
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(ring)


def dot(color: Color, theme: Theme, ratio: float = 2.0, side: int = 14) -> QPixmap:
    """A small picture of the category, for rows of lists."""
    pixmap = QPixmap(round(side * ratio), round(side * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(theme.ink(color)), 2))
    painter.setBrush(QColor(theme.ground(color)))
    painter.drawEllipse(QRectF(1.5, 1.5, side - 3, side - 3))
    painter.end()
    return pixmap


def dot_icon(color: Color, theme: Theme) -> QIcon:
    """The same as an icon that keeps its colours in a selected row."""
    picture = dot(color, theme)
    result = QIcon(picture)
    result.addPixmap(picture, QIcon.Mode.Selected)
    return result
