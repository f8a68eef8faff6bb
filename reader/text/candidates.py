"""Places where a mark may stand, how good each is, and what is known of where marks went."""

from bisect import bisect_left, insort
from collections.abc import Iterable
from dataclasses import dataclass, replace

from reader.model.annotation import Anchor

# The context makes up a fifth of a score; an unknown one, as of an imported quote, counts half of that.
_CONTEXT_WEIGHT = 0.2
_UNKNOWN_CONTEXT = 0.5
# The context that makes a place the quote's own, of two places or of a short or much changed quote.
SOME_CONTEXT = 0.25
GOOD_CONTEXT = 0.5
FULL_CONTEXT = 0.95
# Candidates whose scores differ by less are equal.
NEAR_EQUAL = 0.05
# The likeness of words that are written quite otherwise and read the same.
READS_THE_SAME = 0.99
# From this length on, a changed quote is recognised without any of its context.
_DISTINCTIVE = 64


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place of the text: how alike its words are and how alike its surroundings (None: not known), 0..1."""

    start: int
    end: int
    likeness: float
    context: float | None

    @property
    def score(self) -> float:
        """0..1, what candidates are compared by."""
        context = _UNKNOWN_CONTEXT if self.context is None else self.context
        return (1 - _CONTEXT_WEIGHT) * self.likeness + _CONTEXT_WEIGHT * context


# The longest piece of a word that a place takes in to end where the word does; longer ones are no slip of a letter.
_LONGEST_PIECE = 12
# From here on (CJK radicals) letters follow each other without borders between words.
_WITHOUT_BORDERS = "\u2e80"


def on_word_borders(text: str, anchor: Anchor, found: Candidate) -> Candidate:
    """A changed passage widened to whole words where the quote began or ended with one."""
    start, end = found.start, found.end
    if found.likeness == 1.0 or start >= end:
        return found
    if not _is_inside_a_word(anchor.prefix[-1:], anchor.exact[:1]):
        low = start
        while start - low <= _LONGEST_PIECE and _is_inside_a_word(text[low - 1 : low] if low else "", text[low]):
            low -= 1
        start = low if found.start - low <= _LONGEST_PIECE else start
    if not _is_inside_a_word(anchor.exact[-1:], anchor.suffix[:1]):
        high = end
        while high - end <= _LONGEST_PIECE and _is_inside_a_word(text[high - 1], text[high : high + 1]):
            high += 1
        end = high if high - found.end <= _LONGEST_PIECE else end
    return replace(found, start=start, end=end)


def _is_inside_a_word(before: str, after: str) -> bool:
    """Whether no word ends between these two code points."""
    return before.isalnum() and after.isalnum() and max(before, after) < _WITHOUT_BORDERS


class Shifts:
    """How far marks have moved that were placed without doubt, by their old positions."""

    def __init__(self) -> None:
        self._known: list[tuple[int, int]] = []

    def learn(self, start: int, shift: int) -> None:
        """A mark from `start` is now `shift` code points further on."""
        insort(self._known, (start, shift))

    def round(self, start: int) -> tuple[int, ...]:
        """The shifts of the nearest known mark before and of the nearest one after `start`."""
        at = bisect_left(self._known, (start, 0))
        return tuple(dict.fromkeys(shift for _, shift in self._known[max(0, at - 1) : at + 1]))

    def between(self, start: int) -> tuple[int, int] | None:
        """The least and the greatest of the shifts on both sides of `start`; None where one side has no mark."""
        at = bisect_left(self._known, (start, 0))
        if not 0 < at < len(self._known):
            return None
        shifts = [shift for _, shift in self._known[at - 1 : at + 1]]
        return min(shifts), max(shifts)


def is_likely(candidate: Candidate, size: int) -> bool:
    """Whether a changed quote is recognisable: a short one by its context, or by nearly all of its letters."""
    if size >= _DISTINCTIVE:
        return True
    if candidate.context is None:
        return candidate.likeness >= 0.9
    return candidate.context >= SOME_CONTEXT


def distinct(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Candidates that do not overlap, the best of each heap, the best first."""
    kept: list[Candidate] = []
    for candidate in sorted(candidates, key=lambda candidate: -candidate.score):
        if all(candidate.end <= other.start or other.end <= candidate.start for other in kept):
            kept.append(candidate)
    return kept
