"""The foot of the document list: add more."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from reader.ui.theme import Theme
from reader.ui.typography import interface_font

_KEYS = "Ctrl+O"


class AddButton(QAbstractButton):
    """As wide as the panel: a plus, the words, the keys."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setText("Add documents")
        self.setFont(interface_font(13))
        self.setFixedHeight(39)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleDescription(_KEYS)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, 39)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        if self.underMouse() or self.isDown():
            painter.fillRect(self.rect(), QColor(theme.selected if self.isDown() else theme.hover))
        painter.setPen(QColor(theme.line))
        painter.drawLine(0, 0, self.width(), 0)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        color = QColor(theme.text if self.underMouse() else theme.muted)
        self._plus(painter, color)
        painter.setFont(self.font())
        painter.setPen(color)
        painter.drawText(QRect(34, 1, self.width() - 110, self.height()), Qt.AlignmentFlag.AlignVCenter, self.text())
        self._keys(painter)
        if self.hasFocus():
            painter.setPen(QPen(QColor(theme.accent), 2.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(2, 3, -2, -2), 4, 4)
        painter.end()

    def _plus(self, painter: QPainter, color: QColor) -> None:
        middle = self.height() / 2 + 0.5
        painter.setPen(QPen(color, 1.5))
        painter.drawLine(16, int(middle), 26, int(middle))
        painter.drawLine(21, int(middle) - 5, 21, int(middle) + 5)

    def _keys(self, painter: QPainter) -> None:
        font = interface_font(11)
        width = QFontMetrics(font).horizontalAdvance(_KEYS) + 12
        rect = QRectF(self.width() - width - 14.5, self.height() / 2 - 8, width, 18)
        painter.setFont(font)
        painter.setPen(QColor(self._theme.line))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rect, 3, 3)
        painter.setPen(QColor(self._theme.muted))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, _KEYS)
