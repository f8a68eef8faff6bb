"""Passage 1, outwards: a snapshot as canonical JSON, piece by piece.

The text equals `json.dumps(value, ensure_ascii=False, indent=1)` of the same value, which the tests compare. It is
put together by hand because that call takes the slow encoder when it indents, and wants everything in memory.
"""

from base64 import b64encode
from collections.abc import Iterable, Iterator
from itertools import islice
from json.encoder import encode_basestring as quoted

from reader.interchange.records import DocumentRecord, Snapshot, TextFacts
from reader.model.annotation import Anchor, Annotation, Color, PageRect, Picture
from reader.model.library import Tag
from reader.model.mask import Mask

FORMAT = "passage 1"

UNITS = {
    "position": "code points from 0, end exclusive",
    "length": "code points",
    "file_size": "bytes",
    "rectangle": "fractions of the page, from its top left corner",
    "time": "UTC",
}

ANNOTATIONS_A_PIECE = 100
"""Few enough to stay in the processor's cache until they are written."""


def pieces(snapshot: Snapshot) -> Iterator[str]:
    """The file's text in pieces of at most 100 annotations each, in order."""
    yield "".join(_head(snapshot))
    annotations = iter(snapshot.annotations)
    separator = ""
    while batch := list(islice(annotations, ANNOTATIONS_A_PIECE)):
        yield separator + ",".join([_annotation(mark, snapshot.picture(mark)) for mark in batch])
        separator = ","
    yield "\n ]\n}\n" if separator else "]\n}\n"


def dumps(snapshot: Snapshot) -> str:
    """The whole file as one text."""
    return "".join(pieces(snapshot))


def _head(snapshot: Snapshot) -> Iterator[str]:
    yield f'{{\n "format": {quoted(FORMAT)},\n "units": '
    yield _object(((key, quoted(text)) for key, text in UNITS.items()), 1)
    if snapshot.total is not None:
        yield f',\n "counts": {_object(_counts(snapshot, snapshot.total), 1)}'
    yield ',\n "categories": '
    yield _object(((color, quoted(snapshot.categories[color])) for color in Color), 1)
    yield f',\n "tags": {_array(map(_tag, snapshot.tags), 1)}'
    yield f',\n "documents": {_array(map(_document, snapshot.documents), 1)}'
    yield ',\n "annotations": ['


def _counts(snapshot: Snapshot, annotations: int) -> Iterator[tuple[str, str]]:
    yield "tags", str(len(snapshot.tags))
    yield "documents", str(len(snapshot.documents))
    yield "annotations", str(annotations)


def _tag(tag: Tag) -> str:
    fields = (("name", tag.name), ("color", tag.color), ("description", tag.description))
    return _object(((key, quoted(value)) for key, value in fields), 2)


def _document(document: DocumentRecord) -> str:
    metadata, file, text = document.metadata, document.file, document.text
    file_fields = file and (("sha256", quoted(file.sha256)), ("size", str(file.size)))
    text_fields = text and (
        ("sha256", quoted(text.sha256)),
        ("length", str(text.length)),
        ("reader", quoted(text.reader)),
        ("reader_version", str(text.reader_version)),
        ("normaliser_version", str(text.normaliser_version)),
        ("view", quoted(text.view)),
        *_correction(text),
    )
    return _object(
        (
            ("uid", quoted(document.uid)),
            ("title", quoted(metadata.title)),
            ("authors", _strings(metadata.authors, 3)),
            ("source", quoted(metadata.source)),
            ("date", quoted(metadata.date)),
            ("language", quoted(metadata.language)),
            ("url", quoted(metadata.url)),
            ("subtitle", quoted(metadata.subtitle)),
            ("publisher", quoted(metadata.publisher)),
            ("contributors", _strings(metadata.contributors, 3)),
            ("identifiers", _strings(metadata.identifiers, 3)),
            ("tags", _strings(document.tags, 3)),
            ("format", quoted(document.format)),
            ("file", _object(file_fields, 3) if file_fields else "null"),
            ("text", _object(text_fields, 3) if text_fields else "null"),
            ("masks", _array(map(_mask, document.masks), 3)),
        ),
        2,
    )


def _correction(text: TextFacts) -> Iterator[tuple[str, str]]:
    if text.edits:
        rows = ((str(edit.start), str(edit.end), quoted(edit.replacement)) for edit in text.edits)
        yield "corrects", quoted(text.corrects)
        yield "edits", _array((_array(row, 5) for row in rows), 4)


def _mask(mask: Mask) -> str:
    anchor = mask.anchor
    place = (
        ("start", str(anchor.start)),
        ("end", str(anchor.end)),
        ("exact", quoted(anchor.exact)),
        ("prefix", quoted(anchor.prefix)),
        ("suffix", quoted(anchor.suffix)),
    )
    return _object(
        (
            ("uid", quoted(mask.uid)),
            ("anchor", _object(place, 5)),
            ("state", quoted(mask.state)),
            ("anchor_state", quoted(mask.anchor_state)),
            ("created", quoted(mask.created)),
            ("modified", quoted(mask.modified)),
        ),
        4,
    )


def _annotation(annotation: Annotation, picture: Picture | None) -> str:
    return f"""
  {{
   "uid": {quoted(annotation.uid)},
   "document": {quoted(annotation.document_uid)},
   "anchor": {_anchor(annotation.anchor)},
   "style": "{annotation.style}",
   "color": "{annotation.color}",
   "note": {quoted(annotation.note)},
   "tags": {_strings(annotation.tags, 3)},
   "created": {quoted(annotation.created)},
   "modified": {quoted(annotation.modified)},
   "state": "{annotation.state}",
   "score": {float(annotation.score)!r}{_reviewed(annotation.reviewed)}{_picture(picture) if picture else ""}
  }}"""


def _reviewed(instant: str) -> str:
    return f',\n   "reviewed": {quoted(instant)}' if instant else ""


def _picture(picture: Picture) -> str:
    return f""",
   "picture": {{
    "media_type": {quoted(picture.media_type)},
    "data": "{b64encode(picture.data).decode()}"
   }}"""


def _anchor(anchor: Anchor | None) -> str:
    if anchor is None:
        return "null"
    return f"""{{
    "start": {anchor.start},
    "end": {anchor.end},
    "exact": {quoted(anchor.exact)},
    "prefix": {quoted(anchor.prefix)},
    "suffix": {quoted(anchor.suffix)},
    "rects": {_array(map(_rect, anchor.rects), 4) if anchor.rects else "[]"}
   }}"""


def _rect(rect: PageRect) -> str:
    edges = ((edge, repr(float(getattr(rect, edge)))) for edge in ("left", "top", "right", "bottom"))
    return _object((("page", str(rect.page)), *edges), 5)


def _strings(values: tuple[str, ...], depth: int) -> str:
    return _array(map(quoted, values), depth) if values else "[]"


def _array(items: Iterable[str], depth: int) -> str:
    """A list of texts already in JSON, its closing bracket `depth` deep."""
    inner = "\n" + " " * (depth + 1)
    body = f",{inner}".join(items)
    return f"[{inner}{body}\n{' ' * depth}]" if body else "[]"


def _object(items: Iterable[tuple[str, str]], depth: int) -> str:
    """An object of names and texts already in JSON, its closing brace `depth` deep."""
    inner = "\n" + " " * (depth + 1)
    body = f",{inner}".join(f'"{name}": {value}' for name, value in items)
    return f"{{{inner}{body}\n{' ' * depth}}}"
