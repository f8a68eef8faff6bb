"""A text as it reads: its letters and digits, folded, with the way back to where they stand."""

from bisect import bisect_right
from itertools import accumulate

from reader.text.pieces import key_of

_CHUNK = 64


class Reading:
    """The key of a whole text (see `key_of`), and which position of the one is which of the other."""

    def __init__(self, text: str) -> None:
        self.text = text
        chunks = [key_of(text[at : at + _CHUNK]) for at in range(0, len(text), _CHUNK)]
        self._edges = [0, *accumulate(map(len, chunks))]
        self.key = "".join(chunks)

    def of(self, position: int) -> int:
        """How many signs of the key come before a position of the text."""
        chunk = min(max(position, 0), len(self.text)) // _CHUNK
        return self._edges[chunk] + len(key_of(self.text[chunk * _CHUNK : max(position, 0)]))

    def span(self, low: int, high: int) -> tuple[int, int]:
        """Where the signs `low:high` of the key, at least one, stand in the text."""
        return self._back(low), self._back(high - 1) + 1

    def _back(self, at: int) -> int:
        """Where in the text the sign `at` of the key stands."""
        chunk = bisect_right(self._edges, at) - 1
        left = at - self._edges[chunk]
        low = chunk * _CHUNK
        for place, char in enumerate(self.text[low : low + _CHUNK], low):
            left -= len(key_of(char))
            if left < 0:
                return place
        raise ValueError(f"the key has no sign {at}")
