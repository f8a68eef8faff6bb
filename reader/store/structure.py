"""A document's structure as JSON: compact arrays, defaults at the end left out."""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

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
from reader.store.errors import damaged

_BLOCK_KINDS = {kind.value: kind for kind in BlockKind}
_SPAN_KINDS = {kind.value: kind for kind in SpanKind}
_BLOCK_FIELDS = (
    "level", "number", "quote_depth", "table", "row", "column", "row_span", "column_span", "header", "asset",
    "direction",
)  # fmt: skip
_COMMENT_DEFAULTS: list[Any] = ["comment", "", [], "", []]
_BLOCK_DEFAULTS = (0, "", 0, -1, 0, 0, 1, 1, False, "", "")


def _block(block: Block) -> list[Any]:
    values = [getattr(block, name) for name in _BLOCK_FIELDS]
    while values and values[-1] == _BLOCK_DEFAULTS[len(values) - 1]:
        values.pop()
    return [block.kind.value, block.start, block.end, *values]


def _span(span: Span) -> list[Any]:
    values: list[Any] = [span.kind.value, span.start, span.end]
    return [*values, span.href] if span.href else values


def _comment(comment: Comment) -> list[Any]:
    values: list[Any] = [comment.start, comment.end, comment.text, comment.author, comment.created]
    rects = [[rect.page, rect.left, rect.top, rect.right, rect.bottom] for rect in comment.rects]
    more = [comment.kind.value, comment.color or "", rects, comment.uid, list(comment.tags)]
    return values if more == _COMMENT_DEFAULTS else values + more


def encode(document: Document) -> str:
    """The structure of a document without its text and pictures; empty when there is none."""
    parts: dict[str, Any] = {
        "blocks": [_block(block) for block in document.blocks],
        "spans": [_span(span) for span in document.spans],
        "outline": [[entry.title, entry.level, entry.position] for entry in document.outline],
        "targets": dict(document.targets),
        "pages": [[page.label, page.position] for page in document.pages],
        "debris": [[debris.kind.value, debris.start, debris.end] for debris in document.debris],
        "comments": [_comment(comment) for comment in document.comments],
        "notices": list(document.notices),
        "sheets": [[sheet.start, sheet.width, sheet.height, sheet.label] for sheet in document.sheets],
    }
    present = {name: value for name, value in parts.items() if value}
    return json.dumps(present, ensure_ascii=False, separators=(",", ":")) if present else ""


def decode(text: str, document: Document) -> Document:
    """`document` with the structure that `encode` wrote. Raises LibraryDamaged when it is not one."""
    try:
        return _decoded(text, document)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise damaged() from error


def _decoded(text: str, document: Document) -> Document:
    parts: dict[str, Sequence[Any]] = json.loads(text)
    return replace(
        document,
        blocks=tuple([Block(_BLOCK_KINDS[kind], *rest) for kind, *rest in parts.get("blocks", ())]),
        spans=tuple([Span(_SPAN_KINDS[kind], *rest) for kind, *rest in parts.get("spans", ())]),
        outline=tuple([OutlineEntry(*entry) for entry in parts.get("outline", ())]),
        targets=dict(parts.get("targets", {})),
        pages=tuple([PageBreak(*page) for page in parts.get("pages", ())]),
        debris=tuple([Debris(DebrisKind(kind), start, end) for kind, start, end in parts.get("debris", ())]),
        comments=_comments(parts.get("comments", ())),
        notices=tuple(parts.get("notices", ())),
        sheets=tuple([Sheet(*sheet) for sheet in parts.get("sheets", ())]),
    )


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
