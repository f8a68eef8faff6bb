"""A note's Markdown as HTML in which nothing is run or loaded: HTML in it is words, a picture is a link to it.

Line ends stay where they were typed, and headings stay below those of the page.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

# What no HTML file may hold.
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_LINE_END = re.compile(r"\r\n?|[\u2028\u2029]")
_MARKUP = re.compile(r"[\\`*_\[\]<>#&~|]|^\s*(?:[-+=:]|\d+[.)])|^(?: {4}|\t)|\n\s*\n|[ \t]\n|\n[ \t]", re.MULTILINE)
"""What may be markup: a note without any of it is a paragraph, and needs no parser."""
_ALLOWED = re.compile(r"(?:https?|mailto|passage):", re.IGNORECASE)
_LEVEL_BELOW = 3
_DEEPEST = 20


def sound(text: str) -> str:
    """`text` without what no HTML file may hold, its line ends as `\\n`."""
    return _FORBIDDEN.sub("\ufffd", _LINE_END.sub("\n", text))


def note_html(note: str) -> str:
    """The note as HTML; empty for an empty one."""
    words = sound(note).strip("\n")
    if not words.strip():
        return ""
    if _MARKUP.search(words) is None:
        return _paragraph(words)
    return _rendered(words)


@lru_cache(maxsize=512)
def _rendered(words: str) -> str:
    parser = _parser()
    tokens = parser.parse(words)
    # The parser drops what is nested deeper than it goes.
    if max(token.level for token in tokens) >= _DEEPEST - 1:
        return _paragraph(words)
    return parser.renderer.render(tokens, parser.options, {}).strip()


def _paragraph(words: str) -> str:
    return f"<p>{escape(words.strip()).replace(chr(10), '<br>' + chr(10))}</p>"


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False, "breaks": True, "xhtmlOut": False, "maxNesting": _DEEPEST})
    parser.enable(["table", "strikethrough"]).disable(["image", "reference"])
    parser.validateLink = lambda url: _ALLOWED.match(url.strip()) is not None
    parser.add_render_rule("link_open", _link)
    parser.add_render_rule("heading_open", _heading)
    parser.add_render_rule("heading_close", _heading)
    return parser


def _link(renderer: Any, tokens: Sequence[Token], index: int, options: Any, _env: Any) -> str:
    tokens[index].attrSet("rel", "noreferrer")
    return renderer.renderToken(tokens, index, options, _env)


def _heading(renderer: Any, tokens: Sequence[Token], index: int, options: Any, _env: Any) -> str:
    token = tokens[index]
    level = min(int(token.tag[1]) + _LEVEL_BELOW, 6)
    token.tag = f"h{level}"
    return renderer.renderToken(tokens, index, options, _env)
