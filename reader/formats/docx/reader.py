"""DOCX -> a document."""

from collections.abc import Mapping
from dataclasses import replace

from reader.formats.converted import document_of, with_used_targets
from reader.formats.docx.comments import comments_of
from reader.formats.docx.conversion import Rewritten, html_of
from reader.formats.docx.names import W, made
from reader.formats.docx.notes import notes_told
from reader.formats.docx.numbering import read_numbering
from reader.formats.docx.package import Package, Part
from reader.formats.docx.properties import metadata_of
from reader.formats.docx.rewriting import ITEM, Item, Rewriter
from reader.formats.docx.styles import Styles, read_styles
from reader.formats.docx.words import END, POINT, START, Links, Words
from reader.formats.errors import FormatError
from reader.formats.html.reader import parse
from reader.formats.images import Images
from reader.formats.request import Request
from reader.model.document import Block, BlockKind, Document, Metadata
from reader.text.normalise import normalise

NAME = "docx"
VERSION = 3

_NOTES = ("footnote", "endnote")
_OWN = (ITEM, START, END, POINT)
_PARAGRAPHS = frozenset({BlockKind.PARAGRAPH, BlockKind.QUOTE, BlockKind.HEADING, BlockKind.FOOTNOTE, BlockKind.CODE})


def read(request: Request) -> Document:
    """The document in the bytes of a Word file: its text as it is after all tracked changes are accepted.

    Headers and footers are left out. Raises `FormatError`.
    """
    package = Package(request)
    styles = read_styles(package.supplement("styles"))
    writer = _Writer(package, styles)
    try:
        page = notes_told(html_of(writer.document(), writer.notes()), writer.rewriter.words.marks)
    except RecursionError:
        raise FormatError(
            f"“{request.name}” is nested more deeply than any text is: get it from a source that you trust."
        ) from None
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, OSError) as error:
        raise FormatError(
            f"“{request.name}” could not be read as a Word document ({type(error).__name__}): open it in a word "
            "processor, save it again and add that."
        ) from error
    images = Images(None, writer.picture, request.pictures)
    document = document_of(parse(normalise(page)), request.name, images, _metadata(package, styles, writer.rewriter))
    comments = comments_of(package.supplement("comments"), document)
    return _finished(replace(document, comments=comments), writer.rewriter.items)


class _Writer:
    """Writes the parts of a package again."""

    def __init__(self, package: Package, styles: Styles) -> None:
        self._package = package
        self._notes = {kind: part for kind in _NOTES if (part := package.part(kind + "s"))}
        known = frozenset((kind, id) for kind, part in self._notes.items() for id in _ids(part, kind))
        numbering = read_numbering(package.supplement("numbering"), styles)
        self.rewriter = Rewriter(Words(styles, Links(package.main.relationships), known), numbering)

    def document(self) -> Rewritten:
        """The main part."""
        main = self._package.main.root
        blocks = self.rewriter.blocks(child for top in main.findall(W + "body") for child in top)
        return Rewritten("document", blocks, self.rewriter.words.links.targets)

    def notes(self) -> list[Rewritten]:
        """The parts of the footnotes and endnotes, to be written after the main part."""
        written: list[Rewritten] = []
        self.rewriter.in_note = True
        for kind, part in self._notes.items():
            links = self.rewriter.words.links = Links(part.relationships)
            notes = [
                made(kind, {W + "id": note.get(W + "id") or ""}, self.rewriter.blocks(note))
                for note in part.root.findall(W + kind)
            ]
            written.append(Rewritten(kind + "s", notes, links.targets))
        return written

    def picture(self, source: str) -> bytes:
        """The bytes of a picture in the package; none for one that is outside."""
        found = self._package.archive.find(source)
        return self._package.archive.read(found) if found else b""


def _ids(part: Part, kind: str) -> list[str]:
    return [note.get(W + "id") or "" for note in part.root.findall(W + kind)]


def _metadata(package: Package, styles: Styles, rewriter: Rewriter) -> Metadata:
    title, subtitle = (
        " ".join(" ".join(filter(None, texts)).split()) for texts in (rewriter.titles[:2], rewriter.subtitles[:1])
    )
    return metadata_of(package.core, title=title, subtitle=subtitle, language=styles.language)


def _finished(document: Document, items: Mapping[str, Item]) -> Document:
    """The document with the numbers of its lists; the names that were needed to find their places are gone."""
    at = {document.targets[name]: item for name, item in items.items() if name in document.targets}
    blocks = tuple(_numbered(block, at) for block in document.blocks) if at else document.blocks
    targets = {name: place for name, place in document.targets.items() if not name.startswith(_OWN)}
    return with_used_targets(replace(document, blocks=blocks, targets=targets))


def _numbered(block: Block, items: Mapping[int, Item]) -> Block:
    item = items.get(block.start)
    if item is None or block.kind not in _PARAGRAPHS:
        return block
    if item.right_to_left:
        block = replace(block, direction="rtl")
    if item.level and block.kind in (BlockKind.PARAGRAPH, BlockKind.QUOTE):
        block = replace(block, kind=BlockKind.LIST_ITEM, level=item.level, number=item.number)
    return block
