"""What two versions of one text have in common, where both are at hand."""

_STEP = 4096
# What is the same by chance where an edit begins or ends is shorter than this.
_CHANCE = 32


class Versions:
    """An older and a newer text; tells for sure where a place has gone that lies outside all edits."""

    def __init__(self, before: str, after: str) -> None:
        self._before = before
        self._after = after
        size = min(len(before), len(after))
        self.head = _common_head(before, after, size)
        self.tail = _common_tail(before, after, size)

    def moved(self, start: int, end: int) -> int | None:
        """Where the old range `start:end` begins now; None when it, or what touches it, may have been edited."""
        if min(end + _CHANCE, len(self._before)) <= self.head:
            return start
        if max(start - _CHANCE, 0) >= len(self._before) - self.tail:
            return start + len(self._after) - len(self._before)
        return None


def _common_head(one: str, other: str, size: int) -> int:
    """Length of the common beginning, up to `size`; compares in C, halving where the pieces differ."""
    at, step = 0, _STEP
    while at < size and step:
        end = min(at + step, size)
        if one[at:end] == other[at:end]:
            at = end
        else:
            step //= 2
    return at


def _common_tail(one: str, other: str, size: int) -> int:
    """Length of the common end, up to `size`."""
    at, step = 0, _STEP
    while at < size and step:
        end = min(at + step, size)
        if one[len(one) - end : len(one) - at] == other[len(other) - end : len(other) - at]:
            at = end
        else:
            step //= 2
    return at
