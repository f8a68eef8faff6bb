"""Passage 1, inwards: JSON text as records, each of them checked on its own.

One malformed record never hides the others: it is left out and named by its place. Keys that are not known are
passed over, so that a program may add its own.
"""

import hashlib
from base64 import b64decode
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar, cast

from reader.interchange import checks
from reader.interchange.anchors import anchor_of
from reader.interchange.checks import Malformed
from reader.interchange.given import Given
from reader.interchange.json_file import InterchangeError, load
from reader.interchange.passage_writer import FORMAT
from reader.interchange.records import DocumentRecord, FileFacts, Parsed, TextFacts
from reader.interchange.w3c_bodies import many
from reader.interchange.watching import Watch
from reader.model.annotation import AnchorState, Annotation, Color, Picture, Style
from reader.model.document import FORMATS, Metadata
from reader.model.library import Tag
from reader.model.mask import Mask, MaskState
from reader.text.editing import Edit

PICTURE_TYPES = ("image/png", "image/jpeg", "image/webp")
"""What the picture of an area may be."""
LARGEST_PICTURE = 1 << 25

VIEWS = ("article", "page")
"""What part of a web page a text may be; what any other program calls them is passed over."""

Item = TypeVar("Item")
Identified = TypeVar("Identified", DocumentRecord, Annotation)
Json = Mapping[str, Any]


def parse(data: bytes) -> Parsed:
    """What the file with these bytes holds, record by record; `InterchangeError` when it is no passage file at all."""
    return parsed(load(data))


def recognises(given: Given) -> bool:
    """Whether the file says that it has this format, in whatever version."""
    named = cast("dict[str, Any]", given.json).get("format") if isinstance(given.json, dict) else None
    return isinstance(named, str) and named.startswith("passage ")


def read(given: Given) -> Parsed:
    """What the file holds, as `parse` tells it."""
    return parsed(load(given.data, given.watch) if given.json is None else given.json, given.watch)


def parsed(value: Any, watch: Watch | None = None) -> Parsed:
    """What the JSON `value` of a file holds, as `parse` tells it; each annotation is a step of `watch`."""
    watch = watch or Watch()
    top = _top(value)
    problems = list(_missing(top))
    categories = _categories(top.get("categories", {}), problems)
    tags = _records(top, "tags", _tag, problems)
    documents = _unique(_records(top, "documents", _document, problems, _bare_document), "documents", problems)
    documents = _with_masks(top, documents, problems)
    pictures: dict[str, Picture] = {}
    watch.begin(len(many(top.get("annotations"))))
    marks = _records(top, "annotations", partial(_annotation, pictures, watch), problems)
    annotations = _unique(marks, "annotations", problems)
    known = {document.uid for _, document in documents}
    placed = _of_documents(annotations, known, problems)
    return Parsed(categories, _values(tags), _values(documents), tuple(placed), tuple(problems), pictures)


def _top(top: Any) -> Json:
    held = cast("dict[str, Any]", top) if isinstance(top, dict) else {}
    named = held.get("format")
    if named == FORMAT:
        return held
    if isinstance(named, str) and named.startswith("passage "):
        raise InterchangeError(f"The file has the format “{named}”; import it with a newer version of this program.")
    raise InterchangeError(f"The file does not say that its format is “{FORMAT}”; choose one that was exported here.")


def _missing(top: Json) -> Iterator[str]:
    """Where the file has fewer or more records of a kind than it says itself."""
    counts: object = top.get("counts")
    for key, said in cast("dict[str, object]", counts).items() if isinstance(counts, dict) else ():
        found: object = top.get(key)
        if isinstance(found, list) and isinstance(said, int) and (here := len(cast("list[object]", found))) != said:
            yield f"{key}: the file says that it has {said:,} and has {here:,}; it was cut off, or changed by hand"


def _categories(value: object, problems: list[str]) -> dict[Color, str]:
    names: dict[Color, str] = {}
    if not isinstance(value, dict):
        problems.append("categories: is not an object")
        return names
    given = cast("dict[str, Any]", value)
    for key in given:
        try:
            names[checks.member(key, key, Color)] = checks.filled(given, key)
        except Malformed as fault:
            problems.append(fault.within("categories"))
    return names


