"""What the W3C's annotations of EPUBs say beside the model that they are of: the book, colours, lines and tags.

Such a set is about one book, whose files its targets name; Thorium writes it so, too.
"""

import zlib
from collections.abc import Mapping
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from reader.interchange import checks
from reader.interchange.colors import nearest
from reader.interchange.foreign import said, tag_names
from reader.interchange.json_file import InterchangeError
from reader.interchange.w3c_bodies import many, mapping, names
from reader.model.annotation import Color, Style
from reader.model.document import Metadata

SET = "AnnotationSet"
CONTEXT = "https://www.w3.org/ns/epub-anno.jsonld"
_INSIDE = "annotations.json"
_LARGEST = 1 << 26
_BROKEN = (BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError, ValueError)
_LINES = ("underline", "strikethrough")

Json = Mapping[str, Any]


def is_archive(data: bytes) -> bool:
    """Whether this is the archive that such a set is kept in."""
    if not data.startswith(b"PK\x03\x04"):
        return False
    try:
        with ZipFile(BytesIO(data)) as archive:
            return _INSIDE in archive.namelist()
    except _BROKEN:
        return False


def unpacked(data: bytes) -> bytes:
    """The set's JSON in its archive; `InterchangeError` when that is damaged, or made to do harm."""
    try:
        with ZipFile(BytesIO(data)) as archive, archive.open(_INSIDE) as file:
            content = file.read(_LARGEST + 1)
    except _BROKEN:
        raise InterchangeError("The archive is damaged or locked; export the annotations again.") from None
    if len(content) > _LARGEST:
        raise InterchangeError("The archive unpacks to far more than annotations take; nothing was read of it.")
    return content


def publication(head: Json) -> Metadata | None:
    """The book that a set is about; None for what is no set."""
    if SET not in names(head.get("type")):
        return None
    about = mapping(head.get("about"))
    return Metadata(
        title=next(iter(_all(about, "dc:title")), "") or said(head, "title") or "The book of an annotation set",
        authors=_all(about, "dc:creator"),
        publisher=next(iter(_all(about, "dc:publisher")), ""),
        identifiers=_all(about, "dc:identifier"),
    )


def looks(record: Json) -> tuple[Color | None, Style | None, tuple[str, ...]]:
    """Colour, style and tags that stand in a body beside its words; None where it says none."""
    body = next((found for one in many(record.get("body")) if (found := mapping(one))), mapping(None))
    color = nearest(body["color"]) if isinstance(body.get("color"), str) else None
    style = Style.UNDERLINE if body.get("highlight") in _LINES else None
    return color, style, tag_names([*many(body.get("tags")), *many(body.get("tag"))])


def _all(about: Json, key: str) -> tuple[str, ...]:
    """The texts under a key, or the names of the people there."""
    found = (said(mapping(one), "name") if mapping(one) else one for one in many(about.get(key)))
    return tuple(checks.clean(one, key).strip() for one in found if isinstance(one, str) and one.strip())
