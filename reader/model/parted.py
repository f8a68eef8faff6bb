"""What stands in a long text, in parts that are made only when they are looked at: blocks, or spans."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from typing import Generic, Protocol, TypeVar, cast, overload


class Placed(Protocol):
    """Anything with a start and an end, in code points, end exclusive."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


T = TypeVar("T", bound=Placed)


def _start_of(item: Placed) -> int:
    return item.start


class Parted(Sequence[T], Generic[T]):
    """A sequence in the order of the text. Looking for a place makes the part that it lies in, and no other.

    `starts` are the code points where the parts begin, ascending, `counts` how many items begin in each, and `make`
    gives those of one. `across` are the items, once more, that reach beyond the end of the part they begin in.
    """

    __slots__ = ("_across", "_firsts", "_made", "_make", "_starts")

    def __init__(
        self,
        starts: Sequence[int],
        counts: Sequence[int],
        make: Callable[[int], Sequence[T]],
        across: Sequence[T] = (),
    ) -> None:
        self._starts, self._make, self._across = starts, make, across
        self._firsts = list(accumulate(counts, initial=0))
        self._made: dict[int, Sequence[T]] = {}

    def __len__(self) -> int:
        return self._firsts[-1]

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[T]: ...
    def __getitem__(self, index: int | slice) -> T | Sequence[T]:
        if isinstance(index, slice):
            return self._slice(*index.indices(len(self)))
        if index < 0:
            index += len(self)
        if not 0 <= index < len(self):
            raise IndexError(index)
        part = bisect_right(self._firsts, index) - 1
        return self.part(part)[index - self._firsts[part]]

    def __iter__(self) -> Iterator[T]:
        for part in range(len(self._starts)):
            yield from self.part(part)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(cast("Sequence[object]", other))

    __hash__ = None  # pyright: ignore[reportAssignmentType]

    def index_from(self, position: int) -> int:
        """The index of the first item that begins at `position` or behind it."""
        part = self.part_of(position)
        return self._firsts[part] + bisect_left(self.part(part), position, key=_start_of)

    def index_behind(self, position: int) -> int:
        """The index of the first item that begins behind `position`."""
        part = self.part_of(position)
        return self._firsts[part] + bisect_right(self.part(part), position, key=_start_of)

    def part_of(self, position: int) -> int:
        """The number of the part that a code point lies in."""
        return max(bisect_right(self._starts, position) - 1, 0)

    def part(self, number: int) -> Sequence[T]:
        """The items that begin in a part."""
        made = self._made.get(number)
        if made is None:
            made = self._made[number] = self._make(number)
        return made

    def reaching(self, position: int) -> list[T]:
        """The items that begin before the part that `position` lies in, and reach beyond it."""
        start = self._starts[self.part_of(position)]
        return [item for item in self._across if item.start < start and item.end > position]

    def _slice(self, start: int, stop: int, step: int) -> list[T]:
        if step != 1 or start >= stop:
            return [self[at] for at in range(start, stop, step)]
        first, last = bisect_right(self._firsts, start) - 1, bisect_left(self._firsts, stop)
        items = [item for part in range(first, last) for item in self.part(part)]
        return items[start - self._firsts[first] : stop - self._firsts[first]]


def index_from(items: Sequence[T], position: int) -> int:
    """The index of the first of `items`, which are in text order, that begins at `position` or behind it."""
    if isinstance(items, Parted):
        return items.index_from(position)
    return bisect_left(items, position, key=_start_of)


def index_behind(items: Sequence[T], position: int) -> int:
    """The index of the first of `items`, which are in text order, that begins behind `position`."""
    if isinstance(items, Parted):
        return items.index_behind(position)
    return bisect_right(items, position, key=_start_of)
