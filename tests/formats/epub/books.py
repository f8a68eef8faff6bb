"""Books for the tests, made part by part."""

import zipfile
from dataclasses import dataclass, field
from io import BytesIO

from reader.formats.epub.reader import read
from reader.formats.request import Request
from reader.model.document import Block, Document
from tests.formats.checks import check

GIF = bytes.fromhex("47494638396101000100800000000000ffffff21f90401000000002c00000000010001000002024401003b")
CONTAINER = (
    '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
METADATA = "<dc:title>A book</dc:title><dc:language>en</dc:language>"
TYPES = {
    "xhtml": "application/xhtml+xml",
    "ncx": "application/x-dtbncx+xml",
    "css": "text/css",
    "svg": "image/svg+xml",
    "gif": "image/gif",
    "json": "application/json",
}


def page(body: str, *, head: str = "", root: str = "", body_attributes: str = "") -> str:
    """A page in XHTML."""
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<html xmlns="http://www.w3.org/1999/xhtml" '
        f'xmlns:epub="http://www.idpf.org/2007/ops" {root}><head><title>not text</title>{head}</head>'
        f"<body {body_attributes}>{body}</body></html>"
    )


def nav(toc: str, *more: str) -> str:
    """A navigation document with the list items of its contents."""
    return page(f'<nav epub:type="toc"><h1>Contents</h1><ol>{toc}</ol></nav>{"".join(more)}')


@dataclass
class Book:
    """A book of parts: name in its folder -> content. `spine` names the parts in order, all pages if it is None."""

    parts: dict[str, str | bytes]
    spine: list[str] | None = None
    metadata: str = METADATA
    extra: dict[str, str | bytes] = field(default_factory=dict)
    attributes: dict[str, str] = field(default_factory=dict)
    spine_attributes: str = ""
    guide: str = ""
    package_attributes: str = ""

    def package(self) -> str:
        items = "".join(
            f'<item id="{name}" href="{name}" media-type="{TYPES[name.rpartition(".")[2]]}" '
            f"{self.attributes.get(name, '')}/>"
            for name in self.parts
        )
        pages = [name for name in self.parts if name.endswith("xhtml") and name != "nav.xhtml"]
        references = "".join(map(_reference, pages if self.spine is None else self.spine))
        return (
            f'<package xmlns="http://www.idpf.org/2007/opf" version="3.0" {self.package_attributes}>'
            f'<metadata xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf">'
            f"{self.metadata}</metadata><manifest>{items}</manifest>"
            f"<spine {self.spine_attributes}>{references}</spine>{self.guide}</package>"
        )

    def data(self) -> bytes:
        files: dict[str, str | bytes] = {"mimetype": "application/epub+zip", "META-INF/container.xml": CONTAINER}
        files["OPS/book.opf"] = self.package()
        files |= {f"OPS/{name}": content for name, content in self.parts.items()}
        return packed(files | self.extra)

    def read(self) -> Document:
        """The document in the book, checked."""
        return document_of(self.data())


def _reference(name: str) -> str:
    """A place in the spine; "name|no" stands aside."""
    linear = 'linear="no"' if name.endswith("|no") else ""
    return f'<itemref idref="{name.removesuffix("|no")}" {linear}/>'


def packed(files: dict[str, str | bytes]) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target.getvalue()


def document_of(data: bytes, name: str = "a.epub") -> Document:
    document = read(Request(data, name))
    check(document, own_outline=True)
    return document


def book_of(*bodies: str, **more: str) -> Document:
    """The document of a book with a page for each body: c1.xhtml, c2.xhtml ... and parts named by their stems."""
    parts: dict[str, str | bytes] = {f"c{number}.xhtml": page(body) for number, body in enumerate(bodies, 1)}
    return Book(parts | {f"{stem}.xhtml": content for stem, content in more.items()}).read()


def texts(document: Document) -> list[tuple[str, str, str]]:
    """(kind, number, text) of each block."""
    return [(b.kind.value, b.number, shown(document, b)) for b in document.blocks]


def shown(document: Document, block: Block) -> str:
    return document.text[block.start : block.end]


def links(document: Document) -> list[tuple[str, str]]:
    """(words, what they lead to) of each link; the text from there on, for links inside."""
    found: list[tuple[str, str]] = []
    for span in document.spans:
        if span.kind == "link":
            place = document.targets.get(span.href[1:]) if span.href.startswith("#") else None
            goal = span.href if place is None else document.text[place:].partition("\n")[0]
            found.append((document.text[span.start : span.end], goal))
    return found
