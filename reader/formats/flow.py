"""What the readers of Markdown and HTML share: words go into blocks, pictures stand between them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from reader.formats.builder import Builder
from reader.formats.images import Images
from reader.formats.links import clean_link
from reader.formats.structure import Structure
from reader.model.document import Block, BlockKind, SpanKind

# Blocks that a picture does not break in two: its alternative text stands in the line, the picture after the block.
_UNBROKEN = frozenset({BlockKind.HEADING, BlockKind.TABLE_CELL, BlockKind.CODE, BlockKind.FIGURE})


@dataclass(frozen=True, slots=True)
class Reference:
    """What seems to refer to a note: its label, where its block begins and where it ends."""

    label: str
    start: int
    end: int


@dataclass(slots=True)
class Flow:
    """The document being written and where in it we are.

    `base` is the document's own address, if known, and `language` its language. A book is written part by part:
    `scope` is put before the names of a part's targets, and `resolve` says what an address in it leads to. `styles`
    are the meanings that a book's style sheets give to classes, `labels` those by which the text refers to notes, and
    `references` what seem to be references to notes, by the names of their targets; `tried` counts how often each of
    these was taken for a note.
    """

    images: Images
    builder: Builder = field(default_factory=Builder)
    structure: Structure = field(default_factory=Structure)
    base: str = ""
    language: str = ""
    scope: str = ""
    resolve: Callable[[str], str] | None = None
    styles: Mapping[str, tuple[SpanKind, ...]] = field(default_factory=dict[str, tuple[SpanKind, ...]])
    labels: dict[str, str] = field(default_factory=dict[str, str])
    references: dict[str, Reference] = field(default_factory=dict[str, Reference])
    tried: dict[str, int] = field(default_factory=dict[str, int])
    _put_by: list[str] = field(default_factory=list[str])

    def link(self, href: str) -> str:
        """What a link leads to: "#name" inside the document, an address outside, or empty for nowhere."""
        return self.resolve(href) if self.resolve else clean_link(href, self.base)

    def target(self, name: str) -> None:
        """Something links to `name` here, or to where the next block begins."""
        self.builder.target(self.scope + name)

    def words(self, written: str) -> None:
        """Text in a line; begins a paragraph when none is open."""
        if self.builder.shape is None:
            if not written.strip(" \t\n\r\f"):
                return
            self.builder.begin(self.structure.paragraph())
        self.builder.text(written)

    def break_line(self) -> None:
        """A line end that the author wants; a second one in a row begins a new paragraph."""
        builder = self.builder
        shape = builder.shape
        if shape is None:
            return
        if builder.after_break and shape.kind not in _UNBROKEN:
            builder.end()
        else:
            builder.break_line()

    def begin(self, kind: BlockKind, *, level: int = 0, asset: str = "", preformatted: bool = False) -> None:
        """Begin a block of its own kind. The marker of a list item that starts with it gets a line to itself."""
        self.builder.end()
        if self.structure.pending:
            self.builder.add(self.structure.paragraph())
        shape = Block(kind, 0, 0, level=level, quote_depth=self.structure.quote_depth, asset=asset)
        self.builder.begin(shape, preformatted=preformatted)

    def rule(self) -> None:
        """A line across the page."""
        self.begin(BlockKind.RULE)
        self.builder.end()

    def picture(self, source: str, alt: str) -> None:
        """An image: a figure between the paragraphs, or its alternative text where a block must stay whole.

        Such a picture follows when `place_pictures` is called.
        """
        shape = self.builder.shape
        if shape is not None and shape.kind in _UNBROKEN:
            # An initial is part of its word; other words are not.
            self.builder.text(f" {alt} " if len(alt) > 1 and shape.kind is not BlockKind.CODE else alt)
            self._put_by.append(self.images.add(source, alt))
            return
        self.figure(self.images.add(source, alt), alt)

    def put_by(self, asset: str, alt: str) -> None:
        """A picture in a block that must stay whole, to follow it; its alternative text stands in the line."""
        self.builder.text(f" {alt} ")
        self._put_by.append(asset)

    def place_pictures(self) -> None:
        """The pictures of headings, lines of code and tables, which are over; their words stand there already."""
        pictures, self._put_by = self._put_by, []
        for asset in pictures:
            self.figure(asset, "")

    def figure(self, asset: str, caption: str) -> None:
        """A figure block with the caption or alternative text."""
        self.begin(BlockKind.FIGURE, asset=asset)
        self.builder.text(caption)
        self.builder.end()
