"""What each element of a page means for the text."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from reader.formats.flow import Flow
from reader.formats.html.figures import Figures, source_of
from reader.formats.html.inline import INLINE, styled
from reader.formats.html.tables import Grid
from reader.formats.html.walk import Attributes, Step
from reader.formats.links import clean_link
from reader.formats.structure import CHECKED, UNCHECKED, OpenList
from reader.model.document import BlockKind, SpanKind

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_BLOCKS = frozenset(
    "address article aside body caption center dd details dir div dl dt fieldset figcaption figure footer form h1 h2 h3"
    " h4 h5 h6 header hgroup hr legend li listing main menu nav ol p pre section summary table tbody td tfoot th thead"
    " tr ul xmp blockquote".split()
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_NOTES = frozenset({"footnotes", "footnote", "endnotes", "rearnotes", "doc-endnotes", "doc-footnotes", "doc-footnote"})


@dataclass(slots=True)
class HtmlFlow:
    """Turns the steps through a page into blocks, spans and pictures.

    `layout` says of each table in turn whether it only places parts of the page.
    """

    flow: Flow
    layout: list[bool]
    figures: Figures = field(init=False)
    _tables: list[Grid | None] = field(default_factory=list)
    _tables_seen: int = 0
    _in_cell: int = 0
    _notes: int = 0
    _pushed: list[tuple[SpanKind, ...]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.figures = Figures(self.flow)

    def run(self, steps: Iterable[tuple[Step, str, "LexborNode", Attributes]]) -> None:
        """Go through the page; afterwards no block and no span is left open."""
        for step, tag, node, attributes in steps:
            if step is Step.TEXT:
                self.flow.words(node.text_content or "")
            elif step is Step.ENTER:
                self._enter(tag, attributes)
            else:
                self._leave(tag, attributes)
        self.flow.builder.end()
        self.flow.builder.pop_all()

    def _enter(self, tag: str, attributes: Attributes) -> None:
        if tag in _BLOCKS:
            self._block_border()
            self._begin_block(tag, attributes)
        elif tag == "br":
            self.flow.break_line()
        elif tag == "img":
            self._image(attributes)
        elif tag == "input":
            self._checkbox(attributes)
        elif tag in ("rt", "q"):
            self.flow.words("(" if tag == "rt" else "“")
        name = attributes.get("id") or (attributes.get("name") if tag == "a" else None)
        if name:
            self.flow.builder.target(name)
        self._push(tag, attributes)

    def _leave(self, tag: str, attributes: Attributes) -> None:
        for kind in self._pushed.pop():
            self.flow.builder.pop(kind)
        if tag in _BLOCKS:
            self._block_border()
            self._end_block(tag, attributes)
        elif tag in ("rt", "q"):
            self.flow.words(")" if tag == "rt" else "”")

    def _push(self, tag: str, attributes: Attributes) -> None:
        """Begin the spans that an element gives to the words in it."""
        kinds = styled(attributes.get("style") or "") if tag not in _HEADINGS else ()
        kind = INLINE.get(tag)
        if kind and kind not in kinds:
            kinds = (*kinds, kind)
        for each in kinds:
            self.flow.builder.push(each)
        if tag == "a" and (href := clean_link(attributes.get("href") or "", self.flow.base)):
            self.flow.builder.push(SpanKind.LINK, href)
            kinds = (*kinds, SpanKind.LINK)
        elif tag == "dt":
            self.flow.builder.push(SpanKind.BOLD)
            kinds = (*kinds, SpanKind.BOLD)
        self._pushed.append(kinds)

    def _block_border(self) -> None:
        if self._in_cell:
            self.flow.builder.new_line()
        else:
            self.flow.builder.end()

    def _begin_block(self, tag: str, attributes: Attributes) -> None:
        structure = self.flow.structure
        if _is_notes(attributes):
            self._notes += 1
        if tag in ("ul", "ol", "dir", "menu", "dl"):
            structure.pending = ""
            structure.lists.append(_list_of(tag, attributes))
        elif tag == "li":
            self._begin_item(attributes)
        elif tag == "blockquote":
            structure.quote_depth += 1
        elif tag in ("table", "caption", "tr", "td", "th"):
            self._begin_table_part(tag, attributes)
        elif tag == "figure":
            self.figures.begin()
        elif self._in_cell:
            return
        elif tag in _HEADINGS:
            self.flow.begin(BlockKind.HEADING, level=_HEADINGS[tag])
        elif tag in ("pre", "listing", "xmp"):
            self.flow.begin(BlockKind.CODE, preformatted=True)
        elif tag == "hr":
            self.flow.rule()
        elif tag == "figcaption":
            self.figures.begin_caption()

    def _end_block(self, tag: str, attributes: Attributes) -> None:
        structure = self.flow.structure
        if _is_notes(attributes):
            self._notes -= 1
        if tag in ("ul", "ol", "dir", "menu", "dl"):
            structure.lists.pop()
        elif tag == "li":
            structure.pending = ""
            structure.in_notes = False
        elif tag == "blockquote":
            structure.quote_depth -= 1
        elif tag in ("td", "th") and self._tables and self._tables[-1] is not None:
            self._in_cell = 0
            self.flow.builder.end()
        elif tag == "table":
            self._end_table()
        elif tag == "figure":
            self.figures.end()
        elif tag == "figcaption" and not self._in_cell:
            self.figures.end_caption()

    def _begin_item(self, attributes: Attributes) -> None:
        structure = self.flow.structure
        if not structure.lists:
            structure.pending = "" if self._in_cell else "•"
            return
        current = structure.lists[-1]
        value = _integer(attributes.get("value"))
        if current.number is not None and value is not None:
            current.number = value
        marker = current.next_marker()
        if self._in_cell:
            self.flow.words(marker + " ")
        elif self._notes and len(structure.lists) == 1:
            structure.in_notes, structure.pending = True, marker.rstrip(".")
        else:
            structure.pending = marker

    def _checkbox(self, attributes: Attributes) -> None:
        """A task in a list: its box takes the place of the bullet."""
        if self.flow.structure.pending and (attributes.get("type") or "").lower() == "checkbox":
            self.flow.structure.pending = CHECKED if "checked" in attributes else UNCHECKED

    def _image(self, attributes: Attributes) -> None:
        alt = " ".join((attributes.get("alt") or "").split())
        source = source_of(attributes)
        if self._in_cell:
            self.flow.builder.text(alt)
        elif source is None:
            if alt:
                self.flow.words(alt)
        else:
            self.figures.image(source, alt, attributes)

    def _begin_table_part(self, tag: str, attributes: Attributes) -> None:
        if tag == "table":
            self._begin_table()
            return
        grid = self._tables[-1] if self._tables else None
        if grid is None or tag == "caption":
            return
        if tag == "tr":
            grid.next_row()
            return
        shape = grid.next_cell(attributes.get("rowspan"), attributes.get("colspan"), header=tag == "th")
        if shape is not None:
            self.flow.builder.begin(replace(shape, quote_depth=self.flow.structure.quote_depth))
        self._in_cell = 1

    def _begin_table(self) -> None:
        is_layout = self._tables_seen < len(self.layout) and self.layout[self._tables_seen]
        self._tables_seen += 1
        if is_layout or self._in_cell:
            self._tables.append(None)
            return
        self._tables.append(Grid(self.flow.structure.tables))
        self.flow.structure.tables += 1

    def _end_table(self) -> None:
        grid = self._tables.pop() if self._tables else None
        if grid is None:
            return
        blocks = self.flow.builder.blocks
        for index in range(len(blocks) - 1, -1, -1):
            block = blocks[index]
            if block.table != grid.number:
                break
            if block.row + block.row_span > grid.row + 1:
                blocks[index] = replace(block, row_span=grid.row + 1 - block.row)


def _list_of(tag: str, attributes: Attributes) -> OpenList:
    if tag != "ol":
        return OpenList()
    start = _integer(attributes.get("start"))
    style = attributes.get("type") or "1"
    return OpenList(1 if start is None else start, -1 if "reversed" in attributes else 1, style)


def _integer(written: str | None) -> int | None:
    value = (written or "").strip()
    digits = value.removeprefix("-")
    return int(value) if digits.isascii() and digits.isdigit() and len(digits) < 10 else None


def _is_notes(attributes: Attributes) -> bool:
    if not attributes:
        return False
    named = f"{attributes.get('class') or ''} {attributes.get('role') or ''} {attributes.get('epub:type') or ''}"
    return not _NOTES.isdisjoint(named.lower().split())
