"""Folding: the form of a text in which spelling variants of one word are equal.

Always folded: compatibility forms (ligatures, full width, no-break spaces), Arabic and Persian letter
forms, typographic quotes and dashes, digits of any script; soft hyphens, joiners and tatweel are dropped.
On request: case and accents. Each code point is folded by itself, so positions can be traced back.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from reader.text.fold_map import FoldMap, FoldMapBuilder
from reader.text.fold_table import FoldTable, table

# Below this, one pass over the text costs less than finding out which code points it has.
_SHORT = 2000
_SLICE = 1 << 19


def fold(text: str, *, case: bool = True, accents: bool = True) -> str:
    """The folded text; True means that the difference is folded away."""
    if text.isascii():
        return text.lower() if case else text
    folding = table(case, accents)
    if len(text) <= _SHORT:
        return text.translate(folding)
    return "".join(_fold_slice(piece, folding, case=case) for _, piece in _slices(text))


def fold_with_map(text: str, *, case: bool = True, accents: bool = True) -> tuple[str, Sequence[int] | None]:
    """The folded text and, for each of its code points, the source code point it comes from.

    The map has one entry more than the folded text, `len(text)`. None stands for the identity: no code
    point was dropped or expanded.
    """
    folded = fold(text, case=case, accents=accents)
    if text.isascii():
        return folded, None
    resized = _resized(text, table(case, accents))
    return folded, FoldMap(*resized, length=len(folded) + 1) if resized else None


def source_range(positions: Sequence[int] | None, start: int, end: int) -> tuple[int, int]:
    """The source range of the folded range `start:end` (not empty), whole code points on both sides.

    What was dropped after the last code point belongs to the range: a combining accent is never cut off.
    """
    if positions is None:
        return start, end
    return positions[start], max(positions[end], positions[end - 1] + 1)


def _slices(text: str) -> Iterator[tuple[int, str]]:
    """The text in pieces with their positions; each costs some 10 ms, so that other threads get their turn."""
    return ((at, text[at : at + _SLICE]) for at in range(0, len(text), _SLICE))


def _fold_slice(text: str, folding: FoldTable, *, case: bool) -> str:
    return _replaced(text.replace("İ", folding[ord("İ")]).lower() if case else text, folding)


def _replaced(text: str, folding: FoldTable) -> str:
    """`text` folded; each kind of code point that changes costs one pass in C, none costs Python per character."""
    pattern = _class_of(text, folding, resized=False)
    kinds: set[str] = set(pattern.findall(text)) if pattern else set()
    if len(kinds) > 80:
        return text.translate(folding)
    # One after the other is safe because what folding yields is folded already.
    for kind in sorted(kinds):
        text = text.replace(kind, folding[ord(kind)])
    return text


def _resized(text: str, folding: FoldTable) -> tuple[list[int], list[int]] | None:
    """Where folded and source positions drift apart: folded positions, and the distance from there on."""
    builder = FoldMapBuilder()
    for at, piece in _slices(text):
        pattern = _class_of(piece, folding, resized=True)
        for match in pattern.finditer(piece) if pattern else ():
            builder.add(at + match.start(), len(folding[ord(match.group())]))
    return builder.result()


def _class_of(text: str, folding: FoldTable, *, resized: bool) -> re.Pattern[str] | None:
    """A pattern for the code points that folding changes, of those regions of Unicode that the text uses."""
    chosen: Callable[[int], str] = folding.resized if resized else folding.changed
    pages = _pages(text)
    kinds = "".join(map(chosen, pages))
    if any(page in _SURROGATE_PAGES for page in pages):
        kinds += folding.of(set(re.findall(_ASTRAL, text)), resized=resized)
    return re.compile(f"[{re.escape(kinds)}]") if kinds else None


_SURROGATE_PAGES = range(0xD8, 0xE0)
_ASTRAL = "[\U00010000-\U0010ffff]"


def _pages(text: str) -> list[int]:
    """The high bytes of the UTF-16 units in the text, found without an object for each of them."""
    rest = text.encode("utf-16-le", "surrogatepass")[1::2]
    pages: list[int] = []
    while rest:
        pages.append(rest[0])
        rest = rest.translate(None, rest[:1])
    return pages
