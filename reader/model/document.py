"""A document as readers produce it and everything else consumes it.

Every position is a code point index into `Document.text`; ends are exclusive.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class BlockKind(StrEnum):
    PARAGRAPH = "paragraph"
    HEADING = "heading"
    LIST_ITEM = "list_item"
    QUOTE = "quote"
    CODE = "code"
    TABLE_CELL = "table_cell"
    FIGURE = "figure"
    RULE = "rule"
    FOOTNOTE = "footnote"


class SpanKind(StrEnum):
    BOLD = "bold"
    ITALIC = "italic"
    UNDERLINE = "underline"
    STRIKE = "strike"
    CODE = "code"
    MARK = "mark"
    SMALL = "small"
    SUPERSCRIPT = "superscript"
    SUBSCRIPT = "subscript"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Block:
    """One block of text: `text[start:end]`, without the `\\n` that joins it to the next.

    `level` is a heading's level (1..6) or a list item's depth (1..). `number` is a list item's marker as
    shown ("1.", "•", "☐", "☑") or a footnote's label. `quote_depth` counts the quotations around the block.
    Table cells name their `table` (0.. within the document), `row`, `column` and spans; the text of a cell
    never holds a `\\n` block join of its own except for paragraphs inside it. `asset` names the image of a
    figure, whose text is its caption or alternative text. An ordinary paragraph inside a list item is a
    LIST_ITEM block with an empty `number`.
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    number: str = ""
    quote_depth: int = 0
    table: int = -1
    row: int = 0
    column: int = 0
    row_span: int = 1
    column_span: int = 1
    header: bool = False
    asset: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """An inline meaning over `text[start:end]`. `href` is a link's target: "#name" inside, a URL outside."""

    kind: SpanKind
    start: int
    end: int
    href: str = ""


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """One line of the contents: `level` 1.. and the code point where it leads."""

    title: str
    level: int
    position: int


@dataclass(frozen=True, slots=True)
class Asset:
    """An image of the document. Empty `data`: the picture is remote or missing, and a placeholder is drawn."""

    name: str
    media_type: str
    data: bytes
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the document says of itself. `date` is ISO 8601 (a year, a month, a day or an instant), else empty."""

    title: str = ""
    authors: tuple[str, ...] = ()
    source: str = ""
    date: str = ""
    language: str = ""
    url: str = ""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """Canonical text and structure.

    `blocks` is empty for plain text: `reader.text.plain.blocks` then derives them for any stretch on demand,
    so that 50 MB need no object per line; `hard_wrapped` tells it that a `\\n` inside a paragraph is only a
    line end of the typist's. `targets` maps the names of inside links to code points.
    """

    text: str
    blocks: tuple[Block, ...] = ()
    spans: tuple[Span, ...] = ()
    outline: tuple[OutlineEntry, ...] = ()
    targets: Mapping[str, int] = field(default_factory=dict[str, int])
    assets: tuple[Asset, ...] = ()
    metadata: Metadata = Metadata()
    hard_wrapped: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether the text has no stored structure (blocks are derived on demand)."""
        return not self.blocks
