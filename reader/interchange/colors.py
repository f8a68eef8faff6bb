"""Colours of other programs: which of the six categories each one is nearest to."""

import re
from colorsys import rgb_to_hls

from reader.model.annotation import Color

_NAMES = {
    "red": Color.PINK,
    "magenta": Color.PINK,
    "rose": Color.PINK,
    "brown": Color.ORANGE,
    "gold": Color.YELLOW,
    "olive": Color.YELLOW,
    "lime": Color.GREEN,
    "cyan": Color.BLUE,
    "teal": Color.BLUE,
    "indigo": Color.PURPLE,
    "violet": Color.PURPLE,
}
_HUES = (
    (0, Color.PINK),
    (28, Color.ORANGE),
    (52, Color.YELLOW),
    (110, Color.GREEN),
    (180, Color.BLUE),
    (210, Color.BLUE),
    (240, Color.BLUE),
    (268, Color.PURPLE),
    (300, Color.PINK),
    (340, Color.PINK),
)
"""Degrees round the circle of colours at which each one is at its purest."""

_GREYEST = 0.1
"""The saturation below which a colour has no hue that an eye could tell."""

_HEX = re.compile(r"#?([0-9a-f]{3}|[0-9a-f]{6})(?:[0-9a-f]{2})?", re.IGNORECASE)


def nearest(value: object) -> Color:
    """The category of a colour's name or of "#rrggbb"; yellow, as every program's first, where it is neither."""
    if not isinstance(value, str):
        return Color.YELLOW
    name = value.strip().lower()
    if name in list(Color):
        return Color(name)
    if name in _NAMES:
        return _NAMES[name]
    found = _HEX.fullmatch(name)
    return _by_hue(found[1]) if found else Color.YELLOW


def _by_hue(digits: str) -> Color:
    pairs = [digit * 2 for digit in digits] if len(digits) == 3 else [digits[at : at + 2] for at in (0, 2, 4)]
    red, green, blue = (int(pair, 16) / 255 for pair in pairs)
    hue, _, saturation = rgb_to_hls(red, green, blue)
    if saturation < _GREYEST:
        return Color.YELLOW
    degrees = hue * 360
    return min(_HUES, key=lambda one: min(abs(one[0] - degrees), 360 - abs(one[0] - degrees)))[1]
