"""Writes the pages of a book, one after the other, into one text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape

from reader.formats.epub.addresses import Addresses, Place, is_outside
from reader.formats.epub.cover import unshown_cover
from reader.formats.epub.package import SVG, Item, Package
from reader.formats.epub.styles import Styles
from reader.formats.flow import Flow
from reader.formats.html.encoding import encoding_of
from reader.formats.html.events import Event, rest_of_element
from reader.formats.html.guard import expand_self_closed
from reader.formats.html.notes import types_of
from reader.formats.html.reader import parse, write_events
from reader.formats.html.walk import events_of
from reader.formats.html.xhtml import xhtml_events
from reader.formats.links import clean_link
from reader.text.normalise import normalise

_DOCTYPE = re.compile(r"<!DOCTYPE[^\[<>]*\[[^\]]*\]\s*>", re.I)
_CDATA = re.compile(r"<!\[CDATA\[((?:[^<\]]|\](?!\]>)|<(?!!\[CDATA\[))*)\]\]>")
_PROLOG = 20_000
# Lists that a book holds for programs: readers turn pages and choose chapters otherwise.
_LISTS = frozenset({"page-list", "doc-pagelist", "landmarks", "doc-landmarks"})


@dataclass(slots=True)
class Chapters:
    """Writes pages into the flow; what they link to and the reading order leaves out is written after them."""

    flow: Flow
    package: Package
    addresses: Addresses
    styles: Styles
    _written: set[str] = field(default_factory=set[str])
    _linked: dict[str, None] = field(default_factory=dict[str, None])

    def write(self) -> None:
        """Write all of the book, first the picture of its cover if no page shows it."""
        if (cover := unshown_cover(self.package, self.addresses.archive)) and cover.path:
            self._write_item(cover, cover.path)
        self._written = {item.path for item in self.package.spine if item.path}
        for item in self.package.spine:
            if item.path:
                self._write_item(item, item.path)
        pages = {item.path: item for item in self.package.items.values() if item.is_page}
        while self._linked:
            path, _ = self._linked.popitem()
            if path in pages:
                self._write_item(pages[path], path)

    def _write_item(self, item: Item, path: str) -> None:
        flow = self.flow
        flow.builder.target(path)
        flow.scope = f"{path}#"
        flow.resolve = lambda href: self._link(path, href)
        flow.images.fetch = lambda source: self.addresses.bytes_at(path, source)
        if item.is_image:
            flow.figure(flow.images.add("/" + path, ""), "") if item.media_type != SVG else self._write_drawing(path)
            return
        page = self.addresses.archive.read(path)
        flow.styles = self.styles.of_page(page, path)
        events = page_events(page)
        if "nav" in item.properties:
            events = _without_lists(events)
        write_events(events, flow, tables=b"<table" in page or b":table" in page or b"<TABLE" in page)
        flow.structure.pending = ""

    def _write_drawing(self, path: str) -> None:
        """A page that is one drawing: shown as it is, or the picture that it wraps."""
        markup = self.addresses.archive.read(path).decode("utf-8", "replace")
        start = max(markup.lower().find("<svg"), 0)
        write_events([("svg", {"markup": markup[start:]}), None], self.flow, tables=False)

    def _link(self, holder: str, href: str) -> str:
        """What a link in a page leads to, in the whole book or outside."""
        if is_outside(href):
            return clean_link(href)
        place = self.addresses.place(holder, href)
        if place is None or not place.target:
            return ""
        if place.path not in self._written:
            if not self._is_left_out_page(place):
                return ""
            self._written.add(place.path)
            self._linked[place.path] = None
        return f"#{place.target}"

    def _is_left_out_page(self, place: Place) -> bool:
        """Whether the place is in a page of the book that its reading order does not name."""
        return any(
            item.path == place.path and item.is_page and "nav" not in item.properties
            for item in self.package.items.values()
        )


def page_events(page: bytes) -> list[Event]:
    """The events of a page of a book, which should be XHTML and is not always."""
    events = xhtml_events(page)
    if events is not None:
        return events
    written = normalise(page.decode(encoding_of(page), "replace"))
    written = _DOCTYPE.sub("", written[:_PROLOG], count=1) + written[_PROLOG:]
    written = _CDATA.sub(lambda found: escape(found[1]), written)
    root = parse(expand_self_closed(written))
    events = events_of(root, navigation=True, forms=True)
    return [(root.tag or "html", root.attributes), *_without_prefixes(events), None]


def _without_prefixes(events: list[Event]) -> Iterator[Event]:
    """Elements by the names that HTML has for them; not the cases of a switch, which are for other readers."""
    after = 0
    for at, event in enumerate(events):
        if at < after:
            continue
        if isinstance(event, tuple) and ":" in event[0]:
            name = event[0].rpartition(":")[2]
            if name == "case":
                after = rest_of_element(events, at + 1) + 1
            else:
                yield name, event[1]
        else:
            yield event


def _without_lists(events: list[Event]) -> list[Event]:
    """A navigation document as it is read: the table of contents without the lists for programs."""
    kept: list[Event] = []
    after = 0
    for at, event in enumerate(events):
        if at < after:
            continue
        if isinstance(event, tuple) and event[0] == "nav" and not _LISTS.isdisjoint(types_of(event[1])):
            after = rest_of_element(events, at + 1) + 1
        else:
            kept.append(event)
    return kept
