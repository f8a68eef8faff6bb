"""The picture of an area of a page: which piece of the page's picture it is, and that piece as a PNG file."""

import struct
import zlib
from collections.abc import Iterator

from reader.model.annotation import PageRect, Picture
from reader.model.document import Sheet
from reader.model.page import Tile

SCALE = 2.0
"""Pixels a point."""
_MOST = 4_000_000
"""Pixels; a larger area is drawn coarser."""
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_RGB = 2


def piece_of(sheet: Sheet, area: PageRect) -> tuple[float, tuple[int, int, int, int]]:
    """Scale and rectangle (x, y, width, height in pixels of the whole page) of the piece that is an area of a page."""
    across, down = area.right - area.left, area.bottom - area.top
    points = max(1.0, across * sheet.width * down * sheet.height)
    scale = min(SCALE, (_MOST / points) ** 0.5)
    width, height = round(sheet.width * scale), round(sheet.height * scale)
    return scale, (
        int(area.left * width),
        int(area.top * height),
        max(1, round(across * width)),
        max(1, round(down * height)),
    )


def picture_of(tile: Tile) -> Picture:
    """A piece as a PNG file."""
    head = struct.pack(">IIBBBBB", tile.width, tile.height, 8, _RGB, 0, 0, 0)
    packed = zlib.compress(b"".join(_rows(tile)), 6)
    return Picture("image/png", _SIGNATURE + _chunk(b"IHDR", head) + _chunk(b"IDAT", packed) + _chunk(b"IEND", b""))


def _rows(tile: Tile) -> Iterator[bytes]:
    """Each row as red, green and blue of its pixels, with the byte before it that says so."""
    data = memoryview(tile.data)
    for top in range(0, tile.height * tile.stride, tile.stride):
        row = bytes(data[top : top + 4 * tile.width])
        colors = bytearray(3 * tile.width)
        colors[0::3], colors[1::3], colors[2::3] = row[2::4], row[1::4], row[0::4]
        yield b"\0" + bytes(colors)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
