"""The comments of a Word document and the passages that they stand on."""

from collections.abc import Mapping
from xml.etree.ElementTree import Element

from reader.formats.dates import iso_date
from reader.formats.docx.names import W
from reader.formats.docx.words import END, POINT, START
from reader.model.document import Block, Comment, Document

_BREAKS = {W + "tab": " ", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "\u2011"}
_DELETED = frozenset({W + "del", W + "moveFrom"})


def comments_of(root: Element | None, document: Document) -> tuple[Comment, ...]:
    """The comments in their part, on the passages of the document whose places they name, in reading order.

    A comment that was put at one point, without a passage, stands on the paragraph around it.
    """
    found: list[Comment] = []
    for element in root.findall(W + "comment") if root is not None else ():
        passage = _passage(element.get(W + "id") or "", document)
        text = "\n".join(filter(None, (_said(paragraph).strip() for paragraph in element.iter(W + "p"))))
        if passage and text:
            author = " ".join((element.get(W + "author") or "").split())
            found.append(Comment(*passage, text, author, iso_date(element.get(W + "date") or "")))
    return tuple(sorted(found, key=lambda comment: (comment.start, comment.end)))


def _passage(name: str, document: Document) -> tuple[int, int] | None:
    targets: Mapping[str, int] = document.targets
    start, end = targets.get(START + name), targets.get(END + name)
    if start is not None and end is not None and start < end:
        passage = _without_space(document.text, start, end)
        if passage[0] < passage[1]:
            return passage
    point = targets.get(POINT + name, start if start is not None else end)
    block = _block_at(document, point) if point is not None else None
    return (block.start, block.end) if block and block.start < block.end else None


def _without_space(text: str, start: int, end: int) -> tuple[int, int]:
    passage = text[start:end]
    start += len(passage) - len(passage.lstrip())
    return start, start + len(passage.strip())


def _block_at(document: Document, position: int) -> Block | None:
    return next((block for block in document.blocks if block.start <= position <= block.end), None)


def _said(element: Element) -> str:
    """The words in a paragraph of a comment, without deleted ones."""
    if element.tag == W + "t":
        return element.text or ""
    if element.tag in _DELETED:
        return ""
    return _BREAKS.get(element.tag) or "".join(_said(child) for child in element)
