"""OpenDocument text (ODT) for pandoc: what it passes over is put where it reads it."""

from collections.abc import Iterator
from io import BytesIO
from xml.etree.ElementTree import Element, SubElement, tostring
from zipfile import ZipFile

from reader.formats.archive import open_archive
from reader.formats.dates import iso_date
from reader.formats.errors import FormatError
from reader.formats.pandoc.open_text import OFFICE, Simplifier, formula_text
from reader.formats.pandoc.source import Source
from reader.formats.request import Request
from reader.formats.xml import parse_xml
from reader.model.document import Metadata

_META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_MANIFEST = "{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}"


def source_of(request: Request) -> Source:
    """The text and its styles, with the pictures left in the archive they come from. Raises `FormatError`."""
    archive = open_archive(request)

    def part(name: str) -> Element | None:
        found = archive.find(name)
        return parse_xml(archive.read(found), request.limits, request.name) if found else None

    manifest = part("META-INF/manifest.xml")
    if manifest is not None and next(manifest.iter(_MANIFEST + "encryption-data"), None) is not None:
        raise FormatError(f"“{request.name}” is locked with a password: unlock it with the program it came from.")
    content = part("content.xml")
    if content is None or content.find(f"{OFFICE}body/{OFFICE}text") is None:
        raise FormatError(
            f"“{request.name}” is no OpenDocument text: export it as text from the program it came from, and add that."
        )
    styles = part("styles.xml")

    def formula(address: str) -> str:
        held = part(address.removeprefix("./").rstrip("/") + "/content.xml")
        return "" if held is None else formula_text(held)

    simplifier = Simplifier(content, styles, formula)
    simplifier.run()
    packed = BytesIO()
    with ZipFile(packed, "w") as package:
        package.writestr("content.xml", tostring(content, encoding="utf-8"))
        package.writestr("styles.xml", tostring(_with_styles(styles), encoding="utf-8"))

    def fetch(address: str) -> bytes:
        found = archive.find(address.removeprefix("./"))
        return archive.read(found) if found else b""

    metadata = _metadata(part("meta.xml"), simplifier.title, simplifier.subtitle)
    return Source(packed.getvalue(), fetch, simplifier.alts, metadata)


def _with_styles(root: Element | None) -> Element:
    """The document's styles; pandoc wants their element to be there, whether it holds any or not."""
    root = Element(OFFICE + "document-styles") if root is None else root
    if root.find(OFFICE + "styles") is None:
        SubElement(root, OFFICE + "styles")
    return root


def _metadata(root: Element | None, title: str, subtitle: str) -> Metadata:
    """What the document says of itself, or by its styles."""
    meta = root.find(OFFICE + "meta") if root is not None else None

    def said(*names: str) -> str:
        found = (" ".join((meta.findtext(name) or "").split()) for name in names) if meta is not None else ()
        return next(filter(None, found), "")

    keywords: Iterator[str] = (
        word.strip()
        for each in (meta.findall(_META + "keyword") if meta is not None else ())
        for word in (each.text or "").split(",")
    )
    author = said(_META + "initial-creator", _DC + "creator")
    return Metadata(
        title=said(_DC + "title") or title,
        authors=(author,) if author else (),
        date=iso_date(said(_META + "creation-date", _DC + "date")[:19]),
        language=said(_DC + "language"),
        tags=tuple(dict.fromkeys(filter(None, keywords))),
        subtitle=subtitle,
    )
