"""Where two texts differ: by paragraphs first, then by words within those that belong together."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass

from reader.model.errors import Cancelled

Stretch = tuple[int, int]
"""Start and end in code points, end exclusive."""
_Indices = tuple[int, int, int, int]
"""First and end of a stretch of one sequence, and of the other."""

_WORD = re.compile(r"\w+|\s+|.", re.DOTALL)
_LARGEST = 1 << 24
"""Pairs of things that are compared at most in one go; what is larger and has nothing in common is told as a whole."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Some paragraphs of a text and those that stand for them in the other; either may be empty.

    `words` are the pairs of stretches within them that differ; all positions count in the whole texts.
    """

    before: Stretch
    after: Stretch
    words: tuple[tuple[Stretch, Stretch], ...]


def differences(before: str, after: str, cancelled: Callable[[], bool] = lambda: False) -> list[Difference]:
    """The differences in order. `cancelled` is asked again and again, and ends it with Cancelled."""
    old, new = before.split("\n"), after.split("\n")
    old_starts, new_starts = _starts(old), _starts(new)
    found: list[Difference] = []
    for low, high, first, last in changed(old, new, cancelled):
        alone = low == high or first == last
        one = _stretch(old_starts, low, high, len(before), alone=alone)
        other = _stretch(new_starts, first, last, len(after), alone=alone)
        words = word_differences(before[slice(*one)], after[slice(*other)], cancelled)
        pairs = tuple(_moved(pair, one[0], other[0]) for pair in words)
        if pairs:
            found.append(Difference(one, other, pairs))
    return found


def word_differences(
    before: str, after: str, cancelled: Callable[[], bool] = lambda: False
) -> list[tuple[Stretch, Stretch]]:
    """The stretches of two short texts that differ, word by word, in pairs."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    old_starts, new_starts = _ends(old), _ends(new)
    found = (_at_line_end(old, new, where) for where in changed(old, new, cancelled))
    return [
        ((old_starts[low], old_starts[high]), (new_starts[first], new_starts[last])) for low, high, first, last in found
    ]


def _at_line_end(old: Sequence[str], new: Sequence[str], where: _Indices) -> _Indices:
    """What only came or only went, told from the line end on before it if that is the same: as a person would."""
    low, high, first, last = where
    if low < high and first < last:
        return where
    words, start, end = (old, low, high) if low < high else (new, first, last)
    by = 0
    while end + by < len(words) and words[start + by] == words[end + by] and "\n" not in words[start + by]:
        by += 1
    if "\n" not in words[start + by] or low + by > len(old) or first + by > len(new):
        return where
    return low + by, high + by, first + by, last + by


def changed(
    old: Sequence[Hashable], new: Sequence[Hashable], cancelled: Callable[[], bool] = lambda: False
) -> list[_Indices]:
    """Which stretches of two sequences do not stand in the other, in order; what both have is never among them."""
    found: list[_Indices] = []
    for low, high, first, last in _parted(old, new, (0, len(old), 0, len(new)), cancelled):
        if found and found[-1][1] == low and found[-1][3] == first:
            found[-1] = (found[-1][0], high, found[-1][2], last)
        else:
            found.append((low, high, first, last))
    return found


def _parted(
    old: Sequence[Hashable], new: Sequence[Hashable], where: _Indices, cancelled: Callable[[], bool]
) -> Iterator[_Indices]:
    """`changed` of stretches: cut at what is in each of them but once, the rest compared in full if it is not large."""
    if cancelled():
        raise Cancelled
    low, high, first, last = _trimmed(old, new, where)
    if low == high or first == last:
        if low < high or first < last:
            yield low, high, first, last
        return
    if (high - low) * (last - first) <= _LARGEST >> 8:
        yield from _compared(old, new, (low, high, first, last))
        return
    fixed = _fixed(old, new, (low, high, first, last))
    if not fixed:
        small = (high - low) * (last - first) <= _LARGEST
        yield from _compared(old, new, (low, high, first, last)) if small else iter([(low, high, first, last)])
        return
    for here, there in [*fixed, (high, last)]:
        yield from _parted(old, new, (low, here, first, there), cancelled)
        low, first = here, there


def _trimmed(old: Sequence[Hashable], new: Sequence[Hashable], where: _Indices) -> _Indices:
    """The stretches without what they begin and end with alike."""
    low, high, first, last = where
    while low < high and first < last and old[low] == new[first]:
        low, first = low + 1, first + 1
    while low < high and first < last and old[high - 1] == new[last - 1]:
        high, last = high - 1, last - 1
    return low, high, first, last


def _fixed(old: Sequence[Hashable], new: Sequence[Hashable], where: _Indices) -> list[tuple[int, int]]:
    """Pairs of places of what stands in both stretches but once: as many as keep their order."""
    low, high, first, last = where
    here, there = _single(old, low, high), _single(new, first, last)
    pairs = [(at, there[what]) for what, at in here.items() if what in there]
    # The longest rising run, by piles of which the tops are searched.
    tops: list[int] = []
    piles: list[int] = []
    before: list[int] = [-1] * len(pairs)
    for number, (_, place) in enumerate(pairs):
        pile = bisect_left(tops, place)
        before[number] = piles[pile - 1] if pile else -1
        tops[pile : pile + 1] = [place]
        piles[pile : pile + 1] = [number]
    run: list[tuple[int, int]] = []
    number = piles[-1] if piles else -1
    while number >= 0:
        run.append(pairs[number])
        number = before[number]
    return run[::-1]


def _single(things: Sequence[Hashable], low: int, high: int) -> dict[Hashable, int]:
    """Where each thing stands that is there but once."""
    counts = Counter(things[low:high])
    return {things[at]: at for at in range(low, high) if counts[things[at]] == 1}


def _compared(old: Sequence[Hashable], new: Sequence[Hashable], where: _Indices) -> Iterator[_Indices]:
    """What differs at least, by comparing everything with everything."""
    from rapidfuzz.distance import Indel

    low, high, first, last = where
    numbers: dict[Hashable, int] = {}
    one = [numbers.setdefault(thing, len(numbers)) for thing in old[low:high]]
    other = [numbers.setdefault(thing, len(numbers)) for thing in new[first:last]]
    for step in Indel.opcodes(one, other):
        if step.tag != "equal":
            yield low + step.src_start, low + step.src_end, first + step.dest_start, first + step.dest_end


def _starts(lines: Sequence[str]) -> list[int]:
    """Where each line of a text begins."""
    starts: list[int] = []
    at = 0
    for line in lines:
        starts.append(at)
        at += len(line) + 1
    return starts


def _ends(words: Sequence[str]) -> list[int]:
    """Where each word begins, and where the last one ends."""
    ends = [0]
    for word in words:
        ends.append(ends[-1] + len(word))
    return ends


def _stretch(starts: Sequence[int], low: int, high: int, length: int, *, alone: bool) -> Stretch:
    """The place of some lines; `alone`, with the line end after them (before the last ones): the other has none."""
    if not alone:
        return starts[low], starts[high] - 1 if high < len(starts) else length
    if high < len(starts):
        return starts[low], starts[high]
    return starts[low] - 1 if low < high else length, length


def _moved(pair: tuple[Stretch, Stretch], one: int, other: int) -> tuple[Stretch, Stretch]:
    (start, end), (first, last) = pair
    return (start + one, end + one), (first + other, last + other)
