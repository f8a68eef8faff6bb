"""A document's lines as the search for debris sees them: few numbers each, whatever the document is made of."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from reader.model.document import BlockKind, Document, Span, SpanKind

PROSE = 120
"""From so many code points on a paragraph is taken for one of the text's own."""

_SENTENCE_ENDS = tuple('.!?…:;,。؟۔।"”’»)]')
_TITLE = 70


@dataclass(slots=True)
class Lines:
    """The lines or blocks of a text that are not empty, in order: their kinds and code point ranges."""

    text: str
    kinds: Sequence[BlockKind]
    starts: Sequence[int]
    ends: Sequence[int]
    numbers: Sequence[str]
    links: tuple[Span, ...] = ()
    _link_starts: list[int] | None = field(default=None)

    def __len__(self) -> int:
        return len(self.starts)

    def said(self, index: int) -> str:
        return self.text[self.starts[index] : self.ends[index]]

    def length(self, index: int) -> int:
        """Code points of a line; 0 beyond both ends."""
        return self.ends[index] - self.starts[index] if 0 <= index < len(self.starts) else 0

    def is_prose(self, index: int) -> bool:
        """Whether a line is a paragraph of the text: long, and no title."""
        return self.length(index) >= PROSE and self.kinds[index] is not BlockKind.HEADING

    def is_titled(self, index: int) -> bool:
        """Whether a line looks like a title: short, and no sentence."""
        said = self.said(index).strip()
        return 0 < len(said) <= _TITLE and not said.endswith(_SENTENCE_ENDS)

    def linked(self, index: int) -> float:
        """Which share of a line leads elsewhere, 0..1."""
        start, end = self.starts[index], self.ends[index]
        if self._link_starts is None:
            self._link_starts = [link.start for link in self.links]
        covered = 0
        for link in reversed(self.links[: bisect_right(self._link_starts, end)]):
            if link.end <= start:
                break
            covered += min(link.end, end) - max(link.start, start)
        return covered / (end - start) if end > start else 0.0


def lines_of(document: Document) -> Lines:
    """The blocks of a document; of plain text its lines, or its paragraphs where they are wrapped."""
    if document.is_plain:
        return _plain_lines(document.text, "\n\n" if document.hard_wrapped else "\n")
    blocks = [block for block in document.blocks if block.end > block.start]
    return Lines(
        document.text,
        [block.kind for block in blocks],
        [block.start for block in blocks],
        [block.end for block in blocks],
        [block.number for block in blocks],
        tuple(span for span in document.spans if span.kind is SpanKind.LINK),
    )


def _plain_lines(text: str, separator: str) -> Lines:
    pieces = text.split(separator)
    step = len(separator)
    starts = list(accumulate((len(piece) + step for piece in pieces[:-1]), initial=0))
    kept = [
        (start + len(piece) - len(piece.lstrip("\n")), start + len(piece.rstrip("\n")))
        for start, piece in zip(starts, pieces, strict=True)
        if piece and not piece.isspace()
    ]
    kinds = [BlockKind.PARAGRAPH] * len(kept)
    return Lines(text, kinds, [start for start, _ in kept], [end for _, end in kept], [""] * len(kept))
