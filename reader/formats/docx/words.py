"""The words of a paragraph, written again with nothing but what mammoth reads."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import takewhile
from xml.etree.ElementTree import Element

from reader.formats.docx import maths
from reader.formats.docx.fields import Fields, link_of
from reader.formats.docx.names import MC, M, R, W, bookmark, made, text_run
from reader.formats.docx.package import Relationship
from reader.formats.docx.pictures import Picture, chosen, contents, picture_run
from reader.formats.docx.styles import Look, Styles

START, END, POINT = "reader-comment-start-", "reader-comment-end-", "reader-comment-at-"
"""How the names of the places begin where a comment's passage starts and ends and where it is referred to."""

TRANSPARENT = frozenset(W + name for name in ("ins", "moveTo", "smartTag", "customXml", "dir", "bdo", "sdtContent"))
_KEPT = frozenset(W + name for name in ("t", "tab", "br", "noBreakHyphen", "softHyphen", "sym"))
_REPLACED = {W + "cr": "br", W + "ptab": "tab"}
_DRAWN = frozenset(W + name for name in ("drawing", "pict", "object"))
_NOTES = {W + "footnoteReference": "footnote", W + "endnoteReference": "endnote"}
_NOWHERE = "missing"
"""The address of a picture that is not in the file: there will be none."""
_COMMENTS = {W + "commentRangeStart": START, W + "commentRangeEnd": END, W + "commentReference": POINT}


@dataclass(slots=True)
class Links:
    """The relationships of a part as it is written again: pictures and addresses, each once, by new ids."""

    given: dict[str, Relationship]
    targets: dict[tuple[str, bool], str] = field(default_factory=dict[tuple[str, bool], str])

    def address(self, target: str) -> str:
        return self._id(target, is_picture=False)

    def picture(self, target: str) -> str:
        return self._id(target, is_picture=True)

    def _id(self, target: str, *, is_picture: bool) -> str:
        return self.targets.setdefault((target, is_picture), f"rId{len(self.targets) + 1}")


@dataclass(slots=True)
class Words:
    """Writes the words of the paragraphs of one part. `notes` are the (kind, id) of the notes that are there.

    Text boxes are put by in `boxes` for whoever writes the paragraphs. `marks` are the signs that the author gave to
    notes instead of numbers, by names such as "footnote-2".
    """

    styles: Styles
    links: Links
    notes: frozenset[tuple[str, str]]
    boxes: list[Element] = field(default_factory=list[Element])
    fields: Fields = field(default_factory=Fields)
    marks: dict[str, str] = field(default_factory=dict[str, str])

    def inlines(self, elements: Iterable[Element]) -> Iterator[Element]:
        """The runs, links and places in a paragraph's content; what was deleted is left out."""
        for element in elements:
            tag = element.tag
            if tag == W + "r":
                yield from self._run(element)
            elif tag == W + "hyperlink":
                yield from self._link(element)
            elif tag in TRANSPARENT:
                yield from self.inlines(element)
            elif tag == W + "sdt":
                yield from self.inlines(element.findall(W + "sdtContent"))
            elif tag == W + "fldSimple":
                found = self._linked(list(self.inlines(element)), *link_of(element.get(W + "instr") or ""))
                yield from found
            elif tag == MC + "AlternateContent":
                yield from self.inlines(chosen(element))
            elif tag in (M + "oMath", M + "oMathPara"):
                yield text_run(maths.text_of(element))
            elif (place := place_of(element)) is not None:
                yield place

    def _link(self, element: Element) -> list[Element]:
        relationship = self.links.given.get(element.get(R + "id") or "")
        address = relationship.target if relationship and relationship.external else ""
        return self._linked(list(self.inlines(element)), address, element.get(W + "anchor") or "")

    def _linked(self, inner: list[Element], address: str, anchor: str) -> list[Element]:
        """The content within a link, or as it is when the link leads nowhere."""
        if address:
            target = address if not anchor or "#" in address else f"{address}#{anchor}"
            return [made("hyperlink", {R + "id": self.links.address(target)}, inner)]
        return [made("hyperlink", {W + "anchor": anchor}, inner)] if anchor else inner

    def _run(self, run: Element) -> Iterator[Element]:
        look = self.styles.look(run.find(W + "rPr"))
        for element in self._content(run, look):
            yield from self._linked([element], *self.fields.link) if element.tag == W + "r" else (element,)

    def _content(self, run: Element, look: Look) -> Iterator[Element]:
        """A run cut into pieces: text with its look, pictures, references and places."""
        text: list[Element] = []
        for child in self._without_mark(list(run)):
            piece = self._piece(child, look)
            if isinstance(piece, str):
                text += text_run(piece)
            elif piece is not None:
                text.append(piece)
            else:
                other = list(self._apart(child))
                if other and text:
                    yield _looking(look, text)
                    text = []
                yield from other
        if text:
            yield _looking(look, text)

    def _without_mark(self, content: list[Element]) -> list[Element]:
        """What a run holds, but for the sign after the reference to a note: it will stand in the number's place."""
        for at, child in enumerate(content, 1):
            note = (_NOTES.get(child.tag, ""), child.get(W + "id") or "")
            if note in self.notes and (child.get(W + "customMarkFollows") or "0") not in ("0", "false", "off"):
                texts = list(takewhile(lambda each: each.tag == W + "t", content[at:]))
                if mark := "".join(text for each in texts for text in each.itertext()).strip():
                    self.marks["-".join(note)] = mark
                    return content[:at] + content[at + len(texts) :]
        return content

    def _piece(self, child: Element, look: Look) -> Element | str | None:
        """What belongs to the text of a run; None for everything else."""
        tag = child.tag
        if tag == W + "fldChar":
            return self.fields.mark(child) or None
        if tag == W + "instrText":
            self.fields.code(child.text or "")
        elif self.fields.in_code or look.hidden:
            return None
        elif tag in _KEPT:
            return made(tag.removeprefix(W), dict(child.attrib)) if tag != W + "t" else _copied(child)
        elif tag in _REPLACED:
            return made(_REPLACED[tag])
        elif tag == W + "ruby":
            return _ruby(child)
        return None

    def _apart(self, child: Element) -> Iterator[Element]:
        """What stands between the texts of a run."""
        if self.fields.in_code:
            return
        if child.tag in _DRAWN:
            yield from self._drawn(child)
        elif child.tag == MC + "AlternateContent":
            for element in chosen(child):
                yield from self._drawn(element)
        elif child.tag in _NOTES:
            if (_NOTES[child.tag], child.get(W + "id") or "") in self.notes:
                yield made("r", None, [child])
        elif (place := place_of(child)) is not None:
            yield place

    def _drawn(self, drawing: Element) -> Iterator[Element]:
        for each in contents(drawing):
            if not isinstance(each, Picture):
                self.boxes.append(each)
            else:
                found = self.links.given.get(each.relationship)
                yield picture_run(self.links.picture(found.target if found else _NOWHERE), each.alt)