def _records(
    top: Json,
    key: str,
    read: Callable[[Json], Item],
    problems: list[str],
    rescue: Callable[[Json], Item] | None = None,
) -> list[tuple[int, Item]]:
    """The records under `key` that could be read, each with its place in the list.

    `rescue` reads what others in the file refer to from a record that is malformed elsewhere.
    """
    values = top.get(key, [])
    if not isinstance(values, list):
        problems.append(f"{key}: is not a list; all of it was left out")
        return []
    found: list[tuple[int, Item]] = []
    for index, value in enumerate(cast("list[Any]", values)):
        try:
            found.append((index, read(checks.record(value))))
        except Malformed as fault:
            problems.append(fault.within(f"{key}[{index}]"))
            if rescue and (saved := _rescued(rescue, value)):
                found.append((index, saved))
    return found


def _rescued(rescue: Callable[[Json], Item], value: object) -> Item | None:
    try:
        return rescue(checks.record(value))
    except Malformed:
        return None


def _values(records: Iterable[tuple[int, Item]]) -> tuple[Item, ...]:
    return tuple(item for _, item in records)


def _unique(records: list[tuple[int, Identified]], key: str, problems: list[str]) -> list[tuple[int, Identified]]:
    """The records without those whose uid another one before them has."""
    first: dict[str, int] = {}
    for index, item in records:
        if first.setdefault(item.uid, index) != index:
            problems.append(f"{key}[{index}].uid: is that of {key}[{first[item.uid]}] too")
    return [(index, item) for index, item in records if first[item.uid] == index]


def _of_documents(annotations: list[tuple[int, Annotation]], known: set[str], problems: list[str]) -> list[Annotation]:
    placed: list[Annotation] = []
    for index, annotation in annotations:
        if annotation.document_uid in known:
            placed.append(annotation)
        else:
            problems.append(f"annotations[{index}].document: is not among the documents of this file")
    return placed


def _tag(value: Json) -> Tag:
    return Tag("", checks.filled(value, "name"), checks.text(value, "color"), checks.text(value, "description"))


def _document(value: Json) -> DocumentRecord:
    metadata = checks.metadata(value)
    format_name = checks.text(value, "format") or "text"
    if format_name not in FORMATS:
        raise Malformed("format", f"“{format_name}” is not one of {', '.join(FORMATS)}")
    return DocumentRecord(
        uid=checks.uuid(value, "uid"),
        format=format_name,
        metadata=metadata,
        tags=checks.texts(value, "tags"),
        file=_part(value, "file", _file),
        text=_part(value, "text", _text),
    )


def _bare_document(value: Json) -> DocumentRecord:
    """What the marks of a malformed document need to find it: its uid, and its title to search by."""
    title = value.get("title")
    title = checks.clean(title, "title") if isinstance(title, str) else ""
    return DocumentRecord(checks.uuid(value, "uid"), "text", Metadata(title=title))


def _part(value: Json, key: str, read: Callable[[Json], Item]) -> Item | None:
    """The object under `key`, None when there is none."""
    part = value.get(key)
    if part is None:
        return None
    try:
        return read(checks.record(part))
    except Malformed as fault:
        raise Malformed(f"{key}.{fault.place}" if fault.place else key, fault.fault) from None


def _file(value: Json) -> FileFacts:
    return FileFacts(checks.sha256(value, "sha256"), checks.whole(value, "size"))


def _text(value: Json) -> TextFacts:
    return TextFacts(
        sha256=checks.sha256(value, "sha256"),
        length=checks.whole(value, "length"),
        reader=checks.text(value, "reader"),
        reader_version=checks.whole(value, "reader_version"),
        normaliser_version=checks.whole(value, "normaliser_version"),
        view=view if (view := checks.text(value, "view")) in VIEWS else "",
        corrects=checks.sha256(value, "corrects") if value.get("edits") else "",
        edits=_edits(value.get("edits")),
    )


