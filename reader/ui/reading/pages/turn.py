"""Between points of a page as it is in the file and pixels of it as it stands in the window, turned and enlarged."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF

from reader.ui.reading.pages.source import Edges


@dataclass(frozen=True, slots=True)
class Turn:
    """A page of `width` by `height` points, turned clockwise by `rotation` degrees, shown `across` by `down` pixels."""

    width: float
    height: float
    rotation: int
    across: int
    down: int

    def to_pixels(self, x: float, y: float) -> tuple[float, float]:
        """Pixels from the shown page's upper left corner of a point of the page."""
        fx, fy = x / self.width, y / self.height
        match self.rotation:
            case 90:
                fx, fy = 1.0 - fy, fx
            case 180:
                fx, fy = 1.0 - fx, 1.0 - fy
            case 270:
                fx, fy = fy, 1.0 - fx
            case _:
                pass
        return fx * self.across, fy * self.down

    def to_points(self, x: float, y: float) -> tuple[float, float]:
        """The point of the page that is shown at a pixel."""
        fx, fy = x / self.across, y / self.down
        match self.rotation:
            case 90:
                fx, fy = fy, 1.0 - fx
            case 180:
                fx, fy = 1.0 - fx, 1.0 - fy
            case 270:
                fx, fy = 1.0 - fy, fx
            case _:
                pass
        return fx * self.width, fy * self.height

    def rect(self, edges: Edges) -> QRect:
        """The pixels of a rectangle in points, at least one each way."""
        x1, y1 = self.to_pixels(edges[0], edges[1])
        x2, y2 = self.to_pixels(edges[2], edges[3])
        left, right = round(min(x1, x2)), round(max(x1, x2))
        top, bottom = round(min(y1, y2)), round(max(y1, y2))
        return QRect(left, top, max(1, right - left), max(1, bottom - top))

    def of_fractions(self, left: float, top: float, right: float, bottom: float) -> QRect:
        """The pixels of a rectangle in fractions of the page."""
        return self.rect((left * self.width, top * self.height, right * self.width, bottom * self.height))

    def fractions(self, rect: QRect) -> QRectF:
        """A rectangle of pixels as fractions of the page, cut to it."""
        x1, y1 = self.to_points(rect.left(), rect.top())
        x2, y2 = self.to_points(rect.left() + rect.width(), rect.top() + rect.height())
        left, right = sorted((_cut(x1 / self.width), _cut(x2 / self.width)))
        top, bottom = sorted((_cut(y1 / self.height), _cut(y2 / self.height)))
        return QRectF(left, top, right - left, bottom - top)


def _cut(value: float) -> float:
    return min(max(value, 0.0), 1.0)
