"""The names of WordprocessingML, and small questions to its elements."""

from collections.abc import Iterable
from xml.etree.ElementTree import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
PIC = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
V = "{urn:schemas-microsoft-com:vml}"
O = "{urn:schemas-microsoft-com:office:office}"  # noqa: E741
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
"""How the types of relationships begin."""

_STRICT = {
    "{http://purl.oclc.org/ooxml/wordprocessingml/main}": W,
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}": R,
    "{http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing}": WP,
    "{http://purl.oclc.org/ooxml/drawingml/main}": A,
    "{http://purl.oclc.org/ooxml/drawingml/picture}": PIC,
    "{http://purl.oclc.org/ooxml/officeDocument/math}": M,
}
_OFF = frozenset({"0", "false", "off", "none"})


def make_transitional(root: Element) -> None:
    """Give the elements of a strict OOXML part the names that they have in all others."""
    for element in root.iter():
        element.tag = _transitional(element.tag)
        for name in [name for name in element.attrib if name.startswith("{http://purl.oclc.org/")]:
            element.attrib[_transitional(name)] = element.attrib.pop(name)


def _transitional(name: str) -> str:
    namespace, brace, local = name.partition("}")
    return _STRICT.get(namespace + brace, namespace + brace) + local


def value(parent: Element | None, name: str) -> str | None:
    """The `w:val` of a child such as `<w:ilvl w:val="1"/>`; None when parent, child or value are not there."""
    child = parent.find(W + name) if parent is not None else None
    return child.get(W + "val") if child is not None else None


def switch(properties: Element | None, name: str) -> bool | None:
    """Whether a property such as `<w:b/>` is on or off; None when nothing is said of it."""
    child = properties.find(W + name) if properties is not None else None
    return None if child is None else (child.get(W + "val") or "").lower() not in _OFF


def integer(written: str | None, otherwise: int = 0) -> int:
    """A whole number of sensible length, or `otherwise`."""
    digits = (written or "").strip().removeprefix("-")
    return int(written or "") if digits.isascii() and digits.isdigit() and len(digits) < 7 else otherwise


def made(name: str, attributes: dict[str, str] | None = None, children: Iterable[Element] = ()) -> Element:
    """A new element of WordprocessingML."""
    element = Element(W + name, attributes or {})
    element.extend(children)
    return element


def text_run(text: str) -> Element:
    """A run of plain text."""
    content = made("t")
    content.text = text
    return made("r", None, [content])


def bookmark(name: str) -> Element:
    """A named place."""
    return made("bookmarkStart", {W + "name": name})
