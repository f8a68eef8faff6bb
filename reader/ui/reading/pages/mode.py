"""How the reader wants the pages shown; it holds from document to document."""

from dataclasses import dataclass

from reader.ui.reading.pages.arrangement import LEAST, MOST

FITS = ("width", "page", "")
STEP = 1.2
"""A step of zoom."""
_NEAR = 0.04


@dataclass(frozen=True, slots=True)
class PageMode:
    """`fit` is "width", "page" or "" for `zoom` (1.0 is 100 %); `rotation` is degrees clockwise."""

    fit: str = "width"
    zoom: float = 1.0
    rotation: int = 0
    per_row: int = 1
    keep_images: bool = False


def stepped(zoom: float, steps: float) -> float:
    """The zoom so many steps on; it stops at 100 % on its way, and at its least and most."""
    found = min(max(zoom * STEP**steps, LEAST), MOST)
    passes = (zoom - 1.0) * (found - 1.0) < 0
    arrives = abs(steps) >= 1.0 and abs(found - 1.0) < _NEAR
    return 1.0 if passes or arrives else found
