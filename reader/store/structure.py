"""A document's structure as JSON: compact arrays, defaults at the end left out.

The blocks and spans of a long text are written in parts, so that opening it reads no more of them than is shown.
"""

import json
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from operator import attrgetter, lt
from typing import Any, TypeVar

from reader.model.annotation import Color, PageRect
from reader.model.document import (
    Block,
    BlockKind,
    Comment,
    CommentKind,
    Debris,
    DebrisKind,
    Document,
    OutlineEntry,
    PageBreak,
    Sheet,
    Span,
    SpanKind,
)
from reader.model.parted import Parted
from reader.store.errors import damaged
from reader.store.texts import PART_LENGTH

WHOLE = 1 << 17
"""Code points of the longest text of which all blocks and spans are written together."""

_BLOCK_KINDS = {kind.value: kind for kind in BlockKind}
_SPAN_KINDS = {kind.value: kind for kind in SpanKind}
_BLOCK_DEFAULTS = (0, "", 0, -1, 0, 0, 1, 1, False, "", "")
_block_fields = attrgetter(
    "level", "number", "quote_depth", "table", "row", "column", "row_span", "column_span", "header", "asset",
    "direction",
)  # fmt: skip
_COMMENT_DEFAULTS: list[Any] = ["comment", "", [], "", []]
_UNSOUND = (ValueError, KeyError, TypeError, AttributeError, RecursionError)

T = TypeVar("T", Block, Span)


@dataclass(frozen=True, slots=True)
class StructurePart:
    """The blocks and the spans that begin in a part of a text, as JSON arrays, and how many they are.

    `start` is the code point where the part begins, which the first of its blocks does, or the text.
    """

    start: int
    block_count: int
    span_count: int
    blocks: str
    spans: str


@dataclass(frozen=True, slots=True)
class Structure:
    """A structure as it is stored: `rest` is a JSON object, empty when there is nothing but plain text.

    With `parts` it has no blocks and no spans but those that reach `across` the end of the part they begin in.
    """

    rest: str = ""
    parts: Sequence[StructurePart] = ()


def _comment(comment: Comment) -> list[Any]:
    values: list[Any] = [comment.start, comment.end, comment.text, comment.author, comment.created]
    rects = [[rect.page, rect.left, rect.top, rect.right, rect.bottom] for rect in comment.rects]
    more = [comment.kind.value, comment.color or "", rects, comment.uid, list(comment.tags)]
    return values if more == _COMMENT_DEFAULTS else values + more


def encode(document: Document) -> Structure:
    """The structure of a document without its text and pictures."""
    blocks = [_block(block) for block in document.blocks]
    spans = [_span(span) for span in document.spans]
    cuts = _cuts(document)
    parts = [_part(blocks, spans, cut, following) for cut, following in pairwise(cuts)]
    values: dict[str, Any] = {
        "outline": [[entry.title, entry.level, entry.position] for entry in document.outline],
        "targets": dict(document.targets),
        "pages": [[page.label, page.position] for page in document.pages],
        "debris": [[debris.kind.value, debris.start, debris.end] for debris in document.debris],
        "comments": [_comment(comment) for comment in document.comments],
        "notices": list(document.notices),
        "sheets": [[sheet.start, sheet.width, sheet.height, sheet.label] for sheet in document.sheets],
    }
    texts = {name: _json(value) for name, value in values.items() if value}
    arrays = {"across": _across(document, spans, cuts)} if parts else {"blocks": blocks, "spans": spans}
    texts = {name: _array(rows) for name, rows in arrays.items() if rows} | texts
    if not texts and not parts:
        return Structure()
    return Structure("{" + ",".join(f'"{name}":{text}' for name, text in texts.items()) + "}", parts)


def _block(block: Block) -> str:
    fields = _block_fields(block)
    if fields == _BLOCK_DEFAULTS:
        return f'["{block.kind}",{block.start},{block.end}]'
    while fields[-1] == _BLOCK_DEFAULTS[len(fields) - 1]:
        fields = fields[:-1]
    return _json([block.kind.value, block.start, block.end, *fields])


def _span(span: Span) -> str:
    more = f",{_json(span.href)}" if span.href else ""
    return f'["{span.kind}",{span.start},{span.end}{more}]'


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _array(rows: Iterable[str]) -> str:
    return f"[{','.join(rows)}]"


_Cut = tuple[int, int, int]
"""Where a part begins: code point, index of its first block, index of its first span."""


