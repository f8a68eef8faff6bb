"""A part of a Word document, written again with nothing but what mammoth reads.

What mammoth passes over is put into words that it knows: the numbers of lists, text boxes, formulas, the ends of the
passages that comments stand on. Tracked changes are accepted. Word's many styles become five.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from reader.formats.docx import maths
from reader.formats.docx.names import MC, M, W, bookmark, integer, made, text_run, value
from reader.formats.docx.numbering import Numbering
from reader.formats.docx.pictures import chosen
from reader.formats.docx.styles import Role
from reader.formats.docx.words import END, TRANSPARENT, Words, joined, place_of

ITEM = "reader-item-"
"""How the names of the places begin where a paragraph starts of which `Item` tells more."""

_MAX_SPAN = 500
_MAX_DEEP = 30


@dataclass(frozen=True, slots=True)
class Item:
    """What a paragraph is beyond its style: an item of a list with its depth (1..) and marker, or right to left."""

    level: int = 0
    number: str = ""
    right_to_left: bool = False


@dataclass(slots=True)
class Rewriter:
    """Writes the blocks of one part. `items` are told by the names of their places, for all parts together.

    `titles` and `subtitles` are the texts of the paragraphs that have these styles.
    """

    words: Words
    numbering: Numbering
    items: dict[str, Item] = field(default_factory=dict[str, Item])
    titles: list[str] = field(default_factory=list[str])
    subtitles: list[str] = field(default_factory=list[str])
    in_note: bool = False
    _deep: int = 0
    _places: list[Element] = field(default_factory=list[Element])
    _carried: list[Element] = field(default_factory=list[Element])

    def blocks(self, elements: Iterable[Element]) -> list[Element]:
        """The paragraphs and tables in what a body, a cell, a note or a text box holds."""
        written: list[Element] = []
        for element in _within(elements):
            if element.tag == W + "p":
                written += self._paragraph(element)
            elif element.tag == W + "tbl":
                written += [*self._rest(), *self._table(element)]
            elif element.tag == M + "oMathPara":
                written.append(made("p", None, [text_run(maths.text_of(element))]))
            elif (place := place_of(element)) is not None:
                self._put_by(place, written)
        return written + self._rest()

    def _rest(self) -> list[Element]:
        """What was carried over to a next paragraph, when none comes."""
        return self._paragraph(made("p")) if self._carried else []

    def _put_by(self, place: Element, written: list[Element]) -> None:
        """A place between paragraphs belongs to the end of the one before, or to the beginning of the next."""
        name = place.get(W + "name") or ""
        if name.startswith(END) and written and written[-1].tag == W + "p":
            written[-1].append(place)
        else:
            self._places.append(place)

    def _paragraph(self, paragraph: Element) -> list[Element]:
        properties = paragraph.find(W + "pPr")
        content = [*self._carried, *(child for child in paragraph if child.tag != W + "pPr")]
        self._carried = []
        if _ends_deleted(properties):
            # What is left of it goes on in the next paragraph.
            self._carried = content
            return []
        inlines = [*self._places, *joined(self.words.inlines(content))]
        self._places = []
        self.words.fields.end_paragraph()
        boxes, self.words.boxes = self.words.boxes, []
        written = [self._shaped(properties, inlines)]
        for box in boxes:
            written += self.blocks(box)
        return written

    def _shaped(self, properties: Element | None, inlines: list[Element]) -> Element:
        """A paragraph of its style, with its number."""
        role, level = self.words.styles.role(properties)
        text = "".join(t.text or "" for run in inlines for t in run.iter(W + "t")).strip()
        (self.titles if role is Role.TITLE else self.subtitles if role is Role.SUBTITLE else []).append(text)
        marker = None
        if role is not Role.CODE:
            number, depth, style = self.words.styles.numbering(properties)
            marker = self.numbering.next_marker(number, depth, style) if number else None
        inlines = self._marked(inlines, role, marker, properties) if text else inlines
        style = {Role.BODY: "", Role.HEADING: f"Heading{level}"}.get(role, role.value.title())
        named = [made("pPr", None, [made("pStyle", {W + "val": style})])] if style else []
        return made("p", None, [*named, *inlines])

    def _marked(
        self, inlines: list[Element], role: Role, marker: tuple[str, int] | None, properties: Element | None
    ) -> list[Element]:
        """The content with its number before it, where no block can carry that, else with a place to tell it by."""
        right_to_left = self.words.styles.is_right_to_left(properties)
        number, level = marker or ("", 0)
        if number and (self._deep or self.in_note or (role is not Role.BODY and role is not Role.QUOTE)):
            inlines = [text_run(number + " "), *inlines]
            number = ""
            level = 0
        if (not level and not right_to_left) or self._deep:
            return inlines
        name = f"{ITEM}{len(self.items)}"
        self.items[name] = Item(level, number, right_to_left)
        return [bookmark(name), *inlines]

    def _table(self, table: Element) -> list[Element]:
        if self._deep >= _MAX_DEEP:
            return self.blocks(child for row in _within(table) for cell in _within(row) for child in cell)
        rows = [self._row(row) for row in _within(table) if row.tag == W + "tr" and not _is_deleted_row(row)]
        return [made("tbl", None, rows)] if rows else []

    def _row(self, row: Element) -> Element:
        properties = row.find(W + "trPr")
        written = made("tr")
        if properties is not None and properties.find(W + "tblHeader") is not None:
            written.append(made("trPr", None, [made("tblHeader")]))
        if skipped := _span(value(properties, "gridBefore"), 0):
            written.append(_cell(skipped, None, []))
        for cell in _within(row):
            if cell.tag == W + "tc":
                self._deep += 1
                content = self.blocks(cell)
                self._deep -= 1
                shape = cell.find(W + "tcPr")
                merged = shape.find(W + "vMerge") if shape is not None else None
                written.append(_cell(_span(value(shape, "gridSpan"), 1), merged, content))
        return written


def _within(elements: Iterable[Element]) -> Iterator[Element]:
    """The elements, those that only wrap others replaced by what they hold; deleted ones left out."""
    for element in elements:
        if element.tag in TRANSPARENT:
            yield from _within(element)
        elif element.tag == W + "sdt":
            yield from _within(element.findall(W + "sdtContent"))
        elif element.tag == MC + "AlternateContent":
            yield from _within(chosen(element))
        else:
            yield element


def _ends_deleted(properties: Element | None) -> bool:
    """Whether the end of a paragraph was deleted or moved away."""
    mark = properties.find(W + "rPr") if properties is not None else None
    return mark is not None and (mark.find(W + "del") is not None or mark.find(W + "moveFrom") is not None)


def _is_deleted_row(row: Element) -> bool:
    return row.find(f"{W}trPr/{W}del") is not None


def _cell(columns: int, merged: Element | None, content: list[Element]) -> Element:
    properties = made("tcPr", None, [made("gridSpan", {W + "val": str(columns)})])
    if merged is not None:
        properties.append(made("vMerge", {W + "val": merged.get(W + "val") or "continue"}))
    return made("tc", None, [properties, *content])


def _span(written: str | None, least: int) -> int:
    return max(least, min(integer(written, least), _MAX_SPAN))
