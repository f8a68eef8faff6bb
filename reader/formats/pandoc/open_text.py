"""The text of an OpenDocument with the wrappings opened that pandoc passes over with all that is in them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from reader.formats.html.events import Event
from reader.formats.html.mathml import readable

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_MATH = "{http://www.w3.org/1998/Math/MathML}"
_HREF = "{http://www.w3.org/1999/xlink}href"

_PARAGRAPHS = frozenset({TEXT + "p", TEXT + "h"})
_LEFT_OUT = frozenset(
    [TEXT + name for name in ("tracked-changes", "change", "change-start", "change-end", "sequence-decls")]
    + [TEXT + name for name in ("variable-decls", "user-field-decls", "dde-connection-decls")]
    + [TEXT + name for name in ("table-of-content-source", "illustration-index-source", "table-index-source")]
    + [TEXT + name for name in ("alphabetical-index-source", "bibliography-source", "user-index-source")]
    + [TEXT + name for name in ("object-index-source", "alphabetical-index-auto-mark-file", "index-source-styles")]
    + [OFFICE + "annotation", OFFICE + "annotation-end", OFFICE + "forms"]
)
# Inside a paragraph pandoc reads these, and nothing of the words in any other.
_READ_INLINE = frozenset(
    [TEXT + name for name in ("span", "a", "note", "s", "tab", "line-break", "soft-page-break", "bookmark")]
    + [TEXT + name for name in ("bookmark-start", "bookmark-end", "note-citation", "note-body", "p", "h", "list")]
    + [TEXT + name for name in ("reference-mark", "reference-mark-start", "reference-mark-end", "bookmark-ref")]
    + [DRAW_FRAME := _DRAW + "frame"]
)
_OPENED = frozenset(
    [TEXT + name for name in ("section", "index-body", "index-title", "table-of-content", "illustration-index")]
    + [TEXT + name for name in ("table-index", "object-index", "user-index", "alphabetical-index", "bibliography")]
    + [TEXT + "numbered-paragraph", TEXT + "page-sequence"]
    + [_TABLE + name for name in ("table-header-rows", "table-rows", "table-row-group")]
)
_LONGEST_CHAIN = 20


@dataclass(slots=True)
class Simplifier:
    """Changes the tree of a document's content; `formula` gives the text of the one with an address.

    `alts` are the alternative texts of pictures by their addresses.
    """

    content: Element
    styles: Element | None
    formula: Callable[[str], str]
    alts: dict[str, str] = field(default_factory=dict[str, str])
    title: str = ""
    subtitle: str = ""
    _parents: dict[str, str] = field(default_factory=dict[str, str])
    _boxes: list[Element] = field(default_factory=list[Element])

    def run(self) -> None:
        """Change the tree, once."""
        for root in (self.styles, self.content):
            for style in root.iter(_STYLE + "style") if root is not None else ():
                self._parents[style.get(_STYLE + "name") or ""] = style.get(_STYLE + "parent-style-name") or ""
        for text in self.content.iterfind(f"{OFFICE}body/{OFFICE}text"):
            self._blocks(text)

    def _blocks(self, parent: Element) -> None:
        """Open what stands between the paragraphs under `parent`; text boxes follow their paragraph."""
        written: list[Element] = []
        for child in self._opened(parent):
            if child.tag in _PARAGRAPHS:
                written += [child, *self._paragraph(child)]
            elif child.tag.startswith(_DRAW):
                written += self._paragraph(holder := Element(TEXT + "p"), [child])
                written += [holder] if len(holder) else []
            else:
                self._blocks(child)
                written.append(child)
        parent[:] = written

    def _opened(self, parent: Element) -> Iterator[Element]:
        for child in parent:
            if child.tag in _OPENED:
                yield from self._opened(child)
            elif child.tag not in _LEFT_OUT:
                yield child

    def _paragraph(self, paragraph: Element, content: list[Element] | None = None) -> list[Element]:
        """Simplify a paragraph; the paragraphs of text boxes that are anchored in it, to be put after it."""
        before, self._boxes = self._boxes, []
        self._inlines(paragraph, list(paragraph) if content is None else content)
        boxes, self._boxes = self._boxes, before
        self._name(paragraph)
        written: list[Element] = []
        for box in boxes:
            self._blocks(box)
            written += box
        return written

    def _name(self, paragraph: Element) -> None:
        """Take a title for a heading, and remember what it says."""
        if paragraph.tag != TEXT + "p":
            return
        style = paragraph.get(TEXT + "style-name") or ""
        for _ in range(_LONGEST_CHAIN):
            if style in ("Title", "Subtitle") or style not in self._parents:
                break
            style = self._parents[style]
        said = " ".join("".join(paragraph.itertext()).split())
        if style == "Title" and said:
            paragraph.tag = TEXT + "h"
            paragraph.set(TEXT + "outline-level", "1")
            self.title = self.title or said
        elif style == "Subtitle":
            self.subtitle = self.subtitle or said

    def _inlines(self, parent: Element, content: list[Element]) -> None:
        """Keep what pandoc reads in a paragraph; of everything else keep the words."""
        text = parent.text or ""
        parent.text, parent[:] = "", []
        _put(parent, text)
        for child in content:
            tail, child.tail = child.tail or "", ""
            self._inline(parent, child)
            _put(parent, tail)

    def _inline(self, parent: Element, child: Element) -> None:
        if child.tag in _LEFT_OUT:
            return
        if child.tag == DRAW_FRAME and child.find(_DRAW + "text-box") is not None:
            self._boxes += child.findall(_DRAW + "text-box")
        elif child.tag == DRAW_FRAME and (formula := child.find(_DRAW + "object")) is not None:
            written = self.formula(formula.get(_HREF) or "")
            if written:
                _put(parent, written)
            elif child.find(_DRAW + "image") is not None:
                self._describe(child)
                child.remove(formula)
                parent.append(child)
        elif child.tag == TEXT + "note":
            for body in child.findall(TEXT + "note-body"):
                self._blocks(body)
            parent.append(child)
        elif child.tag == TEXT + "ruby":
            base, reading = ("".join(child.findtext(TEXT + name) or "") for name in ("ruby-base", "ruby-text"))
            _put(parent, f"{base}({reading})" if reading else base)
        elif child.tag in _READ_INLINE:
            if child.tag == DRAW_FRAME:
                self._describe(child)
            else:
                self._inlines(child, list(child))
            parent.append(child)
        elif child.tag.startswith(_DRAW) and child.tag not in (_DRAW + "a", _DRAW + "g"):
            # A shape holds paragraphs of its own.
            if any(each.tag in _PARAGRAPHS for each in child):
                self._boxes.append(child)
        else:
            _put(parent, child.text or "")
            for inner in list(child):
                tail, inner.tail = inner.tail or "", ""
                self._inline(parent, inner)
                _put(parent, tail)

    def _describe(self, frame: Element) -> None:
        image = frame.find(_DRAW + "image")
        alt = frame.findtext(_SVG + "desc") or frame.findtext(_SVG + "title") or ""
        if image is not None and alt.strip():
            self.alts[image.get(_HREF) or ""] = " ".join(alt.split())


def formula_text(root: Element) -> str:
    """What a formula in MathML says, on one line."""
    return readable({}, list(_events(root)))


def _events(element: Element) -> Iterator[Event]:
    """The words and elements in an element of MathML, as the reader of pages has them."""
    yield element.text or ""
    for child in element:
        yield child.tag.removeprefix(_MATH), {}
        yield from _events(child)
        yield None
        yield child.tail or ""


def _put(parent: Element, text: str) -> None:
    """Add words at the end of what an element holds."""
    if not text:
        return
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text
