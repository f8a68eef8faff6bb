"""A codebook in the REFI-QDA standard (.qdc), which programs for qualitative analysis exchange."""

import re
from collections.abc import Iterator, Sequence
from uuid import UUID, uuid5
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from reader.model.codebook import Code
from reader.model.errors import ReaderError

NAMESPACE = "urn:QDA-XML:codebook:1.0"
_HEADINGS = UUID("8d0b3f5e-54c5-4f0e-9a51-3f2f4b1c7d10")
"""The space of the guids of those that only hold others: they have no uid of their own."""
_COLOR = re.compile("#[0-9A-Fa-f]{6}")
_SHORT_COLOR = re.compile("#[0-9A-Fa-f]{3}")
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_DEEPEST = 50
"""Levels of a tree that a person could have made."""


def written(codes: Sequence[Code]) -> bytes:
    """The codebook as XML in UTF-8; a tag stands in the one that it is nested in, which is made where there is none."""
    root = Element("CodeBook", {"xmlns": NAMESPACE, "origin": "Passage"})
    put_codes(SubElement(root, "Codes"), codes)
    indent(root)
    return tostring(root, "utf-8", xml_declaration=True) + b"\n"


def put_codes(tree: Element, codes: Sequence[Code]) -> None:
    """Put the codes into an element, each in the one that it is nested in."""
    made: dict[str, Element] = {"": tree}
    waiting = sorted(codes, key=lambda code: [part.casefold() for part in code.name.split("/")])
    for code in waiting:
        _put(code, made)


def _put(code: Code, made: dict[str, Element]) -> None:
    over, _, leaf = code.name.rpartition("/")
    if over.casefold() not in made:
        _put(Code(over, uid=str(uuid5(_HEADINGS, over.casefold())), codable=False), made)
    about = {"guid": code.uid, "name": writable(leaf), "isCodable": "true" if code.codable else "false"}
    if _COLOR.fullmatch(code.color):
        about["color"] = code.color
    element = made[code.name.casefold()] = SubElement(made[over.casefold()], "Code", about)
    if code.description:
        SubElement(element, "Description").text = writable(code.description)


def writable(text: str) -> str:
    """Without what XML cannot hold, and with the line ends that it keeps."""
    return _UNWRITABLE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def read(data: bytes) -> list[Code]:
    """The tags of a codebook, those that hold others before these. ReaderError when it is none."""
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import ParseError, fromstring

    try:
        root: Element = fromstring(data, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise ReaderError("The file is no codebook that can be read; export it again as QDC.") from error
    if _local(root) != "CodeBook":
        raise ReaderError("The file is XML, but no codebook; export the codebook as QDC (REFI-QDA).")
    return [code for codes in root if _local(codes) == "Codes" for _, code in codes_in(codes)]


def codes_in(root: Element) -> Iterator[tuple[Element, Code]]:
    """The codes in an element at any depth, with their elements, those that hold others before these.

    ReaderError for a tree without a bottom.
    """
    waiting = [(element, "", 1) for element in reversed(root) if _local(element) == "Code"]
    while waiting:
        element, over, depth = waiting.pop()
        if depth > _DEEPEST:
            raise ReaderError(f"The codebook is nested deeper than {_DEEPEST} levels, so nothing was imported.")
        # What stands between slashes is a level here.
        leaf = element.get("name", "").replace("/", "-").strip()
        name = f"{over}/{leaf}" if over and leaf else over or leaf
        inner = [each for each in reversed(element) if _local(each) == "Code"]
        if leaf:
            yield element, _code(element, name)
        waiting += [(each, name, depth + 1) for each in inner]


def _code(element: Element, name: str) -> Code:
    told = next((each.text or "" for each in element if _local(each) == "Description"), "")
    codable = element.get("isCodable", "true").strip().lower() not in ("false", "0")
    return Code(name, _color(element.get("color", "")), told.strip(), uid_of(element.get("guid", "")), codable)


def _color(text: str) -> str:
    if _SHORT_COLOR.fullmatch(text):
        return "#" + "".join(letter * 2 for letter in text[1:])
    return text if _COLOR.fullmatch(text) else ""


def uid_of(text: str) -> str:
    """The guid as a UUID in lower case without braces; empty where it is none."""
    try:
        return str(UUID(text))
    except ValueError:
        return ""


def _local(element: Element) -> str:
    """The element's name without its namespace."""
    return element.tag.rpartition("}")[2]
