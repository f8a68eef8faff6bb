"""Keeps markup that is nested beyond all sense from costing the parser quadratic time and memory.

100,000 open elements take the parser minutes, and a few thousand unclosed `<font>` tags multiply with every
paragraph after them. Start tags beyond a depth that no real page reaches are left out; their text stays. Each
attribute is compared with all before it, so a tag keeps no more of them than a real page has, and no value that is
longer than a page of text but for addresses that hold a picture.
"""

import re
from dataclasses import dataclass, field
from html import escape

from reader.formats.html.drawings import title_of_drawing, wrapped_image

MAX_DEPTH = 400
MAX_FORMATTING = 64
MAX_ATTRIBUTES = 200
MAX_VALUE = 50_000

_LONG_TAG = 1000
_MAX_ROOTS = 10

_START = re.compile(r"<(?:!--|/?[a-zA-Z])")
_NAME = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)")
_QUOTED_VALUE = re.compile(r"=\s*([\"'])")
_SELF_CLOSED = re.compile(r"<([a-zA-Z][^\s/<>]*)((?:\s[^<>]*)?)/>")
_ATTRIBUTE = re.compile(r"[\s/]*([^\s/>][^\s/>=]*)(?:\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s>]*))?")
_PICTURE = re.compile(r"[\"']?\s*data:", re.I)
_SVG_END = re.compile(r"</svg\s*>", re.I)
_RAW = frozenset({"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "plaintext"})
_VOID = frozenset(
    "area base basefont bgsound br col embed frame hr image img input keygen link meta param source track wbr".split()
)
# Elements that end by themselves where the next one begins: their depth is that of what holds them. An <a> ends
# at the next <a>.
_SELF_ENDING = frozenset(
    "a body colgroup dd dt head html li optgroup option p rb rp rt rtc tbody td tfoot th thead tr".split()
)
_FORMATTING = frozenset("b big code em font i nobr s small strike strong tt u".split())
# What a further one of them says is added to the first.
_ROOTS = frozenset({"body", "html"})
# End tags of elements outside these do not reach in.
_BOUNDARIES = frozenset({"applet", "caption", "marquee", "object", "table", "template"})


@dataclass(slots=True)
class _Nesting:
    """The elements open at one place, as a cautious reading of the tags gives them."""

    open: list[str] = field(default_factory=list)
    formatting: int = 0
    roots: int = 0

    def begin(self, name: str, *, self_closed: bool) -> bool:
        """Whether the start tag may stay."""
        if name in _ROOTS:
            self.roots += 1
            return self.roots <= _MAX_ROOTS
        if name in _VOID or name in _SELF_ENDING:
            return True
        if self_closed and name[0] in "mn" and "math" in self.open:
            return True
        if name in _FORMATTING:
            if self.formatting >= MAX_FORMATTING:
                return False
            self.formatting += 1
            return True
        if len(self.open) >= MAX_DEPTH:
            return False
        self.open.append(name)
        return True

    def end(self, name: str) -> None:
        if name in _FORMATTING:
            self.formatting = max(0, self.formatting - 1)
            return
        for index in range(len(self.open) - 1, -1, -1):
            if self.open[index] == name:
                del self.open[index:]
                return
            if self.open[index] in _BOUNDARIES:
                return


def limit_nesting(page: str) -> str:
    """The page without the start tags that are nested too deep; usually the page itself."""
    nesting = _Nesting()
    kept: list[str] = []
    copied = position = 0
    drawings_end = True
    while match := _START.search(page, position):
        start = match.start()
        named = _NAME.match(page, start)
        if named is None:
            position = _after(page, "-->", start + 2)
            continue
        name = named[2].lower()
        end = position = _tag_end(page, named.end())
        left_out, instead = False, ""
        if named[1]:
            nesting.end(name)
        elif name == "svg":
            after, left_out = _after_drawing(page, position) if drawings_end else (position, False)
            drawings_end = left_out
            instead = _picture_in(page[start:after]) if left_out else ""
            position = after
        elif name in _RAW:
            position = _raw_end(page, name, position)
        else:
            left_out = not nesting.begin(name, self_closed=page.endswith("/>", start, position))
        if left_out:
            kept += (page[copied:start], instead)
            copied = position
        elif end - start > _LONG_TAG:
            kept += (page[copied : named.end()], _slimmed(page, named.end(), end))
            copied = end
    return page if not kept else "".join([*kept, page[copied:]])


def expand_self_closed(page: str) -> str:
    """A page written as XML as HTML has it: `<i/>` becomes `<i></i>`, which an HTML parser would leave open."""
    return _SELF_CLOSED.sub(lambda m: m[0] if m[1].lower() in _VOID else f"<{m[1]}{m[2].rstrip()}></{m[1]}>", page)


def _slimmed(page: str, start: int, end: int) -> str:
    """The rest of a tag, from after its name, without the attributes that no real page has."""
    kept: list[str] = []
    position = start
    while len(kept) < MAX_ATTRIBUTES and (found := _ATTRIBUTE.match(page, position, end)):
        position = found.end()
        value = found[2] or ""
        if len(value) <= MAX_VALUE or _PICTURE.match(value):
            kept.append(found[0])
    return "".join((*kept, page[position:end] if len(kept) < MAX_ATTRIBUTES else ">"))


def _picture_in(markup: str) -> str:
    """The picture that a drawing wraps, if it does no more than that, as an element of its own."""
    source = wrapped_image(markup)
    return f'<img src="{escape(source)}" alt="{escape(title_of_drawing(markup))}">' if source else ""


def _after_drawing(page: str, position: int) -> tuple[int, bool]:
    """Where an inline drawing ends and whether it does: its tags need no counting."""
    close = _SVG_END.search(page, position)
    return (close.end(), True) if close else (position, False)


def _tag_end(page: str, position: int) -> int:
    """Where the tag whose name ends at `position` ends; quoted values may hold a ">"."""
    close = -1
    while position < len(page):
        if close < position:
            close = page.find(">", position)
        if close < 0:
            return len(page)
        quote = _QUOTED_VALUE.search(page, position, close)
        if quote is None:
            return close + 1
        end = page.find(quote[1], quote.end())
        if end < 0:
            return len(page)
        position = end + 1
    return len(page)


def _raw_end(page: str, name: str, position: int) -> int:
    """Where the content of a script and the like ends: at its end tag, or never."""
    close = re.compile(f"</{name}(?=[\\s/>])", re.I).search(page, position)
    return close.start() if close else len(page)


def _after(page: str, mark: str, position: int) -> int:
    found = page.find(mark, position)
    return len(page) if found < 0 else found + len(mark)
