"""Which parts of a long text may hold a quote or something like it: those that share short exact pieces with it."""

from collections import Counter

SIZE = 8
_STEP = 6
_MOST_SEEDS = 500_000


class SeedIndex:
    """Pieces of eight code points, one of every six of the text (fewer of very long texts), by their content.

    A stretch of 13 code points that a quote and the text have in common is sure to be found. Built once in
    about 0.1 s a million code points; of a piece that occurs often the first and the last are kept.
    """

    def __init__(self, text: str, size: int = SIZE) -> None:
        step = max(_STEP, len(text) // _MOST_SEEDS)
        places = range(0, len(text) - size + 1, step)
        pieces = [text[at : at + size] for at in places]
        self._text, self._size = text, size
        self._last = dict(zip(pieces, places, strict=True))
        self._first = dict(zip(reversed(pieces), reversed(places), strict=True))

    def places(self, pattern: str, most: int) -> list[int]:
        """Where `pattern` may begin (possibly before 0), at most `most` places, the likeliest first."""
        votes: Counter[int] = Counter()
        for offset in range(len(pattern) - self._size + 1):
            seed = pattern[offset : offset + self._size]
            last = self._last.get(seed)
            if last is not None:
                votes.update({last - offset, self._first[seed] - offset})
        return _merged(votes, max(self._size, len(pattern) // 5))[:most]

    def single(self, low: int, high: int) -> list[bool]:
        """Of each code point of the text's `low:high`, whether it is in no piece that stands elsewhere too."""
        only = [True] * (high - low)
        for at in range(low, high - self._size + 1):
            seed = self._text[at : at + self._size]
            last = self._last.get(seed)
            if last is not None and (last != at or self._first[seed] != at):
                only[at - low : at - low + self._size] = [False] * self._size
        return only


def _merged(votes: Counter[int], width: int) -> list[int]:
    """Places with the votes of their neighbours, at most `width` apart, the most voted first."""
    groups: list[tuple[int, int]] = []
    for place in sorted(votes):
        if groups and place - groups[-1][0] <= width:
            groups[-1] = (groups[-1][0], groups[-1][1] + votes[place])
        else:
            groups.append((place, votes[place]))
    return [place for place, _ in sorted(groups, key=lambda group: -group[1])]
