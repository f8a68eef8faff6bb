"""Words that ran together, as conversion leaves them: "The1988crisis", "endsHere", "it is.Then", "wordsthatran".

The text is its own dictionary: a word that stands alone elsewhere in it is one.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import log

from reader.model.errors import Cancelled
from reader.text.editing import Edit

_WORD = re.compile(r"[^\W_]+")
_PIECE = re.compile(r"\d+|[^\W\d_]+")
_STOP = re.compile(r"(?<=[^\W\d_])([.!?,;:])(?=[^\W\d_])")
_ADDRESS = re.compile(r"\S*(?:://|www\.|@)\S*")
# "The1988killings": letters enough on both sides that it is no name of a product.
_YEAR = re.compile(r"([^\W\d_]{3,})(1\d{3}|20\d{2})([^\W\d_]{3,})")
_LONGEST = 60
_SHORTEST = 6
_EVERY = 1 << 12
"""After how many words it is asked whether to stop."""


@dataclass(frozen=True, slots=True)
class RanTogether:
    """Words `start:end` of the text (code points) and how they would be written apart.

    `sure`: capitals, figures or a full stop say where the border is, and the text knows the words; else only a year or
    the other words of the text do.
    """

    start: int
    end: int
    apart: str
    sure: bool

    @property
    def edit(self) -> Edit:
        return Edit(self.start, self.end, self.apart)


def ran_together(text: str, cancelled: Callable[[], bool] = lambda: False) -> list[RanTogether]:
    """What most likely ran together, in text order, no two of them overlapping.

    Only in scripts that write words apart and have capitals. Raises Cancelled when `cancelled`.
    """
    words = _Words(text)
    addresses = [found.span() for found in _ADDRESS.finditer(text)]
    found: list[RanTogether] = []
    for count, token in enumerate(_WORD.finditer(text)):
        if count % _EVERY == 0 and cancelled():
            raise Cancelled
        apart, sure = words.apart(token.group())
        if apart:
            found.append(RanTogether(token.start(), token.end(), apart, sure))
    found += _behind_stops(text, words)
    found.sort(key=lambda item: item.start)
    ends = [end for _, end in addresses]
    return [item for item in found if not _is_in(addresses, ends, item.start)]


def apart(text: str, start: int, end: int) -> str:
    """`text[start:end]` with the words in it that ran together written apart."""
    words = _Words(text)
    piece = text[start:end]
    piece = _STOP.sub(lambda found: found[1] + " " if _is_border(piece, found.start(), words) else found[1], piece)
    return _WORD.sub(lambda found: words.apart(found.group())[0] or found.group(), piece)


def _is_in(ranges: list[tuple[int, int]], ends: list[int], place: int) -> bool:
    index = bisect_left(ends, place + 1)
    return index < len(ranges) and ranges[index][0] <= place


def _behind_stops(text: str, words: "_Words") -> Iterator[RanTogether]:
    last = 0
    for found in _STOP.finditer(text):
        if not _is_border(text, found.start(), words):
            continue
        start, end = found.span()
        before, after = _beside(text, start)
        # The words on both sides are told with it, unless one of them is a finding of its own.
        if start - len(before) >= last and not any(words.apart(word)[0] for word in (before, after)):
            start, end = start - len(before), end + len(after)
        last = end
        yield RanTogether(start, end, text[start : found.end()] + " " + text[found.end() : end], True)


def _beside(text: str, stop: int) -> tuple[str, str]:
    """The words, in short, right before and right behind a stop."""
    low, high = max(stop - _LONGEST, 0), stop + 1 + _LONGEST
    return _WORD.findall(text[low:stop])[-1], _WORD.findall(text[stop + 1 : high])[0]


def _is_border(text: str, stop: int, words: "_Words") -> bool:
    """Whether words stand on both sides of a stop, and what follows a full one begins a sentence as others do."""
    before, after = _beside(text, stop)
    if text[stop] in ".!?" and not (after[0].isupper() and before[-1].islower()):
        return False
    return words.count(after) > 1 < len(after) and (words.count(before) > 1 < len(before) or len(before) > 2)


class _Words:
    """The words of a text, without their capitals, and how often each stands there."""

    def __init__(self, text: str) -> None:
        counted = Counter(token.lower() for token in _WORD.findall(text) if len(token) <= _LONGEST)
        self._counts = counted
        self._total = max(sum(counted.values()), 1)
        self._known: dict[str, tuple[str, bool]] = {}

    def count(self, word: str) -> int:
        return self._counts[word.lower()]

    def apart(self, token: str) -> tuple[str, bool]:
        """A token written apart, and whether it is sure; empty where it is one word."""
        if len(token) < 3 or len(token) > _LONGEST or token.lower() == token.upper():
            return "", False
        found = self._known.get(token)
        if found is None:
            by_form = self._by_form(token)
            found = self._known[token] = (
                (by_form, True) if by_form else (_by_year(token) or self._by_words(token), False)
            )
        return found

    def _is_word(self, word: str) -> bool:
        """Whether it stands alone elsewhere, more than by chance."""
        return self.count(word) > 1 and (len(word) > 2 or self.count(word) * 300 > self._total)

    def _by_form(self, token: str) -> str:
        """By a capital within it, or by figures; empty where one of the pieces is no word."""
        pieces = [part for piece in _PIECE.findall(token) for part in _at_capitals(piece)]
        if len(pieces) < 2:
            return ""
        known = [len(piece) > 1 if piece.isdigit() else self._is_word(piece) for piece in pieces]
        return " ".join(pieces) if all(known) and not all(piece.isdigit() for piece in pieces) else ""

    def _by_words(self, token: str) -> str:
        """By the words of the text that it consists of, if it is no word itself and they are much more frequent."""
        word = token.lower()
        count = self._counts[word]
        if len(token) < _SHORTEST or count > 2 or len(word) != len(token) or not token.isalpha():
            return ""
        best: list[tuple[float, int]] = [(0.0, 0)]
        for end in range(1, len(word) + 1):
            scores = [
                (best[start][0] + log(self._counts[word[start:end]] / self._total), start)
                for start in range(max(0, end - 20), end)
                if end - start < len(word) and best[start][0] > -1e9 and self._is_frequent(word[start:end], count)
            ]
            best.append(max(scores, default=(-1e9, 0)))
        if best[-1][0] <= -1e9:
            return ""
        pieces: list[str] = []
        end = len(token)
        while end:
            start = best[end][1]
            pieces.append(token[start:end])
            end = start
        return " ".join(reversed(pieces))

    def _is_frequent(self, word: str, count: int) -> bool:
        return self._counts[word] > 2 * count + 1 and self._is_word(word) and len(word) > 1


def _by_year(token: str) -> str:
    """Words round a year, known to the text or not; empty where there are none."""
    found = _YEAR.fullmatch(token)
    return " ".join(found.groups()) if found else ""


def _at_capitals(piece: str) -> list[str]:
    """A piece cut where a small letter is followed by a capital."""
    cuts = [at for at in range(1, len(piece)) if piece[at - 1].islower() and piece[at].isupper()]
    return [piece[low:high] for low, high in zip([0, *cuts], [*cuts, len(piece)], strict=True)]
