"""PDF -> document: the text of its pages as PDFium reads it, with what is known of their shape."""

from reader.formats.errors import FormatError
from reader.formats.pdf.characters import page_text
from reader.formats.pdf.file import PdfFile
from reader.formats.request import Request
from reader.formats.titles import title_of
from reader.model.document import Block, BlockKind, Document, Metadata, Sheet

NAME = "pdf"
VERSION = 1

_NO_TEXT = "This document has no text layer, as scans have none: areas of its pages can be marked, words cannot."


def read(request: Request) -> Document:
    """The document in a PDF. Raises FormatError; PasswordNeeded when it is locked."""
    file = PdfFile(request.data, request.name, request.password)
    try:
        pages = [_text(file, number) for number in range(file.count)]
        sizes = [file.size(number) for number in range(file.count)]
    finally:
        file.close()
    text = "\f".join(pages)
    start = 0
    sheets: list[Sheet] = []
    blocks: list[Block] = []
    for page, (width, height) in zip(pages, sizes, strict=True):
        sheets.append(Sheet(start, round(width, 3), round(height, 3)))
        blocks.append(Block(BlockKind.PARAGRAPH, start, start + len(page)))
        start += len(page) + 1
    title = title_of(text) if text.strip() else request.name
    return Document(
        text,
        blocks=tuple(blocks),
        metadata=Metadata(title=title, source=request.name),
        hard_wrapped=True,
        notices=() if text.strip() else (_NO_TEXT,),
        sheets=tuple(sheets),
    )


def _text(file: PdfFile, number: int) -> str:
    with file.page(number) as page:
        try:
            return page_text(page) if page else ""
        except FormatError:
            return ""
