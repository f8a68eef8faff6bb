"""Markdown -> a document."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from reader.formats.encodings import decode
from reader.formats.errors import FormatError
from reader.formats.flow import Flow
from reader.formats.images import Images
from reader.formats.markdown.blocks import MarkdownFlow
from reader.formats.markdown.front_matter import split_front_matter
from reader.formats.naming import first_words, with_outline
from reader.model.document import Document, Metadata

if TYPE_CHECKING:
    from markdown_it.token import Token

NAME = "markdown"
VERSION = 2

# The preset stops at 20 and drops what is nested deeper; each level costs the parser three Python frames.
_MAX_NESTING = 100


def read(data: bytes, name: str, folder: Path | None) -> Document:
    """The document in the bytes of a Markdown file; local images come from within `folder`. Raises `FormatError`."""
    metadata, text = split_front_matter(decode(data, name))
    flow = Flow(Images(folder), base=metadata.url)
    MarkdownFlow(flow).run(tokens_of(text))
    document = with_outline(flow.builder.finish(metadata, tuple(flow.images.assets)))
    if not document.text.strip() and not document.assets:
        raise FormatError(f"“{name}” has nothing in it to read: open it in an editor and see what it holds.")
    return replace(document, metadata=_titled(document, metadata))


def tokens_of(text: str) -> "list[Token]":
    """The parser's tokens for a text."""
    from markdown_it import MarkdownIt
    from mdit_py_plugins.footnote import footnote_plugin

    parser = MarkdownIt("commonmark", {"maxNesting": _MAX_NESTING}).enable(["table", "strikethrough"])
    parser.validateLink = _accept
    return parser.use(footnote_plugin).parse(text)


def _accept(url: str) -> bool:
    """Every target: which are kept is decided by `clean_link`, and a refused one would stand as raw source."""
    del url
    return True


def _titled(document: Document, metadata: Metadata) -> Metadata:
    if metadata.title:
        return metadata
    headings = document.outline
    title = next((entry.title for entry in headings if entry.level == 1), headings[0].title if headings else "")
    return replace(metadata, title=title or first_words(document))
