"""HTML that a converter made of another format -> a document."""

from dataclasses import replace
from typing import TYPE_CHECKING

from reader.formats.errors import FormatError
from reader.formats.flow import Flow
from reader.formats.html.reader import write
from reader.formats.html.references import with_raised
from reader.formats.images import Images
from reader.formats.naming import first_words, with_outline
from reader.model.document import Document, Metadata, SpanKind

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode


def document_of(root: "LexborNode", name: str, images: Images, metadata: Metadata) -> Document:
    """The document in a converter's page, with the place of every name in it. Raises `FormatError` if it is empty.

    Without a title in the metadata it is called by its first heading, or by its first words.
    """
    flow = Flow(images)
    write(root, flow)
    document = with_raised(flow.builder.finish(metadata, tuple(images.assets)), flow.labels)
    if not document.text.strip() and not document.assets:
        raise FormatError(f"“{name}” has nothing in it to read: open it in the program it came from and see.")
    document = with_outline(document)
    headed = next((entry.title for entry in document.outline if entry.title), "")
    title = metadata.title or headed or first_words(document, alone=True)
    return replace(document, metadata=replace(metadata, title=title))


def with_used_targets(document: Document) -> Document:
    """The document with only those names that a link in it leads to."""
    wanted = {s.href[1:] for s in document.spans if s.kind is SpanKind.LINK and s.href.startswith("#")}
    return replace(document, targets={n: p for n, p in document.targets.items() if n in wanted})
