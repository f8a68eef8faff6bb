"""XML that nobody vouches for -> elements: no entities of its own, no endless nesting, nothing fetched."""

import re
from collections.abc import Iterator
from html.entities import html5
from importlib import import_module
from typing import Any
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLPullParser

from reader.formats.errors import FormatError
from reader.formats.request import Limits

_SLICE = 1 << 18
_DECLARED = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)""")
_DECLARATION = re.compile(r"\A<\?xml.*?\?>", re.DOTALL)
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Never tried again in another way once they have matched: there is nothing to be won by sending them long input.
_PROLOG = re.compile(r"(?>\s++|<\?(?>[^?]++|\?(?!>))*+\?>|<!--(?>[^-]++|-(?!->))*+-->)*+")
_DOCTYPE = re.compile(
    r"""<!DOCTYPE(?>[^\[\]<>"']++|"[^"]*+"|'[^']*+')*+
    (?>\[(?>[^\]"'<]++|"[^"]*+"|'[^']*+'|<!--(?>[^-]++|-(?!->))*+-->|<\?(?>[^?]++|\?(?!>))*+\?>|<(?!!--|\?))*+\]\s*+)?+>""",
    re.VERBOSE | re.IGNORECASE,
)
_ENTITY = re.compile(r"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|&([A-Za-z_][\w.-]*+;)|&(?!#)", re.DOTALL)
_REFERENCE = re.compile(r"&#(?:x0*([0-9a-f]{1,6})|0*(\d{1,7}));", re.I)
_BUILT_IN = frozenset(("amp;", "lt;", "gt;", "quot;", "apos;"))
_PREFIXES = {
    "opf": "http://www.idpf.org/2007/opf",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "epub": "http://www.idpf.org/2007/ops",
    "ncx": "http://www.daisy.org/z3986/2005/ncx/",
    "xlink": "http://www.w3.org/1999/xlink",
    "svg": "http://www.w3.org/2000/svg",
}
"""What prefixes mean in files that forgot to say it."""


def parse_xml(data: bytes, limits: Limits, name: str = "The document", *, lenient: bool = False) -> Element:
    """The root element of XML in any encoding; names of elements are "{namespace}name".

    A DTD is not read: HTML's entities are their characters, others stay as they are written. `lenient` makes the most
    of what is not well-formed. Raises `FormatError` when it cannot be read or is nested too deeply; `name` is what
    the sentence calls the file.
    """
    text = _without_entities(_without_doctype(_text(data)), lenient=lenient)
    try:
        return _parsed(text, limits.depth, name)
    except ParseError as error:
        root = _recovered(text, limits.depth, name) if lenient else None
        if root is None:
            line, column = error.position
            raise FormatError(
                f"“{name}” holds XML that is not well-formed (line {line}, column {column + 1}): make the file again "
                "with the program it came from."
            ) from None
        return root


def _text(data: bytes) -> str:
    """The characters of XML, those that XML does not allow left out."""
    from reader.formats.encodings import is_utf8, utf_by_marks

    encoding = utf_by_marks(data[:1024])
    if not encoding:
        declared = _DECLARED.match(data[:1024].lstrip())
        named = declared.group(1).decode("ascii") if declared else "utf-8"
        encoding = "utf-8" if is_utf8(data) else named
    try:
        text = data.decode(encoding, "replace")
    except (LookupError, UnicodeError):
        text = data.decode("cp1252", "replace")
    return _FORBIDDEN.sub("", text.removeprefix("\ufeff")).lstrip()


def _without_doctype(text: str) -> str:
    """What stands before the root without its DOCTYPE; one that is not well-formed stays, and is an error there."""
    prolog = _PROLOG.match(text)
    found = _DOCTYPE.match(text, prolog.end() if prolog else 0)
    return text[: found.start()] + text[found.end() :] if found else text


def _without_entities(text: str, *, lenient: bool) -> str:
    """HTML's entities as their characters, unknown ones as the words they are written with."""

    def plain(found: re.Match[str]) -> str:
        name = found.group(1)
        if name is None:
            return "&amp;" if lenient and found.group() == "&" else found.group()
        if name in _BUILT_IN:
            return found.group()
        value = html5.get(name)
        return "".join(f"&#{ord(character)};" for character in value) if value else f"&amp;{name}"

    return _ENTITY.sub(plain, text) if "&" in text else text


def _parsed(text: str, deepest: int, name: str) -> Element:
    make: Any = XMLPullParser  # its stub tells of tuples of all sorts
    parser = make(("start", "end"))
    depth = 0
    root: Element | None = None
    for at in range(0, len(text), _SLICE):
        parser.feed(text[at : at + _SLICE])
        for event, element in parser.read_events():
            if event == "start":
                root = element if root is None else root
                depth += 1
                if depth > deepest:
                    raise _too_deep(name)
            else:
                depth -= 1
    parser.close()
    if root is None:
        raise _nothing()
    return root


def _nothing() -> ParseError:
    error = ParseError("no element found")
    error.position = (1, 0)
    return error


def _recovered(text: str, deepest: int, name: str) -> Element | None:
    """What a forgiving parser makes of XML; None when that is nothing."""
    etree: Any = import_module("lxml.etree")

    parser = etree.XMLParser(
        recover=True, resolve_entities=False, load_dtd=False, no_network=True, remove_pis=True, remove_comments=True
    )
    try:
        written = _REFERENCE.sub(_character, _DECLARATION.sub("", text, count=1))
        root: Any = etree.fromstring(written.encode(), parser)
    except etree.XMLSyntaxError:
        return None
    return _copied(etree.iterwalk(root, events=("start", "end")), deepest, name) if root is not None else None


def _character(found: re.Match[str]) -> str:
    """A reference to a character as it is written; nothing for one that no text has: the parser would keep it."""
    number = int(found[1], 16) if found[1] else int(found[2])
    return found[0] if number < 0x110000 and not _FORBIDDEN.match(chr(number)) else ""


def _copied(events: Iterator[tuple[str, Any]], deepest: int, name: str) -> Element:
    """The tree that the events of another parser tell of."""
    builder = TreeBuilder()
    depth = 0
    for event, element in events:
        tag = _bound(str(element.tag))
        if event == "start":
            depth += 1
            if depth > deepest:
                raise _too_deep(name)
            builder.start(tag, {_bound(str(key)): str(value) for key, value in element.attrib.items()})
            builder.data(element.text or "")
        else:
            depth -= 1
            builder.end(tag)
            builder.data((element.tail or "") if depth else "")
    return builder.close()


def _bound(name: str) -> str:
    """A name whose prefix was never declared, in the namespace that it commonly has."""
    if name.startswith("{") or ":" not in name:
        return name
    prefix, _, local = name.partition(":")
    namespace = _PREFIXES.get(prefix)
    return f"{{{namespace}}}{local}" if namespace else local


def _too_deep(name: str) -> FormatError:
    return FormatError(f"“{name}” is nested more deeply than any text is: get it from a source that you trust.")
