"""Stretches of the text that are drawn in another way (hidden, faded), asked by place."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator

Stretch = tuple[int, int]

# So much white space between two stretches still joins them: paragraphs are hidden one by one, and shown as one gap.
_JOINING = 8


class Stretches:
    """Sorted stretches that do not touch; positions are code points, ends exclusive.

    Those with nothing but white space between them are joined.
    """

    __slots__ = ("_ends", "_starts")

    def __init__(self, ranges: Iterable[Stretch] = (), text: str = "") -> None:
        joined = list(_joined(ranges, text))
        self._starts = [start for start, _end in joined]
        self._ends = [end for _start, end in joined]

    def __len__(self) -> int:
        return len(self._starts)

    def __iter__(self) -> Iterator[Stretch]:
        return zip(self._starts, self._ends, strict=True)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Stretches) and list(self) == list(other)

    def at(self, position: int) -> Stretch | None:
        """The stretch that covers the code point at `position`."""
        at = bisect_right(self._starts, position) - 1
        return (self._starts[at], self._ends[at]) if at >= 0 and position < self._ends[at] else None

    def within(self, start: int, end: int) -> list[Stretch]:
        """The parts of `start..end` that lie in stretches."""
        at = bisect_right(self._ends, start)
        found: list[Stretch] = []
        while at < len(self._starts) and self._starts[at] < end:
            found.append((max(start, self._starts[at]), min(end, self._ends[at])))
            at += 1
        return found

    def around(self, start: int, end: int) -> Stretch | None:
        """The stretch that covers all of `start..end`; nothing at all is covered by what lies round it."""
        found = self.at(start)
        return found if found and end <= found[1] else None

    def trimmed(self, start: int, end: int) -> Stretch:
        """`start..end` without the stretches at its two ends; empty when it lies in one."""
        first = self.at(start)
        start = first[1] if first else start
        last = self.at(end - 1)
        end = last[0] if last else end
        return start, max(start, end)

    def outside(self, position: int, *, forward: bool) -> int:
        """`position`, or the end of the stretch that it is inside of."""
        found = self.at(position)
        if found is None or found[0] == position:
            return position
        return found[1] if forward else found[0]


def _joined(ranges: Iterable[Stretch], text: str) -> Iterator[Stretch]:
    current: Stretch | None = None
    for start, end in sorted(found for found in ranges if found[0] < found[1]):
        if current is None:
            current = (start, end)
        elif start <= current[1] or (start - current[1] <= _JOINING and text[current[1] : start].isspace()):
            current = (current[0], max(current[1], end))
        else:
            yield current
            current = (start, end)
    if current:
        yield current
