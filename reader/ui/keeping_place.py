"""The same place in another text of the same document, for when it was read again."""

_WORDS = 60
_REACH = 200


def same_place(before: str, position: int, after: str) -> int:
    """Where in `after` the words stand that follow `position` in `before`; all are code points.

    Where they are not found, the place at the same share of the text. Of several the nearest to that is meant.
    """
    expected = position * len(after) // max(1, len(before))
    rest = before[position : position + _REACH].lstrip()
    # What is empty at the place, such as the space between two paragraphs, is no words to look for.
    empty = min(_REACH, len(before) - position) - len(rest)
    line = rest[:_WORDS].split("\n", 1)[0].rstrip()
    if not line or position == 0:
        return expected
    meant = expected + empty
    found = [place for place in (after.rfind(line, 0, meant + len(line)), after.find(line, meant)) if place >= 0]
    if not found:
        return expected
    place = min(found, key=lambda place: abs(place - meant))
    return place - empty if after[place - empty : place] == before[position : position + empty] else place
