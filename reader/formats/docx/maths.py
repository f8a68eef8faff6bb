"""Formulas of Word as one line of text."""

from xml.etree.ElementTree import Element

from reader.formats.docx.names import M

_ACCENTS = {"\u0302": "^", "\u0303": "~", "\u0305": "‾", "\u20d7": "→", "\u0307": "˙", "\u0308": "¨"}
_SIMPLE = 2


def text_of(formula: Element) -> str:
    """What a formula says, from left to right: "(a+b)/2", "x^2", "√(x+1)"."""
    return "".join(_said(child) for child in formula)


def _said(element: Element) -> str:
    kind = element.tag.removeprefix(M)
    if kind == "t":
        return element.text or ""
    if kind.endswith("Pr"):
        return ""
    if kind == "f":
        return f"{_grouped(_part(element, 'num'))}/{_grouped(_part(element, 'den'))}"
    if kind in ("sSup", "sSub", "sSubSup", "sPre"):
        return _scripted(_part(element, "e"), element)
    if kind == "rad":
        degree = _part(element, "deg")
        return f"{_raised(degree)}√{_grouped(_part(element, 'e'))}"
    if kind == "nary":
        return _scripted(_property(element, "chr") or "∫", element) + f" {_part(element, 'e')}"
    if kind == "d":
        return _fenced(element)
    if kind in ("limLow", "limUpp"):
        return _part(element, "e") + ("_" if kind == "limLow" else "^") + _grouped(_part(element, "lim"))
    if kind == "func":
        return f"{_part(element, 'fName')} {_part(element, 'e')}"
    if kind == "acc":
        return _part(element, "e") + _ACCENTS.get(_property(element, "chr"), "")
    if kind == "m":
        return "[" + "; ".join(", ".join(text_of(cell) for cell in row) for row in element.findall(M + "mr")) + "]"
    return text_of(element)


def _scripted(base: str, element: Element) -> str:
    below, above = _part(element, "sub"), _part(element, "sup")
    return base + (f"_{_grouped(below)}" if below else "") + (f"^{_grouped(above)}" if above else "")


def _fenced(element: Element) -> str:
    opening = _property(element, "begChr", "(")
    between = _property(element, "sepChr", "|")
    inner = between.join(text_of(part) for part in element.findall(M + "e"))
    return opening + inner + _property(element, "endChr", ")")


def _raised(degree: str) -> str:
    return "" if not degree or degree == "2" else f"^{degree}"


def _grouped(text: str) -> str:
    """The text in brackets unless it is one sign or number."""
    return text if len(text) < _SIMPLE or text.isalnum() else f"({text})"


def _part(element: Element, name: str) -> str:
    part = element.find(M + name)
    return text_of(part) if part is not None else ""


def _property(element: Element, name: str, otherwise: str = "") -> str:
    """A property of a formula's part, such as the sign of its bracket."""
    properties = element.find(f"{M}{element.tag.removeprefix(M)}Pr")
    found = properties.find(M + name) if properties is not None else None
    return otherwise if found is None else found.get(M + "val", "")
