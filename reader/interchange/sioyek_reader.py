"""sioyek: the JSON of its export command, PDF documents by the MD5 of their files."""

from typing import Any

from reader.interchange import checks
from reader.interchange.colors import nearest
from reader.interchange.foreign import (
    Json,
    file_address,
    file_title,
    instant,
    marked,
    not_one,
    objects,
    said,
)
from reader.interchange.gathering import Gathering
from reader.interchange.given import Given
from reader.interchange.records import Parsed
from reader.interchange.w3c_bodies import many, mapping
from reader.model.annotation import Color
from reader.model.document import Metadata

_COLORS = (
    "f0a3ff 0075dc 993f00 4c005c 191919 005c31 2bce48 ffcc99 808080 94ffb5 8f7c00 9dcc00 c20088 "
    "003380 ffa405 ffa8bb 426600 ff0010 5ef1f2 00998f e0ff66 740aff 990000 ffff80 ffff00 ff5005"
).split()
"""The colours that it gives the letters a to z unless the user chose others; capitals draw a line instead."""


def recognises(given: Given) -> bool:
    """Whether the file lists documents by checksum, with what was marked in them."""
    found = list(objects(mapping(given.json).get("documents")))
    return bool(found) and "checksum" in found[0] and isinstance(found[0].get("highlights"), list)


def read(given: Given) -> Parsed:
    """The highlights of all documents, and bookmarks as notes on the whole document."""
    if not recognises(given):
        raise not_one("sioyek’s exports")
    gathering = Gathering("sioyek", given.watch)

    def take(document: Json, place: str) -> None:
        _take_document(gathering, document, place)

    gathering.each(mapping(given.json).get("documents"), "documents", take)
    return gathering.parsed()


def _take_document(gathering: Gathering, document: Json, place: str) -> None:
    checksum, path = checks.filled(document, "checksum"), said(document, "path", "document_path", "file_path")
    metadata = Metadata(title=file_title(path) or f"sioyek {checksum}", url=file_address(path))
    uid = gathering.document(checksum, metadata)

    def highlight(record: Json, here: str) -> None:
        mark = marked(
            uid,
            said(record, "description", "desc"),
            note=said(record, "text_annot", "annotation"),
            color=_color(letter := _letter(record.get("type"))),
            underlined=letter.isupper(),
            created=instant(record.get("creation_time")),
            modified=instant(record.get("modification_time")),
        )
        gathering.add(here, f"{uid}:{_identity(record)}", mark, own_id=bool(said(record, "uuid")))

    def bookmark(record: Json, here: str) -> None:
        mark = marked(uid, "", note=said(record, "description", "desc"), created=instant(record.get("creation_time")))
        gathering.add(here, f"{uid}:bookmark:{_identity(record)}", mark)

    gathering.each(document.get("highlights"), f"{place}.highlights", highlight)
    if "bookmarks" in document:
        gathering.each(document["bookmarks"], f"{place}.bookmarks", bookmark)
    for kind, key in (("place mark", "marks"), ("portal", "portals"), ("portal", "links")):
        for _ in many(document.get(key)):
            gathering.pass_over(kind)


def _identity(record: Json) -> str:
    """Its own id, else where it begins and ends."""
    ends = ("begin_x", "begin_y", "end_x", "end_y")
    places = (*ends, *(f"selection_{end}" for end in ends), "y_offset", "type")
    return said(record, "uuid") or repr([record.get(key) for key in places])


def _letter(value: Any) -> str:
    """The letter of a highlight, which its export has as the number of the letter; empty where it is none."""
    letter = chr(value) if isinstance(value, int) and 0 < value < 128 else value
    return letter if isinstance(letter, str) and len(letter) == 1 and letter.isascii() and letter.isalpha() else ""


def _color(letter: str) -> Color:
    return nearest(_COLORS[ord(letter.lower()) - ord("a")]) if letter else Color.YELLOW
