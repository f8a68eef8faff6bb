"""Lists of a page: how their items are numbered."""

from reader.formats.html.events import Attributes
from reader.formats.structure import OpenList


def list_of(tag: str, attributes: Attributes) -> OpenList:
    """The list that an element begins."""
    if tag != "ol":
        return OpenList()
    start = integer(attributes.get("start"))
    style = attributes.get("type") or "1"
    return OpenList(1 if start is None else start, -1 if "reversed" in attributes else 1, style)


def integer(written: str | None) -> int | None:
    """The number in an attribute; None when it is none, or absurd."""
    value = (written or "").strip()
    digits = value.removeprefix("-")
    return int(value) if digits.isascii() and digits.isdigit() and len(digits) < 10 else None
