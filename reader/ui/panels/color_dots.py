"""Six dots, one a category: a filter by colour."""

from collections.abc import Mapping

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QWidget

from reader.model.annotation import DEFAULT_CATEGORY_NAMES, Color
from reader.ui.theme import Theme

_RADIUS = 5.5


class ColorDot(QAbstractButton):
    """Full while its colour is shown, a ring while it is filtered out."""

    def __init__(self, color: Color, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.color = color
        self._theme = theme
        self._full = True
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def set_full(self, *, full: bool) -> None:
        self._full = full
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(14, 20)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        center = QPointF(self.width() / 2, self.height() / 2)
        ink = QColor(self._theme.ink(self.color))
        painter.setPen(QPen(ink, 1.5))
        painter.setBrush(ink if self._full else Qt.BrushStyle.NoBrush)
        radius = _RADIUS - 0.75
        painter.drawEllipse(center, radius, radius)
        if self.hasFocus():
            painter.setPen(QPen(QColor(self._theme.text), 1.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(center, _RADIUS + 1.4, _RADIUS + 1.4)
        painter.end()


class ColorDots(QWidget):
    """The six in a row; none chosen means all are shown."""

    changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dots = {color: ColorDot(color, theme) for color in Color}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for dot in self._dots.values():
            layout.addWidget(dot)
            dot.toggled.connect(self._toggled)
        self.set_names(DEFAULT_CATEGORY_NAMES)

    def dot(self, color: Color) -> ColorDot:
        return self._dots[color]

    def chosen(self) -> frozenset[Color]:
        return frozenset(color for color, dot in self._dots.items() if dot.isChecked())

    def clear(self) -> None:
        """Choose none, without saying that anything changed."""
        for dot in self._dots.values():
            dot.blockSignals(True)
            dot.setChecked(False)
            dot.blockSignals(False)
        self._show_chosen()

    def set_theme(self, theme: Theme) -> None:
        for dot in self._dots.values():
            dot.set_theme(theme)

    def set_names(self, names: Mapping[Color, str]) -> None:
        for color, dot in self._dots.items():
            name = names.get(color, DEFAULT_CATEGORY_NAMES[color])
            dot.setToolTip(f"Only {name}")
            dot.setAccessibleName(f"Only {name}")

    def _toggled(self) -> None:
        self._show_chosen()
        self.changed.emit()

    def _show_chosen(self) -> None:
        chosen = self.chosen()
        for color, dot in self._dots.items():
            dot.set_full(full=not chosen or color in chosen)
