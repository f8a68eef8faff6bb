"""Marks of another program whose words stand several times, told apart by what its file says of their places.

Two things tell without guessing: the page, where those marks that stand only once show that its pages are those here;
and the order of the file, where only one of the places lies between the nearest such marks before and behind.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from reader.interchange.records import NOWHERE, Where

if TYPE_CHECKING:
    from reader.model.document import Document
    from reader.text.running import Running

Place = tuple[int, int]
Order = tuple[float, ...]

MOST = 200
"""Places of a quote that are looked at."""

_LEAST_SURE = 12


class Apart:
    """Chooses among the places of a quote in one text.

    `marks` are all of the file's that have words and no position: uid, words and where they stand there. `document`
    gives the document with its pages, if anybody asks for them.
    """

    def __init__(
        self, running: Running, marks: Sequence[tuple[str, str, Where]], document: Callable[[], Document]
    ) -> None:
        self._running = running
        self._marks = [(words, where) for _, words, where in marks if where != NOWHERE]
        self._where = {uid: where for uid, _, where in marks if where != NOWHERE}
        self._document = document
        self._orders: dict[str, tuple[list[Order], list[int]]] = {}

    def chosen(self, uid: str, places: Sequence[Place]) -> Place | None:
        """The place (start and end in code points) of the mark with this uid; None where nothing tells it."""
        if len(places) == 1:
            return places[0]
        where = self._where.get(uid, NOWHERE)
        if where == NOWHERE or len(places) >= MOST:
            return None
        left = [place for place in places if self._is_between(place, where) and self._is_on_page(place, where)]
        return left[0] if len(left) == 1 else None

    @cached_property
    def _sure(self) -> list[tuple[Where, Place]]:
        """The marks that stand only once, and where."""
        found: list[tuple[Where, Place]] = []
        for words, where in self._marks:
            if len(words) >= _LEAST_SURE and len(places := self._running.places(words, 2)) == 1:
                found.append((where, places[0]))
        return found

    # -- order

    def _ordered(self, unit: str) -> tuple[list[Order], list[int]]:
        """Orders and starts of the sure ones in that unit, both ascending; none where they do not go together."""
        if unit not in self._orders:
            self._orders[unit] = _ascending(
                sorted((where.order, start) for where, (start, _) in self._sure if where.order and where.unit == unit)
            )
        return self._orders[unit]

    def _is_between(self, place: Place, where: Where) -> bool:
        """Whether the place lies between the nearest sure marks, if there are such on both sides."""
        orders, starts = self._ordered(where.unit)
        before, behind = bisect_left(orders, where.order) - 1, bisect_right(orders, where.order)
        if not where.order or before < 0 or behind >= len(orders):
            return True
        return starts[before] <= place[0] <= starts[behind]

    # -- pages

    def _is_on_page(self, place: Place, where: Where) -> bool:
        """Whether the place begins on the page that the file names, if the pages here are the same ones."""
        own = self._pages_of(where)
        if not own or not self._same_pages[bool(where.number)]:
            return True
        return _is_in(place, own)

    def _pages_of(self, where: Where) -> list[Place]:
        """The pages here with this number, else with this label; none where it names no page."""
        if where.number:
            return self._sheets[where.number - 1 : where.number]
        return self._labelled.get(where.page, []) if where.page else []

    @cached_property
    def _same_pages(self) -> tuple[bool, bool]:
        """Whether labels, and numbers, mean the pages here: no sure mark stands on another one, and for labels, of
        which any edition has its own, at least one shows it."""
        held = [
            (bool(where.number), _is_in(place, own)) for where, place in self._sure if (own := self._pages_of(where))
        ]
        labels = [stands for numbered, stands in held if not numbered]
        return bool(labels) and all(labels), all(stands for numbered, stands in held if numbered)

    @cached_property
    def _sheets(self) -> list[Place]:
        starts = [sheet.start for sheet in self._pages.sheets]
        return list(pairwise([*starts, len(self._pages.text) + 1]))

    @cached_property
    def _labelled(self) -> dict[str, list[Place]]:
        """The pages by the labels that are printed on them, in a PDF without any by their numbers."""
        found: dict[str, list[Place]] = {}
        for number, (sheet, place) in enumerate(zip(self._pages.sheets, self._sheets, strict=True), 1):
            found.setdefault(sheet.label or str(number), []).append(place)
        breaks = self._pages.pages
        ends = [*(one.position for one in breaks[1:]), len(self._pages.text) + 1]
        for one, end in zip(breaks, ends, strict=False):
            found.setdefault(one.label, []).append((one.position, end))
        return found

    @cached_property
    def _pages(self) -> Document:
        return self._document()


def _is_in(place: Place, pages: Sequence[Place]) -> bool:
    return any(low <= place[0] < high for low, high in pages)


def _ascending(known: Sequence[tuple[Order, int]]) -> tuple[list[Order], list[int]]:
    """Orders and starts apart, which are sorted; none where a start is before one of a lower order."""
    latest, at_last = -1, -1
    for number, (order, start) in enumerate(known):
        if number and known[number - 1][0] != order:
            at_last = latest
        if start < at_last:
            return [], []
        latest = max(latest, start)
    return [order for order, _ in known], [start for _, start in known]
