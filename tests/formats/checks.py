"""What is true of every document, whatever it was read from."""

import re

from reader.formats.errors import FormatError
from reader.formats.registry import parse
from reader.formats.request import Request
from reader.model.document import Block, BlockKind, Document, SpanKind
from reader.text.normalise import normalise

ASSET_TYPES = {"", "image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp", "image/svg+xml"}
LINKS = ("#", "http:", "https:", "mailto:", "ftp:", "tel:", "doi:")


def document_of(source: str | bytes, kind: str) -> Document:
    """The document in a source text, checked."""
    data = source.encode("utf-8", "replace") if isinstance(source, str) else source
    document = parse(Request(data, "a file"), kind).document
    check(document)
    return document


def attempt(source: str | bytes, kind: str) -> Document | None:
    """The document, checked, or None when it was refused, in one sentence as it must be."""
    try:
        return document_of(source, kind)
    except FormatError as error:
        said = str(error)
    assert "\n" not in said
    assert said.endswith(".")
    return None


def shown(document: Document) -> list[tuple[str, str]]:
    """(kind, text) of each block."""
    return [(block.kind.value, text_of(document, block)) for block in document.blocks]


def text_of(document: Document, block: Block) -> str:
    return document.text[block.start : block.end]


def spans_of(document: Document) -> list[tuple[str, str]]:
    """(kind, text) of each span."""
    return [(span.kind.value, document.text[span.start : span.end]) for span in document.spans]


def check(document: Document, *, own_outline: bool = False) -> None:
    """Fail when a document breaks a promise of the model; `own_outline`: it has other contents than its headings."""
    assert document.text == normalise(document.text)
    assert document.metadata.title.strip()
    _check_blocks(document)
    _check_spans(document)
    names = {asset.name for asset in document.assets}
    assert all(block.asset in names for block in document.blocks if block.asset)
    assert all(asset.media_type in ASSET_TYPES for asset in document.assets)
    assert all(bool(asset.data) == bool(asset.media_type) for asset in document.assets)
    assert all(0 <= position <= len(document.text) for position in document.targets.values())
    starts = {block.start for block in document.blocks if block.kind is BlockKind.HEADING}
    positions = [entry.position for entry in document.outline]
    assert own_outline or positions == sorted(starts)
    assert positions == sorted(positions)
    assert all(0 <= position <= len(document.text) for position in positions)
    assert [page.position for page in document.pages] == sorted(page.position for page in document.pages)


def _check_blocks(document: Document) -> None:
    if document.is_plain:
        return
    end = -1
    for block in document.blocks:
        assert block.start == end + 1, "blocks are joined by one line end each"
        assert block.start <= block.end <= len(document.text)
        assert end < 0 or document.text[end] in ("\n\f" if document.sheets else "\n")
        assert block.row_span >= 1
        assert block.column_span >= 1
        assert (block.kind is BlockKind.TABLE_CELL) == (block.table >= 0)
        end = block.end
    assert end == len(document.text), "all text is in blocks"


def _check_spans(document: Document) -> None:
    blocks = iter(document.blocks)
    block = next(blocks, None)
    for span in document.spans:
        assert span.start < span.end
        while block is not None and block.end < span.end:
            block = next(blocks, None)
        assert block is not None
        assert block.start <= span.start, "a span stays in its block"
        if span.kind is SpanKind.LANGUAGE:
            assert re.fullmatch(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", span.href)
        else:
            assert not span.href or span.href.startswith(LINKS)
    assert list(document.spans) == sorted(document.spans, key=lambda s: (s.start, -s.end))
