"""The elements of a REFI-QDA project, whatever their namespace and however their guids are written."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from reader.interchange.checks import clean
from reader.interchange.codebook_qdc import uid_of
from reader.interchange.foreign import instant
from reader.interchange.qdpx_terms import guid


def local(element: Element) -> str:
    """The element's name without its namespace."""
    return element.tag.rpartition("}")[2]


def children(element: Element | None, *names: str) -> Iterator[Element]:
    """Its children with one of these names."""
    return (child for child in (element if element is not None else ()) if local(child) in names)


def child(element: Element | None, name: str) -> Element | None:
    """Its first child with this name."""
    return next(children(element, name), None)


def words(element: Element | None, name: str) -> str:
    """The text of its first child with this name; empty when there is none."""
    found = child(element, name)
    return clean((found.text if found is not None else "") or "", name)


def name_of(element: Element) -> str:
    """What it is called, on one line."""
    return " ".join(clean(element.get("name", ""), "name").split())


def key_of(text: str) -> str:
    """A guid as it is compared: without braces, in lower case; what is none stays recognisable."""
    return uid_of(text) or text.strip("{} \t\n").casefold()


def key(element: Element) -> str:
    """The element's own guid as it is compared."""
    return key_of(element.get("guid", ""))


def targets(element: Element, *names: str) -> Iterator[str]:
    """The guids, as they are compared, that its children of these names refer to."""
    return (key_of(found.get("targetGUID", "")) for found in children(element, *names))


def uid(kind: str, known: str) -> str:
    """The uid for what goes by that key in the file: the guid itself where it is one."""
    return uid_of(known) or guid(kind, known)


def times(element: Element) -> tuple[str, str]:
    """When it was made and changed, in UTC; one of the two stands for the other, empty where there is neither."""
    coding = child(element, "Coding")
    created = instant(element.get("creationDateTime", ""))
    if not created and coding is not None:
        created = instant(coding.get("creationDateTime", ""))
    modified = instant(element.get("modifiedDateTime", ""))
    return created or modified, max(created, modified)


def whole_number(element: Element, name: str) -> int | None:
    """The whole number that an attribute is; None when it is none."""
    text = element.get(name, "").strip()
    return int(text) if text.isascii() and text.removeprefix("-").isdigit() and len(text) < 16 else None
