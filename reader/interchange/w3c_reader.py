"""W3C Web Annotation, inwards: what this program wrote, to nearly the last field, and what others write.

Others count positions in other units than the recommendation, put words where an IRI belongs and leave out ids; what
can be used of a record is, and one that cannot be is named with the reason. Where a passage is, its quote decides.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, cast
from urllib.parse import unquote
from uuid import NAMESPACE_URL, UUID, uuid5

from reader.interchange import checks, epub_annotations
from reader.interchange.anchors import anchor_of
from reader.interchange.checks import Malformed
from reader.interchange.given import Given
from reader.interchange.json_file import InterchangeError, load
from reader.interchange.records import DocumentRecord, FileFacts, Parsed, TextFacts
from reader.interchange.w3c_bodies import iri_of, many, mapping, names, said
from reader.interchange.w3c_targets import Target, targets
from reader.interchange.w3c_terms import CONTEXT, OFFSET_UNIT
from reader.interchange.watching import Watch
from reader.model.annotation import Anchor, AnchorState, Annotation, Color, Style
from reader.model.document import FORMATS, Metadata
from reader.model.library import Tag

Json = Mapping[str, Any]

_URN = re.compile(r"urn:uuid:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})", re.IGNORECASE)
_COLLECTIONS = frozenset({"AnnotationCollection", "AnnotationPage", "Annotation", epub_annotations.SET})


def is_one(top: Any) -> bool:
    """Whether this is the JSON of a collection, a page, an annotation, or of a list of annotations."""
    if isinstance(top, list):
        return any(is_one(one) for one in cast("list[Any]", top)[:10] if isinstance(one, dict))
    value = mapping(top)
    kinds = names(value.get("type", value.get("@type")))
    contexts = many(value.get("@context"))
    return CONTEXT in contexts or epub_annotations.CONTEXT in contexts or bool(_COLLECTIONS.intersection(kinds))


def recognises(given: Given) -> bool:
    """Whether the file is such JSON, or the archive of a set of it."""
    return is_one(given.json) or epub_annotations.is_archive(given.data)


def read(given: Given) -> Parsed:
    """What the file holds, as `parsed` tells it."""
    if epub_annotations.is_archive(given.data):
        return parsed(load(epub_annotations.unpacked(given.data), given.watch), given.watch)
    return parsed(load(given.data, given.watch) if given.json is None else given.json, given.watch)


def parsed(top: Any, watch: Watch | None = None) -> Parsed:
    """What the file holds, record by record; `InterchangeError` when it is no W3C Web Annotation at all."""
    if not is_one(top):
        raise InterchangeError("The file is not W3C Web Annotation; choose another file or another format.")
    reading = _Reading(mapping(top))
    items = _items(top)
    reading.count(mapping(top).get("total"), len(items))
    watch = watch or Watch()
    watch.begin(len(items))
    for index, value in enumerate(items):
        watch.step()
        reading.take(value, f"items[{index}]")
    return reading.result()


def _items(top: Any) -> list[Any]:
    """The annotations of a list, a page, a collection's first page, a graph, or the one that the file is."""
    if isinstance(top, list):
        return cast("list[Any]", top)
    value = mapping(top)
    first = value.get("first")
    for holder in (value, mapping(first)):
        for key in ("items", "@graph"):
            if isinstance(holder.get(key), list):
                return many(holder[key])
    if "target" in value:
        return [value]
    if isinstance(first, str) and value.get("total") != 0:
        raise InterchangeError("The file only names where its annotations are; download its pages and import these.")
    return []


