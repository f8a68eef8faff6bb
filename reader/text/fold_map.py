"""Folded positions back to source positions, stored only where the two drift apart."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import overload


class FoldMap(Sequence[int]):
    """Source code point of each folded code point.

    `starts` are folded positions, ascending; from each on, source = folded + `shifts` of the same index,
    until the next. Before the first, both are equal. `length` counts the final entry too.
    """

    __slots__ = ("_length", "_shifts", "_starts")

    def __init__(self, starts: list[int], shifts: list[int], length: int) -> None:
        self._starts = starts
        self._shifts = shifts
        self._length = length

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, index: int) -> int: ...
    @overload
    def __getitem__(self, index: slice) -> list[int]: ...
    def __getitem__(self, index: int | slice) -> int | list[int]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(self._length))]
        position = index + self._length if index < 0 else index
        if not 0 <= position < self._length:
            raise IndexError(f"folded position {index} is outside the text")
        row = bisect_right(self._starts, position) - 1
        return position + self._shifts[row] if row >= 0 else position


class FoldMapBuilder:
    """Collects, in text order, the code points whose folded form is not one code point long."""

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._shifts: list[int] = []
        self._shift = 0

    def add(self, source: int, size: int) -> None:
        """The code point at `source` folds to `size` code points."""
        folded = source - self._shift
        # Each further code point of an expansion comes from the same source.
        for extra in range(1, size):
            self._put(folded + extra, source - folded - extra)
        self._shift += 1 - size
        self._put(folded + size, self._shift)

    def _put(self, start: int, shift: int) -> None:
        if self._starts and self._starts[-1] == start:
            self._shifts[-1] = shift
        else:
            self._starts.append(start)
            self._shifts.append(shift)

    def result(self) -> tuple[list[int], list[int]] | None:
        """Starts and shifts for a `FoldMap`; None when nothing was collected."""
        return (self._starts, self._shifts) if self._starts else None
