"""What a PDF says of itself: its information dictionary and its XMP packet."""

import re
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from reader.formats.dates import iso_date
from reader.formats.errors import FormatError
from reader.formats.pdf.dates import iso_instant
from reader.formats.pdf.file import PdfFile
from reader.formats.pdf.pdfium import pdfium, wide
from reader.formats.request import Limits
from reader.model.document import Metadata

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_DC = "{http://purl.org/dc/elements/1.1/}"
_XMP = "{http://ns.adobe.com/xap/1.0/}"
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_PRISM = re.compile(r"\{https?://prismstandard\.org/namespaces/(?:basic/)?[\d.]+(?:/basic)?/\}(doi|isbn|issn|url)")
_PACKET = re.compile(rb"<\?xpacket begin=.*?<\?xpacket end=[^>]*\?>|<x:xmpmeta.*?</x:xmpmeta>", re.DOTALL)
_STREAM = re.compile(rb"/Type\s*/Metadata\b[^>]{0,300}>>\s*stream\r?\n")
_HEAD = 300
_FLATE = b"FlateDecode"
_JUNK = re.compile(
    r"(?:untitled|document\d*|microsoft (?:word|powerpoint|excel) - .*|powerpoint presentation|slide 1|title|"
    r"[^ ]*\.(?:docx?|dotx?|odt|rtf|txt|tex|dvi|ps|indd|qxd|pptx?|xlsx?|html?|pdf)|\W*)",
    re.I,
)
_DOI = re.compile(r"(?:doi:|https?://(?:dx\.)?doi\.org/)?(10\.\d{4,9}/\S+)", re.I)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_LONGEST = 500
_MOST_PACKETS = 20
_LARGEST_PACKET = 1 << 20


def details_of(file: PdfFile, data: bytes, limits: Limits) -> Metadata:
    """What the file says of itself; a title that is only a file's name counts as none. The XMP packet goes first."""
    packet = _packet(data, limits)
    title = _first(packet, "title") or _said(file, "Title")
    authors = tuple(_items(packet, _DC + "creator")) or _listed(_said(file, "Author"), ";")
    date = iso_date(_date(packet)) or iso_instant(_said(file, "CreationDate"))
    keywords = tuple(_items(packet, _DC + "subject")) or _listed(_said(file, "Keywords"), ";,")
    language = wide(pdfium().FPDFCatalog_GetLanguage, file.handle) or _first(packet, "language")
    return Metadata(
        title="" if _JUNK.fullmatch(title) else title,
        authors=tuple(dict.fromkeys(authors)),
        date=date,
        language=language if _LANGUAGE.fullmatch(language) else "",
        tags=keywords,
        publisher=_first(packet, "publisher"),
        identifiers=tuple(dict.fromkeys(_identifiers(packet))),
        url=_url(packet),
    )


def _said(file: PdfFile, name: str) -> str:
    return _line(wide(pdfium().FPDF_GetMetaText, file.handle, name.encode()))


def _line(text: str) -> str:
    return " ".join(text.replace("\0", " ").split())[:_LONGEST]


def _listed(text: str, separators: str) -> tuple[str, ...]:
    return tuple(filter(None, (part.strip() for part in re.split(f"[{separators}]", text))))


def _packet(data: bytes, limits: Limits) -> "Element | None":
    """The XMP packet of the document: of those in the file the last that names a title, else the last with anything.

    Pictures may bring packets of their own.
    """
    from reader.formats.xml import parse_xml

    found: list[Element] = []
    for written in _packets(data):
        try:
            found.append(parse_xml(written, limits, lenient=True))
        except FormatError:
            continue
    named = [packet for packet in found if packet.find(f".//{_DC}title") is not None]
    return (named or found or [None])[-1]


def _packets(data: bytes) -> Iterator[bytes]:
    written = [match for _, match in zip(range(_MOST_PACKETS), _PACKET.finditer(data), strict=False)]
    yield from (match.group()[:_LARGEST_PACKET] for match in written)
    for _, match in zip(range(_MOST_PACKETS), _STREAM.finditer(data), strict=False):
        head = data[max(0, match.start() - _HEAD) : match.start()].rpartition(b"<<")[2]
        if _FLATE in head + match.group():
            try:
                yield zlib.decompressobj().decompress(
                    data[match.end() : match.end() + _LARGEST_PACKET], _LARGEST_PACKET
                )
            except zlib.error:
                continue


def _items(packet: "Element | None", name: str) -> Iterator[str]:
    """The members of a property's list, or its text."""
    for element in packet.iter(name) if packet is not None else ():
        members = [_line(member.text or "") for member in element.iter(_RDF + "li")]
        yield from filter(None, members or [_line(element.text or "")])


def _first(packet: "Element | None", name: str) -> str:
    return next(_items(packet, _DC + name), "")


def _date(packet: "Element | None") -> str:
    return next(_items(packet, _DC + "date"), "") or next(_items(packet, _XMP + "CreateDate"), "")


def _identifiers(packet: "Element | None") -> Iterator[str]:
    for value in _items(packet, _DC + "identifier"):
        if match := _DOI.fullmatch(value):
            yield f"doi:{match[1]}"
    for element in packet.iter() if packet is not None else ():
        if match := _PRISM.fullmatch(element.tag):
            value = _line(element.text or "")
            doi = _DOI.fullmatch(value)
            if doi:
                yield f"doi:{doi[1]}"
            elif value and match[1] in ("isbn", "issn"):
                yield f"{match[1]}:{value}"


def _url(packet: "Element | None") -> str:
    for element in packet.iter() if packet is not None else ():
        if _PRISM.fullmatch(element.tag) and urlsplit(value := _line(element.text or "")).scheme in ("http", "https"):
            return value
    return ""
