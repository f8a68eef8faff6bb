"""Pages in the colours of a theme: dark by turning lightness round while hues stay, sepia as on tinted paper."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter

from reader.ui.theme import Theme

_MODE = QPainter.CompositionMode
_RGB = QImage.InvertMode.InvertRgb


def recoloured(image: QImage, theme: Theme, keep: tuple[QRect, ...] = ()) -> QImage:
    """A page's picture as the theme shows it; `keep` are its rectangles that stay as they are. Any thread may call."""
    if theme.dark:
        made = _dark(image, QColor(theme.paper), QColor(theme.text))
    elif theme.name == "sepia":
        made = image.copy()
        _fill(made, QColor(theme.paper), _MODE.CompositionMode_Multiply)
    else:
        return image
    if keep:
        painter = QPainter(made)
        for rect in keep:
            painter.drawImage(rect, image, rect)
        painter.end()
    return made


def paper(theme: Theme) -> QColor:
    """What white paper becomes."""
    return QColor(theme.paper) if theme.dark or theme.name == "sepia" else QColor("white")


def _dark(image: QImage, ground: QColor, text: QColor) -> QImage:
    """Each colour `c` as bright as the gray `y` becomes `c + 1 - 2y`: white is black, red stays red.

    Then black is made `ground` and white `text`.
    """
    made = image.convertToFormat(QImage.Format.Format_RGB32)
    gray = image.convertToFormat(QImage.Format.Format_Grayscale8).convertToFormat(QImage.Format.Format_RGB32)
    above, below = _less(made, gray), _less(gray, made)
    made = gray
    made.invertPixels(_RGB)
    _draw(made, above)
    made = _less(made, below)
    span = QColor(*(max(0, b - a) for a, b in zip(_rgb(ground), _rgb(text), strict=True)))
    _fill(made, span, _MODE.CompositionMode_Multiply)
    _fill(made, ground, _MODE.CompositionMode_Plus)
    return made


def _rgb(color: QColor) -> tuple[int, int, int]:
    return color.red(), color.green(), color.blue()


def _less(one: QImage, other: QImage) -> QImage:
    """`one - other`, nothing below black: added to the inverse."""
    made = one.copy()
    made.invertPixels(_RGB)
    _draw(made, other)
    made.invertPixels(_RGB)
    return made


def _draw(target: QImage, image: QImage) -> None:
    """Add `image` to `target`, nothing above white."""
    painter = QPainter(target)
    painter.setCompositionMode(_MODE.CompositionMode_Plus)
    painter.drawImage(0, 0, image)
    painter.end()


def _fill(target: QImage, color: QColor, mode: QPainter.CompositionMode) -> None:
    painter = QPainter(target)
    painter.setCompositionMode(mode)
    painter.fillRect(target.rect(), color)
    painter.end()
