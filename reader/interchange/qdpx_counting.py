"""What the positions of a REFI-QDA project count, which programs do not agree on, found out by the text itself.

The standard counts code points. Programs count a line end of two characters once or twice, some count UTF-16 units or
the byte order mark, and some name the last character where others name the one after it. The way of counting is taken
by which most selections are what they are called, or else begin and end where words do.
"""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product

from reader.text.normalise import normalise
from reader.text.offsets import Utf16Map

_TRIED = 200
_SURE = 0.2
"""By what part of all selections more must begin and end with words for another way of counting to be taken."""
_FEWEST = 2
_BOM = "\ufeff"
_CUT = ("…", "...")


@dataclass(frozen=True, slots=True)
class Span:
    """Where a selection is, as its file counts, and what the file calls it."""

    start: int
    end: int
    name: str = ""


Place = tuple[int, int]
_Reading = Callable[[Span], Place]


class Counting:
    """The canonical `text` of a source, and where in it what the file tells of stands."""

    def __init__(self, raw: str, spans: Sequence[Span]) -> None:
        self.text = normalise(raw)
        self._reading = self._best(list(_readings(raw, self.text)), spans[:_TRIED])

    def place(self, span: Span) -> Place | None:
        """Start and end in code points of the text; None when it is not within it, or is empty."""
        start, end = self._reading(span)
        return (start, end) if span.start >= 0 and 0 <= start < end <= len(self.text) else None

    def _best(self, readings: list[_Reading], spans: Sequence[Span]) -> _Reading:
        named = [sum(self._is_named(reading(span), span.name) for span in spans) for reading in readings]
        if any(named):
            return readings[named.index(max(named))]
        whole = [sum(self._is_whole(*reading(span)) for span in spans) for reading in readings]
        best = whole.index(max(whole)) if whole else 0
        return readings[best if whole[best] >= whole[0] + max(_FEWEST, _SURE * len(spans)) else 0]

    def _is_named(self, place: Place, name: str) -> bool:
        words, called = " ".join(self.text[slice(*place)].split()), " ".join(name.split())
        if place[0] < 0 or not called:
            return False
        cut = next((called.removesuffix(mark).rstrip() for mark in _CUT if called.endswith(mark)), "")
        return words == called or bool(cut and words.startswith(cut))

    def _is_whole(self, start: int, end: int) -> bool:
        """Whether it begins and ends where words do."""
        text = self.text
        if not 0 <= start < end <= len(text):
            return False
        before, after = text[start - 1 : start], text[end : end + 1]
        begins = text[start].isalnum() and not before.isalnum()
        return begins and not text[end - 1].isspace() and not (text[end - 1].isalnum() and after.isalnum())


def _readings(raw: str, text: str) -> list[_Reading]:
    """All ways of counting that differ for this text, the likeliest first."""
    shifts = (0, 1) if raw.startswith(_BOM) else (0,)
    units: list[Callable[[int], int]] = [lambda position: position]
    pairs = _pairs(raw.lstrip(_BOM))
    if pairs:
        units.append(lambda position: position - bisect_left(pairs, position))
    if not text.isascii() and max(text) > "\uffff":
        in_text = Utf16Map(text)
        units.append(in_text.to_code_point)
        if pairs:
            in_raw = Utf16Map(raw.lstrip(_BOM))

            def both(position: int) -> int:
                point = in_raw.to_code_point(position)
                return point - bisect_left(pairs, point)

            units.append(both)
    return [_reading(unit, shift, last) for last, shift, unit in product((0, 1), shifts, units)]


def _reading(unit: Callable[[int], int], shift: int, last: int) -> _Reading:
    """`last`: the end is that of the last character, so that the one after it is one further."""
    return lambda span: (unit(span.start - shift), unit(span.end - shift + last))


def _pairs(raw: str) -> list[int]:
    """Where the line ends of two characters are."""
    found: list[int] = []
    at = raw.find("\r\n")
    while at >= 0:
        found.append(at)
        at = raw.find("\r\n", at + 2)
    return found
