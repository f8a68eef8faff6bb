"""What is selected, and how it grows: by characters, or in the units it was begun with."""

from collections.abc import Callable
from dataclasses import dataclass

Limits = Callable[[int], tuple[int, int]]


@dataclass(slots=True)
class Selection:
    """The stretch between a fixed end and the caret, in code points.

    `origin` is the unit (a character's place, a word, a paragraph) that was first selected; it stays selected
    whichever way the caret goes. `active` says that there is a caret at all.
    """

    origin: tuple[int, int] = (0, 0)
    caret: int = 0
    active: bool = False

    @property
    def range(self) -> tuple[int, int] | None:
        """First and last code point selected (end exclusive), None for nothing."""
        start, end = min(self.origin[0], self.caret), max(self.origin[1], self.caret)
        return (start, end) if self.active and end > start else None

    @property
    def anchor(self) -> int:
        """The end that stays."""
        return self.origin[0] if self.caret >= self.origin[1] else self.origin[1]

    def place(self, position: int) -> None:
        """Put the caret, nothing selected."""
        self.origin, self.caret, self.active = (position, position), position, True

    def take(self, start: int, end: int) -> None:
        """Select a stretch, the caret at its end."""
        self.origin, self.caret, self.active = (start, start), end, True

    def take_unit(self, unit: tuple[int, int]) -> None:
        """Select a word or paragraph that stays selected while the selection grows."""
        self.origin, self.caret, self.active = unit, unit[1], True

    def extend(self, position: int, limits: Limits | None = None) -> None:
        """Move the caret to `position`, to the far limit of the unit there where `limits` is given."""
        if limits is not None:
            start, end = limits(position)
            position = start if position < self.origin[0] else max(end, self.origin[1])
        self.caret, self.active = position, True

    def fix(self) -> None:
        """Forget the unit: from now on the stretch grows by characters from its far end."""
        anchor = self.anchor
        self.origin = (anchor, anchor)

    def restore(self, other: "Selection") -> None:
        """Be what another selection is."""
        self.origin, self.caret, self.active = other.origin, other.caret, other.active

    def drop(self) -> None:
        self.origin, self.caret, self.active = (self.caret, self.caret), self.caret, False


def difference(before: tuple[int, int] | None, after: tuple[int, int] | None) -> list[tuple[int, int]]:
    """The stretches that are in one but not in the other."""
    if before is None or after is None or before[1] <= after[0] or after[1] <= before[0]:
        return [stretch for stretch in (before, after) if stretch]
    ends = sorted((*before, *after))
    return [(low, high) for low, high in ((ends[0], ends[1]), (ends[2], ends[3])) if low < high]
