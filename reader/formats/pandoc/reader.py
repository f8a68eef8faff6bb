"""The formats that pandoc reads -> a document."""

from collections.abc import Callable

from reader.formats.converted import document_of, with_used_targets
from reader.formats.encodings import decode
from reader.formats.html.reader import parse
from reader.formats.images import Images
from reader.formats.pandoc import fiction_book, notebook, open_document, program, rich_text
from reader.formats.pandoc.page import metadata_of, tidy
from reader.formats.pandoc.source import Source
from reader.formats.request import Request
from reader.model.document import Document
from reader.text.normalise import normalise

NAME = "pandoc"
VERSION = 2

KINDS = {
    "odt": "odt",
    "rtf": "rtf",
    "fb2": "fb2",
    "rst": "rst",
    "org": "org",
    "latex": "latex",
    "notebook": "ipynb",
}
"""What pandoc calls each of the formats."""


def read(request: Request, kind: str) -> Document:
    """The document in the bytes of a file of one of `KINDS`. Raises `FormatError`, also where pandoc is missing."""
    source = _SOURCES.get(kind, _text)(request)
    page = normalise(program.convert(source.data, KINDS[kind], request.name, request.limits))
    root = parse(page)
    metadata = metadata_of(root, source.metadata)
    tidy(root, source)
    folder = request.folder if source.fetch is None else None
    images = Images(folder, source.fetch, request.pictures)
    return with_used_targets(document_of(root, request.name, images, metadata))


def _text(request: Request) -> Source:
    """A text that its author marked up, with pictures beside it."""
    return Source(decode(request.data, request.name).encode("utf-8", "replace"), front=True)


_SOURCES: dict[str, Callable[[Request], Source]] = {
    "odt": open_document.source_of,
    "rtf": rich_text.source_of,
    "fb2": fiction_book.source_of,
    "notebook": notebook.source_of,
}
