"""Which passage of a newer text is which of an older one, worked out only where it is asked for.

Both texts are cut into lines, then, where these differ, into sentences, then into words; what occurs once in both
corresponds, and what follows or precedes it equally. Moved passages are found as well. What remains between
corresponding pieces is compared letter by letter.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import product

from reader.text.common_runs import common
from reader.text.letters import mapped
from reader.text.pieces import Cut, Piece, lines, sentences, words

Range = tuple[int, int]
Pair = tuple[int, int, int, int]
"""Start and end of a piece in one text and in the other."""

# How the gaps between known pairs are cut, one after the other, and how many pieces in a row make a beginning.
_CUTS: tuple[tuple[Cut, int], ...] = ((lines, 1), (sentences, 1), (words, 4), (words, 2))
# Gaps that hold no more than this hold nothing to compare.
_NOTHING = 3
# How much of the pairs round a gap is compared with it, and the most code points of a gap.
_BESIDE = 48
_LONGEST = 8000
# Pieces that are written differently and longer than this are cut further instead of taken as a whole.
_LONG = 400


class Alignment:
    """Two texts side by side. `head` and `tail` code points of both are known to be the same."""

    def __init__(self, before: str, after: str, head: int, tail: int) -> None:
        self._before, self._after = before, after
        old, new = len(before), len(after)
        tail = min(tail, min(old, new) - head)
        self._by_old: list[Pair] = [(0, head, 0, head), (old - tail, old, new - tail, new)]
        self._by_new = [_turned(pair) for pair in self._by_old]
        # By where a gap begins in the older text: how many of the cuts it has seen.
        self._depth: dict[int, int] = {}

    def places(self, start: int, end: int) -> list[Range]:
        """Where the passage `start:end` of the older text may be now; several where something speaks for each."""
        self._settle(start)
        self._settle(end - 1)
        found = product(self._ends(start, last=False), self._ends(end - 1, last=True))
        return list(dict.fromkeys((first, last) for first, last in found if first < last))

    def is_of_others(self, now: Range, mark: Range) -> bool:
        """Whether at least half of the newer passage `now` is known to be another one than the older `mark`."""
        self._settle_new(now[0])
        self._settle_new(now[1] - 1)
        at = max(0, bisect_right(self._by_new, now[0], key=_start) - 1)
        other = 0
        for new_start, new_end, old_start, old_end in self._by_new[at:]:
            if new_start >= now[1]:
                break
            if old_end <= mark[0] or old_start >= mark[1]:
                other += max(0, min(new_end, now[1]) - max(new_start, now[0]))
        return 2 * other >= now[1] - now[0]

    def _ends(self, position: int, *, last: bool) -> Iterator[int]:
        """Where the code point at `position` is now; with `last`, where the next one would be."""
        at = bisect_right(self._by_old, position, key=_start) - 1
        pair = self._by_old[at]
        if position < pair[1]:
            yield from self._mapped(pair, position, last=last)
            return
        following = self._by_old[at + 1]
        behind, ahead = self._region_after(pair), self._region_before(following)
        left, right = max(pair[0], pair[1] - _BESIDE), min(following[1], following[0] + _BESIDE)
        low, high = max(pair[2], pair[3] - _BESIDE), min(following[3], following[2] + _BESIDE)
        if behind == ahead:
            yield from self._mapped((left, right, low, high), position, last=last)
            return
        yield from self._mapped((left, following[0], low, behind[1]), position, last=last)
        yield from self._mapped((pair[1], right, ahead[0], high), position, last=last)

    def _mapped(self, window: Pair, position: int, *, last: bool) -> Iterator[int]:
        """Where the code point of the older window is in the newer one."""
        old_start, old_end, new_start, new_end = window
        if old_end - old_start == new_end - new_start and self._is_same(window):
            yield position + new_start - old_start + last
        elif max(old_end - old_start, new_end - new_start) <= _LONGEST:
            old, new = self._before[old_start:old_end], self._after[new_start:new_end]
            yield from (new_start + place for place in mapped(old, new, position - old_start, last=last))

    def _is_same(self, pair: Pair) -> bool:
        if pair in (self._by_old[0], self._by_old[-1]):
            return True
        return self._before[pair[0] : pair[1]] == self._after[pair[2] : pair[3]]

    def _settle(self, position: int) -> None:
        """Cut the gap that holds the older position until it is known what corresponds to it."""
        while True:
            at = bisect_right(self._by_old, position, key=_start) - 1
            pair = self._by_old[at]
            if position < pair[1] or at + 1 == len(self._by_old) or self._depth.get(pair[1], 0) >= len(_CUTS):
                return
            self._cut(at)

    def _settle_new(self, position: int) -> None:
        """The same for a position of the newer text, by the gaps of the older one that may belong there."""
        at = bisect_right(self._by_new, position, key=_start) - 1
        if position < self._by_new[at][1] or at + 1 == len(self._by_new):
            return
        behind, ahead = self._by_new[at][3], self._by_new[at + 1][2]
        self._settle(behind)
        self._settle(ahead - 1)

    def _cut(self, at: int) -> None:
        """Cut the gap behind the pair `at` of the older text once more, with all that it is entangled with."""
        depth = self._depth.get(self._by_old[at][1], 0)
        gaps, regions = self._entangled(at)
        pairs = self._common(gaps, regions, depth) if regions else []
        for start in (*(low for low, _ in gaps), *(pair[1] for pair in pairs)):
            self._depth[start] = max(self._depth.get(start, 0), depth + 1 if regions else len(_CUTS))
        _merge(self._by_old, pairs)
        _merge(self._by_new, sorted(map(_turned, pairs)))

    def _common(self, gaps: Sequence[Range], regions: Sequence[Range], depth: int) -> list[Pair]:
        """What corresponds in these gaps and regions, cut as the depth demands."""
        cut, gram = _CUTS[depth]
        old = _pieces(self._before, gaps, cut, "old")
        new = _pieces(self._after, regions, cut, "new")
        matches = common([piece[2] for piece in old], [piece[2] for piece in new], gram)
        pairs = ((*old[i][:2], *new[j][:2]) for i, j in matches)
        return [pair for pair in pairs if pair[1] - pair[0] <= _LONG or self._is_same(pair)]

    def _entangled(self, at: int) -> tuple[list[Range], list[Range]]:
        """The gaps of the older and the newer text that may correspond to the gap behind the pair `at`."""
        gaps: dict[Range, None] = {}
        regions: dict[Range, None] = {}
        todo = [at]
        while todo:
            at = todo.pop()
            pair, following = self._by_old[at : at + 2]
            gap = (pair[1], following[0])
            if gap in gaps:
                continue
            gaps[gap] = None
            for region in (self._region_after(pair), self._region_before(following)):
                if region[1] - region[0] > _NOTHING and region not in regions:
                    regions[region] = None
                    todo += self._gaps_of(region)
        return sorted(gaps), sorted(regions)

    def _gaps_of(self, region: Range) -> Iterator[int]:
        """The gaps that touch a region of the newer text, as the indices of the pairs before them."""
        at = bisect_right(self._by_new, region[0], key=_end)
        behind, ahead = self._by_new[at - 1], self._by_new[at]
        for index in (self._index(_turned(behind)), self._index(_turned(ahead)) - 1):
            if 0 <= index < len(self._by_old) - 1:
                gap = self._by_old[index][1], self._by_old[index + 1][0]
                if gap[1] - gap[0] > _NOTHING:
                    yield index

    def _region_after(self, pair: Pair) -> Range:
        """What stands between the newer place of the pair and the next one there."""
        at = bisect_right(self._by_new, _turned(pair))
        end = self._by_new[at][0] if at < len(self._by_new) else pair[3]
        return pair[3], end

    def _region_before(self, pair: Pair) -> Range:
        """What stands between the newer place of the pair and the one before it there."""
        at = bisect_right(self._by_new, _turned(pair)) - 2
        start = self._by_new[at][1] if at >= 0 else pair[2]
        return start, pair[2]

    def _index(self, pair: Pair) -> int:
        return bisect_right(self._by_old, pair) - 1


def _pieces(text: str, ranges: Sequence[Range], cut: Cut, name: str) -> list[Piece]:
    """The pieces of all ranges; between two ranges stands one that is equal to none."""
    found: list[Piece] = []
    for low, high in ranges:
        found += cut(text, low, high)
        found.append((high, high, f"\0{name}{high}"))
    return found


def _merge(known: list[Pair], found: Sequence[Pair]) -> None:
    """Put sorted pairs in their places, those of one gap at once."""
    if len(found) > len(known):
        known[:] = sorted([*known, *found])
        return
    done = 0
    while done < len(found):
        at = bisect_right(known, found[done])
        upto = bisect_right(found, known[at], done) if at < len(known) else len(found)
        known[at:at] = found[done:upto]
        done = upto


def _turned(pair: Pair) -> Pair:
    return pair[2], pair[3], pair[0], pair[1]


def _start(pair: Pair) -> int:
    return pair[0]


def _end(pair: Pair) -> int:
    return pair[1]
