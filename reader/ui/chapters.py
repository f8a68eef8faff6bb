"""The chapters of a document: the stretches of text that one reads towards the end of."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence

from reader.model.document import OutlineEntry


class Chapters:
    """The entries of the outline's top level that holds several; a book's title alone above them is no chapter."""

    def __init__(self, outline: Sequence[OutlineEntry], length: int) -> None:
        """`length` is that of the text, in code points."""
        self._starts = _starts(outline)
        self._length = length

    def at(self, position: int) -> tuple[int, int] | None:
        """Beginning and end of the chapter in which `position` lies; None before the first, or where there are none."""
        number = bisect_right(self._starts, position) - 1
        if number < 0:
            return None
        following = self._starts[number + 1 : number + 2]
        return self._starts[number], following[0] if following else self._length


def _starts(outline: Sequence[OutlineEntry]) -> list[int]:
    several = Counter(entry.level for entry in outline)
    level = min((level for level, count in several.items() if count > 1), default=0)
    # What stands higher than that level (a part's title) ends a chapter, too.
    return sorted({entry.position for entry in outline if entry.level <= level}) if level else []
