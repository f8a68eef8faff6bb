"""Pages in the colours of a theme: dark by turning lightness round while hues stay, sepia as on tinted paper."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter

from reader.ui.theme import Theme

_MODE = QPainter.CompositionMode


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
    """Each colour `c` of luminance `y` becomes `c + 1 - 2y`: white is black, red stays red. Then black is `ground`."""
    gray = image.convertToFormat(QImage.Format.Format_Grayscale8)
    made = image.convertToFormat(QImage.Format.Format_RGB32)
    bright = gray.copy()
    bright.invertPixels()
    # (c + 1 - y) / 2, which holds without being cut off
    _draw(made, bright, _MODE.CompositionMode_SourceOver, 0.5)
    # less y / 2: subtracted by adding to the inverse
    made.invertPixels(QImage.InvertMode.InvertRgb)
    half = QImage(gray.size(), QImage.Format.Format_RGB32)
    half.fill(QColor("black"))
    _draw(half, gray, _MODE.CompositionMode_SourceOver, 0.5)
    _draw(made, half, _MODE.CompositionMode_Plus)
    made.invertPixels(QImage.InvertMode.InvertRgb)
    _draw(made, made.copy(), _MODE.CompositionMode_Plus)
    span = QColor(*(max(0, b - a) for a, b in zip(_rgb(ground), _rgb(text), strict=True)))
    _fill(made, span, _MODE.CompositionMode_Multiply)
    _fill(made, ground, _MODE.CompositionMode_Plus)
    return made


def _rgb(color: QColor) -> tuple[int, int, int]:
    return color.red(), color.green(), color.blue()


def _draw(target: QImage, image: QImage, mode: QPainter.CompositionMode, opacity: float = 1.0) -> None:
    painter = QPainter(target)
    painter.setCompositionMode(mode)
    painter.setOpacity(opacity)
    painter.drawImage(0, 0, image)
    painter.end()


def _fill(target: QImage, color: QColor, mode: QPainter.CompositionMode) -> None:
    painter = QPainter(target)
    painter.setCompositionMode(mode)
    painter.fillRect(target.rect(), color)
    painter.end()
