"""Where the chapters and the pages of a document begin, as far as it tells."""

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter

from reader.model.annotation import Anchor
from reader.model.document import OutlineEntry, PageBreak, Sheet

_position = attrgetter("position")


@dataclass(frozen=True)
class Contents:
    """Headings, pages of the printed book and pages of fixed form, each in text order.

    `read` is the instant at which this text was read from its file, empty when there is no text.
    """

    outline: tuple[OutlineEntry, ...] = ()
    pages: tuple[PageBreak, ...] = ()
    sheets: tuple[Sheet, ...] = ()
    read: str = ""

    def headings(self, position: int) -> tuple[str, ...]:
        """The headings over a position (code points), the outermost first."""
        at = bisect_right(self._starts, position) - 1
        return self._paths[at] if at >= 0 else ()

    @cached_property
    def _starts(self) -> list[int]:
        return [entry.position for entry in self.outline]

    @cached_property
    def _paths(self) -> list[tuple[str, ...]]:
        """Each heading below those that it belongs to."""
        paths: list[tuple[str, ...]] = []
        over: list[OutlineEntry] = []
        for entry in self.outline:
            while over and over[-1].level >= entry.level:
                over.pop()
            over.append(entry)
            paths.append(tuple(each.title for each in over))
        return paths

    def page(self, anchor: Anchor) -> str:
        """The label of the page on which the anchor begins, else its number from 1; empty without pages."""
        number = self.sheet(anchor)
        if number is not None:
            label = self.sheets[number].label if number < len(self.sheets) else ""
            return label or str(number + 1)
        at = bisect_right(self.pages, anchor.start, key=_position) - 1 if self.pages else -1
        return self.pages[at].label if at >= 0 else ""

    def sheet(self, anchor: Anchor) -> int | None:
        """The page of fixed form (from 0) on which the anchor begins; None where there are none."""
        if anchor.rects:
            return anchor.rects[0].page
        if not self.sheets:
            return None
        return max(bisect_right(self.sheets, anchor.start, key=attrgetter("start")) - 1, 0)
