"""Where a mark stands in a text that may have been edited: at its place, elsewhere, or nowhere.

Where the older text is at hand, the two are aligned (`carried`). Else, in this order: the position, if the text
there equals the quote and nothing speaks for another place; where the neighbouring marks went, if the whole context
is there; the only exact occurrence; the occurrence that the context favours, or the nearness where contexts are
alike; a bounded approximate search; else lost. An answer that could as well be another one is no answer.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reader.model.annotation import Anchor, AnchorState
from reader.text.as_read import Reading
from reader.text.candidates import (
    FULL_CONTEXT,
    GOOD_CONTEXT,
    NEAR_EQUAL,
    READS_THE_SAME,
    SOME_CONTEXT,
    Candidate,
    Shifts,
    distinct,
    is_likely,
    on_word_borders,
)
from reader.text.carried import Carrier
from reader.text.matching import SHORTEST, Quote, context_likeness, matches, occurrences
from reader.text.rivals import Rivals
from reader.text.seeds import SeedIndex

CONTEXT = 32

# Occurrences of a quote that are looked at; a quote with more of them is found by its context or not at all.
_MOST_OCCURRENCES = 1000
# A quote that stands at every thousandth place or more often may stand at its old position by chance.
_CHANCE = 0.001
# Repeated words so close to each other are told apart by the whole context.
_CLOSE = 1000
# How far from where it is expected a mark is looked for before the whole text is, in code points.
_NEIGHBOURHOOD = 15_000
_GLOBAL_WINDOWS = 6
# Between two marks of which one has moved so much further than the other more than one passage may be new or gone.
_DRIFT = 300
_SLACK = 2
# How far from where it is expected the only place of a quote may be that has some of its context, and one with all.
_BESIDE = 150
_FAR = 600


@dataclass(frozen=True, slots=True)
class Resolution:
    """Where a mark stands. A lost one keeps the anchor's positions, which mean nothing in the text.

    `score` is 1.0 for an exact place and 0.0 for a lost one. For a moved one it is four fifths the likeness
    of the words (1 - errors / length) and one fifth that of the context: 1.0 is the same words in the same
    surroundings, 0.64 the least that is accepted.
    """

    state: AnchorState
    start: int
    end: int
    score: float


def describe(text: str, start: int, end: int) -> Anchor:
    """The anchor of `text[start:end]` with up to 32 code points of context on each side."""
    if not 0 <= start <= end <= len(text):
        raise ValueError(f"the range {start}:{end} is not inside a text of {len(text)} code points")
    return Anchor(start, end, text[start:end], text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT])


def resolve(text: str, anchor: Anchor) -> Resolution:
    """Where `anchor` stands in `text`; for several anchors of one text, a `Resolver` does less work."""
    return Resolver(text).resolve(anchor)


class Resolver:
    """Resolves anchors in one text, best in text order: what it learns about one helps to place the next.

    `before` is the text that the anchors describe, where it is still known: both texts are then aligned, and repeated
    passages are told apart by more than 32 code points. Not for the interface's thread: a mark costs about a
    millisecond a million code points at worst.
    """

    def __init__(self, text: str, *, before: str = "") -> None:
        self._text = text
        self._carrier = Carrier(before, text) if before else None
        self._shifts = Shifts()
        self._sure: dict[Anchor, Candidate] = {}
        self._tried: dict[Anchor, list[Candidate]] = {}
        self._surveyed = False
        self._seeds: SeedIndex | None = None
        self._rivals: Rivals | None = None

    def resolve(self, anchor: Anchor) -> Resolution:
        """Where the anchor stands; never a place that could as well be another."""
        found = self._found(anchor)
        if found is None:
            return Resolution(AnchorState.LOST, anchor.start, anchor.end, 0.0)
        found = on_word_borders(self._text, anchor, found)
        if (found.start, found.end, found.likeness) == (anchor.start, anchor.end, 1.0):
            return Resolution(AnchorState.EXACT, found.start, found.end, 1.0)
        return Resolution(AnchorState.MOVED, found.start, found.end, round(found.score, 4))

    def _found(self, anchor: Anchor) -> Candidate | None:
        if not anchor.exact:
            return self._between(anchor)
        if self._carrier and self._carrier.describes(anchor):
            return self._carrier.place(anchor)
        return self._sure.get(anchor) or self._by_place(anchor) or self._by_search(anchor)

    def survey(self, anchors: Iterable[Anchor]) -> None:
        """Place the anchors that leave no doubt: between them the others are told apart. Worth it before many."""
        todo = [a for a in anchors if a.exact and not (self._carrier and self._carrier.describes(a))]
        for find in (self._verbatim, self._searched):
            for anchor in todo:
                if anchor not in self._sure and (found := find(anchor)):
                    self._sure[anchor] = found
                    self._shifts.learn(anchor.start, found.start - anchor.start)
            self._surveyed = len(self._sure) > 1

    def _verbatim(self, anchor: Anchor) -> Candidate | None:
        """The place with the quote and all of its context, if there is no doubt about it."""
        place = self._others().verbatim(anchor.prefix, anchor.exact, anchor.suffix)
        return self._exact_at(anchor, place[0]) if place else None

    def _searched(self, anchor: Anchor) -> Candidate | None:
        """The place that the whole search finds without doubt."""
        candidates = self._tried[anchor] = self._candidates(anchor)
        found = self._chosen(anchor, candidates) if candidates else None
        return found if found and self._is_sure(anchor, found, len(candidates) == 1) else None

    def _others(self) -> Rivals:
        self._rivals = self._rivals or Rivals(Reading(self._text))
        return self._rivals

    def _is_sure(self, anchor: Anchor, found: Candidate, only: bool) -> bool:
        """Whether nothing else in the text reads like it, or it is hardly elsewhere than it must be."""
        if found.context is None:
            return True
        away = min(abs(found.start - place) for place in self._expected(anchor))
        if found.likeness == 1 and away <= self._reach(found.context, only):
            return True
        return self._others().is_sure(anchor.prefix, anchor.exact, anchor.suffix, (found.start, found.end))

    def _reach(self, context: float, only: bool) -> int:
        """How far from where it is expected the very words may be if something else reads like them."""
        if self._surveyed:
            # Where the marks round about are known, these say it better than any distance.
            return 0
        if only and context >= SOME_CONTEXT:
            return _FAR if context == 1 else _BESIDE
        return CONTEXT if context == 1 else 0

    def _framed(self, anchor: Anchor, candidates: Sequence[Candidate]) -> Candidate | None:
        """The only candidate that is where the marks before and behind it say that it must be."""
        beside = [anchor.start + shift for shift in self._shifts.round(anchor.start)]
        some = [c for c in candidates if c.start in beside and (c.context or 0) >= SOME_CONTEXT]
        if len(some) == 1:
            return some[0]
        between = self._shifts.between(anchor.start)
        if between is None or between[1] - between[0] > _DRIFT:
            return None
        low, high = (anchor.start + shift for shift in between)
        inside = [c for c in candidates if low - _SLACK <= c.start <= high + _SLACK]
        if len(inside) != 1 or ((inside[0].context or 0) < SOME_CONTEXT and high - low > len(anchor.exact)):
            return None
        return inside[0]

    def _candidate(self, anchor: Anchor, start: int, end: int, likeness: float = 1.0) -> Candidate:
        context = context_likeness(self._text, start, end, _quote(anchor))
        return Candidate(start, end, likeness, context)

    def _exact_at(self, anchor: Anchor, start: int) -> Candidate | None:
        """The candidate at `start`, if the text there equals the quote."""
        if start < 0 or not self._text.startswith(anchor.exact, start):
            return None
        return self._candidate(anchor, start, start + len(anchor.exact))

    def _by_place(self, anchor: Anchor) -> Candidate | None:
        """The quote where it was or where its neighbours went, if its surroundings are those it had."""
        here = self._exact_at(anchor, anchor.start)
        if here and here.context is None:
            return here
        for shift in (0, *self._shifts.round(anchor.start)):
            found = self._exact_at(anchor, anchor.start + shift)
            if found and found.context == 1.0 and self._may_be_here(anchor, found):
                self._shifts.learn(anchor.start, shift)
                return found
        return self._by_neighbours(anchor)

    def _may_be_here(self, anchor: Anchor, found: Candidate) -> bool:
        """Whether the marks before and behind the place do not contradict it, or nothing else reads like it."""
        between = self._shifts.between(anchor.start) if self._surveyed else None
        if not self._surveyed or (between and between[0] <= found.start - anchor.start <= between[1]):
            return True
        return self._is_sure(anchor, found, only=False)

    def _by_neighbours(self, anchor: Anchor) -> Candidate | None:
        """The only place with the whole context near to where the neighbours went."""
        around = anchor.prefix + anchor.exact + anchor.suffix
        if len(around) < 2 * CONTEXT:
            return None
        for shift in self._shifts.round(anchor.start):
            low, high = _window(anchor.start + shift, anchor)
            at = self._text.find(around, low, high)
            if at >= 0 and self._text.find(around, at + 1, high) < 0:
                start = at + len(anchor.prefix)
                found = self._exact_at(anchor, start)
                if found and self._is_sure(anchor, found, only=False):
                    self._shifts.learn(anchor.start, start - anchor.start)
                    return found
        return None

    def _by_search(self, anchor: Anchor) -> Candidate | None:
        found = None if anchor in self._tried else self._searched(anchor)
        found = found or self._framed(anchor, self._tried.pop(anchor))
        if found and (found.context or 0) >= GOOD_CONTEXT:
            self._shifts.learn(anchor.start, found.start - anchor.start)
        return found

    def _candidates(self, anchor: Anchor) -> list[Candidate]:
        starts = self._occurrences(anchor)
        candidates = [self._candidate(anchor, start, start + len(anchor.exact)) for start in starts]
        if len(starts) < _MOST_OCCURRENCES and len(anchor.exact) >= SHORTEST:
            same = self._others().same(anchor.exact, _MOST_OCCURRENCES)
            otherwise = [place for place in same if self._text[slice(*place)] != anchor.exact]
            candidates += [self._candidate(anchor, *place, READS_THE_SAME) for place in otherwise]
        if not candidates:
            return self._approximate(anchor)
        if (anchor.prefix or anchor.suffix) and max(one.context or 0 for one in candidates) < GOOD_CONTEXT:
            # Perhaps these words stand elsewhere too, and the marked ones have been edited.
            near = self._near(anchor)
            candidates = candidates + near if near else candidates
        return distinct(candidates)

    def _occurrences(self, anchor: Anchor) -> list[int]:
        """Where the quote stands; where it stands too often, only the places that share a context."""
        starts = occurrences(self._text, anchor.exact, _MOST_OCCURRENCES)
        if len(starts) < _MOST_OCCURRENCES:
            return starts
        before = occurrences(self._text, anchor.prefix + anchor.exact, _MOST_OCCURRENCES) if anchor.prefix else []
        after = occurrences(self._text, anchor.exact + anchor.suffix, _MOST_OCCURRENCES) if anchor.suffix else []
        return sorted({*(at + len(anchor.prefix) for at in before), *after})

    def _chosen(self, anchor: Anchor, candidates: list[Candidate]) -> Candidate | None:
        """The occurrence that is the mark's, if one is without doubt."""
        ranked = sorted(candidates, key=lambda candidate: -candidate.score)
        if ranked[0].likeness < 1:
            near = len(ranked) > 1 and ranked[0].score - ranked[1].score < NEAR_EQUAL
            return None if near else ranked[0]
        here = next((candidate for candidate in ranked if candidate.start == anchor.start), None)
        if here and self._may_stay(here, ranked):
            return here
        if len(ranked) == 1:
            return ranked[0] if self._is_enough(anchor, ranked[0]) else None
        if ranked[0].score - ranked[1].score >= NEAR_EQUAL:
            return ranked[0] if (ranked[0].context or 0) >= SOME_CONTEXT else None
        equals = [candidate for candidate in ranked if ranked[0].score - candidate.score < NEAR_EQUAL]
        return self._nearest(anchor, equals)

    def _may_stay(self, here: Candidate, ranked: list[Candidate]) -> bool:
        """Whether the occurrence at the old position is the mark's rather than there by chance."""
        context = here.context
        if context is None:
            return True
        rivals = [c for c in ranked if (c.context or 0) >= FULL_CONTEXT and c is not here]
        if rivals and context < GOOD_CONTEXT:
            return False
        # Rows of a table, lines of a song: what has the whole context and is close by is the mark's.
        if context < FULL_CONTEXT and any(abs(c.start - here.start) <= _CLOSE for c in rivals):
            return False
        return context >= SOME_CONTEXT or len(ranked) <= _CHANCE * len(self._text) or len(ranked) == 1

    def _is_enough(self, anchor: Anchor, only: Candidate) -> bool:
        """Whether the only occurrence is the mark's: not if its old surroundings hold other words now."""
        if only.context is None or only.context >= SOME_CONTEXT:
            return True
        if len(anchor.exact) < SHORTEST:
            sides = [side for side in (anchor.prefix, anchor.suffix) if len(side) >= SHORTEST]
            near = any(abs(only.start - place) <= _NEIGHBOURHOOD for place in self._expected(anchor))
            return near and not any(side in self._text for side in sides)
        return not self._is_rewritten(anchor)

    def _is_rewritten(self, anchor: Anchor) -> bool:
        """Whether the two contexts still follow each other with something between them, as long as the quote or so."""
        if min(len(anchor.prefix), len(anchor.suffix)) < SHORTEST:
            return False
        reach = 2 * len(anchor.exact) + len(anchor.suffix)
        for at in occurrences(self._text, anchor.prefix, 3):
            low = at + len(anchor.prefix)
            after = self._text.find(anchor.suffix, low, low + reach)
            if after >= 0 and self._text[low:after].strip():
                return True
        return False

    def _nearest(self, anchor: Anchor, equals: list[Candidate]) -> Candidate | None:
        """The nearest of several, if it is where it should be, its surroundings are its own, and no other is near."""

        def distance(candidate: Candidate) -> int:
            return min(abs(candidate.start - place) for place in self._expected(anchor))

        first, second = sorted(equals, key=distance)[:2]
        own = len(anchor.exact) >= SHORTEST if first.context is None else first.context >= GOOD_CONTEXT
        near = distance(first) <= CONTEXT and distance(second) >= 4 * distance(first) + CONTEXT
        return first if own and near else None

    def _approximate(self, anchor: Anchor) -> list[Candidate]:
        """The places that hold the quote with a few errors."""
        if len(anchor.exact) < SHORTEST:
            return []
        found = self._near(anchor)
        best = max(found, key=lambda candidate: candidate.score, default=None)
        if best is None or (best.context or 0) < GOOD_CONTEXT:
            found += self._anywhere(anchor)
        return distinct(candidate for candidate in found if is_likely(candidate, len(anchor.exact)))

    def _expected(self, anchor: Anchor) -> list[int]:
        """Where the anchor should begin, going by its nearest neighbours on both sides."""
        return [anchor.start + shift for shift in self._shifts.round(anchor.start) or (0,)]

    def _near(self, anchor: Anchor) -> list[Candidate]:
        return [found for place in self._expected(anchor) for found in self._changed(anchor, *_window(place, anchor))]

    def _anywhere(self, anchor: Anchor) -> list[Candidate]:
        self._seeds = self._seeds or SeedIndex(self._text)
        size, margin = len(anchor.exact), len(anchor.exact) // 4 + 2 * CONTEXT
        pattern = anchor.prefix + anchor.exact + anchor.suffix
        starts = [place + len(anchor.prefix) for place in self._seeds.places(pattern, _GLOBAL_WINDOWS)]
        return [found for start in starts for found in self._changed(anchor, start - margin, start + size + margin)]

    def _changed(self, anchor: Anchor, low: int, high: int) -> list[Candidate]:
        """Places between `low` and `high` that hold the quote with a few errors."""
        found = matches(_quote(anchor), self._text, low, high)
        return [self._candidate(anchor, match.start, match.end, match.likeness) for match in found]

    def _between(self, anchor: Anchor) -> Candidate | None:
        """The place of an empty quote: between its two contexts, where they meet once or at the old position."""
        around = anchor.prefix + anchor.suffix
        at = anchor.start - len(anchor.prefix)
        if at >= 0 and anchor.start <= len(self._text) and self._text.startswith(around, at):
            return Candidate(anchor.start, anchor.start, 1.0, 1.0)
        starts = occurrences(self._text, around, 2) if len(around) >= SHORTEST else []
        if len(starts) != 1:
            return None
        start = starts[0] + len(anchor.prefix)
        return Candidate(start, start, 1.0, 1.0)


def _quote(anchor: Anchor) -> Quote:
    return Quote(anchor.exact, anchor.prefix, anchor.suffix)


def _window(place: int, anchor: Anchor) -> tuple[int, int]:
    """The neighbourhood of `place`, wide enough for the quote on both sides."""
    reach = _NEIGHBOURHOOD + len(anchor.exact)
    return max(0, place - reach), max(0, place + reach)
