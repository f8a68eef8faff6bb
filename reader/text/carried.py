"""Where a mark went from an older text that is at hand to a newer one."""

from reader.model.annotation import Anchor
from reader.text.alignment import Alignment, Range
from reader.text.candidates import GOOD_CONTEXT, NEAR_EQUAL, READS_THE_SAME, SOME_CONTEXT, Candidate, distinct
from reader.text.matching import SHORTEST, Quote, context_likeness, is_alike, likeness, occurrences
from reader.text.pieces import key_of
from reader.text.versions import Versions

# In a gap of this size whose passages correspond to none, those that are there more than once are not told apart.
_WIDE = 200
# In one of this size even a letter is where its neighbours are.
_NARROW = 64
# How much of what touches a quote helps to tell whether the older text holds it once.
_TOUCHING = 16
# From this length on a quote is looked for where nothing else of the older text went, at so many places.
_ALONE = 24
_PLACES = 20


class Carrier:
    """Places marks of the older text in the newer one by what surrounds them in both, or nowhere."""

    def __init__(self, before: str, text: str) -> None:
        self._before, self._text = before, text
        self._versions = Versions(before, text)
        self._alignment = Alignment(before, text, self._versions.head, self._versions.tail)
        self._keys: str | None = None

    def describes(self, anchor: Anchor) -> bool:
        """Whether the anchor, whose quote is not empty, stands in the older text."""
        return anchor.start >= 0 and self._before[anchor.start : anchor.end] == anchor.exact

    def place(self, anchor: Anchor) -> Candidate | None:
        """The mark's place, or the only place of its words that nothing else can have come to; None: neither."""
        start = self._versions.moved(anchor.start, anchor.end)
        if start is not None:
            return self._candidate(anchor, start, start + len(anchor.exact), 1.0)
        return self._aligned(anchor) or self._elsewhere(anchor)

    def _candidate(self, anchor: Anchor, start: int, end: int, alike: float) -> Candidate:
        quote = Quote(anchor.exact, anchor.prefix, anchor.suffix)
        return Candidate(start, end, alike, context_likeness(self._text, start, end, quote))

    def _aligned(self, anchor: Anchor) -> Candidate | None:
        """Where the passages round about say that the mark is, if its words are there."""
        places = self._alignment.places(anchor.start, anchor.end)
        ranked = distinct(found for place in places if (found := self._alike(anchor, *place)))
        if not ranked or (len(ranked) > 1 and ranked[0].score - ranked[1].score < NEAR_EQUAL):
            return None
        return ranked[0]

    def _alike(self, anchor: Anchor, start: int, end: int) -> Candidate | None:
        """The candidate at `start:end`, if the words there are those of the quote with a few errors."""
        alike = reading_likeness(anchor.exact, self._text[start:end])
        if alike is None:
            return None
        found = self._candidate(anchor, start, end, alike)
        if 2 * self._alignment.known(anchor.start, anchor.end, (start, end)) >= len(anchor.exact):
            return found
        gap = self._alignment.gap(anchor.start)
        if len(anchor.exact) < SHORTEST and (found.context or 0) < SOME_CONTEXT:
            return found if gap < _NARROW else None
        around = anchor.prefix[-_TOUCHING:] + anchor.exact + anchor.suffix[:_TOUCHING]
        return found if gap < _WIDE or self._count(key_of(around)) == 1 else None

    def _elsewhere(self, anchor: Anchor) -> Candidate | None:
        """The only place that holds the very words of the mark and to which nothing else is known to have come."""
        if len(anchor.exact) < _ALONE or self._count(key_of(anchor.exact)) != 1:
            return None
        starts = occurrences(self._text, anchor.exact, _PLACES)
        found = [self._candidate(anchor, start, start + len(anchor.exact), 1.0) for start in starts]
        free = [candidate for candidate in found if self._is_free(anchor, candidate)]
        return free[0] if len(free) == 1 else None

    def _is_free(self, anchor: Anchor, found: Candidate) -> bool:
        """Whether the candidate has the surroundings of the mark, and is not known to be another passage."""
        place: Range = (found.start, found.end)
        here, known = (self._alignment.known(anchor.start, anchor.end, now) for now in (place, None))
        if (found.context or 0) < GOOD_CONTEXT or 2 * known - here > len(anchor.exact):
            return False
        return not any(
            (end <= anchor.start or start >= anchor.end) and is_alike(self._before[start:end], anchor.exact)
            for start, end in self._alignment.origins(*place)
        )

    def _count(self, key: str) -> int:
        """How often the older text holds the words, however they are written."""
        if self._keys is None:
            self._keys = key_of(self._before)
        return self._keys.count(key)


def reading_likeness(quote: str, words: str) -> float | None:
    """How alike they are, 0..1, as they stand or as they read, whatever their case, lines, quotes and hyphens.

    None when more than a fifth differs either way; short quotes, and those of signs, only as they stand.
    """
    alike = likeness(quote, words)
    if alike is not None or len(quote) < SHORTEST:
        return alike
    key = key_of(quote)
    read = likeness(key, key_of(words)) if 2 * len(key) >= len(quote) else None
    return None if read is None else min(read, READS_THE_SAME)
