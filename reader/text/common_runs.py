"""Which pieces of two sequences are the same ones: begun where something occurs once in both, as in a patience diff."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

Match = tuple[int, int]
"""Indices of a piece in the older and in the newer sequence."""

# Keys together as long as this are the same passage, even if it stands in another order among the others.
_MOVED = 32


def common(old: Sequence[str], new: Sequence[str], gram: int) -> list[Match]:
    """The pieces of `old` and `new` (given by their keys) that correspond, ascending in `old`.

    Begins with `gram` pieces in a row that occur once in each, and goes on from there as long as the pieces are
    equal. A piece that could as well correspond to another one, seen from its other side, corresponds to none.
    """
    core = _only(_seeds(old, new, gram), gram)
    known, taken = dict(core), {j for _, j in core}
    further = {match for step in (1, -1) for match in _extended(old, new, known, taken, step)}
    return _in_order(old, _only([*core, *further], 1))


def _seeds(old: Sequence[str], new: Sequence[str], gram: int) -> list[Match]:
    """Where each run of `gram` pieces stands that occurs once in both."""
    ours, theirs = _places(old, gram), _places(new, gram)
    return [(at, theirs[key]) for key, at in ours.items() if key in theirs]


def _places(keys: Sequence[str], gram: int) -> dict[object, int]:
    """The runs of `gram` keys that occur once, with their places, ascending."""
    grams: list[object] = list(zip(*(keys[at:] for at in range(gram)), strict=False)) if gram > 1 else [*keys]
    last = dict(zip(grams, range(len(grams)), strict=True))
    first = dict(zip(reversed(grams), range(len(grams) - 1, -1, -1), strict=True))
    return {key: at for key, at in first.items() if last[key] == at}


def _only(matches: Iterable[Match], gram: int) -> list[Match]:
    """The matches of the single pieces, without those that contradict each other."""
    pairs = {(i + n, j + n) for i, j in matches for n in range(gram)}
    of_old: dict[int, int] = {}
    of_new: dict[int, int] = {}
    for i, j in pairs:
        of_old[i] = -1 if i in of_old else j
        of_new[j] = -1 if j in of_new else i
    return sorted((i, j) for i, j in pairs if of_old[i] == j and of_new[j] == i)


def _extended(
    old: Sequence[str], new: Sequence[str], core: dict[int, int], taken: set[int], step: int
) -> Iterator[Match]:
    """What follows the known matches, or precedes them, with equal keys."""
    for start in core.items():
        i, j = start[0] + step, start[1] + step
        while 0 <= i < len(old) and 0 <= j < len(new) and old[i] == new[j] and i not in core and j not in taken:
            yield i, j
            i, j = i + step, j + step


def _in_order(old: Sequence[str], matches: Sequence[Match]) -> list[Match]:
    """Without short runs that stand in another order than longer ones: these are equal by chance."""
    runs = _runs(matches)
    weights = [sum(len(old[i]) for i, _ in run) for run in runs]
    starts: list[Match] = []
    kept: list[Match] = []
    for at in sorted(range(len(runs)), key=lambda at: -weights[at]):
        first = runs[at][0]
        place = bisect_left(starts, first)
        ordered = (place == 0 or starts[place - 1][1] < first[1]) and (
            place == len(starts) or first[1] < starts[place][1]
        )
        if ordered:
            starts.insert(place, first)
        if ordered or weights[at] >= _MOVED:
            kept += runs[at]
    return sorted(kept)


def _runs(matches: Sequence[Match]) -> list[list[Match]]:
    """Matches that follow each other in both sequences, together."""
    runs: list[list[Match]] = []
    for i, j in matches:
        if runs and runs[-1][-1] == (i - 1, j - 1):
            runs[-1].append((i, j))
        else:
            runs.append([(i, j)])
    return runs
