"""Passages that are something like a quote, for a person to choose from: far less alike than anchoring accepts."""

from collections.abc import Iterator

from reader.model.annotation import Anchor
from reader.text.matching import SHORTEST, Match, occurrences
from reader.text.seeds import SeedIndex

_LEAST = 0.45
# Of a longer quote its beginning is looked for.
_PIECE = 256
_WINDOWS = 12
# What stands between the two contexts of a quote is where it stood, unless it is much longer.
_REACH = 400
_LONGEST_WORD = 40


def rough_places(text: str, anchor: Anchor, most: int = 5) -> list[Match]:
    """At most `most` passages that do not overlap, the likeliest first.

    What stands between the contexts that the quote had is among them however unlike it is. Not for the interface's
    thread: about 0.1 s a million code points.
    """
    from rapidfuzz.fuzz import ratio

    if not anchor.exact.strip():
        return []
    ranked: list[tuple[float, Match]] = []
    for start, end, framed in (*_framed(text, anchor), *_alike(text, anchor)):
        likeness = ratio(anchor.exact, text[start:end]) / 100
        if framed or likeness >= _LEAST:
            ranked.append((likeness + framed, Match(start, end, round(likeness, 4))))
    kept: list[Match] = []
    for _, match in sorted(ranked, key=lambda pair: -pair[0]):
        if all(match.end <= other.start or other.end <= match.start for other in kept):
            kept.append(match)
    return kept[:most]


def _framed(text: str, anchor: Anchor) -> Iterator[tuple[int, int, bool]]:
    """What stands between the contexts now."""
    if min(len(anchor.prefix), len(anchor.suffix)) < SHORTEST:
        return
    for at in occurrences(text, anchor.prefix, 3):
        low = at + len(anchor.prefix)
        high = text.find(anchor.suffix, low, low + 2 * len(anchor.exact) + _REACH)
        if high > low and text[low:high].strip():
            yield low, high, True


def _alike(text: str, anchor: Anchor) -> Iterator[tuple[int, int, bool]]:
    """What shares words with the quote, cut at the limits of words."""
    from rapidfuzz.fuzz import partial_ratio_alignment

    size, piece = len(anchor.exact), anchor.exact[:_PIECE]
    for at in occurrences(text, anchor.exact, _WINDOWS):
        yield at, at + size, False
    if size < SHORTEST:
        return
    margin = len(piece) // 4 + SHORTEST
    for place in SeedIndex(text).places(piece, _WINDOWS):
        low = max(place - margin, 0)
        found = partial_ratio_alignment(piece, text[low : place + len(piece) + margin])
        if found and found.dest_end > found.dest_start:
            start = low + found.dest_start
            end = low + found.dest_end + max(size - len(piece), 0)
            yield *_whole_words(text, start, min(end, len(text))), False


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch without blanks at its ends, and with all of the words that it cuts."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    for _ in range(_LONGEST_WORD):
        start -= 0 < start < end and text[start].isalnum() and text[start - 1].isalnum()
        end += start < end < len(text) and text[end].isalnum() and text[end - 1].isalnum()
    return start, end
