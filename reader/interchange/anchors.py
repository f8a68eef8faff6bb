"""Anchors as JSON has them, inwards: a position, the quote, its context, and rectangles on pages."""

from collections.abc import Mapping
from typing import Any, cast

from reader.interchange import checks
from reader.interchange.checks import Malformed
from reader.model.annotation import Anchor, PageRect

Json = Mapping[str, Any]


def anchor_of(value: Json) -> Anchor:
    """The anchor that an object is; `Malformed` when it is none."""
    start, end = checks.whole(value, "start"), checks.whole(value, "end")
    found = value.get("rects", [])
    if not isinstance(found, list):
        raise Malformed("rects", "is not a list")
    rects = cast("list[Any]", found)
    # An area of a page has no words: its place is that of the nearest ones.
    is_area = bool(rects) and start == end and value.get("exact") == ""
    if end <= start and not is_area:
        raise Malformed("end", "is not after the start")
    return Anchor(
        start=start,
        end=end,
        exact="" if is_area else _exact(value),
        prefix=checks.text(value, "prefix"),
        suffix=checks.text(value, "suffix"),
        rects=tuple(_rect(checks.record(rect, f"rects[{index}]"), index) for index, rect in enumerate(rects)),
    )


def _exact(value: Json) -> str:
    exact = checks.text(value, "exact")
    if not exact:
        raise Malformed("exact", "is empty" if "exact" in value else "is missing")
    return exact


def _rect(value: Json, index: int) -> PageRect:
    try:
        edges = (checks.fraction(value, edge) for edge in ("left", "top", "right", "bottom"))
        return PageRect(checks.whole(value, "page"), *edges)
    except Malformed as fault:
        raise Malformed(f"rects[{index}].{fault.place}", fault.fault) from None
