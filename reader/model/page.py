"""What is known of a page of fixed form beside its text: its picture in pieces, where its characters stand, its links.

Points are 1/72 inch. A page is told as it is shown: crop box and the page's own rotation applied, the origin top left.
"""

from array import array
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Tile:
    """A rectangle of the picture of a page, drawn at `scale` pixels a point and turned by `rotation` degrees.

    `rect` (x, y, width, height) is in pixels of the whole picture at that scale and rotation. `data` are `height` rows
    of `stride` bytes, four a pixel: blue, green, red and one without meaning; the paper is white. `images` are the
    rectangles of pictures on the page that meet it, in pixels of the tile, where they were asked for. To draw it took
    so many `seconds`, the wait for other pieces left out.
    """

    page: int
    scale: float
    rect: tuple[int, int, int, int]
    rotation: int
    width: int
    height: int
    data: bytes
    stride: int
    images: tuple[tuple[int, int, int, int], ...] = ()
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Glyphs:
    """Where the characters of a page stand.

    `start` is the position of the page's first character in the canonical text. `boxes` are left, top, right and
    bottom, in points, of each code point of the page's text in turn, those of line ends included, which are
    empty: the box of code point `p` begins at `boxes[4 * (p - start)]`. `lines` are start and end of each line in the
    canonical text, without the line end; neither overlaps another.
    """

    start: int
    boxes: "array[float]" = field(default_factory=lambda: array("f"))
    lines: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class PageLink:
    """A rectangle (left, top, right, bottom, in points) that leads to `href`.

    That is "#page=N&y=Y" for a place in the document, its page counted from 0 and points from its top edge (or
    "#page=N" for a whole page), else an address outside.
    """

    rect: tuple[float, float, float, float]
    href: str
