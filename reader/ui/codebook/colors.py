"""Colours of tags: a dot for each, and the field in which one is chosen."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QColorDialog, QComboBox, QWidget

from reader.model.annotation import Color
from reader.model.codebook import COLOR_VALUES, color_value
from reader.ui.theme import Theme
from reader.ui.widgets.swatch import dot_icon

_SIDE, _RATIO = 14, 2
_OTHER = "other"
_CATEGORIES = {value: Color(name) for name, value in COLOR_VALUES.items()}


def tag_icon(color: str, theme: Theme) -> QIcon:
    """A dot in a tag's colour (#rrggbb or the name of a category's); a ring where it has none."""
    value = color_value(color)
    if value in _CATEGORIES:
        return dot_icon(_CATEGORIES[value], theme)
    picture = _blank()
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    # The edge is the theme's: any colour may be chosen, also that of the ground.
    painter.setPen(QPen(QColor(theme.control), 1))
    if value:
        painter.setBrush(QColor(value))
    painter.drawEllipse(QRectF(1.5, 1.5, _SIDE - 3, _SIDE - 3))
    painter.end()
    icon = QIcon(picture)
    icon.addPixmap(picture, QIcon.Mode.Selected)
    return icon


def nothing() -> QIcon:
    """As wide as a dot: names stand under each other."""
    return QIcon(_blank())


def _blank() -> QPixmap:
    picture = QPixmap(_SIDE * _RATIO, _SIDE * _RATIO)
    picture.setDevicePixelRatio(_RATIO)
    picture.fill(Qt.GlobalColor.transparent)
    return picture


class ColorBox(QComboBox):
    """None, those of the categories, and any other. `chosen` carries #rrggbb or nothing."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._value = theme, ""
        self.setIconSize(QSize(_SIDE, _SIDE))
        self.setAccessibleName("Colour")
        self.activated.connect(self._take)
        self._fill()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._fill()

    def set_color(self, color: str) -> None:
        """Show a colour, in a row of its own where it is none of the categories'."""
        self._value = color_value(color)
        self._fill()

    def _fill(self) -> None:
        self.clear()
        rows = [("None", ""), *((name.capitalize(), value) for name, value in COLOR_VALUES.items())]
        if self._value not in [value for _, value in rows]:
            rows.append((self._value, self._value))
        for words, value in rows:
            self.addItem(tag_icon(value, self._theme), words, value)
        self.addItem("Another colour…", _OTHER)
        self.setCurrentIndex(max(0, self.findData(self._value)))

    def _take(self, row: int) -> None:
        value = str(self.itemData(row))
        if value == _OTHER:
            self.setCurrentIndex(max(0, self.findData(self._value)))
            self._ask()
        elif value != self._value:
            self._value = value
            self.chosen.emit(value)

    def _ask(self) -> None:
        dialog = QColorDialog(QColor(self._value or self._theme.accent), self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle("Colour of the tag")
        dialog.colorSelected.connect(self._take_other)
        dialog.open()

    def _take_other(self, color: QColor) -> None:
        self.set_color(color.name())
        self.chosen.emit(self._value)
