"""References to notes stand raised, as printers set them, also where a page leaves that to its style sheet."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from reader.formats.html.notes import is_label
from reader.model.document import Block, BlockKind, Document, Span, SpanKind


def with_raised(document: Document, named: Collection[str]) -> Document:
    """The document with each reference to a note as SUPERSCRIPT, unless some of it is already.

    `named` are the targets to which a link of the page itself says that it is such a reference. Of all other links
    those are meant that lead to a note. They stand in the text and are nothing but a label.
    """
    if not named and not any(block.kind is BlockKind.FOOTNOTE for block in document.blocks):
        return document
    raised = [Span(SpanKind.SUPERSCRIPT, link.start, link.end) for link in _references(document, named)]
    if not raised:
        return document
    spans = sorted((*document.spans, *raised), key=lambda span: (span.start, -span.end))
    return replace(document, spans=tuple(spans))


def _references(document: Document, named: Collection[str]) -> Iterator[Span]:
    """The links to notes that nothing raises yet."""
    blocks, starts = document.blocks, [block.start for block in document.blocks]
    above = 0
    for span in document.spans:
        if span.kind is SpanKind.SUPERSCRIPT:
            above = max(above, span.end)
        if span.kind is not SpanKind.LINK or not span.href.startswith("#"):
            continue
        target = document.targets.get(span.href[1:])
        label = document.text[span.start : span.end]
        # Stars and daggers are high and small as they are.
        if target is None or not is_label(label) or not any(map(str.isalnum, label)):
            continue
        here, there = _at(blocks, starts, span.start), _at(blocks, starts, target)
        if here.kind is BlockKind.FOOTNOTE or span.start == here.start or _is_raised(document, span, above):
            continue
        if there.kind is BlockKind.FOOTNOTE or span.href[1:] in named:
            yield span


def _is_raised(document: Document, link: Span, above: int) -> bool:
    """Whether something in a link is superscript; `above` is the end of all that began before it."""
    if above > link.start:
        return True
    after = bisect_left(document.spans, link.start, key=lambda span: span.start)
    for place in range(after, len(document.spans)):
        span = document.spans[place]
        if span.start >= link.end:
            return False
        if span.kind is SpanKind.SUPERSCRIPT:
            return True
    return False


def _at(blocks: Sequence[Block], starts: list[int], position: int) -> Block:
    return blocks[max(bisect_right(starts, position) - 1, 0)]
