"""A document as readers produce it and everything else consumes it.

Every position is a code point index into `Document.text`; ends are exclusive.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from reader.model.annotation import Color, PageRect

FORMATS = (
    "text", "markdown", "html", "epub", "docx", "odt", "rtf", "fb2", "rst", "org", "latex", "notebook", "pdf",
)  # fmt: skip
"""What a document's file may be."""


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
    LANGUAGE = "language"


class DebrisKind(StrEnum):
    """What clipping left between the paragraphs, by its sort."""

    RECOMMENDED = "recommended"
    SUBSCRIBE = "subscribe"
    SHARE = "share"
    SOURCE = "source"
    PULL_QUOTE = "pull_quote"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Block:
    """One block of text: `text[start:end]`, without the `\\n` that joins it to the next.

    `level` is a heading's level (1..6) or a list item's depth (1..). `number` is a list item's marker as
    shown ("1.", "•", "☐", "☑") or a footnote's label. `quote_depth` counts the quotations around the block.
    Table cells name their `table` (0.. within the document), `row`, `column` and spans; the text of a cell
    never holds a `\\n` block join of its own except for paragraphs inside it. `asset` names the image of a
    figure, whose text is its caption or alternative text. An ordinary paragraph inside a list item is a
    LIST_ITEM block with an empty `number`, a further paragraph of a footnote a FOOTNOTE block with an empty one.
    `direction` is "ltr" or "rtl" where the document says it, else empty: the text then decides.
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
    direction: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """An inline meaning over `text[start:end]`.

    `href` is a link's target, "#name" inside or a URL outside, or a LANGUAGE's tag (BCP 47), which is told where it
    is not that of the document.
    """

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
class PageBreak:
    """Where a page of the printed book begins, by the label printed on it ("xii", "27")."""

    label: str
    position: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of fixed form: where its text begins, its size in points as it is to be shown, the label on it."""

    start: int
    width: float
    height: float
    label: str = ""


@dataclass(frozen=True, slots=True)
class Debris:
    """A stretch that is most likely no part of the text: proposed for hiding, never taken out."""

    kind: DebrisKind
    start: int
    end: int


class CommentKind(StrEnum):
    """What a mark that a file brings looks like there; a COMMENT stands in a margin."""

    COMMENT = "comment"
    HIGHLIGHT = "highlight"
    UNDERLINE = "underline"
    SQUIGGLY = "squiggly"
    STRIKE = "strike"
    NOTE = "note"
    AREA = "area"
    INK = "ink"


@dataclass(frozen=True, slots=True)
class Comment:
    """A note that the file itself brings on `text[start:end]`. `created` is ISO 8601, else empty.

    Marks on fixed pages have a `kind`, the category nearest to their colour (empty: none), their rectangles, and the id
    that the program gave them which made them. Such a mark may have no `text`. `tags` are those that it was saved with.
    """

    start: int
    end: int
    text: str
    author: str = ""
    created: str = ""
    kind: CommentKind = CommentKind.COMMENT
    color: Color | None = None
    rects: tuple[PageRect, ...] = ()
    uid: str = ""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asset:
    """An image of the document. Empty `data`: the picture is remote or missing, and a placeholder is drawn.

    `source` is the address under which the file names it, so that a later reading finds the picture again.
    """

    name: str
    media_type: str
    data: bytes
    alt: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the document says of itself. `date` is ISO 8601 (a year, a month, a day or an instant), else empty.

    `contributors` are those who are not its authors, with what they did: "Ada Lee (translator)". `identifiers` are
    written with their scheme: "isbn:9780306406157", "doi:10.1000/182".
    """

    title: str = ""
    authors: tuple[str, ...] = ()
    source: str = ""
    date: str = ""
    language: str = ""
    url: str = ""
    tags: tuple[str, ...] = ()
    subtitle: str = ""
    publisher: str = ""
    contributors: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """Canonical text and structure.

    `blocks` is empty for plain text: `reader.text.plain.blocks` then derives them for any stretch on demand,
    so that 50 MB need no object per line; `hard_wrapped` tells it that a `\\n` inside a paragraph is only a
    line end of the typist's. `targets` maps the names of inside links to code points. `pages` and `debris` are
    sorted. `sheets` are all pages of a document of fixed form (PDF), in order. `notices` are sentences for who
    reads it ("Vertical lines are shown as horizontal ones.").
    """

    text: str
    blocks: tuple[Block, ...] = ()
    spans: tuple[Span, ...] = ()
    outline: tuple[OutlineEntry, ...] = ()
    targets: Mapping[str, int] = field(default_factory=dict[str, int])
    assets: tuple[Asset, ...] = ()
    metadata: Metadata = Metadata()
    hard_wrapped: bool = False
    pages: tuple[PageBreak, ...] = ()
    debris: tuple[Debris, ...] = ()
    comments: tuple[Comment, ...] = ()
    notices: tuple[str, ...] = ()
    sheets: tuple[Sheet, ...] = ()

    @property
    def is_plain(self) -> bool:
        """Whether the text has no stored structure (blocks are derived on demand)."""
        return not self.blocks
