"""What a template is given, as JSON: the export's head, and each document with its marks.

It travels to another process, where the template runs; resources/schema/templates.md says what everything means.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice
from typing import Any

from reader import __version__
from reader.interchange.outgoing import Mark, Outgoing
from reader.interchange.records import DocumentRecord
from reader.interchange.w3c_terms import OFFSET_UNIT
from reader.model.annotation import Style
from reader.text.citing import source_line

_YEAR = re.compile(r"\d{4}")
_NO_WORD = re.compile(r"[^0-9a-z]+")


@dataclass(frozen=True, slots=True)
class TemplateRequest:
    """A template, called `name` (with the ending of what it makes), its `source`, and the JSON that it is given."""

    name: str
    source: str
    head: bytes
    documents: Sequence[bytes]


Render = Callable[[TemplateRequest], Iterator[str]]
"""Runs a template where it can do no harm: empty pieces meanwhile, then the text. ReaderError says what is wrong."""


def pieces(outgoing: Outgoing, name: str, source: str, render: Render) -> Iterator[str]:
    """The export that a template makes."""
    documents: list[bytes] = []
    for number, (record, marks) in enumerate(outgoing.by_document()):
        documents.append(document_json(record, marks, number))
        # Whoever waits may stop it here.
        yield ""
    yield from render(TemplateRequest(name, source, head_json(outgoing), documents))


def limited(outgoing: Outgoing, most: int) -> Outgoing:
    """The same export of its first `most` annotations only, for a look at how it begins."""
    return replace(
        outgoing, snapshot=replace(outgoing.snapshot, annotations=islice(outgoing.snapshot.annotations, most))
    )


def head_json(outgoing: Outgoing) -> bytes:
    """What belongs to the whole export."""
    snapshot = outgoing.snapshot
    return _json(
        {
            "total": outgoing.total,
            "exported": outgoing.exported,
            "offset_unit": OFFSET_UNIT,
            "program": f"Passage {__version__}",
            "categories": [{"color": color.value, "name": name} for color, name in snapshot.categories.items()],
            "tags": [{"name": tag.name, "color": tag.color, "description": tag.description} for tag in snapshot.tags],
        }
    )


def document_json(record: DocumentRecord, marks: Iterable[Mark], number: int) -> bytes:
    """A document with its marks; `number` counts documents from 0."""
    about, text = record.metadata, record.text

    # Most marks are on a page with others.
    @cache
    def cited(page: str) -> str:
        return source_line(about, f"p. {page}" if page else "")

    year = _YEAR.match(about.date)
    return _json(
        {
            "uid": record.uid,
            "key": _key(record, number),
            "title": about.title,
            "subtitle": about.subtitle,
            "authors": about.authors,
            "contributors": about.contributors,
            "source": about.source,
            "publisher": about.publisher,
            "date": about.date,
            "year": year[0] if year else "",
            "language": about.language,
            "url": about.url,
            "identifiers": about.identifiers,
            "format": record.format,
            "tags": record.tags,
            "citation": source_line(about),
            "text_sha256": text.sha256 if text else "",
            "text_length": text.length if text else 0,
            "marks": [_mark(mark, cited(mark.page)) for mark in marks],
        }
    )


def _mark(mark: Mark, cited: str) -> dict[str, Any]:
    annotation = mark.annotation
    anchor = annotation.anchor
    return {
        "number": mark.number,
        "uid": annotation.uid,
        "kind": "document" if anchor is None else "area" if annotation.style is Style.AREA else "passage",
        "quote": mark.words,
        "paragraphs": mark.paragraphs,
        "before": anchor.prefix if anchor else "",
        "after": anchor.suffix if anchor else "",
        "note": annotation.note,
        "tags": annotation.tags,
        "category": mark.category,
        "color": annotation.color.value,
        "style": annotation.style.value,
        "chapter": mark.chapter,
        "headings": mark.headings,
        "page": mark.page,
        "created": annotation.created,
        "changed": annotation.modified,
        "state": annotation.state.value,
        "score": annotation.score,
        "start": anchor.start if anchor else None,
        "end": anchor.end if anchor else None,
        "link": mark.link,
        "citation": cited,
    }


def _key(record: DocumentRecord, number: int) -> str:
    """A word for a document that no other of the export has, as BibTeX wants one: "lee2026n3"."""
    author = record.metadata.authors[0].casefold().split() if record.metadata.authors else []
    name = _NO_WORD.sub("", author[-1]) if author else ""
    return f"{name or 'source'}{record.metadata.date[:4] if _YEAR.match(record.metadata.date) else ''}n{number + 1}"


def _json(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()
