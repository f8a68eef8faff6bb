"""What a W3C annotation says of a place that has no words: an area of a page, else where it is in so many words."""

import re
from collections.abc import Iterator
from typing import Any

from reader.interchange import checks
from reader.interchange.w3c_bodies import DEEPEST, many, mapping, names
from reader.model.annotation import PageRect

_PAGE = re.compile(r"(?:\A|[#&])page=([1-9][0-9]{0,5})(?=&|\Z)", re.IGNORECASE)
_FRAME = re.compile(r"(?:\A|[#&])xywh=percent:([0-9.]+),([0-9.]+),([0-9.]+),([0-9.]+)(?=&|\Z)", re.IGNORECASE)
_LONGEST = 120


def area(selectors: list[Any]) -> PageRect | None:
    """The area of a page that the selectors frame, in parts of the page; None where they do not say both."""
    values = list(_values(selectors, 0))
    page = next((int(found[1]) for _, value in values if (found := _PAGE.search(value))), 0)
    frame = next((found for _, value in values if (found := _FRAME.search(value))), None)
    if not page or frame is None:
        return None
    try:
        left, top, width, height = (float(part) / 100 for part in frame.groups())
    except ValueError:
        return None
    right, bottom = min(left + width, 1.0), min(top + height, 1.0)
    return PageRect(page - 1, left, top, right, bottom) if left < right and top < bottom else None


def where(selectors: list[Any]) -> str:
    """What the selectors say, as words for a note: values where they are short, else their kinds."""
    said = (value if 0 < len(value) <= _LONGEST else kind for kind, value in _values(selectors, 0))
    return "; ".join(dict.fromkeys(filter(None, said)))


def _values(selectors: list[Any], depth: int) -> Iterator[tuple[str, str]]:
    """Kind and value of each selector, also of those that refine another one."""
    for one in selectors:
        selector = mapping(one)
        if selector and depth <= DEEPEST:
            kind = ", ".join(names(selector.get("type")))
            if "TextPositionSelector" in kind:
                yield kind, f"characters {selector.get('start')} to {selector.get('end')}"
            else:
                value = selector.get("value")
                yield kind, " ".join(checks.clean(value, "value").split()) if isinstance(value, str) else ""
            yield from _values(many(selector.get("refinedBy")), depth + 1)
