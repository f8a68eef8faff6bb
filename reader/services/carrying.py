"""Marks carried over to another text of their document."""

from collections.abc import Sequence
from dataclasses import dataclass

from reader.model.annotation import AnchorState, Annotation

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


def carry(marks: Sequence[Annotation], text: str, *, same_text: bool = False) -> Carried:
    """Find each mark in `text`. A lost one keeps its last position, so that it keeps its place in lists.

    With `same_text` the marks were placed in this very text before: those that stand there stay as they are.
    """
    from reader.text.anchoring import Resolver

    resolver = Resolver(text)
    places: list[Place] = []
    for mark in marks:
        if mark.anchor is None:
            continue
        if same_text and stands(mark, text):
            places.append((mark.anchor.start, mark.anchor.end, mark.state.value, mark.score, mark.uid))
            continue
        found = resolver.resolve(mark.anchor)
        lost = found.state is AnchorState.LOST
        start, end = (mark.anchor.start, mark.anchor.end) if lost else (found.start, found.end)
        places.append((start, end, found.state.value, found.score, mark.uid))
    return Carried(tuple(marks), tuple(places))


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
