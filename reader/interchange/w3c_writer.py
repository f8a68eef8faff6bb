"""W3C Web Annotation, outwards: one AnnotationCollection with all annotations on its one embedded page.

Everything that the recommendation has a word for is said with that word; a program that knows no other finds each mark
by its quote or its position, in the code points that the recommendation counts in. What it has no word for stands
beside that under names of ours (`w3c_terms`), so that an import here loses no more than pictures of areas, what is
hidden and how texts were corrected.
"""

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from reader.interchange.outgoing import Mark, Outgoing
from reader.interchange.records import DocumentRecord
from reader.interchange.w3c_terms import CONTEXT, MEDIA_FRAGMENTS, OFFSET_UNIT, OUR_CONTEXT, PDF_PAGES, stylesheet
from reader.model.annotation import Anchor, AnchorState, Annotation, Color
from reader.model.contents import Contents
from reader.model.library import Tag

ANNOTATIONS_A_PIECE = 100
"""Few enough to stay in the processor's cache until they are written."""

Json = dict[str, Any]


def pieces(outgoing: Outgoing) -> Iterator[str]:
    """The file in pieces of at most 100 annotations, each annotation on a line."""
    collection = uuid5(NAMESPACE_URL, "\n".join((outgoing.exported, *(one.uid for one in outgoing.snapshot.documents))))
    head, page = f"urn:uuid:{collection}", f"urn:uuid:{uuid5(collection, 'page')}"
    styles = f"urn:uuid:{uuid5(collection, 'styles')}"
    opening = json.dumps(_collection(outgoing, head, page, styles), ensure_ascii=False, indent=1)
    # The page is open-ended: its annotations follow one by one.
    yield opening.removesuffix("]\n }\n}")
    encode = json.JSONEncoder(ensure_ascii=False).encode
    marks = (encode(_annotation(mark, styles)) for mark in outgoing.marks())
    separator = "\n"
    while batch := list(islice(marks, ANNOTATIONS_A_PIECE)):
        yield separator + ",\n".join(batch)
        separator = ",\n"
    yield "\n]\n }\n}\n"


def _collection(outgoing: Outgoing, collection: str, page: str, styles: str) -> Json:
    """Everything but the annotations; the page that they go to comes last."""
    snapshot = outgoing.snapshot
    first = {"id": page, "type": "AnnotationPage", "partOf": collection, "startIndex": 0, "items": list[Json]()}
    return {
        "@context": [CONTEXT, OUR_CONTEXT],
        "id": collection,
        "type": "AnnotationCollection",
        "label": "Annotations made with Passage",
        "generator": {"id": "urn:passage:program", "type": "Software", "name": "Passage"},
        "generated": outgoing.exported,
        "offsetUnit": OFFSET_UNIT,
        "documents": [_document(record) for record in snapshot.documents],
        "categories": [{"styleClass": color.value, "label": snapshot.categories[color]} for color in Color],
        "tags": [_tag(tag) for tag in snapshot.tags],
        "styles": {"id": styles, "type": "CssStylesheet", "value": stylesheet()},
        "total": outgoing.total,
        "last": page,
        "first": first,
    }


def _tag(tag: Tag) -> Json:
    return _filled({"label": tag.name, "color": tag.color, "description": tag.description})


def _document(record: DocumentRecord) -> Json:
    metadata, text, file = record.metadata, record.text, record.file
    found: Json = {
        "id": f"urn:uuid:{record.uid}",
        "type": "Text",
        "documentFormat": record.format,
        "title": metadata.title,
        "subtitle": metadata.subtitle,
        "authors": metadata.authors,
        "contributors": metadata.contributors,
        "isPartOf": metadata.source,
        "publisher": metadata.publisher,
        "date": metadata.date,
        "language": metadata.language,
        "url": metadata.url,
        "identifiers": metadata.identifiers,
        "keywords": record.tags,
    }
    if file:
        found |= {"fileSha256": file.sha256, "fileSize": file.size}
    if text:
        found |= {
            "textSha256": text.sha256,
            "textLength": text.length,
            "reader": text.reader,
            "readerVersion": text.reader_version,
            "normaliserVersion": text.normaliser_version,
            "view": text.view,
        }
    return _filled(found)


def _filled(value: Json) -> Json:
    """The object without texts and lists in which there is nothing."""
    return {key: one for key, one in value.items() if one not in ("", (), [])}


