"""Where words stand in a text as it is read on: however the ends of lines, paragraphs and pages cut it."""

from collections.abc import Sequence
from functools import cached_property

from reader.text.joining import joined, joined_with_map
from reader.text.matching import occurrences

_CUT = 16


class Running:
    """The running text of a canonical one, with the way back to the positions of this; made once it is asked for."""

    def __init__(self, text: str) -> None:
        self._text = text

    def places(self, words: str, most: int) -> list[tuple[int, int]]:
        """Start and end (code points of the canonical text) of each place that reads so to the letter, `most` at most.

        Places may overlap. White space at the ends of the words is none of them.
        """
        wanted = joined(words).strip()
        running, positions = self._mapped
        starts = occurrences(running, wanted, most) if wanted else []
        return [(positions[start], positions[start + len(wanted) - 1] + 1) for start in starts]

    def place_in(self, words: str, start: int, end: int) -> tuple[int, int] | None:
        """The only place that reads so to the letter and shares something with `start:end`; else None."""
        wanted = joined(words).strip()
        # Only what is round it is made into running text: of a whole book that takes long.
        low, high = max(0, start - 2 * len(words)), min(len(self._text), end + 2 * len(words))
        running, positions = joined_with_map(self._text, low, high)
        at = running.find(wanted) if wanted else -1
        if at < 0 or running.find(wanted, at + 1) >= 0:
            return None
        place = positions[at], positions[at + len(wanted) - 1] + 1
        return place if place[0] < end and start < place[1] else None

    def place_at(self, words: str, start: int) -> tuple[int, int] | None:
        """The place that reads so to the letter and begins at `start`, white space before the words aside."""
        wanted = joined(words).strip()
        start += len(words) - len(words.lstrip())
        # As much again for what the ends of lines add.
        high = min(len(self._text), start + 2 * len(words) + _CUT)
        if not wanted or not 0 <= start < high:
            return None
        running, positions = joined_with_map(self._text, start, high)
        return (positions[0], positions[len(wanted) - 1] + 1) if running.startswith(wanted) else None

    @cached_property
    def _mapped(self) -> tuple[str, Sequence[int]]:
        return joined_with_map(self._text)
