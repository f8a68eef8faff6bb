"""Marks carried over to another text of their document."""

from collections.abc import Sequence
from dataclasses import dataclass

from reader.model.annotation import Anchor, AnchorState, Annotation

Place = tuple[int, int, str, float, str]


@dataclass(frozen=True, slots=True)
class Carried:
    """Marks as they were, and where they stand in another text: start, end, state, score (0..1) and uid of each."""

    marks: tuple[Annotation, ...]
    places: tuple[Place, ...]

    @property
    def report(self) -> str:
        """ "12 exact, 1 moved, 0 lost"; empty when there were no marks."""
        if not self.places:
            return ""
        states = [place[2] for place in self.places]
        return ", ".join(f"{states.count(state.value)} {state.value}" for state in AnchorState)


def carry(marks: Sequence[Annotation], text: str, *, before: str = "", same_text: bool = False) -> Carried:
    """Find each mark in `text`. A lost one keeps its last position, so that it keeps its place in lists.

    `before` is the text in which the marks stand now, if it is at hand: what is outside its edits is then placed by
    comparing the two. With `same_text` the marks were placed in this very text before: those that stand there stay
    as they are.
    """
    from reader.text.anchoring import Resolver

    # The position of a lost mark says nothing about the older text, even where its words stand there by chance.
    resolver, plain = Resolver(text, before=before), Resolver(text)
    places: list[Place] = []
    for mark, anchor in _in_text_order(marks):
        if same_text and stands(mark, text):
            places.append((anchor.start, anchor.end, mark.state.value, mark.score, mark.uid))
            continue
        found = (plain if mark.state is AnchorState.LOST else resolver).resolve(anchor)
        lost = found.state is AnchorState.LOST
        start, end = (anchor.start, anchor.end) if lost else (found.start, found.end)
        places.append((start, end, found.state.value, found.score, mark.uid))
    return Carried(tuple(marks), tuple(places))


def _in_text_order(marks: Sequence[Annotation]) -> list[tuple[Annotation, Anchor]]:
    """The marks that have a place, so that what is learnt of one helps to place the next."""
    placed = [(mark, mark.anchor) for mark in marks if mark.anchor is not None]
    return sorted(placed, key=lambda pair: (pair[1].start, pair[1].end))


def stands(mark: Annotation, text: str) -> bool:
    """Whether the mark's place in the text can be what its state says: its quote, something like it, or nothing."""
    anchor = mark.anchor
    if anchor is None or mark.state is AnchorState.LOST:
        return True
    if mark.state is AnchorState.MOVED and mark.score < 1:
        # The words there may differ a little, so their number may too; anchoring allows a fifth.
        length = anchor.end - anchor.start
        return 0 <= anchor.start < anchor.end <= len(text) and abs(length - len(anchor.exact)) * 5 <= len(anchor.exact)
    return text.startswith(anchor.exact, anchor.start) and anchor.end == anchor.start + len(anchor.exact)


def same_marks(before: Sequence[Annotation], now: Sequence[Annotation]) -> bool:
    """Whether two readings hold the same marks at the same places."""
    return [(mark.uid, mark.anchor) for mark in before] == [(mark.uid, mark.anchor) for mark in now]
