"""Was this text broken into lines by a typist or a mail program, and which of its line ends mean something?

A line is *filled* when the first word of the next line would not have fitted into the width any more.
Wrapped prose consists of filled lines; verse, lists, addresses and code do not.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

_SAMPLES = 6
_SAMPLE_LENGTH = 6000
_NARROWEST, _WIDEST = 45, 110
_LONGEST_WORD = 12
_SENTENCE_ENDS = tuple(".!?:…。؟۔।\"'”’»)]")


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its range without the `\\n`, and its text without spaces at the end."""

    start: int
    end: int
    text: str

    @property
    def is_blank(self) -> bool:
        return not self.text

    @property
    def indent(self) -> int:
        """Leading white space in columns; a tab counts four."""
        head = self.text[: len(self.text) - len(self.text.lstrip())]
        return len(head) + 3 * head.count("\t")


def lines(text: str, start: int, end: int) -> Iterator[Line]:
    """The lines of `text[start:end]`."""
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        yield Line(start, stop, text[start:stop].rstrip())
        start = stop + 1


def width(found: Sequence[Line]) -> int:
    """The width that the lines seem to be wrapped to, in code points: nine of ten are not longer."""
    lengths = sorted(len(line.text) for line in found if not line.is_blank)
    return lengths[len(lengths) * 9 // 10] if lengths else 0


def is_filled(line: Line, following: Line, columns: int) -> bool:
    """Whether the first word of `following` did not fit behind `line`."""
    word = following.text.split(None, 1)[0]
    return len(line.text) + 1 + min(len(word), _LONGEST_WORD) > columns - 2


def is_prose(run: Sequence[Line], columns: int) -> bool:
    """Whether these lines are one paragraph: most of them filled, and not each begun with a capital as verse is."""
    filled = [is_filled(a, b, columns) for a, b in pairwise(run)]
    return sum(filled) >= 0.7 * len(filled) and not _is_verse(run)


def is_end(line: Line, following: Line, columns: int) -> bool:
    """Whether a paragraph ends with `line` although no blank line follows."""
    if following.indent > line.indent:
        return True
    return (
        line.text.endswith(_SENTENCE_ENDS)
        and not is_filled(line, following, columns)
        and len(line.text) < 0.85 * columns
    )


def is_hard_wrapped(text: str) -> bool:
    """Whether most of the text is wrapped prose; looks at six stretches of it, whatever its size."""
    if len(text) <= _SAMPLE_LENGTH and _is_plainly_unwrapped(text):
        return False
    runs = [run for start in _sample_starts(len(text)) for run in _inner_runs(text, start)]
    found = [line for run in runs for line in run]
    columns = width(found)
    if not _NARROWEST <= columns <= _WIDEST or _has_long_lines(found, columns):
        return False
    pairs = [(a, b) for run in runs if not _is_verse(run) for a, b in pairwise(run)]
    filled = sum(is_filled(a, b, columns) for a, b in pairs)
    unfilled = sum(len(run) - 1 for run in runs if _is_verse(run)) + len(pairs) - filled
    return filled >= 3 and filled >= 2 * unfilled


def _is_plainly_unwrapped(text: str) -> bool:
    """Whether a text that is one sample has too many lines longer than any width; what most small texts are."""
    found = text.split("\n")
    longest = 1.3 * _WIDEST
    long = [line for line in found if len(line) > longest and len(line.rstrip()) > longest]
    return len(long) > 0.05 * len(found)


def _sample_starts(length: int) -> Iterator[int]:
    step = max(_SAMPLE_LENGTH, length // _SAMPLES)
    yield from range(0, max(1, length - _SAMPLE_LENGTH // 2), step)


def _inner_runs(text: str, start: int) -> Iterator[list[Line]]:
    """The runs of lines without a blank one between them that lie whole inside this sample."""
    low = text.find("\n", start, start + _SAMPLE_LENGTH) + 1 if start else 0
    if start and not low:
        return
    high = start + _SAMPLE_LENGTH
    if high < len(text):
        high = text.rfind("\n", low, high) + 1
    yield from runs(list(lines(text, low, min(high, len(text)))))


def runs(found: Sequence[Line]) -> Iterator[list[Line]]:
    """Lines that follow each other without a blank one."""
    run: list[Line] = []
    for line in found:
        if not line.is_blank:
            run.append(line)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _is_verse(run: Sequence[Line]) -> bool:
    """Whether nearly every line begins with a capital, also in the middle of a sentence."""
    if len(run) < 4:
        return False
    capitals = [following for line, following in pairwise(run) if not line.text.endswith(_SENTENCE_ENDS)]
    upper = sum(line.text.lstrip(" \t\"'“‘—")[:1].isupper() for line in capitals)
    return len(capitals) >= 2 and upper >= 0.8 * len(capitals)


def _has_long_lines(found: Sequence[Line], columns: int) -> bool:
    return sum(len(line.text) > 1.3 * columns for line in found) > 0.05 * len(found)
