"""A quote between its contexts: where both stand near to where they are expected, what is between them is looked at."""

from reader.model.annotation import Anchor, AnchorState
from reader.text.anchoring import Resolution
from reader.text.joining import joined
from reader.text.matching import SHORTEST, likeness

REACH = 15_000
"""How far from where it is expected a passage is looked for, in code points."""

_LONGER = 1.25
_OF_WORDS = 0.8


def framed(text: str, anchor: Anchor, expected: int | None) -> Resolution | None:
    """Where the words stand that `anchor` has between its contexts, if that is plain; else None, which says nothing.

    It is plain where both contexts stand once near `expected` (None: in the whole text), the words between them are the
    quote or like it, and the very quote stands nowhere else. Costs a search of the text only where the words differ.
    """
    prefix, suffix, exact = anchor.prefix, anchor.suffix, anchor.exact
    if min(len(prefix), len(suffix)) < 2 * SHORTEST or len(exact) < SHORTEST:
        return None
    low, high = 0, len(text)
    if expected is not None:
        low, high = max(0, expected - len(prefix) - REACH), expected + len(exact) + REACH
    at = text.find(prefix, low, high)
    if at < 0 or text.find(prefix, at + 1, high) >= 0:
        return None
    start = at + len(prefix)
    end = text.find(suffix, start, start + int(len(exact) * _LONGER) + len(suffix) + SHORTEST)
    if end <= start:
        return None
    words = text[start:end]
    if words == exact or joined(words) == joined(exact):
        return Resolution(AnchorState.MOVED, start, end, 1.0)
    alike = likeness(exact, words)
    if alike is None or exact in text:
        return None
    return Resolution(AnchorState.MOVED, start, end, round(_OF_WORDS * alike + 1 - _OF_WORDS, 4))


def verbatim(text: str, anchor: Anchor) -> Resolution | None:
    """Where the quote stands with both of its contexts to the letter, if that is once in the text; else None."""
    prefix, exact, suffix = anchor.prefix, anchor.exact, anchor.suffix
    around = prefix + exact + suffix
    if min(len(prefix), len(suffix)) < SHORTEST or not exact:
        return None
    at = text.find(around)
    if at < 0 or text.find(around, at + 1) >= 0:
        return None
    start = at + len(prefix)
    return Resolution(AnchorState.MOVED, start, start + len(exact), 1.0)
