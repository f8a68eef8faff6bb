"""The chapters of a document: the stretches of text that one reads towards the end of."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence

from reader.model.document import OutlineEntry


class Chapters:
    """The entries of the outline's top level that holds several; a book's title alone above them is no chapter.

    One that nobody reads at a stretch, as a part of a collection, falls into the entries below it.
    """

    def __init__(self, outline: Sequence[OutlineEntry], length: int, longest: int | None = None) -> None:
        """`length` is that of the text, and `longest` that of what is read at a stretch, in code points."""
        self._starts = _starts(outline, length, length if longest is None else longest)
        self._length = length

    def at(self, position: int) -> tuple[int, int] | None:
        """Beginning and end of the chapter in which `position` lies; None before the first, or where there are none."""
        number = bisect_right(self._starts, position) - 1
        if number < 0:
            return None
        following = self._starts[number + 1 : number + 2]
        return self._starts[number], following[0] if following else self._length


def _starts(outline: Sequence[OutlineEntry], length: int, longest: int) -> list[int]:
    several = Counter(entry.level for entry in outline)
    top = min((level for level, count in several.items() if count > 1), default=0)
    if not top:
        return []
    # What stands higher than that level (a part's title) ends a chapter, too.
    starts = sorted({entry.position for entry in outline if entry.level <= top})
    for level in sorted(level for level in several if level > top):
        ends = [*starts[1:], length]
        too_long = [(start, end) for start, end in zip(starts, ends, strict=True) if end - start > longest]
        below = [entry.position for entry in outline if entry.level == level] if too_long else []
        starts = sorted({*starts, *_within(below, too_long)})
    return starts


def _within(positions: Sequence[int], stretches: Sequence[tuple[int, int]]) -> Iterator[int]:
    """Those of the positions that lie in one of the stretches, which are sorted."""
    begins = [start for start, _ in stretches]
    for position in positions:
        number = bisect_right(begins, position) - 1
        if number >= 0 and position < stretches[number][1]:
            yield position