def _cuts(document: Document) -> list[_Cut]:
    """Where the parts of a long text begin, and its end; nothing where all is written together."""
    length, blocks, spans = len(document.text), document.blocks, document.spans
    if length <= WHOLE or not blocks:
        return []
    starts = [block.start for block in blocks]
    places = [(span.start, -span.end) for span in spans]
    # Parts are found by their places: what is in no order stays together.
    if not all(map(lt, starts, starts[1:])) or places != sorted(places):
        return []
    cuts: list[_Cut] = [(0, 0, 0)]
    while (at := bisect_left(starts, cuts[-1][0] + PART_LENGTH)) < len(starts) and starts[at] < length:
        cuts.append((starts[at], at, bisect_left(places, (starts[at],))))
    return [*cuts, (length, len(blocks), len(spans))]


def _part(blocks: Sequence[str], spans: Sequence[str], cut: _Cut, following: _Cut) -> StructurePart:
    start, block, span = cut
    _, last_block, last_span = following
    return StructurePart(
        start,
        last_block - block,
        last_span - span,
        _array(blocks[block:last_block]),
        _array(spans[span:last_span]),
    )


def _across(document: Document, spans: Sequence[str], cuts: Sequence[_Cut]) -> list[str]:
    """The spans that reach beyond the end of the part they begin in."""
    return [
        spans[at]
        for (_, _, first), (end, _, last) in pairwise(cuts)
        for at in range(first, last)
        if document.spans[at].end > end
    ]


def decode(structure: Structure, document: Document) -> Document:
    """`document` with the structure that `encode` wrote. Raises LibraryDamaged when it is not one.

    So does, later, whatever looks at a part that is none.
    """
    try:
        return _decoded(structure, document)
    except _UNSOUND as error:
        raise damaged() from error


def _decoded(structure: Structure, document: Document) -> Document:
    rest: dict[str, Sequence[Any]] = json.loads(structure.rest)
    parts = structure.parts
    starts = [part.start for part in parts]
    blocks: Sequence[Block] = _blocks(rest.get("blocks", ()))
    spans: Sequence[Span] = _spans(rest.get("spans", ()))
    if parts:
        block_counts, span_counts = [part.block_count for part in parts], [part.span_count for part in parts]
        blocks = Parted(starts, block_counts, lambda at: _made(_blocks, parts[at].blocks, block_counts[at]))
        across = _spans(rest.get("across", ()))
        spans = Parted(starts, span_counts, lambda at: _made(_spans, parts[at].spans, span_counts[at]), across)
    return replace(
        document,
        blocks=blocks,
        spans=spans,
        outline=tuple([OutlineEntry(*entry) for entry in rest.get("outline", ())]),
        targets=dict(rest.get("targets", {})),
        pages=tuple([PageBreak(*page) for page in rest.get("pages", ())]),
        debris=tuple([Debris(DebrisKind(kind), start, end) for kind, start, end in rest.get("debris", ())]),
        comments=_comments(rest.get("comments", ())),
        notices=tuple(rest.get("notices", ())),
        sheets=tuple([Sheet(*sheet) for sheet in rest.get("sheets", ())]),
    )


def _blocks(rows: Sequence[Any]) -> tuple[Block, ...]:
    return tuple([Block(_BLOCK_KINDS[kind], *rest) for kind, *rest in rows])


def _spans(rows: Sequence[Any]) -> tuple[Span, ...]:
    return tuple([Span(_SPAN_KINDS[kind], *rest) for kind, *rest in rows])


def _made(make: Callable[[Sequence[Any]], tuple[T, ...]], text: str, count: int) -> tuple[T, ...]:
    """The items of a part. Raises LibraryDamaged when it does not hold so many of them."""
    try:
        items = make(json.loads(text))
    except _UNSOUND as error:
        raise damaged() from error
    if len(items) != count:
        raise damaged()
    return items


def _comments(rows: Sequence[Any]) -> tuple[Comment, ...]:
    return tuple([Comment(*row[:5], *(_on_page(*row[5:]) if len(row) > 5 else ())) for row in rows])


def _on_page(kind: str, color: str, rects: Sequence[Any], uid: str, tags: Sequence[str]) -> tuple[Any, ...]:
    places = tuple([PageRect(*rect) for rect in rects])
    return CommentKind(kind), Color(color) if color else None, places, uid, tuple(tags)


def decode_comments(text: str) -> tuple[Comment, ...]:
    """The comments from their part of a structure alone. Raises LibraryDamaged when it is none."""
    try:
        return _comments(json.loads(text))
    except (ValueError, TypeError) as error:
        raise damaged() from error


def decode_sheets(text: str) -> tuple[Sheet, ...]:
    """The sheets from their part of a structure alone. Raises LibraryDamaged when it is none."""
    try:
        return tuple([Sheet(*sheet) for sheet in json.loads(text)])
    except (ValueError, TypeError) as error:
        raise damaged() from error
