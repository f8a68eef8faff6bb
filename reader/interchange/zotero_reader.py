"""Zotero: items of its API, annotations of its reader, and the JSON of Better BibTeX, which has them in attachments."""

import re
from collections.abc import Iterator
from typing import Any

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
    tag_names,
)
from reader.interchange.gathering import Gathering
from reader.interchange.given import Given
from reader.interchange.records import NOWHERE, Parsed, Where
from reader.interchange.w3c_bodies import mapping
from reader.model.document import Metadata

_KINDS = frozenset({"highlight", "underline", "note", "text", "image", "ink"})
_MARKUP = re.compile(r"</?(?:i|b|sub|sup)>")
"""All the markup that its annotations may have."""
_IN_MARKDOWN = {"<b>": "**", "</b>": "**", "<i>": "*", "</i>": "*"}

_SORTED = re.compile(r"(\d{1,9})(?:\|(\d{1,9})(?:\|(\d{1,9}))?)?", re.ASCII)
"""Its places: of a PDF page, code unit and height on it, of a book chapter and code unit, of a saved page the unit."""

_WORDLESS = {"image": "a picture", "ink": "a drawing"}


def recognises(given: Given) -> bool:
    """Whether any of its items is an annotation as Zotero has them."""
    return next(_annotations(given.json), None) is not None


def read(given: Given) -> Parsed:
    """The annotations; notes, and what is noted of pictures and drawings, go to the whole document with their page."""
    if not recognises(given):
        raise not_one("Zotero’s items")
    gathering = Gathering("zotero", given.watch)
    reading = _Reading(gathering, {key: item for item in _items(given.json) if (key := said(item, "key", "itemKey"))})
    for place, record, holder in _annotations(given.json):
        try:
            reading.take(place, record, holder)
        except Malformed as fault:
            gathering.problem(fault.within(place))
    return gathering.parsed()


class _Reading:
    """Takes annotations; `items` are those of the file by their keys."""

    def __init__(self, gathering: Gathering, items: dict[str, Json]) -> None:
        self._gathering = gathering
        self._items = items

    def take(self, place: str, record: Json, holder: Json) -> None:
        kind = said(record, "annotationType", "type")
        comment, page = said(record, "annotationComment", "comment"), said(record, "annotationPageLabel", "pageLabel")
        comment = _MARKUP.sub(lambda found: _IN_MARKDOWN.get(found[0], found[0]), comment)
        words = said(record, "annotationText", "text") if kind in ("highlight", "underline") else ""
        if kind == "text":
            comment = comment or said(record, "annotationText", "text")
        if kind in _WORDLESS and not comment:
            raise Malformed("", f"is {_WORDLESS[kind]} without a comment, which cannot be placed by words")
        if not words and comment and page:
            comment = f"Page {page}: {comment}"
        document = self._document(record, holder)
        mark = marked(
            document,
            _MARKUP.sub("", words),
            note=comment,
            tags=(*tag_names(record.get("tags"), "tag"), *tag_names(record.get("tags"), "name")),
            color=nearest(record.get("annotationColor", record.get("color"))),
            underlined=kind == "underline",
            created=instant(record.get("dateAdded", record.get("dateCreated"))),
            modified=instant(record.get("dateModified")),
        )
        known = said(record, "key", "itemKey", "id")
        identity = known or f"{document}:{_position(record)}:{words or comment}"
        self._gathering.add(place, identity, mark, own_id=bool(known), where=_where(record))

    def _document(self, record: Json, holder: Json) -> str:
        """The attachment that it is in, with what is known of the work that this belongs to."""
        parent = said(record, "parentItem", "parentKey")
        attachment = holder or self._items.get(parent, holder)
        work = self._items.get(said(attachment, "parentItem"), attachment.get("work"))
        about: Json = mapping(work) or attachment
        path = said(attachment, "path", "filename")
        title = said(about, "title", "filename") or file_title(path)
        doi, isbn = said(about, "DOI"), said(about, "ISBN")
        identifiers = (*((f"doi:{doi}",) if doi else ()), *(f"isbn:{one.replace('-', '')}" for one in isbn.split()))
        # What is attached may be a page on the web, or a file, which is known by its name.
        address = said(attachment, "url") or said(about, "url") or file_address(path.removeprefix("storage:"))
        metadata = Metadata(
            title=title or (f"Attachment {parent} of Zotero" if parent else "The document of Zotero’s reader"),
            authors=_authors(about),
            url=address,
            identifiers=identifiers,
        )
        return self._gathering.document(parent or said(attachment, "key", "itemKey") or path or title, metadata)


def _authors(about: Json) -> tuple[str, ...]:
    people = (one for one in objects(about.get("creators")) if one.get("creatorType", "author") == "author")
    names = (said(one, "name") or f"{said(one, 'firstName')} {said(one, 'lastName')}".strip() for one in people)
    return tuple(filter(None, names))


def _position(record: Json) -> str:
    return repr(_held(record))


def _held(record: Json) -> Any:
    return record.get("annotationPosition", record.get("position"))


def _where(record: Json) -> Where:
    """The page of a PDF; in a book or a saved page where it stands in its order, which on a page only follows lines."""
    index = _SORTED.fullmatch(said(record, "annotationSortIndex", "sortIndex"))
    if not index:
        return NOWHERE
    if index[3] is None:
        return Where(order=tuple(int(part) for part in index.groups() if part is not None))
    return Where(order=(int(index[1]),), number=int(index[1]) + 1)


def _top(top: Any) -> Any:
    """The list of a file: it is one itself, or has one under the name of what is in it."""
    held = mapping(top)
    return next((held[key] for key in ("items", "annotations") if key in held), top)


def _items(top: Any) -> Iterator[Json]:
    """The items, without the envelope in which the API hands each one out."""
    for one in objects(_top(top)):
        data = mapping(one.get("data"))
        yield {"key": one.get("key"), **data} if "itemType" in data else one


def _annotations(top: Any) -> Iterator[tuple[str, Json, Json]]:
    """Each annotation with its place, and the attachment that it stands in, if it stands in one."""
    nothing: Json = {}
    for number, item in enumerate(_items(top)):
        if _is_annotation(item):
            yield f"items[{number}]", item, nothing
        for at, attachment in enumerate(objects(item.get("attachments"))):
            for which, record in enumerate(objects(attachment.get("annotations"))):
                place = f"items[{number}].attachments[{at}].annotations[{which}]"
                if _is_annotation(record):
                    yield place, record, {**attachment, "work": item}


def _is_annotation(item: Json) -> bool:
    if item.get("itemType") == "annotation" or "annotationType" in item:
        return isinstance(item.get("annotationType"), str)
    return said(item, "type") in _KINDS and "position" in item and ("sortIndex" in item or "pageLabel" in item)
