"""Counts as shades of the theme's accent on paper, on which the theme's text can be read."""

from functools import cache
from math import sqrt

from PySide6.QtGui import QColor

from reader.ui.theme import Theme

_LEAST = 0.10
"""How much accent the smallest count has."""
READABLE = 4.5
"""The contrast ratio that small text asks for (WCAG 2.2, 1.4.3)."""
_STEPS = 100


def shade(count: int, most: int, theme: Theme) -> QColor:
    """The ground of a cell; paper where there is nothing.

    It grows with the root of the count, so that small differences of small counts are seen beside a large one.
    """
    if not count or not most:
        return QColor(theme.paper)
    return _mixed(_LEAST + (_strongest(theme) - _LEAST) * sqrt(count / most), theme)


def contrast(one: QColor, other: QColor) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2, by relative luminance)."""
    bright, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


@cache
def _strongest(theme: Theme) -> float:
    """How much accent the largest count has: as much as leaves the text on it readable."""
    text = QColor(theme.text)
    parts = (step / _STEPS for step in range(_STEPS, 0, -1))
    return next((part for part in parts if contrast(text, _mixed(part, theme)) >= READABLE), _LEAST)


def _mixed(part: float, theme: Theme) -> QColor:
    """So much of the accent on paper (0 to 1)."""
    below, above = QColor(theme.paper), QColor(theme.accent)
    pairs = ((below.red(), above.red()), (below.green(), above.green()), (below.blue(), above.blue()))
    return QColor(*(round(low + (high - low) * part) for low, high in pairs))


def _luminance(color: QColor) -> float:
    parts = (color.redF(), color.greenF(), color.blueF())
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
