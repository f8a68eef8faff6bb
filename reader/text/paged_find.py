"""Finding in the text of a PDF as it reads: words that lines cut in two, phrases over the ends of lines and pages."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from threading import Lock

from reader.text.find import Finder, FindOptions, FindResult
from reader.text.joining import joined_with_map
from reader.text.variants import source_range


class PagedFinder:
    """What `Finder` is, for a text of pages of fixed form; hits are ranges of the canonical text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._turn = Lock()
        self._made: tuple[Finder, Sequence[int]] | None = None

    def find(
        self, query: str, options: FindOptions | None = None, *, cancelled: Callable[[], bool] = lambda: False
    ) -> FindResult:
        """The hits of `query`, as `Finder.find` gives them."""
        finder, positions = self._ready()
        found = finder.find(query, options, cancelled=cancelled)
        return replace(found, hits=[_place(positions, *hit) for hit in found.hits])

    def prepare(self, options: FindOptions | None = None) -> None:
        """Join and fold the text ahead of the first letter."""
        self._ready()[0].prepare(options)

    def _ready(self) -> tuple[Finder, Sequence[int]]:
        with self._turn:
            if self._made is None:
                running, positions = joined_with_map(self._text)
                self._made = Finder(running), positions
            return self._made


def _place(positions: Sequence[int], start: int, end: int) -> tuple[int, int]:
    """A hit in the canonical text; what the joining leaves out after its last letter is no part of it."""
    low, high = source_range(positions, start, end)
    return low, min(high, positions[end - 1] + 1)
