"""Code points to UTF-16 units and back: Qt counts units, everything else here counts code points."""

import sys
from bisect import bisect_right

_STRIDE = 4096
_HIGH = range(0xD8, 0xDC)
_LOW = range(0xDC, 0xE0)


class Utf16Map:
    """Converts positions in one text, both ways.

    A text without astral code points costs nothing: positions are equal. Otherwise a table holds the UTF-16
    position of each 4,096th code point, and a conversion encodes at most that many. Positions outside the
    text are clamped to it; a unit inside a surrogate pair belongs to the code point that the pair encodes.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._table = _table(text)

    def to_utf16(self, code_point: int) -> int:
        """The UTF-16 unit where the code point of this index begins."""
        position = min(max(code_point, 0), len(self._text))
        if self._table is None:
            return position
        row = min(position // _STRIDE, len(self._table) - 1)
        return self._table[row] + _units(self._text[row * _STRIDE : position])

    def to_code_point(self, utf16: int) -> int:
        """The index of the code point that this UTF-16 unit belongs to."""
        unit = max(utf16, 0)
        if self._table is None:
            return min(unit, len(self._text))
        row = bisect_right(self._table, unit) - 1
        start = row * _STRIDE
        return start + _code_points(self._text[start : start + _STRIDE], unit - self._table[row])


def _table(text: str) -> list[int] | None:
    """UTF-16 positions of every 4,096th code point; None when they equal the code point positions."""
    # CPython stores a text with any astral code point in four bytes each, so a smaller object has none.
    if text.isascii() or sys.getsizeof(text) < 4 * len(text):
        return None
    table = [0]
    for start in range(0, len(text), _STRIDE):
        table.append(table[-1] + _units(text[start : start + _STRIDE]))
    return table[:-1] if table[-1] != len(text) else None


def _units(piece: str) -> int:
    return len(piece.encode("utf-16-le", "surrogatepass")) // 2


def _code_points(piece: str, units: int) -> int:
    """How many code points of `piece` end within its first `units` UTF-16 units."""
    data = piece.encode("utf-16-le", "surrogatepass")
    cut = min(2 * units, len(data))
    if 0 < cut < len(data) and data[cut - 1] in _HIGH and data[cut + 1] in _LOW:
        cut -= 2
    return len(data[:cut].decode("utf-16-le", "surrogatepass"))
