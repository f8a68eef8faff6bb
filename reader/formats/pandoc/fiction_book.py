"""FictionBook (FB2) for pandoc: its pictures, and what it says of the book."""

import base64
import binascii
import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, tostring

from reader.formats.dates import iso_date
from reader.formats.errors import FormatError
from reader.formats.pandoc.source import Source
from reader.formats.request import Request
from reader.formats.xml import parse_xml
from reader.model.document import Metadata

_FB = "http://www.gribuser.ru/xml/fictionbook/2.0"
_XLINK = "{http://www.w3.org/1999/xlink}"
_YEAR = re.compile(r"\d{4}")


def source_of(request: Request) -> Source:
    """The book without the data of its pictures, the pictures, and the metadata. Raises `FormatError`."""
    root = parse_xml(request.data, request.limits, request.name, lenient=True)
    _name_plainly(root)
    if root.tag != "FictionBook":
        raise FormatError(f"“{request.name}” is no FictionBook: check where it came from, and get it again.")
    pictures = {binary.get("id") or "": binary.text or "" for binary in root.findall("binary")}
    for binary in root.findall("binary"):
        root.remove(binary)
    _show_cover(root)
    _open_tables(root)

    def fetch(address: str) -> bytes:
        try:
            return base64.b64decode(pictures.get(address.lstrip("#"), ""))
        except (binascii.Error, ValueError):
            return b""

    return Source(tostring(root, encoding="utf-8"), fetch, metadata=_metadata(root.find("description")))


def _name_plainly(root: Element) -> None:
    """Give all elements their names without a prefix, as pandoc expects them."""
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
        for name in [name for name in element.attrib if name.startswith(_XLINK)]:
            element.attrib["xlink:" + name.removeprefix(_XLINK)] = element.attrib.pop(name)
    root.attrib = {"xmlns": _FB, "xmlns:xlink": _XLINK.strip("{}")}


def _show_cover(root: Element) -> None:
    """Put the picture of the cover, which pandoc passes over, before the first section."""
    cover = root.find("description/title-info/coverpage/image")
    section = root.find("body/section")
    if cover is not None and section is not None:
        cover.tail = None
        section.insert(0, cover)


def _open_tables(root: Element) -> None:
    """Make each row of a table, which pandoc passes over, a paragraph with its cells side by side."""
    for parent in [element for element in root.iter() if element.find("table") is not None]:
        for table in parent.findall("table"):
            place = list(parent).index(table)
            parent[place : place + 1] = [_row(row) for row in table.iter("tr")]


def _row(row: Element) -> Element:
    """A paragraph of the cells of a row, their markup with them, a bar between two."""
    paragraph = Element("p")
    for number, cell in enumerate(row):
        paragraph.append(wrapper := Element("style", name="cell"))
        wrapper.text, wrapper[:] = cell.text, list(cell)
        wrapper.tail = " | " if number < len(row) - 1 else ""
    return paragraph


def _metadata(description: Element | None) -> Metadata:
    title = description.find("title-info") if description is not None else None
    publication = description.find("publish-info") if description is not None else None
    date = title.find("date") if title is not None else None
    dated = iso_date((date.get("value") or date.text or "").strip()) if date is not None else ""
    isbn = _said(publication, "isbn")
    return Metadata(
        title=_said(title, "book-title"),
        authors=tuple(_people(title, "author")),
        date=dated or "".join(_YEAR.findall(_said(publication, "year"))[:1]),
        language=_said(title, "lang"),
        tags=tuple(dict.fromkeys(tag for part in _said(title, "keywords").split(",") if (tag := part.strip()))),
        publisher=_said(publication, "publisher"),
        contributors=tuple(f"{person} (translator)" for person in _people(title, "translator")),
        identifiers=(f"isbn:{isbn}",) if isbn else (),
    )


def _said(parent: Element | None, name: str) -> str:
    return " ".join((parent.findtext(name) or "").split()) if parent is not None else ""


def _people(parent: Element | None, name: str) -> Iterator[str]:
    for person in parent.findall(name) if parent is not None else ():
        parts = (_said(person, part) for part in ("first-name", "middle-name", "last-name"))
        full = " ".join(filter(None, parts)) or _said(person, "nickname")
        if full and full.casefold() != "unknown":
            yield full
