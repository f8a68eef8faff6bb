"""Collects text, blocks and spans in reading order and keeps their positions right.

The readers of Markdown and HTML say what begins, what is written and what ends; only this module counts
code points.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from reader.model.document import (
    Asset,
    Block,
    BlockKind,
    Document,
    Metadata,
    OutlineEntry,
    PageBreak,
    Span,
    SpanKind,
)
from reader.text.normalise import normalise

# HTML's white space; a no-break space and the wide spaces of typographers are text.
_SPACES = re.compile(r"[ \t\n\r\f]+")
_RUN = re.compile(r" {2,}")
_LETTER = re.compile(r"[^\W\d_]")
_BREAKS = ("", " ", "\n")
_KEPT_EMPTY = frozenset({BlockKind.FIGURE, BlockKind.RULE, BlockKind.TABLE_CELL})


@dataclass(slots=True)
class _OpenSpan:
    href: str
    start: int
    depth: int = 1


@dataclass(slots=True)
class Builder:
    """The document so far. Positions are code points of the text as it will be.

    `shape` is the block being written (its positions are not yet told), or None between blocks. `direction` is that
    of the blocks begun from here on whose shape does not say it.
    """

    blocks: list[Block] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    targets: dict[str, int] = field(default_factory=dict)
    pages: list[PageBreak] = field(default_factory=list)
    shape: Block | None = None
    direction: str = ""
    _texts: list[str] = field(default_factory=list)
    _end: int = -1
    _buffer: list[str] = field(default_factory=list)
    _size: int = 0
    _last: str = ""
    _preformatted: bool = False
    _direction: str = ""
    _lettered: bool = False
    _looked: int = 0
    _open: dict[SpanKind, _OpenSpan] = field(default_factory=dict)
    _waiting: list[str] = field(default_factory=list)
    _waiting_pages: list[str] = field(default_factory=list)

    @property
    def last_text(self) -> str:
        """The text of the last whole block."""
        return self._texts[-1] if self._texts else ""

    @property
    def position(self) -> int:
        """Where the next character goes."""
        return self._end + 1 + self._size

    @property
    def start(self) -> int:
        """Where the open block, or else the next one, begins."""
        return self._end + 1

    @property
    def waiting(self) -> Sequence[str]:
        """The names of what leads to the next block."""
        return self._waiting

    @property
    def has_letters(self) -> bool:
        """Whether there are letters in the open block."""
        if not self._lettered:
            self._lettered = any(map(_LETTER.search, self._buffer[self._looked :]))
            self._looked = len(self._buffer)
        return self._lettered

    @property
    def is_after_word(self) -> bool:
        """Whether what comes follows the text of the open block without a space."""
        return self._last not in _BREAKS

    def is_open(self, kind: SpanKind) -> bool:
        """Whether what comes stands in a span of that kind."""
        return kind in self._open

    def begin(self, shape: Block, *, preformatted: bool = False) -> None:
        """End the open block and begin one like `shape`, whose positions are ignored."""
        if self.shape is not None:
            self.end()
        self.shape = shape
        self._direction = shape.direction or self.direction
        self._preformatted = preformatted
        # Nobody is led to a line across the page: what follows it is meant.
        if (self._waiting or self._waiting_pages) and shape.kind is not BlockKind.RULE:
            self._place_waiting()

    def text(self, written: str) -> None:
        """Add text to the open block: white space runs become one space unless the block is preformatted."""
        if "\r" in written or "\0" in written:
            written = normalise(written)
        if not self._preformatted:
            if "\n" in written or "\t" in written or "\f" in written:
                written = one_line(written)
            elif "  " in written:
                written = _RUN.sub(" ", written)
            if self._last in _BREAKS and written.startswith(" "):
                written = written[1:]
        if written:
            self._buffer.append(written)
            self._size += len(written)
            self._last = written[-1]

    @property
    def is_inside(self) -> bool:
        """Whether a block or a span is open."""
        return self.shape is not None or bool(self._open)

    def line(self, pieces: list[str], spans: list[tuple[SpanKind, int, int, str]]) -> None:
        """A whole paragraph between blocks, its white space already as it is to be, with its spans' places in it."""
        text = "".join(pieces).rstrip(" \n")
        if not text:
            return
        if self._waiting or self._waiting_pages:
            self._place_waiting()
        start = self._end + 1
        end = self._end = start + len(text)
        self._texts.append(text)
        if self.direction:
            self.blocks.append(Block(BlockKind.PARAGRAPH, start, end, direction=self.direction))
        else:
            self.blocks.append(Block(BlockKind.PARAGRAPH, start, end))
        for kind, first, last, href in spans:
            self.spans.append(Span(kind, start + first, min(start + last, end), href))

    def break_line(self) -> None:
        """A line end inside the open block; nothing at its beginning."""
        if self._last == " ":
            self._drop_last_space()
        if self._last:
            self._buffer.append("\n")
            self._size += 1
            self._last = "\n"

    def new_line(self) -> None:
        """Go to a new line of the open block unless it is at one."""
        if self._last not in ("", "\n"):
            self.break_line()

    @property
    def after_break(self) -> bool:
        """Whether the open block ends in a line end."""
        return self._last == "\n"

    def end(self) -> None:
        """End the open block, if any. One that came to nothing is left out, unless its kind means something empty."""
        shape = self.shape
        if shape is None:
            return
        written = "".join(self._buffer)
        text = written.rstrip("\n") if shape.kind is BlockKind.CODE else written.rstrip(" \n")
        start = self._end + 1
        if text or shape.kind in _KEPT_EMPTY or shape.number:
            end = self._end = start + len(text)
            if self._open:
                for kind, opened in self._open.items():
                    self._add_span(kind, opened, end)
            if len(text) < len(written):
                self._cut_spans(start, end)
            self._texts.append(text)
            self.blocks.append(_placed(shape, start, end, self._direction))
        else:
            self._forget_spans(start)
        for opened in self._open.values():
            opened.start = self._end + 1
        self.shape, self._size, self._last, self._preformatted = None, 0, "", False
        self._buffer.clear()
        self._lettered, self._looked = False, 0

    def add(self, shape: Block, text: str = "") -> None:
        """A whole block at once."""
        self.begin(shape)
        self.text(text)
        self.end()

    def fill_last(self, text: str) -> None:
        """Give the last block, if it is empty, a text after all."""
        text = _SPACES.sub(" ", text).strip()
        if self.shape is None and self.blocks and not self._texts[-1]:
            self._texts[-1] = text
            self._end += len(text)
            self.blocks[-1] = replace(self.blocks[-1], end=self._end)

    def push(self, kind: SpanKind, href: str = "") -> None:
        """Begin a span here; it goes on through block borders until `pop`. The outermost of a kind counts."""
        opened = self._open.get(kind)
        if opened:
            opened.depth += 1
        else:
            self._open[kind] = _OpenSpan(href, self.position)

    def pop(self, kind: SpanKind) -> None:
        """End the span begun last of that kind; nothing when there is none."""
        opened = self._open.get(kind)
        if opened is None:
            return
        opened.depth -= 1
        if not opened.depth:
            del self._open[kind]
            if self.shape is not None:
                self._add_span(kind, opened, self.position)

    def pop_all(self) -> None:
        """End every open span."""
        for kind in list(self._open):
            self._open[kind].depth = 1
            self.pop(kind)

    def target(self, name: str) -> None:
        """Something links to `name` here, or to where the next block begins."""
        if self.shape is not None:
            self.targets.setdefault(name, self.position)
        else:
            self._waiting.append(name)

    def page(self, label: str) -> None:
        """A page of the printed book begins here, or where the next block does."""
        if self.shape is not None:
            self.pages.append(PageBreak(label, self.position))
        else:
            self._waiting_pages.append(label)

    def finish(self, metadata: Metadata, assets: tuple[Asset, ...] = ()) -> Document:
        """The document; the builder is used up."""
        self.end()
        text = "\n".join(self._texts)
        self._place_waiting()
        targets = {name: min(position, len(text)) for name, position in self.targets.items()}
        spans = sorted((s for s in self.spans if s.end > s.start), key=lambda s: (s.start, -s.end))
        outline = tuple(
            OutlineEntry(" ".join(text[b.start : b.end].split()), b.level, b.start)
            for b in self.blocks
            if b.kind is BlockKind.HEADING
        )
        pages = tuple(PageBreak(page.label, min(page.position, len(text))) for page in self.pages)
        return Document(text, tuple(self.blocks), tuple(spans), outline, targets, assets, metadata, pages=pages)

    def _place_waiting(self) -> None:
        """What leads to the next block leads to where it begins."""
        position = self.position
        for name in self._waiting:
            self.targets.setdefault(name, position)
        self.pages += [PageBreak(label, position) for label in self._waiting_pages]
        self._waiting.clear()
        self._waiting_pages.clear()

    def _drop_last_space(self) -> None:
        last = self._buffer.pop()[:-1]
        self._size -= 1
        self._last = ""
        if last:
            self._buffer.append(last)
        if self._buffer:
            self._last = self._buffer[-1][-1]

    def _cut_spans(self, start: int, end: int) -> None:
        """Cut what was begun in the block [start, end) to the block."""
        for index in range(len(self.spans) - 1, -1, -1):
            span = self.spans[index]
            if span.end <= end:
                if span.end < start:
                    break
                continue
            self.spans[index] = replace(span, start=min(span.start, end), end=end)

    def _forget_spans(self, start: int) -> None:
        """Drop what was written in a block at `start` that came to nothing."""
        while self.spans and self.spans[-1].end > start:
            self.spans.pop()

    def _add_span(self, kind: SpanKind, opened: _OpenSpan, end: int) -> None:
        if end > opened.start:
            self.spans.append(Span(kind, opened.start, end, opened.href))


def one_line(written: str) -> str:
    """White space runs as one space each."""
    if "\r" in written or "\0" in written:
        written = normalise(written)
    written = written.replace("\n", " ").replace("\t", " ").replace("\f", " ")
    return _RUN.sub(" ", written) if "  " in written else written


def _placed(shape: Block, start: int, end: int, direction: str) -> Block:
    """`shape` with its positions: written out, for a book has ten thousand blocks."""
    return Block(
        shape.kind,
        start,
        end,
        shape.level,
        shape.number,
        shape.quote_depth,
        shape.table,
        shape.row,
        shape.column,
        shape.row_span,
        shape.column_span,
        shape.header,
        shape.asset,
        direction,
    )
