"""Foliate: the JSON that it keeps and exports, one book a file."""

from typing import Any, cast

from reader.interchange import checks
from reader.interchange.cfi import cfi_steps
from reader.interchange.colors import nearest
from reader.interchange.foreign import Json, instant, marked, not_one, objects, said
from reader.interchange.gathering import Gathering
from reader.interchange.given import Given
from reader.interchange.records import Parsed, Where
from reader.interchange.w3c_bodies import many, mapping
from reader.model.document import Metadata

_LINES = ("underline", "squiggly", "strikethrough")
"""What stands in the place of a colour when the words have a line instead."""


def recognises(given: Given) -> bool:
    """Whether the file has annotations whose places are CFIs under the key that only this program gives them."""
    marks = list(objects(mapping(given.json).get("annotations")))
    return bool(marks) and any(_is_cfi(one.get("value")) for one in marks[:20])


def read(given: Given) -> Parsed:
    """The marks of the book; bookmarks are passed over."""
    if not recognises(given):
        raise not_one("Foliate’s exports")
    top = mapping(given.json)
    gathering = Gathering("foliate", given.watch)
    document = _document(gathering, mapping(top.get("metadata")))

    def take(record: Json, place: str) -> None:
        color = record.get("color")
        mark = marked(
            document,
            checks.text(record, "text"),
            note=said(record, "note"),
            color=nearest(color),
            underlined=color in _LINES,
            created=instant(record.get("created")),
            modified=instant(record.get("modified")),
        )
        cfi = checks.filled(record, "value")
        gathering.add(place, f"{document}:{cfi}", mark, where=Where(order=cfi_steps(cfi)))

    gathering.each(top.get("annotations"), "annotations", take)
    for _ in many(top.get("bookmarks")):
        gathering.pass_over("bookmark")
    return gathering.parsed()


def _is_cfi(value: Any) -> bool:
    return isinstance(value, str) and value.startswith("epubcfi(")


def _document(gathering: Gathering, about: Json) -> str:
    title, identifier = _words(about.get("title")), said(about, "identifier")
    people = many(about.get("author", about.get("creator")))
    authors = tuple(name for one in people if (name := _words(one)))
    identifiers = (identifier,) if identifier else ()
    metadata = Metadata(title=title, authors=authors, publisher=_words(about.get("publisher")), identifiers=identifiers)
    return gathering.document(identifier or title, metadata)


def _words(value: Any) -> str:
    """A text, the name of a person, or the first of a text in several languages."""
    if isinstance(value, str):
        return checks.clean(value, "metadata").strip()
    if isinstance(value, dict):
        about = mapping(cast("Any", value))
        return said(about, "name") or said(about, *about)
    return ""
