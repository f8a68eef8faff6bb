"""Where a mark of a PDF stands in another revision of it, whose lines and pages end elsewhere.

Everything is looked up in the running texts, in which the ends of lines and pages, hyphens at them and ligatures make
no difference, and led back to the positions of the canonical text.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace

from reader.model.annotation import Anchor, AnchorState
from reader.text.anchoring import Resolution, Resolver
from reader.text.joining import joined_with_map

_NOT_THE_VERY_WORDS = 0.9999
"""The score of a passage that reads the same and is written otherwise."""


class PagedResolver:
    """What `Resolver` is, for texts of pages; `before` is the text that the anchors describe, where it is known."""

    def __init__(self, text: str, *, before: str = "") -> None:
        self._text = text
        running, self._positions = joined_with_map(text)
        former, self._former = joined_with_map(before) if before else ("", None)
        self._resolver = Resolver(running, before=former)

    def survey(self, anchors: Iterable[Anchor]) -> None:
        """What `Resolver.survey` is, for anchors of the canonical text."""
        self._resolver.survey(map(self._running, anchors))

    def resolve(self, anchor: Anchor) -> Resolution:
        """Where the anchor stands, in positions of the canonical text."""
        found = self._resolver.resolve(self._running(anchor))
        if found.state is AnchorState.LOST:
            return Resolution(found.state, anchor.start, anchor.end, 0.0)
        start, end = self._place(found.start, found.end)
        same = self._text[start:end] == anchor.exact
        if same and (start, end) == (anchor.start, anchor.end):
            return Resolution(AnchorState.EXACT, start, end, 1.0)
        score = found.score if same else min(found.score, _NOT_THE_VERY_WORDS)
        return Resolution(AnchorState.MOVED, start, end, score)

    def _running(self, anchor: Anchor) -> Anchor:
        """The anchor in the running text of its own revision."""
        whole, positions = joined_with_map(anchor.prefix + anchor.exact + anchor.suffix)
        first = bisect_left(positions, len(anchor.prefix))
        last = bisect_left(positions, len(anchor.prefix) + len(anchor.exact))
        exact = whole[first:last].strip()
        if not exact:
            first = last
        else:
            first += len(whole[first:last]) - len(whole[first:last].lstrip())
            last = first + len(exact)
        start = self._start(anchor) if exact or not anchor.exact else anchor.start
        return replace(
            anchor, start=start, end=start + len(exact), exact=exact, prefix=whole[:first], suffix=whole[last:]
        )

    def _start(self, anchor: Anchor) -> int:
        """Where the anchor begins in the former running text, or about where."""
        if self._former is None:
            return bisect_left(self._positions, anchor.start)
        blank = len(anchor.exact) - len(anchor.exact.lstrip())
        return bisect_left(self._former, anchor.start + blank)

    def _place(self, start: int, end: int) -> tuple[int, int]:
        """A stretch of the running text as one of the canonical text; what goes between its words belongs to it."""
        positions: Sequence[int] = self._positions
        return positions[start], positions[end - 1] + 1 if end > start else positions[start]
