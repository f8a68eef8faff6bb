"""Pictures and text boxes in a drawing of Word, in its new form and in its old one (VML)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from reader.formats.docx.names import MC, PIC, WP, A, O, R, V, W, made

_FROM_DATA = ("/chart", "/chartex", "/diagram")
"""How the address ends that says what a graphic is which Word itself draws."""


@dataclass(frozen=True, slots=True)
class Picture:
    """The id of the relationship that leads to a picture, empty if it is drawn from data, and its alternative text."""

    relationship: str
    alt: str


def contents(drawing: Element) -> Iterator[Picture | Element]:
    """The pictures, and the `w:txbxContent` of the text boxes, that a drawing holds, in their order."""
    pending: list[tuple[Element, str]] = [(drawing, "")]
    while pending:
        element, alt = pending.pop()
        if element.tag == W + "txbxContent":
            yield element
            continue
        alt = _described(element) or alt
        if element.tag == A + "graphicData" and (element.get("uri") or "").endswith(_FROM_DATA):
            yield Picture("", alt)
            continue
        if element.tag == A + "blip":
            relationship = element.get(R + "embed") or element.get(R + "link")
        elif element.tag == V + "imagedata":
            relationship = element.get(R + "id")
        else:
            relationship = None
        if relationship:
            yield Picture(relationship, alt)
        children = chosen(element) if element.tag == MC + "AlternateContent" else list(element)
        pending.extend((child, alt) for child in reversed(children))


def chosen(alternatives: Element) -> list[Element]:
    """What to read of an `mc:AlternateContent`: the first of its versions that holds text or a picture."""
    versions = list(alternatives)
    for version in versions:
        if any(each.tag in (W + "t", A + "blip", V + "imagedata") for each in version.iter()):
            return list(version)
    return list(versions[-1]) if versions else []


def picture_run(relationship: str, alt: str) -> Element:
    """A run that holds one picture, as simple as can be."""
    blip = Element(A + "blip", {R + "embed": relationship})
    for tag in (PIC + "blipFill", PIC + "pic", A + "graphicData", A + "graphic"):
        outer = Element(tag)
        outer.append(blip)
        blip = outer
    inline = Element(WP + "inline")
    inline.append(Element(WP + "docPr", {"descr": alt}))
    inline.append(blip)
    return made("r", None, [made("drawing", None, [inline])])


def _described(element: Element) -> str:
    """The alternative text that a drawing's element carries."""
    read: Callable[[str], str | None] = element.get
    if element.tag in (WP + "inline", WP + "anchor"):
        properties = element.find(WP + "docPr")
        read = properties.get if properties is not None else element.get
        return _clean(read("descr") or read("title"))
    if element.tag == PIC + "pic":
        properties = element.find(f"{PIC}nvPicPr/{PIC}cNvPr")
        return _clean(properties.get("descr")) if properties is not None else ""
    if element.tag.startswith(V):
        return _clean(read("alt") or read(O + "title"))
    return ""


def _clean(text: str | None) -> str:
    return " ".join((text or "").split())
