"""HTML -> a document."""

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from reader.formats.errors import FormatError
from reader.formats.flow import Flow
from reader.formats.html.elements import HtmlFlow
from reader.formats.html.encoding import encoding_of
from reader.formats.html.events import Event
from reader.formats.html.guard import expand_self_closed, limit_nesting
from reader.formats.html.metadata import metadata_of
from reader.formats.html.references import with_raised
from reader.formats.html.tables import layout_tables
from reader.formats.html.walk import events_of
from reader.formats.images import Images
from reader.formats.naming import first_words, with_outline
from reader.model.document import Document, Metadata, SpanKind
from reader.text.normalise import normalise

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

NAME = "html"
VERSION = 3

_XML_START = re.compile(r"\s*<\?xml\s")
_FORM_TEXT = 500


def read(data: bytes, name: str, folder: Path | None) -> Document:
    """The document in the bytes of a page; local images are taken from within `folder`. Raises `FormatError`."""
    page = normalise(data.decode(encoding_of(data), "replace"))
    root = parse(page)
    return document_in(root, metadata_of(root, page), Images(folder), name, forms=forms_hold_the_text(root))


def document_in(root: "LexborNode", metadata: Metadata, images: Images, name: str, *, forms: bool) -> Document:
    """The document in a parsed page; `forms` keeps the text in forms. Raises `FormatError` when there is no text."""
    flow = Flow(images, base=metadata.url, language=metadata.language)
    if (root.attributes.get("dir") or "").strip().lower() == "rtl":
        flow.builder.direction = "rtl"
    write(root, flow, forms=forms)
    flow.builder.end()
    if not flow.builder.blocks:
        # A page that is nothing but a menu or a form is still what the user asked to read.
        write(root, flow, navigation=True, forms=forms)
    document = _finished(flow, metadata)
    if not document.text.strip() and not document.assets:
        raise FormatError(
            f"“{name}” holds no text: if it is made by scripts, save the page from the browser and add that."
        )
    return document


def parse(page: str) -> "LexborNode":
    """The element over the whole page."""
    return parse_limited(limited(page))


def limited(page: str) -> str:
    """The page without what would cost a parser too much; usually the page itself."""
    return limit_nesting(expand_self_closed(page) if _XML_START.match(page) else page)


def parse_limited(page: str) -> "LexborNode":
    """The element over a whole page that is `limited` already."""
    from selectolax.lexbor import LexborHTMLParser

    root = LexborHTMLParser(page).root
    if root is None:
        raise FormatError("The page could not be read: save it again from the browser and add that.")
    return root


def write(root: "LexborNode", flow: Flow, *, navigation: bool = False, forms: bool = False) -> None:
    """Write what stands under `root` into the flow."""
    write_events(events_of(root, navigation=navigation, forms=forms), flow)


def write_events(events: list[Event], flow: Flow, *, tables: bool = True) -> None:
    """Write a page, given by its events, into the flow; `tables` says whether there may be any."""
    HtmlFlow(flow, layout_tables(events) if tables else []).run(events)


def forms_hold_the_text(root: "LexborNode") -> bool:
    """Whether a form is wrapped round the article, as some sites' software does with every page."""
    forms = root.css("form")
    if not forms:
        return False
    whole = len(root.text(separator=" "))
    for form in forms:
        text = len(form.text(separator=" "))
        if text > max(_FORM_TEXT, whole // 2) and len(form.css("p, h1, h2, article")) > 2:
            return True
    return False


def _finished(flow: Flow, metadata: Metadata) -> Document:
    document = _with_used_targets(flow.builder.finish(metadata, tuple(flow.images.assets)))
    return with_title(with_raised(document, flow.labels))


def _with_used_targets(document: Document) -> Document:
    """Only the names that a link of the page leads to: pages give names to thousands of elements."""
    wanted = {s.href[1:] for s in document.spans if s.kind is SpanKind.LINK and s.href.startswith("#")}
    headings = {entry.position for entry in document.outline}
    targets = {n: p for n, p in document.targets.items() if n in wanted or p in headings}
    return replace(document, targets=targets)


def with_title(document: Document) -> Document:
    """The document with a title that its text gives, if it says none itself; no number of a note is part of it."""
    headed = document.outline
    document = with_outline(document)
    called = {old.title: new.title for old, new in zip(headed, document.outline, strict=True)}
    title = document.metadata.title or next((e.title for e in document.outline), "") or first_words(document)
    return replace(document, metadata=replace(document.metadata, title=called.get(title, title)))
