"""Ranges of text kept sorted, so that a question about a few lines costs what lies there, not what there is."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, TypeVar

from reader.model.parted import Parted, Placed

# Longer ranges are few; they are kept apart, so that one mark over a whole book does not slow every question.
LONG = 4096


T = TypeVar("T", bound=Placed)


def _order(item: Placed) -> tuple[int, int]:
    return item.start, -item.end


class Intervals(Generic[T]):
    """A sorted collection of ranges."""

    __slots__ = ("_items", "_long", "_starts")

    def __init__(self, items: Iterable[T] = ()) -> None:
        everything = list(items)
        self._items = sorted((item for item in everything if item.end - item.start <= LONG), key=_order)
        self._starts = [item.start for item in self._items]
        self._long = sorted((item for item in everything if item.end - item.start > LONG), key=_order)

    def __len__(self) -> int:
        return len(self._items) + len(self._long)

    def __iter__(self) -> Iterator[T]:
        yield from sorted((*self._items, *self._long), key=_order)

    def add(self, item: T) -> None:
        if item.end - item.start > LONG:
            self._long.append(item)
            self._long.sort(key=_order)
            return
        at = bisect_right(self._items, _order(item), key=_order)
        self._items.insert(at, item)
        self._starts.insert(at, item.start)

    def remove(self, item: T) -> None:
        """Take out an item that is in; equality decides."""
        if item.end - item.start > LONG:
            self._long.remove(item)
            return
        at = bisect_left(self._items, _order(item), key=_order)
        while self._items[at] != item:
            at += 1
        del self._items[at], self._starts[at]

    def overlapping(self, start: int, end: int) -> list[T]:
        """Every item that shares at least one code point with `start..end`, in text order, the longer first."""
        low = bisect_left(self._starts, start - LONG)
        high = bisect_left(self._starts, end)
        found = [item for item in self._items[low:high] if item.end > start]
        if self._long:
            found += [item for item in self._long if item.start < end and item.end > start]
            found.sort(key=_order)
        return found

    def at(self, position: int) -> list[T]:
        """Every item that covers the code point at `position`, the shortest first."""
        return _shortest_first(self.overlapping(position, position + 1))


class PartedIntervals(Generic[T]):
    """The same questions asked of a sequence that makes its parts only when they are looked at."""

    __slots__ = ("_items", "_parts")

    def __init__(self, items: Parted[T]) -> None:
        self._items = items
        self._parts: dict[int, Intervals[T]] = {}

    def overlapping(self, start: int, end: int) -> list[T]:
        """Every item that shares at least one code point with `start..end`, in text order, the longer first."""
        items = self._items
        found = items.reaching(start)
        for number in range(items.part_of(start), items.part_of(end - 1) + 1):
            part = self._parts.get(number)
            if part is None:
                part = self._parts[number] = Intervals(items.part(number))
            found += part.overlapping(start, end)
        return found

    def at(self, position: int) -> list[T]:
        """Every item that covers the code point at `position`, the shortest first."""
        return _shortest_first(self.overlapping(position, position + 1))


def intervals_of(items: Sequence[T]) -> Intervals[T] | PartedIntervals[T]:
    """The sequence, ready to be asked what lies at a place."""
    return PartedIntervals(items) if isinstance(items, Parted) else Intervals(items)


def _shortest_first(items: Iterable[T]) -> list[T]:
    return sorted(items, key=lambda item: item.end - item.start)
