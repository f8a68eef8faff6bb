"""The pieces that the picture of a page is drawn in: small pages in one, large ones in squares of what is seen."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from PySide6.QtCore import QRect, QSize

# A page of no more pixels is one piece: each piece costs the other process most of a page.
_WHOLE = 3_000_000
_PIECE = 1024
_COARSE = 260


class Key(NamedTuple):
    """A piece: `rect` are device pixels of a page `scale` device pixels a point large; `coarse` is the whole of it."""

    page: int
    scale: float
    rotation: int
    rect: tuple[int, int, int, int]
    coarse: bool = False

    @property
    def bytes(self) -> int:
        """What its picture takes."""
        return self.rect[2] * self.rect[3] * 4


@dataclass(frozen=True, slots=True)
class Wanted:
    """A page as it is shown: its size in device pixels at `scale` and what of it is seen."""

    page: int
    scale: float
    size: QSize
    seen: QRect


def sharp_pieces(wanted: Wanted, rotation: int) -> Iterator[Key]:
    """The pieces of what is seen of a page, as large as it is shown."""
    width, height, seen = wanted.size.width(), wanted.size.height(), wanted.seen
    if seen.isEmpty():
        return
    if width * height <= _WHOLE:
        yield Key(wanted.page, wanted.scale, rotation, (0, 0, width, height))
        return
    for top in range(max(0, seen.top() // _PIECE * _PIECE), min(height, seen.bottom() + 1), _PIECE):
        for left in range(max(0, seen.left() // _PIECE * _PIECE), min(width, seen.right() + 1), _PIECE):
            size = min(_PIECE, width - left), min(_PIECE, height - top)
            yield Key(wanted.page, wanted.scale, rotation, (left, top, *size))


def coarse_piece(wanted: Wanted, rotation: int) -> Key:
    """A small picture of the whole page."""
    longest = max(wanted.size.width(), wanted.size.height(), 1)
    scale = round(wanted.scale * min(1.0, _COARSE / longest), 2) or 0.01
    share = scale / wanted.scale
    size = max(1, round(wanted.size.width() * share)), max(1, round(wanted.size.height() * share))
    return Key(wanted.page, scale, rotation, (0, 0, *size), True)
