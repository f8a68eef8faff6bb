"""How alike two pieces of text are, and where in a window a quote is found with a few errors."""

from collections.abc import Iterator
from dataclasses import dataclass

# At most a fifth of a quote may differ, and short quotes must not differ at all.
ERRORS = 0.2
SHORTEST = 12

# Longer quotes are found by their first and last pieces of this size: the ends are what has to be right.
_PIECE = 128
_PIECES_TRIED = 40
# How much of what touches the quote helps to tell where it ends.
_TOUCH = 16
# The likeness that rapidfuzz is asked for, out of 100: a little less than a fifth of errors amounts to,
# because the window it slides has the length of the quote, not that of the match.
_CUTOFF = 74


@dataclass(frozen=True, slots=True)
class Match:
    """A place that holds the quote with some errors; `likeness` is 1 - errors / length of the quote."""

    start: int
    end: int
    likeness: float


@dataclass(frozen=True, slots=True)
class Quote:
    """The words that are looked for, with what stood right before and right after them."""

    exact: str
    prefix: str = ""
    suffix: str = ""

    @property
    def errors(self) -> int:
        """How many code points of it may differ."""
        return int(len(self.exact) * ERRORS) if len(self.exact) >= SHORTEST else 0


def is_alike(one: str, other: str) -> bool:
    """Whether two passages are the same but for a few errors."""
    from rapidfuzz.distance import Levenshtein

    return Levenshtein.normalized_similarity(one, other) >= 1 - ERRORS


def likeness(quote: str, words: str) -> float | None:
    """1 - errors / length of the quote; None when more of it differs than may."""
    from rapidfuzz.distance import Levenshtein

    allowed = Quote(quote).errors
    errors = Levenshtein.distance(quote, words, score_cutoff=allowed)
    return 1 - errors / len(quote) if errors <= allowed else None


def context_likeness(text: str, start: int, end: int, quote: Quote) -> float | None:
    """How well the text round `start:end` agrees with the quote's context, 0..1; None when it has none."""
    size = len(quote.prefix) + len(quote.suffix)
    if not size:
        return None
    # A letter or a word is only told from the next one by what touches it.
    loose = len(quote.exact) >= SHORTEST
    before, after = text[max(0, start - len(quote.prefix)) : start], text[end : end + len(quote.suffix)]
    left = _side_likeness(quote.prefix, before, loose=loose, touching_end=True) * len(quote.prefix)
    right = _side_likeness(quote.suffix, after, loose=loose, touching_end=False) * len(quote.suffix)
    return (left + right) / size


def _side_likeness(wanted: str, found: str, *, loose: bool, touching_end: bool) -> float:
    """How alike two contexts are, 0..1: the part that touches the quote agrees, or, if `loose`, nearly all does.

    Letters that agree by chance, as half of them do between any two sentences, count nothing.
    """
    if wanted == found:
        return 1.0
    from rapidfuzz.distance import Levenshtein, Postfix, Prefix

    touching = (Postfix if touching_end else Prefix).similarity(wanted, found) / len(wanted)
    return max(touching, 2 * Levenshtein.normalized_similarity(wanted, found) - 1) if loose else touching


def occurrences(text: str, quote: str, most: int) -> list[int]:
    """Where `quote` begins in `text`, overlapping ones too; not more than `most` of them."""
    found: list[int] = []
    at = text.find(quote)
    while at >= 0 and len(found) < most:
        found.append(at)
        at = text.find(quote, at + 1)
    return found


def matches(quote: Quote, text: str, low: int, high: int) -> Iterator[Match]:
    """The best place of `quote` in `text[low:high]`, then the best before it and the best behind it."""
    best = best_match(quote, text, low, high)
    if best:
        yield best
        for start, end in ((low, best.start), (best.end, high)):
            if (other := best_match(quote, text, start, end)) is not None:
                yield other


def best_match(quote: Quote, text: str, low: int, high: int) -> Match | None:
    """The place in `text[low:high]` that differs least from `quote`; None above a fifth of errors."""
    low, high = max(low, 0), min(high, len(text))
    size = len(quote.exact)
    if not quote.errors or high - low < size - quote.errors:
        return None
    ends = _ends(quote, text[low:high])
    if ends is None:
        return None
    from rapidfuzz.distance import Levenshtein

    start, end = _touching(quote, text, low + ends[0], low + ends[1])
    errors = Levenshtein.distance(quote.exact, text[start:end], score_cutoff=quote.errors)
    return Match(start, end, 1 - errors / size) if errors <= quote.errors else None


