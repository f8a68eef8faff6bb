"""Pages in the colours of a theme: dark by turning lightness round while hues stay, sepia as on tinted paper.

Most pages are black on white: those are kept with one byte a pixel instead of four, and only 256 grays are recoloured.
"""

from functools import lru_cache

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter, qRgb

from reader.ui.theme import Theme

_MODE = QPainter.CompositionMode
_FORMAT = QImage.Format
_RGB = QImage.InvertMode.InvertRgb
_BYTES = 4
"""Of a pixel of the pictures that pages come as."""


def recoloured(image: QImage, theme: Theme, keep: tuple[QRect, ...] = ()) -> QImage:
    """A page's picture as the theme shows it; `keep` are its rectangles that stay as they are. Any thread may call."""
    if not keep and image.format() == _FORMAT.Format_RGB32 and image.allGray():
        return _of_grays(image, theme)
    made = _coloured(image, theme)
    if keep and made is not image:
        painter = QPainter(made)
        for rect in keep:
            painter.drawImage(rect, image, rect)
        painter.end()
    return made


def _of_grays(image: QImage, theme: Theme) -> QImage:
    """A picture that has no colour, with one byte a pixel."""
    levels = bytes(image.constBits())[::_BYTES]
    grays = _grays(theme)
    size, row = (image.width(), image.height()), image.bytesPerLine() // _BYTES
    made = QImage(levels, *size, row, _FORMAT.Format_Indexed8 if grays else _FORMAT.Format_Grayscale8).copy()
    if grays:
        made.setColorTable(grays)
    return made


@lru_cache(maxsize=8)
def _grays(theme: Theme) -> list[int]:
    """What each gray becomes; empty where they stay as they are."""
    ramp = QImage(256, 1, _FORMAT.Format_RGB32)
    for level in range(256):
        ramp.setPixel(level, 0, qRgb(level, level, level))
    made = _coloured(ramp, theme)
    return [] if made is ramp else [made.pixel(level, 0) for level in range(256)]


def _coloured(image: QImage, theme: Theme) -> QImage:
    """The picture in the theme's colours; itself where they are those that it has."""
    if theme.dark:
        return _dark(image, QColor(theme.paper), QColor(theme.text))
    if theme.name == "sepia":
        made = image.copy()
        _fill(made, QColor(theme.paper), _MODE.CompositionMode_Multiply)
        return made
    return image


def paper(theme: Theme) -> QColor:
    """What white paper becomes."""
    return QColor(theme.paper) if theme.dark or theme.name == "sepia" else QColor("white")


def _dark(image: QImage, ground: QColor, text: QColor) -> QImage:
    """Each colour `c` as bright as the gray `y` becomes `c + 1 - 2y`: white is black, red stays red.

    Then black is made `ground` and white `text`.
    """
    made = image.convertToFormat(_FORMAT.Format_RGB32)
    gray = image.convertToFormat(_FORMAT.Format_Grayscale8).convertToFormat(_FORMAT.Format_RGB32)
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
