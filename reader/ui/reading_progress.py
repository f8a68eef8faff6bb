"""How far the reading has come and how long the rest will take, from positions and the number of words."""

from dataclasses import dataclass

from reader.model.document import Document
from reader.ui.chapters import Chapters

WORDS_PER_MINUTE = 230  # silent reading of non-fiction: Brysbaert, 2019, 238 for English; a little less elsewhere

SITTING_MINUTES = 45
BOOKS = frozenset({"epub", "fb2"})


@dataclass(frozen=True, slots=True)
class Progress:
    """`share` is 0..1 of the document; `chapter_minutes` is None where there are no chapters."""

    share: float
    words: int
    minutes: int
    chapter_minutes: int | None = None


class Pace:
    """Of one document: words are spread evenly over its code points, which is near enough for minutes.

    A book has chapters, and so has what takes longer than a sitting; the headings of an article are none.
    """

    def __init__(self, document: Document, words: int, kind: str = "") -> None:
        """`kind` is the format of the document's file."""
        self._length, self._words = len(document.text), words
        has_chapters = kind in BOOKS or words > SITTING_MINUTES * WORDS_PER_MINUTE
        sitting = self._length * SITTING_MINUTES * WORDS_PER_MINUTE // max(1, words)
        self._chapters = Chapters(document.outline if has_chapters else (), self._length, sitting)

    def at(self, position: int, share: float) -> Progress:
        """What is left from `position`, the code point at the top of the window, `share` (0..1) having been read."""
        chapter = self._chapters.at(position)
        left = self._minutes((chapter[1] - position) / max(1, self._length)) if chapter else None
        return Progress(share, self._words, self._minutes(1 - share), left)

    def _minutes(self, share: float) -> int:
        return round(self._words * share / WORDS_PER_MINUTE)
