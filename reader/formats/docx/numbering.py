"""The numbers that Word gives to the paragraphs of its lists."""

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from reader.formats.docx.names import W, integer, switch, value
from reader.formats.docx.styles import Styles
from reader.formats.structure import BULLET, marker

_LEVELS = 9
_LETTERS = {"lowerLetter": "a", "upperLetter": "A"}
_ROMAN = {"lowerRoman": "i", "upperRoman": "I"}
_PLACE = re.compile(r"%([1-9])")
_MOST_LETTERS = 20


@dataclass(frozen=True, slots=True)
class _Level:
    """How one level of a list counts: `text` holds "%1" to "%9" where the numbers of the levels go."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    restart: int = -1
    legal: bool = False
    style: str = ""


@dataclass(slots=True)
class _Definition:
    """A list's levels and how far each has counted; lists made from the same definition count on together."""

    levels: dict[int, _Level]
    link: str = ""
    counted: list[int | None] = field(default_factory=lambda: list[int | None]([None] * _LEVELS))


@dataclass(slots=True)
class _List:
    definition: _Definition
    starts: dict[int, int]
    levels: dict[int, _Level]
    begun: set[int] = field(default_factory=set[int])


@dataclass(slots=True)
class Numbering:
    """The lists of a document by id. `next_marker` is asked for each paragraph of a list in turn."""

    lists: dict[str, _List]
    styles: Styles

    def next_marker(self, number: str, level: int | None, style: str) -> tuple[str, int] | None:
        """The marker ("1.", "a)", "•") and depth (1..) of the next paragraph of a list; None when it is no list.

        A level that is not told is the one that the list keeps for the paragraph's style.
        """
        each = self._list(number)
        if each is None:
            return None
        levels = {**each.definition.levels, **each.levels}
        if level is None:
            level = next((index for index, found in levels.items() if style and found.style == style), 0)
        level = max(0, min(level, _LEVELS - 1))
        self._count(each, levels, level)
        return _shown(levels, each.definition.counted, level), level + 1

    def _list(self, number: str) -> _List | None:
        """The list with this id; a list that is kept in a style is the one of that style."""
        seen: set[str] = set()
        while (each := self.lists.get(number)) and each.definition.link and number not in seen:
            seen.add(number)
            linked = self.styles.by_id.get(each.definition.link)
            number = value(linked.find(f"{W}pPr/{W}numPr"), "numId") or "" if linked is not None else ""
        return self.lists.get(number)

    def _count(self, each: _List, levels: dict[int, _Level], level: int) -> None:
        counted = each.definition.counted
        for index in range(level + 1):
            if index in each.starts and index not in each.begun:
                each.begun.add(index)
                counted[index] = None
        for index in range(level):
            if counted[index] is None:
                counted[index] = _start(each, levels, index)
        now = counted[level]
        counted[level] = _start(each, levels, level) if now is None else now + 1
        for index in range(level + 1, _LEVELS):
            restart = levels.get(index, _Level()).restart
            if restart < 0 or level < restart:
                counted[index] = None


def read_numbering(root: Element | None, styles: Styles) -> Numbering:
    """The lists in their part of the document."""
    if root is None:
        return Numbering({}, styles)
    definitions = {
        element.get(W + "abstractNumId") or "": _Definition(_levels_of(element), value(element, "numStyleLink") or "")
        for element in root.findall(W + "abstractNum")
    }
    lists: dict[str, _List] = {}
    for element in root.findall(W + "num"):
        definition = definitions.get(value(element, "abstractNumId") or "")
        if definition is not None:
            lists[element.get(W + "numId") or ""] = _list_of(element, definition)
    return Numbering(lists, styles)


def _list_of(element: Element, definition: _Definition) -> _List:
    starts: dict[int, int] = {}
    levels: dict[int, _Level] = {}
    for override in element.findall(W + "lvlOverride"):
        index = integer(override.get(W + "ilvl"))
        if (start := value(override, "startOverride")) is not None:
            starts[index] = integer(start, 1)
        levels.update(_levels_of(override))
    return _List(definition, starts, levels)


def _levels_of(parent: Element) -> dict[int, _Level]:
    return {integer(element.get(W + "ilvl")): _level_of(element) for element in parent.findall(W + "lvl")}


def _level_of(element: Element) -> _Level:
    return _Level(
        start=integer(value(element, "start"), 0),
        form=value(element, "numFmt") or "decimal",
        text=value(element, "lvlText") or "",
        restart=integer(value(element, "lvlRestart"), -1),
        legal=bool(switch(element, "isLgl")),
        style=value(element, "pStyle") or "",
    )


def _start(each: _List, levels: dict[int, _Level], index: int) -> int:
    return each.starts.get(index, levels.get(index, _Level()).start)


def _shown(levels: dict[int, _Level], counted: list[int | None], level: int) -> str:
    own = levels.get(level, _Level(text=f"%{level + 1}."))
    if own.form == "bullet":
        # One that cannot be seen is for a further paragraph of the item before.
        return BULLET if own.text.strip() else ""

    def number(place: re.Match[str]) -> str:
        index = int(place[1]) - 1
        form = "decimal" if own.legal else levels.get(index, _Level()).form
        return _written(counted[index] or 0, form)

    return " ".join(_PLACE.sub(number, own.text).split())


def _written(number: int, form: str) -> str:
    """A number as the list writes it; in digits where the writing is not known here."""
    if form == "none":
        return ""
    if form in _LETTERS and number > 0:
        # Word goes on with "aa", "bb", not with "aa", "ab".
        repeats, index = divmod(number - 1, 26)
        return chr(ord(_LETTERS[form]) + index) * min(repeats + 1, _MOST_LETTERS)
    if form in _ROMAN:
        return marker(number, _ROMAN[form]).rstrip(".")
    if form == "decimalZero":
        return f"{number:02}"
    if form == "ordinal":
        ending = "th" if 10 < number % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
        return f"{number}{ending}"
    return str(number)
