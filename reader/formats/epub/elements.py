"""Small helpers over the XML of packages and tables of contents, whose namespaces are not always declared."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

OPF = "{http://www.idpf.org/2007/opf}"


def local(element: Element) -> str:
    """An element's name without namespace, in small letters."""
    return element.tag.rpartition("}")[2].rpartition(":")[2].lower()


def children(element: Element | None, name: str) -> Iterator[Element]:
    """The children of that name."""
    return (child for child in element if local(child) == name) if element is not None else iter(())


def first(element: Element | None, name: str) -> Element | None:
    """The first descendant of that name."""
    return next((each for each in element.iter() if local(each) == name), None) if element is not None else None


def text_of(element: Element | None) -> str:
    """All text in an element, white space runs as one space, none at the ends."""
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def attribute(element: Element, name: str) -> str:
    """An attribute, in the package's namespace or in none; empty when it is not there."""
    return (element.get(name) or element.get(OPF + name) or element.get(f"opf:{name}") or "").strip()
