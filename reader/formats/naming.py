"""What a document and the lines of its contents are called: the words of headings without references to notes."""

from bisect import bisect_left
from dataclasses import replace

from reader.formats.titles import UNTITLED, title_of
from reader.model.document import BlockKind, Document, OutlineEntry, SpanKind

_BEGINNING = 20_000

_Stretches = list[tuple[int, int]]


def with_outline(document: Document) -> Document:
    """The document whose outline, which must be that of its headings, says no numbers of notes."""
    references = _references(document)
    if not references:
        return document
    ends = {block.start: block.end for block in document.blocks if block.kind is BlockKind.HEADING}
    outline = (_without(entry, ends.get(entry.position, 0), document, references) for entry in document.outline)
    return replace(document, outline=tuple(outline))


def first_words(document: Document, *, alone: bool = False) -> str:
    """A title made of the first words; `alone`: what follows their block does not tell whether they are a heading."""
    first = next((b for b in document.blocks if b.kind is not BlockKind.FIGURE and b.end > b.start), None)
    if first is None:
        return UNTITLED
    end = first.end if alone else min(len(document.text), first.start + _BEGINNING)
    said = _said(document, first.start, end, _references(document))
    return title_of(said if said.strip() else document.text[first.start : first.end])


def _without(entry: OutlineEntry, end: int, document: Document, references: _Stretches) -> OutlineEntry:
    said = _said(document, entry.position, end, references)
    return replace(entry, title=" ".join(said.split()) or entry.title)


def _said(document: Document, start: int, end: int, references: _Stretches) -> str:
    """`text[start:end]` without the references in it."""
    words: list[str] = []
    for place in range(bisect_left(references, (start, start)), len(references)):
        first, last = references[place]
        if last > end:
            break
        words.append(document.text[start:first])
        start = last
    return "".join(words) + document.text[start:end]


def _references(document: Document) -> _Stretches:
    """Where the links are that lead to the beginnings of notes, in their order."""
    notes = {block.start for block in document.blocks if block.kind is BlockKind.FOOTNOTE}
    if not notes:
        return []
    return [
        (span.start, span.end)
        for span in document.spans
        if span.kind is SpanKind.LINK and span.href.startswith("#") and document.targets.get(span.href[1:], -1) in notes
    ]
