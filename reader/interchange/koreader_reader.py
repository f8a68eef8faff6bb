"""KOReader: the table beside a book (`metadata.epub.lua`), of now and as it was, and the JSON of its exports."""

import re
from collections.abc import Iterator
from typing import Any, cast

from reader.interchange.checks import Malformed
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
from reader.interchange.json_file import InterchangeError
from reader.interchange.limits import check_count
from reader.interchange.lua_table import LuaError, parsed
from reader.interchange.records import NOWHERE, Parsed, Where
from reader.interchange.w3c_bodies import mapping
from reader.model.document import Metadata

_BEGINS = re.compile(rb"(?:\xef\xbb\xbf)?(?:\s++|--[^\n]*\n)*+(?:return\b\s*+)?\{")
_KEYS = (b'["annotations"]', b'["highlight"]', b'["bookmarks"]', b'["doc_props"]')
_NAMED_BY_ITSELF = re.compile(r"@ \d{4}-\d\d-\d\d \d\d:\d\d:\d\d$")
"""How a note ends that an old version wrote by itself: the place, the words, and when."""

_TABLES_A_RECORD, _FIELDS_A_RECORD = 2, 8

_LINES = ("underscore", "strikeout")


def recognises(given: Given) -> bool:
    """Whether it is such a table, or the JSON with this program's version in it."""
    if said(mapping(given.json), "version").startswith("json/"):
        return "entries" in mapping(given.json) or "documents" in mapping(given.json)
    return given.json is None and bool(_BEGINS.match(given.head)) and any(key in given.data for key in _KEYS)


def read(given: Given) -> Parsed:
    """The marks of the book, or of the books of an export; bookmarks are passed over."""
    if not recognises(given):
        raise not_one("KOReader’s tables")
    gathering = Gathering("koreader", given.watch)
    if given.json is not None:
        _read_export(gathering, mapping(given.json))
    else:
        _read_table(gathering, given)
    return gathering.parsed()


def _read_export(gathering: Gathering, top: Json) -> None:
    for book in objects(top.get("documents")) if "documents" in top else (top,):
        document = _document(gathering, book, said(book, "file"))

        def take(record: Json, place: str, document: str = document) -> None:
            if record.get("sort") == "bookmark":
                gathering.pass_over("bookmark")
                return
            when = record.get("time")
            place_in_book = f"{record.get('page')}:{when}"
            _add(gathering, place, document, record, said(record, "text"), (place_in_book, when, when))

        gathering.each(book.get("entries"), "entries", take)


def _read_table(gathering: Gathering, given: Given) -> None:
    data = given.data
    check_count(max(data.count(b"{") // _TABLES_A_RECORD, data.count(b",") // _FIELDS_A_RECORD))
    try:
        top = cast("Json", parsed(data.removeprefix(b"\xef\xbb\xbf"), given.watch))
    except LuaError as error:
        raise InterchangeError(
            f"The file is not a whole table of KOReader (line {error.line}); copy it from the device again."
        ) from None
    document = _document(gathering, mapping(top.get("doc_props", top.get("stats"))), said(top, "doc_path"))
    if "annotations" in top:
        for place, record in _list(top["annotations"], "annotations"):
            _tried(gathering, place, document, record)
    else:
        _read_old(gathering, document, top)


def _tried(gathering: Gathering, place: str, document: str, record: Json) -> None:
    try:
        # It is told by how it is drawn that something is marked there; older tables only have where it begins.
        is_mark = "drawer" in record or "pos0" in record
        if not is_mark and not said(record, "note"):
            gathering.pass_over("bookmark")
            return
        # What stands with a bookmark are words about it, not words of the book.
        words = said(record, "text") if is_mark else ""
        made, changed = record.get("datetime"), record.get("datetime_updated")
        where = f"{_steady(record.get('pos0', record.get('page')))}:{made}"
        _add(gathering, place, document, record, words, (where, made, changed))
    except Malformed as fault:
        gathering.problem(fault.within(place))


def _add(
    gathering: Gathering, place: str, document: str, record: Json, words: str, where: tuple[str, Any, Any]
) -> None:
    """Take a mark that stands and was made and changed as `where` says."""
    identity, made, changed = where
    mark = marked(
        document,
        words,
        note=said(record, "note"),
        color=nearest(record.get("color")),
        underlined=record.get("drawer") in _LINES,
        created=instant(made),
        modified=instant(changed),
    )
    gathering.add(place, f"{document}:{identity}", mark, where=_where(record))


def _where(record: Json) -> Where:
    """The page: of a PDF that of the file, of a book as it was last laid out, which goes with its order at least."""
    position, page = mapping(record.get("pos0")), record.get("pageno", record.get("page"))
    number = position.get("page", page)
    if isinstance(number, bool) or not isinstance(number, int | float) or number < 1:
        return NOWHERE
    return Where(order=(number,), number=int(number) if position else 0)


def _read_old(gathering: Gathering, document: str, top: Json) -> None:
    """The shape before 2024: marks by page, and what was noted of them among the bookmarks of the same moment."""
    noted = [record for _, record in _list(top.get("bookmarks"), "bookmarks")]
    notes = {said(one, "datetime"): note for one in noted if (note := _own_note(one))}
    for page, records in mapping(top.get("highlight")).items():
        for place, record in _list(records, f"highlight[{page}]"):
            note = notes.get(said(record, "datetime"), "")
            _tried(gathering, place, document, {"pos0": page, **record, "note": note})
    for record in noted:
        if not record.get("highlighted"):
            gathering.pass_over("bookmark")


def _own_note(bookmark: Json) -> str:
    """What the reader wrote; empty for the words that the program puts there by itself."""
    words = said(bookmark, "text").strip()
    return "" if _NAMED_BY_ITSELF.search(words) or words == said(bookmark, "notes").strip() else words


def _steady(position: Any) -> str:
    """A position, whichever way the keys of a table stand in."""
    if isinstance(position, dict):
        return repr(sorted((str(key), repr(value)) for key, value in cast("dict[Any, Any]", position).items()))
    return str(position)


def _list(table: Any, place: str) -> Iterator[tuple[str, Json]]:
    """The tables in a list, by their numbers in it."""
    found = cast("dict[Any, Any]", table) if isinstance(table, dict) else {}
    for key, value in found.items():
        if isinstance(value, dict):
            yield f"{place}[{key}]", cast("Json", value)


def _document(gathering: Gathering, about: Json, path: str) -> str:
    title = said(about, "title") or file_title(path)
    authors = tuple(name.strip() for name in re.split(r"\n|;", said(about, "authors", "author")) if name.strip())
    identifiers = tuple(said(about, "identifiers").split())
    metadata = Metadata(title=title, authors=authors, url=file_address(path), identifiers=identifiers)
    # Neither a path, which differs from device to device, nor a checksum, which a new edition of the file has anew.
    return gathering.document(f"{title}\n{authors}", metadata)
