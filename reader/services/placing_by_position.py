"""Marks of another program that have a position and nothing round their words: a position counts in another text.

By how much it is off there is told by those marks whose words stand only once; with nobody to tell, it is taken as it
is. Words that stand once are found wherever the file says that they are.
"""

from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import pairwise

from reader.text.candidates import Shifts
from reader.text.running import Running

Place = tuple[int, int]

_MOST = 200
_LEAST_SURE = 12
_SLACK = 2


class ByPosition:
    """Finds words by where the file says that they begin (in code points of its own text).

    `marks` gives words and positions of all marks of the file that have a position.
    """

    def __init__(self, running: Running, marks: Callable[[], Sequence[tuple[str, int]]]) -> None:
        self._running, self._marks = running, marks

    def place(self, words: str, start: int) -> Place | None:
        """Start and end of the words; None where they do not stand, or nothing tells which of several they are."""
        off = self._off.round(start) or (0,)
        if len(off) == 1 and (exactly := self._running.place_at(words, start + off[0])):
            return exactly
        places = self._running.places(words, _MOST)
        if len(places) < 2:
            return places[0] if places else None
        between = self._off.between(start) if self._is_in_order and len(places) < _MOST else None
        if between is None:
            return None
        low, high = start + between[0] - _SLACK, start + between[1] + _SLACK
        inside = [place for place in places if low <= place[0] <= high]
        return inside[0] if len(inside) == 1 else None

    def expected(self, start: int) -> int:
        """Where something would begin here, going by the nearest mark that is sure."""
        return max(0, start + (self._off.round(start) or (0,))[0])

    @cached_property
    def _sure(self) -> list[tuple[int, int]]:
        """Where marks begin there and here whose words stand only once, in the order of the file's text."""
        sure: list[tuple[int, int]] = []
        for words, start in self._marks():
            if len(words) >= _LEAST_SURE and len(places := self._running.places(words, 2)) == 1:
                sure.append((start, places[0][0]))
        return sorted(sure)

    @cached_property
    def _off(self) -> Shifts:
        shifts = Shifts()
        for there, here in self._sure:
            shifts.learn(there, here - there)
        return shifts

    @cached_property
    def _is_in_order(self) -> bool:
        """Whether the sure ones follow each other here as they do there; positions that begin anew do not."""
        return all(one[1] <= other[1] for one, other in pairwise(self._sure))
