"""The words of a Markdown block: text, emphasis, links, pictures, and the few HTML tags that mean something."""

import re
from collections.abc import Iterable
from html import unescape
from typing import TYPE_CHECKING

from reader.formats.flow import Flow
from reader.formats.html.events import SKIPPED
from reader.formats.html.inline import INLINE
from reader.formats.links import clean_link
from reader.model.document import SpanKind

if TYPE_CHECKING:
    from markdown_it.token import Token

_MARKS = {"em": SpanKind.ITALIC, "strong": SpanKind.BOLD, "s": SpanKind.STRIKE}
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)")
_ATTRIBUTE = re.compile(r"([A-Za-z-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_EMPTY = frozenset("area base embed frame input link meta param source track".split())


def write_inline(flow: Flow, tokens: "Iterable[Token]") -> None:
    """Write the tokens of one block into the flow. What stands in a script, style or frame is left out."""
    hidden = ""
    for token in tokens:
        if token.type == "html_inline":
            hidden = _after_tag(flow, token.content, hidden)
        elif not hidden:
            _write(flow, token)


def _write(flow: Flow, token: "Token") -> None:
    kind = token.type
    if kind in ("text", "text_special"):
        flow.words(token.content)
    elif kind == "softbreak":
        flow.words(" ")
    elif kind == "hardbreak":
        flow.builder.break_line()
    elif kind == "code_inline":
        _code(flow, token.content)
    elif kind == "link_open":
        _open_link(flow, str(token.attrs.get("href", "")))
    elif kind == "link_close":
        flow.builder.pop(SpanKind.LINK)
    elif kind == "image":
        flow.picture(str(token.attrs.get("src", "")), alternative(token.children or []))
    elif kind == "footnote_ref":
        _note_reference(flow, int(token.meta["id"]) + 1)
    elif token.tag in _MARKS:
        _mark(flow, _MARKS[token.tag], token.nesting)


def alternative(tokens: "Iterable[Token]") -> str:
    """The words of an image's description."""
    words = [" " if t.type == "softbreak" else alternative(t.children) if t.children else t.content for t in tokens]
    return "".join(words)


def _mark(flow: Flow, kind: SpanKind, nesting: int) -> None:
    if nesting > 0:
        _ensure_open(flow)
        flow.builder.push(kind)
    else:
        flow.builder.pop(kind)


def _open_link(flow: Flow, href: str) -> None:
    _ensure_open(flow)
    target = clean_link(href, flow.base)
    if target:
        flow.builder.push(SpanKind.LINK, target)


def _code(flow: Flow, written: str) -> None:
    _ensure_open(flow)
    flow.builder.push(SpanKind.CODE)
    flow.words(written)
    flow.builder.pop(SpanKind.CODE)


def _note_reference(flow: Flow, number: int) -> None:
    _ensure_open(flow)
    builder = flow.builder
    builder.target(f"fnref-{number}")
    builder.push(SpanKind.SUPERSCRIPT)
    builder.push(SpanKind.LINK, f"#fn-{number}")
    builder.text(str(number))
    builder.pop(SpanKind.LINK)
    builder.pop(SpanKind.SUPERSCRIPT)


def _ensure_open(flow: Flow) -> None:
    """A span that begins a paragraph begins inside it."""
    if flow.builder.shape is None:
        flow.builder.begin(flow.structure.paragraph())


def _after_tag(flow: Flow, written: str, hidden: str) -> str:
    """Take a tag in the line; returns the name of the element whose content is being left out, if any."""
    match = _TAG.match(written)
    if match is None:
        return hidden
    name = match[2].lower()
    closes = bool(match[1])
    if hidden:
        return "" if closes and name == hidden else hidden
    if name in SKIPPED or name == "form":
        return "" if closes or name in _EMPTY or written.endswith("/>") else name
    if name == "br":
        flow.break_line()
    elif name == "img" and not closes:
        attributes = _attributes(written)
        flow.picture(attributes.get("src", ""), attributes.get("alt", ""))
    elif name == "a":
        _anchor(flow, written, closes=closes)
    elif name in INLINE:
        _mark(flow, INLINE[name], -1 if closes else 1)
    return ""


def _anchor(flow: Flow, written: str, *, closes: bool) -> None:
    if closes:
        flow.builder.pop(SpanKind.LINK)
        return
    attributes = _attributes(written)
    if name := attributes.get("id") or attributes.get("name"):
        flow.builder.target(name)
    if "href" in attributes:
        _open_link(flow, attributes["href"])


def _attributes(written: str) -> dict[str, str]:
    return {m[1].lower(): unescape(m[2] or m[3] or m[4] or "") for m in _ATTRIBUTE.finditer(written)}
