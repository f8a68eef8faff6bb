"""Pages that are well-formed XML, as those of books are: read by expat, as the rule is and as is fastest."""

import re
from html.entities import html5
from typing import TYPE_CHECKING

from reader.formats.html.events import SKIPPED, Attributes, Event, is_hidden
from reader.formats.html.guard import MAX_DEPTH
from reader.formats.html.notes import says_notes

if TYPE_CHECKING:
    from pyexpat import XMLParserType

_ENTITY = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,31};)")
_BUILT_IN = frozenset({b"amp;", b"lt;", b"gt;", b"quot;", b"apos;"})
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_BUFFER = 1 << 16
_DRAWING = "svg"
# Of an `epub:switch`, what is for readers that know more than XHTML.
_CASE = "case"
_IMAGE = "image/"


class _RefusedError(Exception):
    """The page is one for the forgiving parser."""


def xhtml_events(page: bytes) -> list[Event] | None:
    """The events of a page in XHTML without what is hidden; None when it is not well-formed or nested too deeply.

    Menus and forms are kept. A drawing is an element `svg` whose attribute `markup` is all that is written of it. A
    DTD is not read: HTML's entities are their characters.
    """
    from xml.parsers.expat import ExpatError, ParserCreate

    if page.startswith(_UTF16):
        page = page.decode("utf-16", "replace").encode("utf-8", "replace")
        parser = ParserCreate("utf-8")
    else:
        parser = ParserCreate()
    if b"&" in page:
        page = _ENTITY.sub(_character, page)
    collector = _Collector(page, parser)
    try:
        parser.Parse(page, True)
    except (ExpatError, _RefusedError, ValueError, LookupError):
        return None
    return collector.events


class _Collector:
    """Collects the events of one page; `Parse` of its parser calls it."""

    def __init__(self, page: bytes, parser: "XMLParserType") -> None:
        self.events: list[Event] = []
        self._page, self._parser = page, parser
        self._depth = self._skipped = self._drawing = 0
        self._drawn: Attributes = {}
        self._names: dict[str, str] = {}
        parser.buffer_text = True
        parser.buffer_size = _BUFFER
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self.events.append
        parser.EntityDeclHandler = _refuse

    def _start(self, name: str, attributes: Attributes) -> None:
        self._depth += 1
        if self._skipped:
            return
        if self._depth > MAX_DEPTH:
            raise _RefusedError
        tag = self._names.get(name) or self._named(name)
        doubtful = tag in SKIPPED or (attributes and is_hidden(attributes, navigation=True))
        if doubtful and self._is_passed_over(tag, attributes):
            self._skipped = self._depth
            self._parser.CharacterDataHandler = None
            return
        self.events.append((tag, attributes))

    def _end(self, _: str) -> None:
        if self._skipped:
            if self._skipped == self._depth:
                self._resume()
        else:
            self.events.append(None)
        self._depth -= 1

    def _is_passed_over(self, tag: str, attributes: Attributes) -> bool:
        """Whether what is not for readers is really none of the text; remembers where a drawing begins."""
        if tag == "object":
            # What stands in it is for readers that cannot show the object itself.
            is_image = (attributes.get("type") or "").startswith(_IMAGE)
            if is_image:
                image: Attributes = {"src": attributes.get("data"), "alt": attributes.get("title") or ""}
                self.events += (("img", image), None)
            return is_image
        if tag == _DRAWING and not is_hidden(attributes, navigation=True):
            self._drawing, self._drawn = self._parser.CurrentByteIndex + 1, attributes
        return tag in SKIPPED or not says_notes(attributes)

    def _resume(self) -> None:
        self._skipped = 0
        self._parser.CharacterDataHandler = self.events.append
        if self._drawing:
            end = self._page.find(b">", self._parser.CurrentByteIndex) + 1
            markup = self._page[self._drawing - 1 : end]
            self.events += ((_DRAWING, {**self._drawn, "markup": markup.decode("utf-8", "replace")}), None)
            self._drawing = 0

    def _named(self, name: str) -> str:
        """An element's name without the prefix, in small letters, as HTML has it."""
        local = name.rpartition(":")[2].lower()
        tag = "script" if local == _CASE and local != name else local
        self._names[name] = tag
        return tag


def _character(found: re.Match[bytes]) -> bytes:
    """A character for the entity that HTML names, the name itself for one that nobody knows."""
    name = found[1]
    if name in _BUILT_IN:
        return found[0]
    value = html5.get(name.decode("ascii"))
    return value.encode() if value else b"&amp;" + name


def _refuse(*_: object) -> None:
    """Entities of a page's own are for the forgiving parser, which knows none."""
    raise _RefusedError
