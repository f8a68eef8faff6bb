"""How alike two pieces of text are, and where in a window a quote is found with a few errors."""

from collections.abc import Iterator
from dataclasses import dataclass

# At most a fifth of a quote may differ, and short quotes must not differ at all.
ERRORS = 0.2
SHORTEST = 12

# Longer quotes are found by their first and last pieces of this size: the ends are what has to be right.
_PIECE = 128
_PIECES_TRIED = 40
# The likeness that rapidfuzz is asked for, out of 100: a little less than a fifth of errors amounts to,
# because the window it slides has the length of the quote, not that of the match.
_CUTOFF = 74


@dataclass(frozen=True, slots=True)
class Match:
    """A place that holds the quote with some errors; `likeness` is 1 - errors / length of the quote."""

    start: int
    end: int
    likeness: float


def side_likeness(wanted: str, found: str, *, before: bool) -> float:
    """How alike two contexts are, 0..1; those next to the quote count most.

    Either the part that touches the quote agrees, or nearly all of it does: letters that agree by chance
    (half of them do between any two sentences of a language) count nothing.
    """
    if wanted == found:
        return 1.0
    from rapidfuzz.distance import Levenshtein, Postfix, Prefix

    touching = Postfix.similarity(wanted, found) if before else Prefix.similarity(wanted, found)
    overall = Levenshtein.normalized_similarity(wanted, found)
    return max(touching / len(wanted), 2 * overall - 1, 0.0)


def context_likeness(text: str, start: int, end: int, prefix: str, suffix: str) -> float | None:
    """How well the text round `start:end` agrees with the context, 0..1; None when there is no context."""
    size = len(prefix) + len(suffix)
    if not size:
        return None
    before = side_likeness(prefix, text[max(0, start - len(prefix)) : start], before=True) if prefix else 0.0
    after = side_likeness(suffix, text[end : end + len(suffix)], before=False) if suffix else 0.0
    return (before * len(prefix) + after * len(suffix)) / size


def occurrences(text: str, quote: str, most: int) -> list[int]:
    """Where `quote` begins in `text`, overlapping ones too; not more than `most` of them."""
    found: list[int] = []
    at = text.find(quote)
    while at >= 0 and len(found) < most:
        found.append(at)
        at = text.find(quote, at + 1)
    return found


def matches(quote: str, text: str, low: int, high: int) -> Iterator[Match]:
    """The best place of `quote` in `text[low:high]`, then the best before it and the best behind it."""
    best = best_match(quote, text, low, high)
    if best:
        yield best
        for start, end in ((low, best.start), (best.end, high)):
            if (other := best_match(quote, text, start, end)) is not None:
                yield other


def best_match(quote: str, text: str, low: int, high: int) -> Match | None:
    """The place in `text[low:high]` that differs least from `quote`; None above a fifth of errors."""
    low, high = max(low, 0), min(high, len(text))
    most = int(len(quote) * ERRORS)
    if len(quote) < SHORTEST or high - low < len(quote) - most:
        return None
    ends = _ends(quote, text[low:high])
    if ends is None:
        return None
    from rapidfuzz.distance import Levenshtein

    start, end = low + ends[0], low + ends[1]
    errors = Levenshtein.distance(quote, text[start:end], score_cutoff=most)
    return Match(start, end, 1 - errors / len(quote)) if errors <= most else None


def _ends(quote: str, window: str) -> tuple[int, int] | None:
    """Where in the window the quote begins and ends, if it is there at all."""
    if len(quote) <= 2 * _PIECE:
        place = _place(quote, window)
        return _fitted(quote, window, *place) if place else None
    offsets = range(0, min(len(quote) - _PIECE, _PIECE * _PIECES_TRIED), _PIECE)
    start = next((s for offset in offsets if (s := _start(quote, window, offset)) is not None), None)
    end = next((e for offset in offsets if (e := _end(quote, window, offset)) is not None), None)
    return (start, end) if start is not None and end is not None and start < end else None


def _start(quote: str, window: str, offset: int) -> int | None:
    """The start of the quote as the piece `offset` behind it tells."""
    piece = quote[offset : offset + _PIECE]
    place = _place(piece, window)
    return max(0, _fitted(piece, window, *place)[0] - offset) if place else None


def _end(quote: str, window: str, offset: int) -> int | None:
    """The end of the quote as the piece `offset` before it tells."""
    piece = quote[len(quote) - offset - _PIECE : len(quote) - offset]
    place = _place(piece, window)
    return min(len(window), _fitted(piece, window, *place)[1] + offset) if place else None


def _place(piece: str, window: str) -> tuple[int, int] | None:
    """Roughly where the window holds the piece."""
    at = window.find(piece)
    if at >= 0:
        return at, at + len(piece)
    if len(window) <= len(piece):
        return 0, len(window)
    from rapidfuzz.fuzz import partial_ratio_alignment

    found = partial_ratio_alignment(piece, window, score_cutoff=_CUTOFF)
    return (found.dest_start, found.dest_end) if found else None


def _fitted(piece: str, window: str, start: int, end: int) -> tuple[int, int]:
    """`start:end` with both ends moved to where the piece differs least."""
    if window[start:end] == piece:
        return start, end
    reach = int(len(piece) * ERRORS) + 1
    start = _fitted_start(piece, window, start, end, reach)
    end = _fitted_end(piece, window, start, end, reach)
    return _fitted_start(piece, window, start, end, reach), end


def _fitted_start(piece: str, window: str, start: int, end: int, reach: int) -> int:
    from rapidfuzz.distance import Levenshtein

    def cost(at: int) -> tuple[int, bool, int]:
        # Among equals, the one that begins with the same letter, then the one that changes least.
        return Levenshtein.distance(piece, window[at:end]), window[at : at + 1] != piece[0], abs(at - start)

    return min(range(max(0, start - reach), min(end, start + reach) + 1), key=cost)


def _fitted_end(piece: str, window: str, start: int, end: int, reach: int) -> int:
    from rapidfuzz.distance import Levenshtein

    def cost(at: int) -> tuple[int, bool, int]:
        return Levenshtein.distance(piece, window[start:at]), window[at - 1 : at] != piece[-1], abs(at - end)

    return min(range(max(start, end - reach), min(len(window), end + reach) + 1), key=cost)
