"""What each block of Markdown means for the text."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from reader.formats.flow import Flow
from reader.formats.html.tables import Grid
from reader.formats.markdown.inline import write_inline
from reader.formats.structure import CHECKED, UNCHECKED, OpenList
from reader.model.document import BlockKind

if TYPE_CHECKING:
    from markdown_it.token import Token

_TASK = re.compile(r"\[([ xX])\][ \t]+")
_NOT_IN_SLUG = re.compile(r"[^\w\- ]")


@dataclass(slots=True)
class MarkdownFlow:
    """Turns the parser's tokens into blocks, spans and pictures."""

    flow: Flow
    _grid: Grid | None = None
    _slugs: dict[str, int] = field(default_factory=dict)

    def run(self, tokens: "Iterable[Token]") -> None:
        """Go through the tokens; afterwards no block and no span is left open."""
        for token in tokens:
            if handle := _WITH_TOKEN.get(token.type):
                handle(self, token)
            elif act := _BY_TYPE.get(token.type):
                act(self)
        self.flow.builder.end()
        self.flow.builder.pop_all()

    def inline(self, token: "Token") -> None:
        """The words of the open block."""
        children = token.children or []
        structure = self.flow.structure
        if structure.pending and structure.lists and children and children[0].type == "text":
            task = _TASK.match(children[0].content)
            if task:
                structure.pending = UNCHECKED if task[1] == " " else CHECKED
                children[0].content = children[0].content[task.end() :]
        write_inline(self.flow, children)

    def heading(self, token: "Token") -> None:
        self.flow.begin(BlockKind.HEADING, level=int(token.tag[1]))

    def heading_end(self) -> None:
        builder = self.flow.builder
        before = len(builder.blocks)
        builder.end()
        if len(builder.blocks) > before:
            builder.targets.setdefault(self._slug(builder.last_text), builder.blocks[-1].start)
        self.flow.place_pictures()

    def block_end(self) -> None:
        self.flow.builder.end()
        self.flow.builder.pop_all()

    def code(self, token: "Token") -> None:
        self.flow.begin(BlockKind.CODE, preformatted=True)
        self.flow.builder.text(token.content)
        self.flow.builder.end()

    def rule(self) -> None:
        self.flow.rule()

    def quote(self) -> None:
        self.flow.structure.quote_depth += 1

    def quote_end(self) -> None:
        self.flow.structure.quote_depth -= 1

    def list(self, token: "Token") -> None:
        start = token.attrs.get("start", 1)
        self.flow.structure.lists.append(OpenList(int(start) if token.tag == "ol" else None))

    def list_end(self) -> None:
        self.flow.structure.lists.pop()

    def item(self) -> None:
        structure = self.flow.structure
        structure.pending = structure.lists[-1].next_marker()

    def item_end(self) -> None:
        self.flow.structure.pending = ""

    def table(self) -> None:
        self.flow.builder.end()
        self._grid = Grid(self.flow.structure.tables)
        self.flow.structure.tables += 1

    def table_end(self) -> None:
        self.flow.place_pictures()

    def row(self) -> None:
        if self._grid is not None:
            self._grid.next_row()

    def cell(self, token: "Token") -> None:
        shape = self._grid.next_cell(None, None, header=token.tag == "th") if self._grid else None
        if shape is not None:
            self.flow.builder.begin(replace(shape, quote_depth=self.flow.structure.quote_depth))

    def html(self, token: "Token") -> None:
        from reader.formats.html.reader import parse, write

        self.flow.builder.end()
        write(parse(token.content), self.flow)

    def note(self, token: "Token") -> None:
        number = int(token.meta["id"]) + 1
        structure = self.flow.structure
        structure.in_notes, structure.pending = True, str(number)
        self.flow.builder.target(f"fn-{number}")

    def note_end(self) -> None:
        self.flow.structure.in_notes, self.flow.structure.pending = False, ""

    def _slug(self, title: str) -> str:
        """The name by which links within the file know a heading, as GitHub makes it."""
        plain = unicodedata.normalize("NFC", title).strip().lower()
        slug = _NOT_IN_SLUG.sub("", plain).replace(" ", "-")
        count = self._slugs.get(slug, 0)
        self._slugs[slug] = count + 1
        return f"{slug}-{count}" if count else slug


_WITH_TOKEN: dict[str, Callable[[MarkdownFlow, "Token"], None]] = {
    "inline": MarkdownFlow.inline,
    "heading_open": MarkdownFlow.heading,
    "fence": MarkdownFlow.code,
    "code_block": MarkdownFlow.code,
    "bullet_list_open": MarkdownFlow.list,
    "ordered_list_open": MarkdownFlow.list,
    "th_open": MarkdownFlow.cell,
    "td_open": MarkdownFlow.cell,
    "html_block": MarkdownFlow.html,
    "footnote_open": MarkdownFlow.note,
}
_BY_TYPE: dict[str, Callable[[MarkdownFlow], None]] = {
    "heading_close": MarkdownFlow.heading_end,
    "paragraph_close": MarkdownFlow.block_end,
    "hr": MarkdownFlow.rule,
    "blockquote_open": MarkdownFlow.quote,
    "blockquote_close": MarkdownFlow.quote_end,
    "bullet_list_close": MarkdownFlow.list_end,
    "ordered_list_close": MarkdownFlow.list_end,
    "list_item_open": MarkdownFlow.item,
    "list_item_close": MarkdownFlow.item_end,
    "table_open": MarkdownFlow.table,
    "table_close": MarkdownFlow.table_end,
    "tr_open": MarkdownFlow.row,
    "th_close": MarkdownFlow.block_end,
    "td_close": MarkdownFlow.block_end,
    "footnote_close": MarkdownFlow.note_end,
}
