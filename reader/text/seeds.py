"""Which parts of a long text may hold a quote with errors: those that share short exact pieces with it."""

from collections import Counter

_SIZE = 8
_STEP = 6
_MOST_SEEDS = 500_000


class SeedIndex:
    """Pieces of eight code points, one of every six of the text (fewer of very long texts), by their content.

    A stretch of 13 code points that a quote and the text have in common is sure to be found. Built once in
    about 0.1 s a million code points; of a piece that occurs often the first and the last are kept.
    """

    def __init__(self, text: str) -> None:
        step = max(_STEP, len(text) // _MOST_SEEDS)
        places = range(0, len(text) - _SIZE + 1, step)
        pieces = [text[at : at + _SIZE] for at in places]
        self._last = dict(zip(pieces, places, strict=True))
        self._first = dict(zip(reversed(pieces), reversed(places), strict=True))

    def places(self, pattern: str, most: int) -> list[int]:
        """Where `pattern` may begin (possibly before 0), at most `most` places, the likeliest first."""
        votes: Counter[int] = Counter()
        for offset in range(len(pattern) - _SIZE + 1):
            seed = pattern[offset : offset + _SIZE]
            last = self._last.get(seed)
            if last is not None:
                votes.update({last - offset, self._first[seed] - offset})
        return _merged(votes, max(_SIZE, len(pattern) // 5))[:most]


def _merged(votes: Counter[int], width: int) -> list[int]:
    """Places with the votes of their neighbours, at most `width` apart, the most voted first."""
    groups: list[tuple[int, int]] = []
    for place in sorted(votes):
        if groups and place - groups[-1][0] <= width:
            groups[-1] = (groups[-1][0], groups[-1][1] + votes[place])
        else:
            groups.append((place, votes[place]))
    return [place for place, _ in sorted(groups, key=lambda group: -group[1])]
