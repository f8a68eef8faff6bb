"""A document's structure as JSON: compact arrays, defaults at the end left out."""

import json
from collections.abc import Sequence
from typing import Any

from reader.model.document import Block, BlockKind, Document, OutlineEntry, Span, SpanKind
from reader.store.errors import damaged

_BLOCK_KINDS = {kind.value: kind for kind in BlockKind}
_SPAN_KINDS = {kind.value: kind for kind in SpanKind}
_BLOCK_FIELDS = (
    "level", "number", "quote_depth", "table", "row", "column", "row_span", "column_span", "header", "asset"
)  # fmt: skip
_BLOCK_DEFAULTS = (0, "", 0, -1, 0, 0, 1, 1, False, "")


def _block(block: Block) -> list[Any]:
    values = [getattr(block, name) for name in _BLOCK_FIELDS]
    while values and values[-1] == _BLOCK_DEFAULTS[len(values) - 1]:
        values.pop()
    return [block.kind.value, block.start, block.end, *values]


def _span(span: Span) -> list[Any]:
    values: list[Any] = [span.kind.value, span.start, span.end]
    return [*values, span.href] if span.href else values


def encode(document: Document) -> str:
    """The structure of a document without its text and pictures; empty for plain text."""
    if not (document.blocks or document.spans or document.outline or document.targets):
        return ""
    parts: dict[str, Any] = {
        "blocks": [_block(block) for block in document.blocks],
        "spans": [_span(span) for span in document.spans],
        "outline": [[entry.title, entry.level, entry.position] for entry in document.outline],
        "targets": dict(document.targets),
    }
    present = {name: value for name, value in parts.items() if value}
    return json.dumps(present, ensure_ascii=False, separators=(",", ":"))


Structure = tuple[tuple[Block, ...], tuple[Span, ...], tuple[OutlineEntry, ...], dict[str, int]]


def decode(text: str) -> Structure:
    """Blocks, spans, outline and link targets of `encode`'s result. Raises LibraryDamaged when it is not one."""
    try:
        return _decoded(text)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise damaged() from error


def _decoded(text: str) -> Structure:
    parts: dict[str, Sequence[Any]] = json.loads(text)
    blocks = tuple([Block(_BLOCK_KINDS[kind], *rest) for kind, *rest in parts.get("blocks", ())])
    spans = tuple([Span(_SPAN_KINDS[kind], *rest) for kind, *rest in parts.get("spans", ())])
    outline = tuple([OutlineEntry(*entry) for entry in parts.get("outline", ())])
    return blocks, spans, outline, dict(parts.get("targets", {}))
