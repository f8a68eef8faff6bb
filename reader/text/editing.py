"""Corrections of a text: where other words stand instead, put together, taken back, and followed by positions."""

from bisect import bisect_left
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

_FINE = 1 << 22
"""The largest product of two lengths (code points) within which what is alike in an edit is looked for."""


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """`replacement` stands instead of `text[start:end]`: nothing there cuts it, an empty range puts words in."""

    start: int
    end: int
    replacement: str

    @property
    def growth(self) -> int:
        """How many code points longer the text is afterwards; less than 0: shorter."""
        return len(self.replacement) - (self.end - self.start)


Edits = Sequence[Edit]
"""In text order; between two of them something stays."""


def settled(text: str, edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """The edits in text order, those that touch as one, those that change nothing left out.

    ValueError when one of them is not inside the text, or when two of them overlap.
    """
    done: list[Edit] = []
    for edit in sorted(edits, key=lambda found: (found.start, found.end)):
        if not 0 <= edit.start <= edit.end <= len(text):
            raise ValueError(f"the edit {edit.start}:{edit.end} is not inside a text of {len(text)} code points")
        if done and edit.start < done[-1].end:
            raise ValueError(f"two edits change the code point {edit.start}")
        if done and edit.start == done[-1].end:
            before = done.pop()
            edit = Edit(before.start, edit.end, before.replacement + edit.replacement)
        done.append(edit)
    return tuple(edit for edit in done if text[edit.start : edit.end] != edit.replacement)


def edited(text: str, edits: Edits) -> str:
    """The text with the edits made."""
    parts: list[str] = []
    at = 0
    for edit in edits:
        parts += (text[at : edit.start], edit.replacement)
        at = edit.end
    return "".join(parts) + text[at:]


def reversed_edits(text: str, edits: Edits) -> tuple[Edit, ...]:
    """The edits of the edited text that make `text` of it again."""
    return tuple(
        Edit(start, start + len(edit.replacement), text[edit.start : edit.end])
        for edit, start in zip(edits, _new_starts(edits), strict=True)
    )


def composed(text: str, first: Edits, second: Edits) -> tuple[Edit, ...]:
    """The edits of `text` that do what `first` does and then, in the text it makes, `second`."""
    done: list[Edit] = []
    at, words = 0, ""
    for piece in _taken(_pieces(first, len(text)), second):
        if isinstance(piece, str):
            words += piece
            continue
        if words or piece[0] > at:
            done.append(Edit(at, piece[0], words))
        at, words = piece[1], ""
    if words or at < len(text):
        done.append(Edit(at, len(text), words))
    return settled(text, done)


class EditMap:
    """Where positions of a text (code points) are after edits.

    What lies outside the edits is exact. A range that ends inside one takes in all that stands there instead; words
    that are put in at its border stay out of it.
    """

    def __init__(self, text: str, edits: Edits) -> None:
        self._text, self._edits = text, edits
        self._ends = [edit.end for edit in edits]
        self._starts = _new_starts(edits)
        self._parts: dict[int, list[_Part]] = {}

    def start(self, position: int) -> int:
        """Where a range begins that began at `position`: behind what is put in there."""
        index = bisect_left(self._ends, position)
        if index == len(self._ends) or position < self._edits[index].start:
            return position + self._shift(index)
        edit, start = self._edits[index], self._starts[index]
        if position == edit.end:
            return start + len(edit.replacement)
        if position == edit.start:
            return start
        return start + self._within(index, position - edit.start, ends=False)

    def end(self, position: int) -> int:
        """Where a range ends that ended at `position`: before what is put in there."""
        index = bisect_left(self._ends, position)
        if index == len(self._ends) or position < self._edits[index].start:
            return position + self._shift(index)
        edit, start = self._edits[index], self._starts[index]
        if position == edit.start:
            return start
        if position == edit.end:
            return start + len(edit.replacement)
        return start + self._within(index, position - edit.start, ends=True)

    def range(self, start: int, end: int) -> tuple[int, int]:
        """Where `start:end` is. Empty when it was, and when all of it was cut out and nothing stands instead."""
        if start == end:
            here = self.end(start)
            return here, here
        first, last = self.start(start), self.end(end)
        if first < last:
            return first, last
        index = bisect_left(self._ends, end)
        if index < len(self._edits) and self._edits[index].start <= start:
            # A part of the words that others stand for: all of these are its words now.
            low = self._starts[index]
            return low, low + len(self._edits[index].replacement)
        return last, last

    def block(self, start: int, end: int) -> tuple[int, int]:
        """Where `start:end` is, with what was put in at its borders."""
        low, high = bisect_left(self._ends, start), bisect_left(self._ends, end)
        first, last = self.start(start), self.end(end)
        if low < len(self._edits) and self._edits[low].start == start == self._edits[low].end:
            first = self._starts[low]
        if high < len(self._edits) and self._edits[high].start == end == self._edits[high].end:
            last = self._starts[high] + len(self._edits[high].replacement)
        return min(first, last), last

    def touches(self, start: int, end: int) -> bool:
        """Whether an edit changes something of `start:end` or at its borders."""
        index = bisect_left(self._ends, start)
        return index < len(self._edits) and self._edits[index].start <= end

    def _shift(self, index: int) -> int:
        """How much further on what stands before the edit `index`, and behind the one before it, is."""
        if not index:
            return 0
        before = self._edits[index - 1]
        return self._starts[index - 1] + len(before.replacement) - before.end

    def _within(self, index: int, at: int, *, ends: bool) -> int:
        """Where, in what stands for an edit, a range begins or `ends` that did so `at` code points into it."""
        parts = self._parts.get(index)
        if parts is None:
            edit = self._edits[index]
            parts = self._parts[index] = _alike(self._text[edit.start : edit.end], edit.replacement)
        for old, old_end, new, new_end in parts:
            if old < at <= old_end if ends else old <= at < old_end:
                if new_end - new == old_end - old:
                    return new + at - old
                return new_end if ends else new
        raise AssertionError("the parts cover the whole edit")


_Part = tuple[int, int, int, int]
"""Start and end of a stretch of what is replaced, and of what stands for it."""


def _alike(old: str, new: str) -> list[_Part]:
    """What of `new` stands for what of `old`: stretches of the same length are the same code points, one by one."""
    if len(old) * len(new) > _FINE:
        return [(0, len(old), 0, len(new))]
    from rapidfuzz.distance import Levenshtein

    return [
        (found.src_start, found.src_end, found.dest_start, found.dest_end) for found in Levenshtein.opcodes(old, new)
    ]


def _new_starts(edits: Edits) -> list[int]:
    """Where, after the edits, the replacement of each begins."""
    grown = accumulate((edit.growth for edit in edits), initial=0)
    return [edit.start + growth for edit, growth in zip(edits, grown, strict=False)]


_Piece = str | tuple[int, int]
"""New words, or what stays of the first text: start and end."""


def _pieces(edits: Edits, length: int) -> Iterator[_Piece]:
    """What a text of `length` code points consists of after the edits."""
    at = 0
    for edit in edits:
        yield at, edit.start
        yield edit.replacement
        at = edit.end
    yield at, length


def _taken(pieces: Iterable[_Piece], edits: Edits) -> Iterator[_Piece]:
    """What the text of these pieces consists of after further edits, which count in it."""
    rest, begin = deque(pieces), 0
    for edit in edits:
        for end, keep in ((edit.start, True), (edit.end, False)):
            while rest and begin < end:
                piece = rest.popleft()
                length = len(piece) if isinstance(piece, str) else piece[1] - piece[0]
                if length > end - begin:
                    piece, behind = _cut(piece, end - begin)
                    rest.appendleft(behind)
                    length = end - begin
                begin += length
                if keep and length:
                    yield piece
        yield edit.replacement
    yield from rest


def _cut(piece: _Piece, at: int) -> tuple[_Piece, _Piece]:
    if isinstance(piece, str):
        return piece[:at], piece[at:]
    return (piece[0], piece[0] + at), (piece[0] + at, piece[1])
