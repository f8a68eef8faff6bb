"""The same place in another text of the same document, for when it was read again."""

_WORDS = 60


def same_place(before: str, position: int, after: str) -> int:
    """Where in `after` the words stand that follow `position` in `before`; all are code points.

    Where they are not found, the place at the same share of the text. Of several the nearest to that is meant.
    """
    expected = position * len(after) // max(1, len(before))
    rest = before[position : position + _WORDS].split("\n", 1)[0]
    line = rest.strip()
    if not line or position == 0:
        return expected
    meant = expected + len(rest) - len(rest.lstrip())
    found = [place for place in (after.rfind(line, 0, meant + len(line)), after.find(line, meant)) if place >= 0]
    return min(found, key=lambda place: abs(place - meant), default=expected)
