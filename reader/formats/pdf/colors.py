"""Between the colours of other programs' marks and the six categories."""

from colorsys import rgb_to_hsv

from reader.model.annotation import Color

RGB: dict[Color, tuple[int, int, int]] = {
    Color.YELLOW: (255, 221, 87),
    Color.GREEN: (134, 211, 126),
    Color.BLUE: (120, 182, 245),
    Color.PINK: (246, 138, 178),
    Color.ORANGE: (250, 170, 90),
    Color.PURPLE: (178, 148, 240),
}
"""What the marks of each category look like in a file for other programs."""

_HUES = (
    (15, Color.PINK), (41, Color.ORANGE), (70, Color.YELLOW), (165, Color.GREEN), (250, Color.BLUE),
    (286, Color.PURPLE), (360, Color.PINK),
)  # fmt: skip
_GREY = 0.12
"""Below this saturation a colour has no hue that anybody would name."""


def nearest_category(red: int, green: int, blue: int) -> Color | None:
    """The category nearest to a colour (0 to 255 each); None for black, white and grey."""
    hue, saturation, value = rgb_to_hsv(red / 255, green / 255, blue / 255)
    if saturation < _GREY or value < _GREY:
        return None
    return next(color for end, color in _HUES if hue * 360 <= end)
