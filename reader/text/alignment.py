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
# Where to go on in what was taken for one piece.
_WITHIN = 2
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
        # A line of which only a part is the same may be another one that begins or ends like it.
        head = before.rfind("\n", 0, head) + 1 if head < max(old, new) else head
        ending = before.find("\n", old - min(tail, min(old, new) - head))
        tail = old - ending if ending >= 0 else 0
        self._by_old: list[Pair] = [(0, head, 0, head), (old - tail, old, new - tail, new)]
        self._by_new = [_turned(pair) for pair in self._by_old]
        # By where a gap begins in the older text: how many of the cuts it has seen.
        self._depth: dict[int, int] = {}
        self._trusted: set[Pair] = set()

    def places(self, start: int, end: int) -> list[Range]:
        """Where the passage `start:end` of the older text may be now; several where something speaks for each."""
        self._settle(start)
        self._settle(end - 1)
        return self._across(start, end, self._by_old)

    def origins(self, start: int, end: int) -> list[Range]:
        """Where in the older text the passage `start:end` of the newer one may have been."""
        self._settle_new(start)
        self._settle_new(end - 1)
        return self._across(start, end, self._by_new)

    def known(self, start: int, end: int, now: Range | None = None) -> int:
        """How many code points of the older passage are in pieces whose place is known, or known to be in `now`."""
        at = max(0, bisect_right(self._by_old, start, key=_start) - 1)
        known = 0
        for old_start, old_end, new_start, new_end in self._by_old[at:]:
            if old_start >= end:
                break
            if now is None or (new_start < now[1] and new_end > now[0]):
                known += max(0, min(old_end, end) - max(old_start, start))
        return known

    def gap(self, position: int) -> int:
        """The size of the gap that holds the position of the older text; 0 in a piece that is known."""
        at = bisect_right(self._by_old, position, key=_start) - 1
        pair = self._by_old[at]
        return self._by_old[at + 1][0] - pair[1] if pair[1] <= position and at + 1 < len(self._by_old) else 0

    def _across(self, start: int, end: int, side: list[Pair]) -> list[Range]:
        """The passages of the other text that `start:end` may be, for the pairs of one side."""
        found = product(self._ends(start, side, last=False), self._ends(end - 1, side, last=True))
        return list(dict.fromkeys((first, last) for first, last in found if first < last))

    def _ends(self, position: int, side: list[Pair], *, last: bool) -> Iterator[int]:
        """Where the code point at `position` is in the other text; with `last`, where the next one would be."""
        at = bisect_right(side, position, key=_start) - 1
        pair = side[at]
        if position < pair[1]:
            yield from self._mapped(pair, position, side, last=last)
            return
        following = side[at + 1]
        behind, ahead = self._region_after(pair, side), self._region_before(following, side)
        left, right = max(pair[0], pair[1] - _BESIDE), min(following[1], following[0] + _BESIDE)
        low, high = max(pair[2], pair[3] - _BESIDE), min(following[3], following[2] + _BESIDE)
        if behind == ahead:
            windows = [((left, right, low, high), behind)]
        else:
            windows = [((left, following[0], low, behind[1]), behind), ((pair[1], right, ahead[0], high), ahead)]
        for window, region in windows:
            places = self._mapped(window, position, side, last=last)
            # What is mapped to a place beside the region has nothing that corresponds to it.
            yield from (place for place in places if region[0] <= place <= region[1])

    def _run(self, at: int) -> tuple[range, bool]:
        """The pairs round the pair `at` that follow each other in both texts; whether others frame them in both."""
        first = last = at
        while (link := self._link(first - 1)) and link[1] and self._by_old[at][1] - self._by_old[first][0] < _LONG:
            first -= 1
        framed = link is not None
        while (link := self._link(last)) and link[1] and self._by_old[last][1] - self._by_old[at][0] < _LONG:
            last += 1
        return range(first, last + 1), framed and link is not None

    def _link(self, at: int) -> tuple[Pair, bool] | None:
        """The pair behind the pair `at` if it is the next one in both texts, and whether nothing is between them."""
        if not 0 <= at < len(self._by_old) - 1:
            return None
        pair, following = self._by_old[at : at + 2]
        there = bisect_right(self._by_new, _turned(pair))
        if there == len(self._by_new) or self._by_new[there] != _turned(following):
            return None
        return following, max(following[0] - pair[1], following[2] - pair[3]) <= _NOTHING

    def _strays(self, at: int) -> range:
        """The pairs round the pair `at` that are too few to be sure of: their words stand elsewhere as well."""
        run, framed = self._run(at)
        first, last = self._by_old[run[0]], self._by_old[run[-1]]
        if framed or run[0] == 0 or run[-1] == len(self._by_old) - 1:
            return range(0)
        words = self._before[first[0] : last[1]]
        return (
            run
            if any(text.find(words, text.find(words) + 1) >= 0 for text in (self._before, self._after))
            else range(0)
        )

    def _drop(self, run: range) -> None:
        """Forget pairs; the gap that they leave is cut further, if it can be."""
        for pair in self._by_old[run[0] : run[-1] + 1]:
            self._by_new.remove(_turned(pair))
        depth = max(self._depth.get(pair[1], 0) for pair in self._by_old[run[0] - 1 : run[-1] + 1])
        del self._by_old[run[0] : run[-1] + 1]
        self._depth[self._by_old[run[0] - 1][1]] = max(depth, _WITHIN)

    def _mapped(self, window: Pair, position: int, side: list[Pair], *, last: bool) -> Iterator[int]:
        """Where the code point of one side's window is in the other's."""
        here_start, here_end, there_start, there_end = window
        if self._is_same(window, side):
            yield position + there_start - here_start + last
        elif max(here_end - here_start, there_end - there_start) <= _LONGEST:
            here, there = (self._before, self._after) if side is self._by_old else (self._after, self._before)
            old, new = here[here_start:here_end], there[there_start:there_end]
            yield from (there_start + place for place in mapped(old, new, position - here_start, last=last))

    def _is_same(self, pair: Pair, side: list[Pair]) -> bool:
        """Whether both texts hold the very same there."""
        if pair in (side[0], side[-1]):
            return True
        if pair[1] - pair[0] != pair[3] - pair[2]:
            return False
        here, there = (self._before, self._after) if side is self._by_old else (self._after, self._before)
        return here[pair[0] : pair[1]] == there[pair[2] : pair[3]]

    def _settle(self, position: int) -> None:
        """Cut the gap that holds the older position until it is known what corresponds to it."""
        while True:
            at = bisect_right(self._by_old, position, key=_start) - 1
            pair = self._by_old[at]
            if position < pair[1] and pair not in self._trusted and (run := self._strays(at)):
                self._drop(run)
            elif position < pair[1] or at + 1 == len(self._by_old) or self._depth.get(pair[1], 0) >= len(_CUTS):
                self._trusted.add(pair)
                return
            else:
                self._cut(at)

    def _settle_new(self, position: int) -> None:
        """The same for a position of the newer text, by the gaps of the older one that may belong there."""
        at = bisect_right(self._by_new, position, key=_start) - 1
        if position < self._by_new[at][1]:
            self._settle(self._by_new[at][2])
        elif at + 1 < len(self._by_new):
            behind, ahead = self._by_new[at][3], self._by_new[at + 1][2]
            self._settle(behind)
            self._settle(max(ahead - 1, 0))

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
        return [pair for pair in pairs if pair[1] - pair[0] <= _LONG or self._is_same(pair, self._by_old)]

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
            for region in (self._region_after(pair, self._by_old), self._region_before(following, self._by_old)):
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

    def _region_after(self, pair: Pair, side: list[Pair]) -> Range:
        """What stands in the other text between the pair's place there and the next one."""
        other = self._by_new if side is self._by_old else self._by_old
        at = bisect_right(other, _turned(pair))
        return pair[3], other[at][0] if at < len(other) else pair[3]

    def _region_before(self, pair: Pair, side: list[Pair]) -> Range:
        """What stands in the other text between the pair's place there and the one before it."""
        other = self._by_new if side is self._by_old else self._by_old
        at = bisect_right(other, _turned(pair)) - 2
        return other[at][1] if at >= 0 else pair[2], pair[2]

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