def _annotation(mark: Mark, styles: str) -> Json:
    annotation = mark.annotation
    found: Json = {
        "id": f"urn:uuid:{annotation.uid}",
        "type": "Annotation",
        "motivation": _motivation(annotation),
        "created": annotation.created,
        "modified": annotation.modified,
        "stylesheet": styles,
    }
    if bodies := _bodies(annotation):
        found["body"] = bodies
    found["target"] = _target(annotation, mark.contents)
    if mark.headings:
        found["headings"] = mark.headings
    if mark.page:
        found["page"] = mark.page
    found["link"] = mark.link
    if annotation.reviewed:
        found["reviewed"] = annotation.reviewed
    if annotation.state is not AnchorState.EXACT or annotation.score != 1.0:
        found |= {"anchorState": annotation.state.value, "likeness": annotation.score}
    if annotation.anchor and _needs_more(annotation):
        found["anchor"] = _whole(annotation.anchor)
    return found


def _motivation(annotation: Annotation) -> str:
    if annotation.note:
        return "commenting"
    return "tagging" if annotation.tags else "highlighting"


def _bodies(annotation: Annotation) -> list[Json]:
    bodies = [{"type": "TextualBody", "purpose": "tagging", "value": tag} for tag in annotation.tags]
    if annotation.note:
        note = {"type": "TextualBody", "purpose": "commenting", "format": "text/markdown", "value": annotation.note}
        return [note, *bodies]
    return bodies


def _target(annotation: Annotation, contents: Contents) -> Json:
    anchor = annotation.anchor
    found: Json = {"type": "SpecificResource", "source": f"urn:uuid:{annotation.document_uid}"}
    if anchor and (selectors := _selectors(annotation, anchor, contents)):
        found["selector"] = selectors
    if state := _state(annotation, contents):
        found["state"] = state
    found["styleClass"] = [annotation.color.value, annotation.style.value]
    return found


def _state(annotation: Annotation, contents: Contents) -> list[Json]:
    """The instant of the text in which the positions count."""
    if annotation.anchor is None or not contents.read:
        return []
    return [{"type": "TimeState", "sourceDate": contents.read}]


def _selectors(annotation: Annotation, anchor: Anchor, contents: Contents) -> list[Json]:
    found: list[Json] = []
    if anchor.exact:
        # The recommendation wants both beside each other even where the text begins or ends.
        around = {"prefix": anchor.prefix, "suffix": anchor.suffix}
        found.append({"type": "TextQuoteSelector", "exact": anchor.exact, **around})
    if annotation.state is AnchorState.LOST:
        return found  # its position is the last one known, at which another program would mark other words
    if anchor.exact:
        found.append({"type": "TextPositionSelector", "start": anchor.start, "end": anchor.end})
    page = contents.sheet(anchor)
    if page is not None:
        found.append(_page_selector(page, anchor))
    return found


def _page_selector(page: int, anchor: Anchor) -> Json:
    """The page on which it begins, refined by the frame round all of it when no other page has any of it."""
    found: Json = {"type": "FragmentSelector", "conformsTo": PDF_PAGES, "value": f"page={page + 1}"}
    if anchor.rects and all(rect.page == page for rect in anchor.rects):
        left, top = min(rect.left for rect in anchor.rects), min(rect.top for rect in anchor.rects)
        right, bottom = max(rect.right for rect in anchor.rects), max(rect.bottom for rect in anchor.rects)
        frame = ",".join(f"{100 * edge:.6g}" for edge in (left, top, right - left, bottom - top))
        found["refinedBy"] = {
            "type": "FragmentSelector",
            "conformsTo": MEDIA_FRAGMENTS,
            "value": f"xywh=percent:{frame}",
        }
    return found


def _needs_more(annotation: Annotation) -> bool:
    """Whether the recommendation's selectors do not say all of where it is."""
    anchor = annotation.anchor
    return anchor is not None and (
        annotation.state is AnchorState.LOST or not anchor.exact.strip() or bool(anchor.rects)
    )


def _whole(anchor: Anchor) -> Json:
    edges = ("page", "left", "top", "right", "bottom")
    return {
        "start": anchor.start,
        "end": anchor.end,
        "exact": anchor.exact,
        "prefix": anchor.prefix,
        "suffix": anchor.suffix,
        "rects": [{edge: getattr(rect, edge) for edge in edges} for rect in anchor.rects],
    }
