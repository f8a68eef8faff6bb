"""The reading face: family, size, line height and width of the column, as the user sets them."""

import sys
from dataclasses import dataclass, replace
from typing import Literal, cast

from PySide6.QtGui import QFont, QFontMetricsF

Family = Literal["serif", "sans"]

SIZE_RANGE = (12, 40)
LINE_HEIGHT_RANGE = (1.2, 2.4)
WIDTH_RANGE = (36, 120)
ZOOM_RANGE = (0.5, 3.0)

# The faces that the platform surely has come first there: asking macOS for a missing family costs a scan of all.
_FACES = {
    "darwin": (["Charter", "Georgia"], ["Helvetica Neue"]),
    "win32": (["Georgia", "Cambria"], ["Segoe UI"]),
}
_SERIF, _SANS = _FACES.get(
    sys.platform,
    (["Noto Serif", "Charter", "Georgia", "DejaVu Serif"], ["Inter", "Noto Sans", "Segoe UI", "DejaVu Sans"]),
)

# A sentence in which letters come about as often as in running text: the average width of a character.
_SAMPLE = "The minutes of the water board record that nobody asked who would pay for the land, and why."

# The steps 29, 23, 19 at 18 px; further levels are told apart by weight alone.
_HEADING_STEPS = {1: 1.61, 2: 1.28, 3: 1.06}


@dataclass(frozen=True, slots=True)
class Typography:
    """`size_px` is the letter size before `zoom`, `line_height` a factor of it, `width_chars` the column's width."""

    family: Family = "serif"
    size_px: int = 18
    line_height: float = 1.62
    width_chars: int = 66
    zoom: float = 1.0


def reading_font(typography: Typography) -> QFont:
    """The font of running text, zoom included."""
    font = QFont()
    font.setFamilies(_SERIF if typography.family == "serif" else _SANS)
    font.setStyleHint(QFont.StyleHint.Serif if typography.family == "serif" else QFont.StyleHint.SansSerif)
    font.setPixelSize(max(1, round(typography.size_px * typography.zoom)))
    return font


def interface_font(size_px: int = 14) -> QFont:
    """The font of panels, menus and dialogs at `size_px` pixels."""
    font = QFont()
    font.setFamilies(_SANS)
    font.setStyleHint(QFont.StyleHint.SansSerif)
    font.setPixelSize(size_px)
    return font


def heading_size(typography: Typography, level: int) -> int:
    """Pixels of a heading of `level` 1..6, zoom included."""
    return max(1, round(typography.size_px * typography.zoom * _HEADING_STEPS.get(level, 1.0)))


def column_width(typography: Typography) -> int:
    """Pixels that `width_chars` characters of running text take in the reading face."""
    metrics = QFontMetricsF(reading_font(typography))
    return round(metrics.horizontalAdvance(_SAMPLE) / len(_SAMPLE) * typography.width_chars)


def zoomed(typography: Typography, steps: int) -> Typography:
    """The same, `steps` tenths larger (negative: smaller), within the range."""
    zoom = round(typography.zoom + steps * 0.1, 2)
    return replace(typography, zoom=_clamp(zoom, ZOOM_RANGE))


def typography_values(typography: Typography) -> dict[str, object]:
    """What goes into the settings, as JSON values."""
    return {
        "family": typography.family,
        "size_px": typography.size_px,
        "line_height": typography.line_height,
        "width_chars": typography.width_chars,
        "zoom": typography.zoom,
    }


def typography_from(values: object) -> Typography:
    """What the settings hold; anything missing or senseless becomes the default, numbers are kept in range."""
    stored = cast("dict[str, object]", values) if isinstance(values, dict) else {}
    default = Typography()
    return Typography(
        family="sans" if stored.get("family") == "sans" else "serif",
        size_px=round(_clamp(_number(stored.get("size_px"), default.size_px), SIZE_RANGE)),
        line_height=_clamp(_number(stored.get("line_height"), default.line_height), LINE_HEIGHT_RANGE),
        width_chars=round(_clamp(_number(stored.get("width_chars"), default.width_chars), WIDTH_RANGE)),
        zoom=_clamp(_number(stored.get("zoom"), default.zoom), ZOOM_RANGE),
    )


def _number(value: object, default: float) -> float:
    return float(value) if isinstance(value, int | float) and value == value else default


def _clamp(value: float, limits: tuple[float, float]) -> float:
    return min(max(value, limits[0]), limits[1])
