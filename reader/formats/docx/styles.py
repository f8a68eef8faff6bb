"""What the styles of a Word document mean for its paragraphs and words."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from xml.etree.ElementTree import Element

from reader.formats.docx.names import W, integer, switch, value

_LONGEST_CHAIN = 20
_BODY_LEVEL = 9
_QUOTES = frozenset({"quote", "intense quote", "block text", "quotations", "block quotation"})
_CODE = frozenset({"html preformatted", "source code", "preformatted text", "code", "macro text"})
_CODE_WORDS = frozenset(
    {"html code", "verbatim char", "source text", "html keyboard", "html sample", "html typewriter"}
)
_SWITCHES = ("b", "i", "strike", "dstrike", "vanish")


class Role(StrEnum):
    """What a paragraph is; headings are told with their level."""

    BODY = "body"
    HEADING = "heading"
    TITLE = "title"
    SUBTITLE = "subtitle"
    QUOTE = "quote"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Look:
    """How words stand out."""

    bold: bool = False
    italic: bool = False
    struck: bool = False
    underlined: bool = False
    code: bool = False
    marked: bool = False
    hidden: bool = False
    raised: str = ""


@dataclass(slots=True)
class Styles:
    """The styles by id; `language` is the BCP 47 tag that the document has by default."""

    by_id: dict[str, Element] = field(default_factory=dict[str, Element])
    language: str = ""
    _roles: dict[str, tuple[Role, int]] = field(default_factory=dict[str, tuple[Role, int]])

    def chain(self, style: str | None) -> Iterator[Element]:
        """A style, the one it is based on, and so on."""
        for _ in range(_LONGEST_CHAIN):
            element = self.by_id.get(style or "")
            if element is None:
                return
            yield element
            style = value(element, "basedOn")

    def role(self, properties: Element | None) -> tuple[Role, int]:
        """What a paragraph with these properties is, and a heading's level (1..6), otherwise 0."""
        style = value(properties, "pStyle") or ""
        if style not in self._roles:
            self._roles[style] = self._role_of(style)
        role, level = self._roles[style]
        own = integer(value(properties, "outlineLvl"), -1)
        if own >= 0 and role in (Role.BODY, Role.HEADING):
            return (Role.HEADING, min(own + 1, 6)) if own < _BODY_LEVEL else (Role.BODY, 0)
        return role, level

    def numbering(self, properties: Element | None) -> tuple[str, int | None, str]:
        """The list (its `numId`), the level if it is told, and the style that they come from; empty for no list."""
        own = properties.find(W + "numPr") if properties is not None else None
        style = value(properties, "pStyle") or ""
        number = value(own, "numId")
        level = value(own, "ilvl")
        for element in self.chain(style):
            inherited = element.find(f"{W}pPr/{W}numPr")
            if inherited is not None:
                number = number or value(inherited, "numId")
                level = level or value(inherited, "ilvl")
            if number:
                break
        return (number if number and number != "0" else ""), (integer(level) if level else None), style

    def is_right_to_left(self, properties: Element | None) -> bool:
        """Whether a paragraph says that it runs from right to left."""
        own = switch(properties, "bidi")
        if own is None:
            for element in self.chain(value(properties, "pStyle")):
                own = switch(element.find(W + "pPr"), "bidi")
                if own is not None:
                    break
        return bool(own)

    def look(self, properties: Element | None) -> Look:
        """How a run with these properties looks, its character style counted in."""
        if properties is None:
            return Look()
        styles = list(self.chain(value(properties, "rStyle")))
        layers = [properties, *(found for style in styles if (found := style.find(W + "rPr")) is not None)]
        on = {name: _first_said(layers, name) for name in _SWITCHES}
        raised = next((v for layer in layers if (v := value(layer, "vertAlign"))), "")
        underline = (value(properties, "u") or "none").lower()
        return Look(
            bold=on["b"],
            italic=on["i"],
            struck=on["strike"] or on["dstrike"],
            underlined=underline not in ("none", "0", "false"),
            code=any(_name(style) in _CODE_WORDS for style in styles),
            marked=(value(properties, "highlight") or "none") != "none",
            hidden=on["vanish"],
            raised=raised if raised in ("superscript", "subscript") else "",
        )

    def _role_of(self, style: str) -> tuple[Role, int]:
        """What the nearest style of the chain that means something says."""
        for element in self.chain(style):
            name = _name(element)
            outline = integer(value(element.find(W + "pPr"), "outlineLvl"), -1)
            if name == "title":
                return Role.TITLE, 0
            if name == "subtitle":
                return Role.SUBTITLE, 0
            if name in _QUOTES:
                return Role.QUOTE, 0
            if name in _CODE:
                return Role.CODE, 0
            if outline >= 0:
                return (Role.HEADING, min(outline + 1, 6)) if outline < _BODY_LEVEL else (Role.BODY, 0)
            if name.startswith("heading ") and (level := integer(name.removeprefix("heading "))) > 0:
                return Role.HEADING, min(level, 6)
        return Role.BODY, 0


def read_styles(root: Element | None) -> Styles:
    """The styles in their part of the document."""
    if root is None:
        return Styles()
    language = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
    return Styles(
        {element.get(W + "styleId") or "": element for element in root.iter(W + "style")},
        (language.get(W + "val") or "") if language is not None else "",
    )


def _first_said(layers: list[Element], name: str) -> bool:
    """Whether a property is on in the first of the layers that says anything of it."""
    said = (switch(layer, name) for layer in layers)
    return next((on for on in said if on is not None), False)


def _name(style: Element) -> str:
    return (value(style, "name") or "").strip().lower()