class _Reading:
    """Takes annotations one by one; documents are those that the file tells of and those that targets name."""

    def __init__(self, head: Json) -> None:
        self._problems: list[str] = []
        self._documents = dict(self._told(head))
        self._tags = [tag for value in many(head.get("tags")) if (tag := _tag(value))]
        self._categories = dict(filter(None, (_category(value) for value in many(head.get("categories")))))
        self._book = epub_annotations.publication(head)
        self._ours = head.get("offsetUnit") == OFFSET_UNIT and bool(self._documents)
        self._marks: dict[str, Annotation] = {}
        self._placeless: set[str] = set()

    def count(self, said: object, here: int) -> None:
        """Take note of how many annotations the collection says that it has, and how many are in the file."""
        if isinstance(said, int) and said != here:
            self._problems.append(
                f"total: the collection says that it has {said:,} annotations and the file has {here:,}; it was cut "
                "off, or the others are elsewhere"
            )

    def result(self) -> Parsed:
        used = {mark.document_uid for mark in self._marks.values()}
        documents = [record for uid, record in self._documents.items() if self._ours or uid in used]
        return Parsed(
            self._categories,
            tuple(self._tags),
            tuple(sorted(documents, key=lambda record: record.uid)),
            tuple(self._marks.values()),
            tuple(self._problems),
            form="w3c",
            foreign=not self._ours,
            placeless=frozenset(self._placeless),
        )

    def take(self, value: Any, place: str) -> None:
        try:
            record = checks.record(value)
            anchored = self._ours and "anchor" in record
            anchor = anchor_of(checks.record(record["anchor"], "anchor")) if anchored else None
            made = [self._annotation(record, target, anchor) for target in targets(record, anchored=anchored)]
        except Malformed as fault:
            self._problems.append(fault.within(place))
            return
        base = _uid(iri_of(record)) if iri_of(record) else _uid(json.dumps(record, sort_keys=True))
        for number, (mark, placed) in enumerate(made):
            uid = str(uuid5(UUID(base), str(number))) if number else base
            mark = replace(mark, uid=uid)
            if self._marks.get(uid, mark) != mark:
                self._problems.append(f"{place}.id: is that of another annotation in the file")
            else:
                self._marks[uid] = mark
                if mark.anchor and not placed:
                    self._placeless.add(uid)

    def _annotation(self, record: Json, target: Target, own: Anchor | None) -> tuple[Annotation, bool]:
        """The annotation without its uid, and whether it has a position; `own` is the anchor that stands beside it."""
        words = said(record)
        anchor, placed = (own, True) if own else (target.anchor, target.placed)
        created, modified = _instant(record, "created"), _instant(record, "modified")
        color, style, tags = epub_annotations.looks(record) if self._book else (None, None, ())
        mark = Annotation(
            uid="",
            document_uid=self._document(target),
            anchor=anchor,
            color=color or next((Color(one) for one in target.style_classes if one in list(Color)), Color.YELLOW),
            style=style or _style(target),
            note="\n\n".join(filter(None, (words.note, target.where and f"Its place in the document: {target.where}"))),
            tags=tuple(dict.fromkeys((*words.tags, *tags))),
            created=created or modified,
            modified=modified or created,
        )
        if self._ours:
            mark = replace(
                mark,
                state=checks.choice(record, "anchorState", AnchorState, AnchorState.EXACT),
                score=checks.fraction(record, "likeness", 1.0),
                reviewed=_instant(record, "reviewed"),
            )
        return mark, placed

    def _document(self, target: Target) -> str:
        book = self._book
        uid = _uid(f"urn:publication:{book.identifiers or book.title}" if book else target.source)
        if uid not in self._documents:
            metadata = book or Metadata(title=_title(target), url=target.source)
            self._documents[uid] = DocumentRecord(uid, "text", metadata)
        return uid

    def _told(self, head: Json) -> list[tuple[str, DocumentRecord]]:
        found: list[tuple[str, DocumentRecord]] = []
        for index, value in enumerate(many(head.get("documents"))):
            try:
                record = _document(checks.record(value))
            except Malformed as fault:
                self._problems.append(fault.within(f"documents[{index}]"))
            else:
                found.append((record.uid, record))
        return found


def _uid(iri: str) -> str:
    """The UUID that an IRI is, else one made of it, the same each time."""
    own = _URN.fullmatch(iri)
    return own[1].lower() if own else str(uuid5(NAMESPACE_URL, iri))


def _style(target: Target) -> Style:
    if target.anchor and not target.anchor.exact:
        return Style.AREA
    return next((Style(one) for one in target.style_classes if one in list(Style)), Style.HIGHLIGHT)


def _title(target: Target) -> str:
    """What the target calls its document, else the end of its address."""
    for key in ("title", "label", "name", "dcterms:title", "dc:title"):
        if isinstance(found := target.about.get(key), str) and found.strip():
            return checks.clean(found, key)
    end = unquote(target.source.partition("?")[0].rstrip("/").rpartition("/")[2])
    return checks.clean(end or target.source, "source")


def _instant(record: Json, key: str) -> str:
    """The instant under `key`; empty where there is none, or none that can be read."""
    try:
        return checks.instant(record, key)
    except Malformed:
        return ""


def _tag(value: Any) -> Tag | None:
    record = mapping(value)
    try:
        return Tag("", checks.filled(record, "label"), checks.text(record, "color"), checks.text(record, "description"))
    except Malformed:
        return None


def _category(value: Any) -> tuple[Color, str] | None:
    record = mapping(value)
    try:
        return checks.member(checks.text(record, "styleClass"), "styleClass", Color), checks.filled(record, "label")
    except Malformed:
        return None


def _document(value: Json) -> DocumentRecord:
    """A document as this program tells of it."""
    kind = checks.text(value, "documentFormat")
    file = text = None
    if "fileSha256" in value:
        file = FileFacts(checks.sha256(value, "fileSha256"), checks.whole(value, "fileSize"))
    if "textSha256" in value:
        text = TextFacts(
            checks.sha256(value, "textSha256"),
            checks.whole(value, "textLength"),
            checks.text(value, "reader"),
            checks.whole(value, "readerVersion", 0),
            checks.whole(value, "normaliserVersion", 0),
            checks.text(value, "view"),
        )
    metadata = checks.metadata(value, source="isPartOf")
    uid = _uid(checks.filled(value, "id"))
    return DocumentRecord(
        uid, kind if kind in FORMATS else "text", metadata, checks.texts(value, "keywords"), file, text
    )
