"""Where the links of pages lead: "#page=N&y=Y", a page from 0 and points from its upper edge."""

import re

_TARGET = re.compile(r"#page=(\d{1,7})(?:&y=(-?\d{1,7}(?:\.\d+)?))?\Z")


def target_of(href: str) -> tuple[int, float] | None:
    """Page and points below its top of an inside link; None for every other."""
    found = _TARGET.match(href)
    return (int(found[1]), max(0.0, float(found[2] or 0))) if found else None