def _touching(quote: Quote, text: str, start: int, end: int) -> tuple[int, int]:
    """`start:end`, or what lies between the two contexts where these stand close by and the errors allow it."""
    from rapidfuzz.distance import Levenshtein

    reach = quote.errors + _TOUCH
    before, after = quote.prefix[-_TOUCH:], quote.suffix[:_TOUCH]
    if len(before) >= SHORTEST and not text.endswith(before, 0, start):
        at = text.rfind(before, max(0, start - reach - _TOUCH), min(end, start + reach)) + len(before)
        if at >= len(before) and Levenshtein.distance(quote.exact, text[at:end]) <= quote.errors:
            start = at
    if len(after) >= SHORTEST and not text.startswith(after, end):
        at = text.find(after, max(start, end - reach), end + reach + _TOUCH)
        if at >= 0 and Levenshtein.distance(quote.exact, text[start:at]) <= quote.errors:
            end = at
    return start, end


def _ends(quote: Quote, window: str) -> tuple[int, int] | None:
    """Where in the window the quote begins and ends, if it is there at all."""
    size = len(quote.exact)
    if size <= 2 * _PIECE:
        return _place(quote, window)
    offsets = range(0, min(size - _PIECE, _PIECE * _PIECES_TRIED), _PIECE)
    start = next((s for offset in offsets if (s := _start(quote, window, offset)) is not None), None)
    end = next((e for offset in offsets if (e := _end(quote, window, offset)) is not None), None)
    return (start, end) if start is not None and end is not None and start < end else None


def _start(quote: Quote, window: str, offset: int) -> int | None:
    """The start of the quote as the piece `offset` behind it tells."""
    before = quote.exact[max(0, offset - _TOUCH) : offset] if offset else quote.prefix
    place = _place(Quote(quote.exact[offset : offset + _PIECE], before), window)
    return max(0, place[0] - offset) if place else None


def _end(quote: Quote, window: str, offset: int) -> int | None:
    """The end of the quote as the piece `offset` before it tells."""
    stop = len(quote.exact) - offset
    after = quote.exact[stop : stop + _TOUCH] if offset else quote.suffix
    place = _place(Quote(quote.exact[stop - _PIECE : stop], suffix=after), window)
    return min(len(window), place[1] + offset) if place else None


def _place(quote: Quote, window: str) -> tuple[int, int] | None:
    """Where the window holds something like the quote: roughly at first, then with both ends fitted."""
    exact = quote.exact
    at = window.find(exact)
    if at >= 0:
        return at, at + len(exact)
    start, end = 0, len(window)
    if len(window) > len(exact):
        from rapidfuzz.fuzz import partial_ratio_alignment

        found = partial_ratio_alignment(exact, window, score_cutoff=_CUTOFF)
        if found is None:
            return None
        start, end = found.dest_start, found.dest_end
    for _ in range(2):
        start = _fitted_start(quote, window, start, end)
        end = _fitted_end(quote, window, start, end)
    return start, end


def _fitted_start(quote: Quote, window: str, start: int, end: int) -> int:
    """The start near `start` where the quote and what touches it differ least from the window."""
    from rapidfuzz.distance import Levenshtein

    touch = quote.prefix[-_TOUCH:]

    def cost(at: int) -> tuple[int, bool, int]:
        outside = Levenshtein.distance(touch, window[max(0, at - len(touch)) : at])
        inside = Levenshtein.distance(quote.exact, window[at:end])
        # Among equals, the one that begins with the same letter, then the one that changes least.
        return inside + outside, window[at : at + 1] != quote.exact[0], abs(at - start)

    reach = quote.errors + 1
    return min(range(max(0, start - reach), min(end, start + reach) + 1), key=cost)


def _fitted_end(quote: Quote, window: str, start: int, end: int) -> int:
    """The end near `end` where the quote and what touches it differ least from the window."""
    from rapidfuzz.distance import Levenshtein

    touch = quote.suffix[:_TOUCH]

    def cost(at: int) -> tuple[int, bool, int]:
        outside = Levenshtein.distance(touch, window[at : at + len(touch)])
        inside = Levenshtein.distance(quote.exact, window[start:at])
        return inside + outside, window[at - 1 : at] != quote.exact[-1], abs(at - end)

    reach = quote.errors + 1
    return min(range(max(start, end - reach), min(len(window), end + reach) + 1), key=cost)
