"""PDF -> document: the text of its pages as PDFium reads it, with what is known of their shape."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from reader.formats.pdf.annotations import whole
from reader.formats.pdf.blocks import blocks_of
from reader.formats.pdf.contents import Bookmark, bookmarks, outline_of, targets_of
from reader.formats.pdf.details import details_of
from reader.formats.pdf.dividing import read_pages
from reader.formats.pdf.file import PdfFile
from reader.formats.pdf.link_spans import Linked
from reader.formats.pdf.page_parts import PageParts
from reader.formats.pdf.pdfium import pdfium, wide
from reader.formats.pdf.places import Place, Places, href_of
from reader.formats.request import Request
from reader.formats.titles import shortened, title_of
from reader.model.document import (
    Block,
    BlockKind,
    Document,
    Metadata,
    OutlineEntry,
    PageBreak,
    Sheet,
    Span,
    SpanKind,
)
from reader.text.joining import joined

NAME = "pdf"
VERSION = 1

_NO_TEXT = "This document has no text layer, as scans have none: areas of its pages can be marked, words cannot."
_DAMAGED = "{} of this document {} damaged and cannot be shown."
_NO_TITLES = frozenset("contents|table of contents|abstract|summary|introduction|inhalt|inhaltsverzeichnis".split("|"))
_MOST_SPANS = 100_000
_BETWEEN = "\f"


def read(request: Request) -> Document:
    """The document in a PDF. Raises FormatError; PasswordNeeded when it is locked."""
    file = PdfFile(request.data, request.name, request.password)
    try:
        places = Places(file)
        pages = read_pages(file, places)
        metadata = details_of(file, request.data, request.limits)
        return _document(file, pages, bookmarks(places), metadata, request.name)
    finally:
        file.close()


def _document(
    file: PdfFile, pages: Sequence[PageParts], marks: Sequence[Bookmark], metadata: Metadata, name: str
) -> Document:
    text = _BETWEEN.join([page.text for page in pages])
    starts = list(accumulate((len(page.text) + 1 for page in pages), initial=0))[:-1]
    outline = outline_of(marks, pages, starts)
    blocks = blocks_of(text, pages, {entry.position: (entry.title, entry.level) for entry in outline})
    labels = _labels(file)
    inside = {target for page in pages for _, _, target in page.links if isinstance(target, Place)}
    comments = [comment for page, start in zip(pages, starts, strict=True) for comment in page.comments_at(start)]
    return Document(
        text,
        blocks=blocks,
        spans=tuple(_spans([page.links for page in pages], starts, blocks)),
        outline=tuple(outline or _headings(text, blocks)),
        targets=targets_of(inside, pages, starts),
        metadata=replace(metadata, title=metadata.title or _title(text, blocks, pages, name)),
        hard_wrapped=True,
        pages=tuple(PageBreak(labels[at] or str(at + 1), start) for at, start in enumerate(starts)),
        comments=whole(comments),
        notices=tuple(_notices(text, pages)),
        sheets=tuple(
            Sheet(start, round(width, 3), round(height, 3), label)
            for start, (width, height), label in zip(starts, (page.size for page in pages), labels, strict=True)
        ),
    )


def _labels(file: PdfFile) -> list[str]:
    """The label of each page; all empty where the file has none."""
    ask = pdfium().FPDF_GetPageLabel
    return [" ".join(wide(ask, file.handle, number).split()) for number in range(file.count)]


def _spans(links: Sequence[Sequence[Linked]], starts: Sequence[int], blocks: Sequence[Block]) -> list[Span]:
    """The links as spans, each within its block."""
    spans: list[Span] = []
    at = 0
    for start, low, high, target in sorted(
        (
            (start, low, high, href_of(target))
            for start, page in zip(starts, links, strict=True)
            for low, high, target in page
        )
    ):
        low, high = start + low, start + high
        while at + 1 < len(blocks) and blocks[at].end <= low:
            at += 1
        if (end := min(high, blocks[at].end)) > low and len(spans) < _MOST_SPANS:
            spans.append(Span(SpanKind.LINK, low, end, target))
    return sorted(spans, key=lambda span: (span.start, -span.end))


def _headings(text: str, blocks: Sequence[Block]) -> list[OutlineEntry]:
    return [
        OutlineEntry(shortened(joined(text, block.start, block.end)), block.level, block.start)
        for block in blocks
        if block.kind is BlockKind.HEADING
    ]


def _title(text: str, blocks: Sequence[Block], pages: Sequence[PageParts], name: str) -> str:
    """What the first page says in the largest type, else what any text would be called, else the file's name."""
    end = len(pages[0].text)
    headings = [block for block in blocks if block.kind is BlockKind.HEADING and block.start < end]
    named = name.rpartition(".")[0] or name
    if headings:
        first = min(headings, key=lambda block: (block.level, block.start))
        title = shortened(joined(text, first.start, first.end))
        return named if title.casefold() in _NO_TITLES else title
    return title_of(text) if text.strip() else named


def _notices(text: str, pages: Sequence[PageParts]) -> list[str]:
    damaged = sum(page.frame is None for page in pages)
    notices: list[str] = []
    if not text.strip() and damaged < len(pages):
        notices.append(_NO_TEXT)
    if damaged:
        count = "One page" if damaged == 1 else f"{damaged:,} pages"
        notices.append(_DAMAGED.format(count, "is" if damaged == 1 else "are"))
    return notices