def place_of(element: Element) -> Element | None:
    """The named place that an element makes: a bookmark, or an end of a comment's passage."""
    if element.tag == W + "bookmarkStart":
        name = element.get(W + "name") or ""
        return bookmark(name) if name and name != "_GoBack" else None
    prefix = _COMMENTS.get(element.tag)
    return bookmark(prefix + (element.get(W + "id") or "")) if prefix else None


def joined(inlines: Iterable[Element]) -> Iterator[Element]:
    """The inlines with neighbouring runs of the same look made one: Word cuts them wherever it was edited."""
    last: Element | None = None
    for element in inlines:
        if last is not None and (look := _look_of(element)) is not None and _look_of(last) == look:
            last.extend(element[1:])
        else:
            if last is not None:
                yield last
            last = element
    if last is not None:
        yield last


def _look_of(run: Element) -> list[tuple[str, str]] | None:
    """What the properties at the beginning of a run say; None for anything else."""
    if run.tag != W + "r" or not len(run) or run[0].tag != W + "rPr":
        return None
    return [(each.tag, each.get(W + "val") or "") for each in run[0]]


def _looking(look: Look, content: list[Element]) -> Element:
    """A run of this look; what is not one character after the other is mammoth's to know."""
    properties = made("rPr")
    for name, on in (("b", look.bold), ("i", look.italic), ("strike", look.struck)):
        if on:
            properties.append(made(name))
    for name, said in (
        ("rStyle", "Code" if look.code else ""),
        ("u", "single" if look.underlined else ""),
        ("highlight", "yellow" if look.marked else ""),
        ("vertAlign", look.raised),
    ):
        if said:
            properties.append(made(name, {W + "val": said}))
    return made("r", None, [properties, *content])


def _copied(text: Element) -> Element:
    copy = made("t")
    copy.text = "".join(text.itertext())
    return copy


def _ruby(element: Element) -> str:
    """Characters with the reading that stands above them, in brackets after them."""
    base, reading = (
        "".join(text.text or "" for part in element.findall(W + name) for text in part.iter(W + "t"))
        for name in ("rubyBase", "rt")
    )
    return f"{base}({reading})" if reading else base
