"""Marks and masks carried over to another text of their document."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from reader.model.annotation import Anchor, AnchorState, Annotation, PageRect, Style
from reader.model.mask import Mask
from reader.text.carried import reading_likeness
from reader.text.joining import joined

Place = tuple[int, int, str, float, str]


class Placed(Protocol):
    """What has a place in a text, as a mark has it."""

    @property
    def uid(self) -> str: ...
    @property
    def anchor(self) -> Anchor | None: ...
    @property
    def state(self) -> AnchorState: ...
    @property
    def score(self) -> float: ...


@dataclass(frozen=True, slots=True)
class _MaskPlace:
    """A mask seen as a mark: where it stands; of one that has moved nobody knows how like its words are."""

    uid: str
    anchor: Anchor
    state: AnchorState

    @property
    def score(self) -> float:
        return 1.0 if self.state is AnchorState.EXACT else 0.0


@dataclass(frozen=True, slots=True)
class Carried:
    """Marks and masks as they were, and where they stand in another text.

    Of each place: start, end, state, score (0..1) and uid. `rects` are the marks (by uid) that are elsewhere on the
    pages than they were; no rectangles say that nobody has looked yet.
    """

    marks: tuple[Annotation, ...]
    places: tuple[Place, ...]
    masks: tuple[Mask, ...] = ()
    mask_places: tuple[Place, ...] = ()
    rects: tuple[tuple[str, tuple[PageRect, ...]], ...] = ()

    @property
    def of_marks(self) -> str:
        """ "12 exact, 1 moved, 0 lost"; empty when there are no marks."""
        states = [place[2] for place in self.places]
        return ", ".join(f"{states.count(state.value):,} {state.value}" for state in AnchorState) if states else ""

    @property
    def lost(self) -> int:
        """How many marks are lost."""
        return sum(place[2] == AnchorState.LOST for place in self.places)

    def beside(self, elsewhere: int) -> str:
        """`of_marks`, with so many of the lost ones told as what they are: marks of the view that is not shown."""
        if not elsewhere:
            return self.of_marks
        others = self.of_marks.removesuffix(f"{self.lost:,} lost")
        return f"{others}{self.lost - elsewhere:,} lost, {elsewhere:,} not in this view"

    @property
    def report(self) -> str:
        """`of_marks`, with hidden passages that are lost; empty when there is nothing to say."""
        return self.report_beside(0)

    def report_beside(self, elsewhere: int) -> str:
        """`report`, in which so many of the lost marks are told as marks of the view that is not shown."""
        parts = [self.beside(elsewhere)] if self.places else []
        lost = sum(place[2] == AnchorState.LOST for place in self.mask_places)
        if lost:
            parts.append(f"{lost} hidden {'passage' if lost == 1 else 'passages'} lost")
        return ", ".join(parts)


def standing(marks: Sequence[Annotation], masks: Sequence[Mask]) -> Carried:
    """Marks and masks where they stand, as if they had just been carried there."""
    placed = _in_text_order([*marks, *map(_as_mark, masks)])
    places = [(anchor.start, anchor.end, mark.state.value, mark.score, mark.uid) for mark, anchor in placed]
    of_marks, of_masks = _parted(places, {mask.uid for mask in masks})
    return Carried(tuple(marks), of_marks, tuple(masks), of_masks)


def carry(
    marks: Sequence[Annotation],
    text: str,
    *,
    masks: Sequence[Mask] = (),
    before: str = "",
    same_text: bool = False,
    same_file: bool = False,
    paged: bool = False,
) -> Carried:
    """Find each mark and mask in `text`. A lost one keeps its last position, so that it keeps its place in lists.

    `before` is the text in which they stand now, if it is at hand: what is outside its edits is then placed by
    comparing the two. With `same_text` they were placed in this very text before: those that stand there stay
    as they are. With `same_file` both texts are views of one file: what stands in the other with all that is around
    it is exact there, too, wherever that is. So is what had moved or was lost and is back in its own surroundings.
    `paged`: it is the text of a PDF, in which the ends of lines and pages mean nothing.
    """
    from reader.text.anchoring import Resolver
    from reader.text.paged_anchoring import PagedResolver

    kind = PagedResolver if paged else Resolver
    # The position of a lost mark says nothing about the older text, even where its words stand there by chance.
    resolver, plain = kind(text, before=before), kind(text)
    places: list[Place] = []
    for mark, anchor in _in_text_order([*marks, *map(_as_mark, masks)]):
        if same_text and stands(mark, text):
            places.append((anchor.start, anchor.end, mark.state.value, mark.score, mark.uid))
            continue
        found = (plain if mark.state is AnchorState.LOST else resolver).resolve(anchor)
        lost = found.state is AnchorState.LOST
        start, end = (anchor.start, anchor.end) if lost else (found.start, found.end)
        state, score = found.state, found.score
        may_be_exact = same_file or mark.state is not AnchorState.EXACT
        if may_be_exact and state is AnchorState.MOVED and is_whole(anchor, text, start):
            state, score = AnchorState.EXACT, 1.0
        places.append((start, end, state.value, score, mark.uid))
    of_marks, of_masks = _parted(places, {mask.uid for mask in masks})
    rects = tuple(_rects(marks, of_marks, text, before)) if paged and not same_text else ()
    return Carried(tuple(marks), of_marks, tuple(masks), of_masks, rects)


def _rects(
    marks: Sequence[Annotation], places: Sequence[Place], text: str, before: str
) -> Iterator[tuple[str, tuple[PageRect, ...]]]:
    """Where marks are on the pages now, of those that are not where they were.

    An area goes with the page of the words beside it; where words stand on their page is to be looked up there.
    """
    moved = {place[4]: place for place in places if place[2] == AnchorState.MOVED}
    for mark in marks:
        place = moved.get(mark.uid)
        if place is None or mark.anchor is None or not mark.anchor.rects:
            continue
        if mark.style is not Style.AREA:
            yield mark.uid, ()
            continue
        here = text.count("\f", 0, place[0])
        there = before.count("\f", 0, mark.anchor.start) if before else mark.anchor.rects[0].page
        if here != there:
            yield mark.uid, tuple(replace(rect, page=max(rect.page + here - there, 0)) for rect in mark.anchor.rects)


def is_whole(anchor: Anchor, text: str, start: int) -> bool:
    """Whether the quote stands at `start` with all that was around it: little, if its own text began or ended there."""
    before = start - len(anchor.prefix)
    return before >= 0 and text.startswith(anchor.prefix + anchor.exact + anchor.suffix, before)


def _as_mark(mask: Mask) -> _MaskPlace:
    return _MaskPlace(mask.uid, mask.anchor, mask.anchor_state)


def _in_text_order(marks: Sequence[Placed]) -> list[tuple[Placed, Anchor]]:
    """The marks that have a place, so that what is learnt of one helps to place the next."""
    placed = [(mark, mark.anchor) for mark in marks if mark.anchor is not None]
    return sorted(placed, key=lambda pair: (pair[1].start, pair[1].end))


def _parted(places: Sequence[Place], masks: Collection[str]) -> tuple[tuple[Place, ...], tuple[Place, ...]]:
    """The places of marks and those of masks."""
    return tuple(p for p in places if p[4] not in masks), tuple(p for p in places if p[4] in masks)


def stands(mark: Placed, text: str) -> bool:
    """Whether the mark's place in the text can be what its state says: its quote, something like it, or nothing."""
    anchor = mark.anchor
    if anchor is None or mark.state is AnchorState.LOST:
        return True
    if mark.state is AnchorState.MOVED and mark.score < 1:
        # The words there may differ a little, so their number may too; anchoring allows a fifth.
        length = anchor.end - anchor.start
        if not 0 <= anchor.start <= anchor.end <= len(text):
            return False
        alike = bool(length) and abs(length - len(anchor.exact)) * 5 <= len(anchor.exact)
        if alike or joined(text, anchor.start, anchor.end) == joined(anchor.exact):
            return True
        return reading_likeness(anchor.exact, text[anchor.start : anchor.end]) is not None
    return text.startswith(anchor.exact, anchor.start) and anchor.end == anchor.start + len(anchor.exact)


def mask_stands(mask: Mask, text: str) -> bool:
    """`stands` of a mask."""
    return stands(_as_mark(mask), text)


def same_places(before: Carried, marks: Sequence[Annotation], masks: Sequence[Mask]) -> bool:
    """Whether the marks and masks are still those, at the same places, that were carried."""
    return [_place(mark) for mark in (*before.marks, *before.masks)] == [_place(mark) for mark in (*marks, *masks)]


def _place(mark: Annotation | Mask) -> tuple[str, Anchor | None]:
    return mark.uid, mark.anchor
