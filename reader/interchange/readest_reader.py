"""Readest: the JSON of its “Export Annotations”, one book a file."""

from typing import Any

from reader.interchange import checks
from reader.interchange.cfi import cfi_steps
from reader.interchange.colors import nearest
from reader.interchange.foreign import Json, instant, marked, not_one, said
from reader.interchange.gathering import Gathering
from reader.interchange.given import Given
from reader.interchange.records import Parsed, Where
from reader.interchange.w3c_bodies import mapping
from reader.model.document import Metadata

FORMAT = "readest-annotations"


def recognises(given: Given) -> bool:
    """Whether the file names this format."""
    return mapping(given.json).get("$format") == FORMAT


def read(given: Given) -> Parsed:
    """The marks of the book; bookmarks are passed over."""
    if not recognises(given):
        raise not_one("Readest’s exports")
    top = mapping(given.json)
    gathering = Gathering("readest", given.watch)
    document = _document(gathering, mapping(top.get("book")))

    def take(record: Json, place: str) -> None:
        if record.get("type") == "bookmark" or record.get("deletedAt"):
            gathering.pass_over("bookmark")
            return
        mark = marked(
            document,
            checks.text(record, "text"),
            note=said(record, "note"),
            color=nearest(record.get("color")),
            underlined=record.get("style") in ("underline", "squiggly"),
            created=instant(record.get("createdAt")),
            modified=instant(record.get("updatedAt")),
        )
        known, order = said(record, "id"), cfi_steps(record.get("cfi"))
        identity = f"{document}:{known or _place(record)}"
        gathering.add(place, identity, mark, own_id=bool(known), where=Where(order=order))

    gathering.each(top.get("annotations"), "annotations", take)
    return gathering.parsed()


def _document(gathering: Gathering, book: Json) -> str:
    title, author = said(book, "title"), said(book, "author")
    metadata = Metadata(title=title, authors=(author,) if author else ())
    return gathering.document(said(book, "hash", "metaHash") or title, metadata)


def _place(record: Json) -> Any:
    return said(record, "cfi") or record.get("text")
