"""What the style sheets of a book mean for its words: which classes are bold, italic and so on, and vertical lines."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from reader.formats.html.inline import styled
from reader.model.document import SpanKind

_CLASS = re.compile(r"(?:(p|div|li|td|blockquote)|span|a|em|strong|i|b|cite|small|font)?\.([\w-]+)", re.I)
_WHOLE = frozenset({"html", "body", ":root", "*", "p", "div"})
_VERTICAL = re.compile(r"writing-mode\s*:\s*(?:vertical|tb)", re.I)
_VERTICAL_STYLE = re.compile(rb"""\bstyle\s*=\s*["'][^"'<>]*writing-mode\s*:\s*(?:vertical|tb)""", re.I)
_HEAD_END = re.compile(rb"</head|<body", re.I)
_SHEET = re.compile(rb"<link\b[^<>]*>", re.I)
_HREF = re.compile(rb"""\bhref\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.I)
_CLASSES = re.compile(rb"""\bclass\s*=\s*["']([^"']*)""", re.I)
_MAX_SHEET = 2_000_000
_MAX_HEAD = 200_000

Meanings = dict[str, tuple[SpanKind, ...]]


@dataclass(slots=True)
class Sheet:
    """A style sheet: what classes mean ("name", or "p.name" for paragraphs only), and where lines are vertical."""

    meanings: Meanings = field(default_factory=dict[str, tuple[SpanKind, ...]])
    vertical_classes: set[str] = field(default_factory=set[str])
    is_vertical: bool = False


def sheet_of(written: str) -> Sheet:
    """The rules of a style sheet that matter for the text; all others are left alone."""
    sheet = Sheet()
    for selectors, declarations in _rules(written[:_MAX_SHEET]):
        kinds, vertical = styled(declarations), bool(_VERTICAL.search(declarations))
        if not kinds and not vertical:
            continue
        for selector in selectors.split(","):
            name = selector.strip()
            found = _CLASS.fullmatch(name)
            if found and kinds:
                key = f"{found[1].lower()}.{found[2]}" if found[1] else found[2]
                sheet.meanings[key] = tuple(dict.fromkeys(sheet.meanings.get(key, ()) + kinds))
            if vertical and name.lower() in _WHOLE:
                sheet.is_vertical = True
            elif vertical and "." in name:
                sheet.vertical_classes.add(name.rpartition(".")[2].partition(":")[0])
    return sheet


def _rules(written: str) -> Iterator[tuple[str, str]]:
    """Selectors and declarations of each rule, in one pass whatever is in the sheet."""
    first, *rest = written.split("/*")
    for part in (first + "".join(piece.partition("*/")[2] for piece in rest)).split("}")[:-1]:
        selectors, _, declarations = part.rpartition("{")
        yield selectors.rpartition("{")[2], declarations


def _inline_sheets(head: bytes) -> Iterator[bytes]:
    """The style sheets that stand in the head of a page."""
    for part in head.split(b"</style")[:-1]:
        yield part.rpartition(b"<style")[2].partition(b">")[2]


@dataclass(slots=True)
class Styles:
    """The style sheets of a book's pages; `read` gives the bytes that an address in a page's file means.

    `is_vertical` tells whether a page so far has vertical lines.
    """

    read: Callable[[str, str], bytes]
    is_vertical: bool = False
    _sheets: dict[bytes, Sheet] = field(default_factory=dict[bytes, Sheet])
    _joined: dict[tuple[bytes, ...], Meanings] = field(default_factory=dict[tuple[bytes, ...], Meanings])

    def of_page(self, page: bytes, path: str) -> Meanings:
        """What the classes of a page mean; `path` is its name in the archive."""
        end = _HEAD_END.search(page, 0, _MAX_HEAD)
        head = page[: end.start()] if end else b""
        sheets = [self._linked(link, path) for link in _SHEET.findall(head) if b"css" in link.lower()]
        sheets += [self._sheet(written) for written in _inline_sheets(head)]
        if not self.is_vertical:
            self.is_vertical = _has_vertical_lines(page, [self._sheets[key] for key in sheets])
        keys = tuple(sheets)
        if keys not in self._joined:
            self._joined[keys] = {name: kinds for key in keys for name, kinds in self._sheets[key].meanings.items()}
        return self._joined[keys]

    def _linked(self, link: bytes, path: str) -> bytes:
        found = _HREF.search(link)
        href = (found[1] or found[2] or b"").decode("utf-8", "replace") if found else ""
        key = f"{path.rpartition('/')[0]}/\0{href}".encode("utf-8", "replace")
        if key not in self._sheets:
            self._sheets[key] = sheet_of(self.read(path, href).decode("utf-8", "replace"))
        return key

    def _sheet(self, written: bytes) -> bytes:
        if written not in self._sheets:
            self._sheets[written] = sheet_of(written.decode("utf-8", "replace"))
        return written


def _has_vertical_lines(page: bytes, sheets: list[Sheet]) -> bool:
    if b"writing-mode" in page and _VERTICAL_STYLE.search(page):
        return True
    if any(sheet.is_vertical for sheet in sheets):
        return True
    names = {name.encode() for sheet in sheets for name in sheet.vertical_classes}
    return bool(names) and any(not names.isdisjoint(found.split()) for found in _CLASSES.findall(page))