def _edits(value: Any) -> tuple[Edit, ...]:
    """How a text was corrected: in text order, and with something that stays between two of them."""
    if value is None:
        return ()
    if not isinstance(value, list):
        raise Malformed("edits", "is not a list")
    found: list[Edit] = []
    for row in cast("list[Any]", value):
        least = found[-1].end + 1 if found else 0
        match row:
            case [int(start), int(end), str(words)] if bool not in map(type, (start, end)) and least <= start <= end:
                found.append(Edit(start, end, checks.clean(words, "edits")))
            case _:
                raise Malformed("edits", "is not a list of starts, ends and words in the order of the text")
    return tuple(found)


def _with_masks(
    top: Json, documents: list[tuple[int, DocumentRecord]], problems: list[str]
) -> list[tuple[int, DocumentRecord]]:
    """The documents with their masks, each of which is read on its own."""
    first: dict[str, str] = {}
    found: list[tuple[int, DocumentRecord]] = []
    for index, document in documents:
        faults: list[str] = []
        read = _records(top["documents"][index], "masks", partial(_mask, document.uid), faults)
        masks: list[Mask] = []
        for number, mask in read:
            here = f"documents[{index}].masks[{number}]"
            if first.setdefault(mask.uid, here) == here:
                masks.append(mask)
            else:
                problems.append(f"{here}.uid: is that of {first[mask.uid]} too")
        problems += [f"documents[{index}].{fault}" for fault in faults]
        found.append((index, replace(document, masks=tuple(masks)) if masks else document))
    return found


def _mask(document_uid: str, value: Json) -> Mask:
    created, modified = _times(value)
    anchor = _part(value, "anchor", anchor_of)
    if anchor is None:
        raise Malformed("anchor", "is missing")
    return Mask(
        uid=checks.uuid(value, "uid"),
        document_uid=document_uid,
        anchor=anchor,
        state=checks.choice(value, "state", MaskState, MaskState.HIDDEN),
        anchor_state=checks.choice(value, "anchor_state", AnchorState, AnchorState.EXACT),
        created=created,
        modified=modified,
    )


def _times(value: Json) -> tuple[str, str]:
    """When a record was made and last changed; one of them is enough."""
    created, modified = checks.instant(value, "created"), checks.instant(value, "modified")
    if not created and not modified:
        raise Malformed("created", "is missing")
    return created or modified, modified or created


def _annotation(pictures: dict[str, Picture], watch: Watch, value: Json) -> Annotation:
    """An annotation; the picture that it is kept with goes to `pictures`."""
    watch.step()
    created, modified = _times(value)
    picture = _part(value, "picture", _picture)
    sha256 = hashlib.sha256(picture.data).hexdigest() if picture else ""
    if picture:
        pictures[sha256] = picture
    return Annotation(
        uid=checks.uuid(value, "uid"),
        document_uid=checks.uuid(value, "document"),
        anchor=_part(value, "anchor", anchor_of),
        color=checks.choice(value, "color", Color, Color.YELLOW),
        style=checks.choice(value, "style", Style, Style.HIGHLIGHT),
        note=checks.text(value, "note"),
        tags=checks.texts(value, "tags"),
        created=created,
        modified=modified,
        state=checks.choice(value, "state", AnchorState, AnchorState.EXACT),
        score=checks.fraction(value, "score", 1.0),
        picture=sha256,
        reviewed=checks.instant(value, "reviewed"),
    )


def _picture(value: Json) -> Picture:
    media_type = checks.text(value, "media_type")
    if media_type not in PICTURE_TYPES:
        raise Malformed("media_type", f"“{media_type}” is not one of {', '.join(PICTURE_TYPES)}")
    try:
        data = b64decode(checks.text(value, "data"), validate=True)
    except ValueError:
        raise Malformed("data", "is not in base64") from None
    if not 0 < len(data) <= LARGEST_PICTURE:
        raise Malformed("data", "is empty" if not data else "is larger than 32 MB")
    return Picture(media_type, data)
