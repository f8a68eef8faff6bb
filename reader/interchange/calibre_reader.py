"""calibre: what its viewer and its library export, and what the viewer keeps in an EPUB itself."""

import binascii
import hashlib
import html
import re
from base64 import b64decode
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from reader.interchange import checks
from reader.interchange.cfi import cfi_steps
from reader.interchange.colors import nearest
from reader.interchange.foreign import Json, instant, marked, not_one, said
from reader.interchange.gathering import Gathering
from reader.interchange.given import Given
from reader.interchange.json_file import InterchangeError, load
from reader.interchange.records import FileFacts, Parsed, Where
from reader.interchange.w3c_bodies import mapping
from reader.interchange.watching import Watch
from reader.model.document import Metadata

_TYPES = {"calibre_highlights": "highlights", "calibre_annotation_collection": "annotations"}
_MAGIC = b"encoding=json+base64:"
_INSIDE = "META-INF/calibre_bookmarks.txt"
_LARGEST_INSIDE = 1 << 25
_DETAILS = re.compile(r"<dc:(title|creator|identifier)\b[^>]{0,500}>([^<]{1,1000})</dc:\1>")


def recognises(given: Given) -> bool:
    """Whether it is one of the exports, the file out of an EPUB, or an EPUB with such a file in it."""
    named = mapping(given.json).get("type")
    return named in list(_TYPES) or given.data.startswith(_MAGIC) or _has_file(given)


def read(given: Given) -> Parsed:
    """The highlights; those that were taken away are not there, bookmarks are passed over."""
    gathering = Gathering("calibre", given.watch)
    top = mapping(given.json)
    if key := _TYPES.get(said(top, "type")):
        _Reading(gathering, None).take(top.get(key), key)
    elif given.data.startswith(_MAGIC):
        _Reading(gathering, None).take(_unpacked(given.data, given.watch), "bookmarks")
    elif _has_file(given):
        data, details = _inside(given.data)
        _Reading(gathering, (details, given.data)).take(_unpacked(data, given.watch), _INSIDE)
    else:
        raise not_one("calibre’s exports")
    return gathering.parsed()


class _Reading:
    """Takes the records of one list; `book` are the details and the bytes of the EPUB that they are in, if any."""

    def __init__(self, gathering: Gathering, book: tuple[Metadata, bytes] | None) -> None:
        self._gathering = gathering
        self._book = book

    def take(self, found: Any, place: str) -> None:
        self._gathering.each(found, place, self._one)

    def _one(self, record: Json, place: str) -> None:
        inner = mapping(record.get("annotation"))
        merged: Json = {**record, **inner}
        kind = said(merged, "type", "annot_type") or ("highlight" if "highlighted_text" in merged else "")
        if merged.get("removed") or kind == "last-read":
            return
        if kind == "bookmark":
            self._gathering.pass_over("bookmark")
            return
        style = mapping(merged.get("style"))
        mark = marked(
            self._document(merged),
            checks.filled(merged, "highlighted_text"),
            note=said(merged, "notes"),
            color=nearest(style.get("which") or style.get("background-color")),
            underlined=style.get("kind") == "decoration",
            created=instant(merged.get("timestamp")),
        )
        known, start = said(merged, "uuid"), merged.get("start_cfi")
        identity = known or f"{mark.document_uid}:{start}:{mark.quote}"
        spine = merged.get("spine_index")
        where = Where(order=(spine, *cfi_steps(start)) if isinstance(spine, int) else ())
        self._gathering.add(place, identity, mark, own_id=bool(known), where=where)

    def _document(self, record: Json) -> str:
        """The EPUB, the book of the library by its number, or the one book of an export that does not name it."""
        if self._book:
            details, data = self._book
            facts = FileFacts(hashlib.sha256(data).hexdigest(), len(data))
            return self._gathering.document(facts.sha256, details, file=facts)
        number = record.get("book_id")
        title = said(record, "title", "book_title") or (f"Book {number} of calibre" if number is not None else "")
        return self._gathering.document(f"{number}", Metadata(title=title or "The book of calibre’s viewer"))


def _has_file(given: Given) -> bool:
    if not given.data.startswith(b"PK\x03\x04"):
        return False
    try:
        with ZipFile(BytesIO(given.data)) as archive:
            return _INSIDE in archive.namelist()
    except (BadZipFile, OSError, ValueError, NotImplementedError):
        return False


def _inside(data: bytes) -> tuple[bytes, Metadata]:
    """What stands in an EPUB: the file, and who the book says that it is."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            packages = [name for name in archive.namelist() if name.lower().endswith(".opf")]
            package = _member(archive, packages[0]) if packages else b""
            return _member(archive, _INSIDE), _details(package.decode("utf-8", "replace"))
    except (BadZipFile, OSError, ValueError, RuntimeError, EOFError, KeyError, NotImplementedError) as error:
        raise InterchangeError("The EPUB is damaged; choose another copy of it.") from error


def _member(archive: ZipFile, name: str) -> bytes:
    """The bytes of a file in it, which may unpack to no more than it should ever have."""
    with archive.open(name) as file:
        found = file.read(_LARGEST_INSIDE + 1)
    if len(found) > _LARGEST_INSIDE:
        raise InterchangeError("The EPUB unpacks to far more than annotations take; choose another one.")
    return found


def _details(package: str) -> Metadata:
    found: dict[str, list[str]] = {}
    for name, words in _DETAILS.findall(package):
        found.setdefault(name, []).append(" ".join(html.unescape(words).split()))
    title = found.get("title", [""])[0]
    return Metadata(title=title, authors=tuple(found.get("creator", ())))


def _unpacked(data: bytes, watch: Watch) -> Any:
    """The list that stands in base64 after a line that says so."""
    if not data.startswith(_MAGIC):
        raise InterchangeError("The bookmarks of the EPUB are of an older calibre, which kept no highlights in them.")
    try:
        return load(b64decode(b"".join(data[len(_MAGIC) :].split()), validate=True), watch)
    except binascii.Error:
        raise InterchangeError("The file ends too early or was changed; take it out of the EPUB again.") from None
