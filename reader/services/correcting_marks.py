"""Marks and masks in a text that is corrected: each follows its own words, code point by code point."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reader.model.annotation import Anchor, AnchorState, Annotation
from reader.model.mask import Mask
from reader.services.carrying import is_whole
from reader.text.anchoring import Resolver, describe
from reader.text.editing import EditMap, Edits

_Standing = tuple[Anchor, AnchorState, float]


@dataclass(frozen=True, slots=True)
class Followed:
    """The marks and masks that are not what they were.

    `lost` marks had all their words cut out; `found` ones were lost and stand in the corrected text.
    """

    marks: tuple[Annotation, ...]
    masks: tuple[Mask, ...]
    lost: int
    found: int


def follow(marks: Sequence[Annotation], hidden: Sequence[Mask], before: str, after: str, edits: Edits) -> Followed:
    """Where marks and masks of the text `before` stand in `after`, which `edits` make of it.

    A mark whose words were corrected has the new ones as its quote; its state stays. One whose words were all cut is
    lost. One that was lost is looked for again.
    """
    following = _Following(before, after, edits)
    changed = [(mark, new) for mark in marks if (new := _mark(mark, following)) != mark]
    masks = tuple(now for mask in hidden if (now := _mask(mask, following)) != mask)
    lost = sum(new.state is AnchorState.LOST is not mark.state for mark, new in changed)
    found = sum(mark.state is AnchorState.LOST is not new.state for mark, new in changed)
    return Followed(tuple(new for _, new in changed), masks, lost, found)


def _mark(mark: Annotation, following: "_Following") -> Annotation:
    if mark.anchor is None:
        return mark
    anchor, state, score = following.standing(mark.anchor, mark.state, mark.score)
    # What was decided of a mark that stays lost was decided; of one that is found there is nothing to decide.
    reviewed = mark.reviewed if state is mark.state else ""
    return replace(mark, anchor=anchor, state=state, score=score, reviewed=reviewed)


def _mask(mask: Mask, following: "_Following") -> Mask:
    anchor, state, _ = following.standing(mask.anchor, mask.anchor_state, 1.0)
    return replace(mask, anchor=anchor, anchor_state=state)


class _Following:
    def __init__(self, before: str, after: str, edits: Edits) -> None:
        self._before, self._after = before, after
        self._positions = EditMap(before, edits)
        self._resolver: Resolver | None = None

    def standing(self, anchor: Anchor, state: AnchorState, score: float) -> _Standing:
        """What an anchor, its state and its score are in the corrected text."""
        start, end = self._positions.range(
            min(anchor.start, len(self._before)), min(max(anchor.end, anchor.start), len(self._before))
        )
        if state is AnchorState.LOST:
            return self._lost(anchor, start, end, score)
        if start == end and anchor.start < anchor.end:
            return replace(anchor, start=start, end=end), AnchorState.LOST, 0.0
        now, was = self._after[start:end], self._before[anchor.start : anchor.end]
        if was == anchor.exact:
            return self._described(anchor, start, end), state, score
        if now == was:
            return replace(anchor, start=start, end=end), state, score
        if now == anchor.exact:
            return self._described(anchor, start, end), AnchorState.EXACT, 1.0
        from rapidfuzz.distance import Levenshtein

        likeness = round(Levenshtein.normalized_similarity(now, anchor.exact), 4)
        return replace(anchor, start=start, end=end), AnchorState.MOVED, min(likeness, 0.9999)

    def _described(self, anchor: Anchor, start: int, end: int) -> Anchor:
        return replace(describe(self._after, start, end), rects=anchor.rects)

    def _lost(self, anchor: Anchor, start: int, end: int, score: float) -> _Standing:
        if self._resolver is None:
            self._resolver = Resolver(self._after)
        found = self._resolver.resolve(anchor)
        if found.state is AnchorState.LOST:
            return replace(anchor, start=start, end=end), found.state, score
        if found.score == 1.0 and is_whole(anchor, self._after, found.start):
            # All that was round it is there again: this is the place.
            return replace(anchor, start=found.start, end=found.end), AnchorState.EXACT, 1.0
        return replace(anchor, start=found.start, end=found.end), found.state, found.score
