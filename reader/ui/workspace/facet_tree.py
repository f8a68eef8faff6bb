"""The facets as rows of a tree: which of their values are shown, and under what words."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Literal

from reader.model.annotation import Color
from reader.model.filters import Condition, Filter, Key
from reader.model.workspace import Facets, Value
from reader.text.folding import fold
from reader.ui.workspace.facet_choices import Asked, Choice, Facet, asked_of, unlisted

TITLES: Mapping[Facet, str] = {
    Facet.CATEGORY: "Category",
    Facet.TAG: "Tags",
    Facet.DOCUMENT: "Documents",
    Facet.SOURCE: "Sources",
    Facet.AUTHOR: "Authors",
    Facet.MONTH: "Months",
    Facet.FILLED: "With and without",
    Facet.STATE: "State",
    Facet.STYLE: "Style",
}
SHORT = 8
"""Values of a facet that are shown at first."""
FOUND = 100
"""Values of a facet that are shown of those that hold what is looked for."""

_FILLED = {
    "has note": "With a note",
    "no note": "Without a note",
    "has tag": "With tags",
    "no tag": "Without tags",
    "has quote": "With a quote",
    "no quote": "Without a quote",
}
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Node:
    """One row: the title of a facet, a value of it, or what shows `all` of its values or the first only.

    `label` is what is shown, `name` what tells the row from others of its facet (of a tag the whole of it).
    """

    facet: Facet
    kind: Literal["title", "value", "more"]
    name: str
    label: str
    parent: int
    value: Value | None = None
    choice: Choice = Choice.OPEN
    color: Color | None = None

    @property
    def key(self) -> tuple[Facet, str, str]:
        """What stays the same when the counts change."""
        return self.facet, self.kind, self.name


@dataclass(frozen=True, slots=True)
class Wish:
    """What of the facets a person wants to see: those whose values are `all` shown, and words that values hold."""

    all: Set[Facet] = frozenset()
    words: str = ""


def nodes(facets: Facets, wanted: Filter, wish: Wish, names: Mapping[Color, str]) -> list[Node]:
    """The rows, each after the one that it hangs under; a facet of which there is nothing has none.

    `names` are those of the categories.
    """
    found: list[Node] = []
    needle = fold(wish.words)
    for facet in Facet:
        values: tuple[Value, ...] = getattr(facets, facet.value)
        asked = asked_of(wanted, facet)
        if facet is Facet.CATEGORY and asked.parts:
            values = _categories(values, asked, names)
        values = (*values, *unlisted(asked, values))
        shown, rest = _shown(facet, values, asked, wish, needle)
        if not shown:
            continue
        title = len(found)
        found.append(Node(facet, "title", "", TITLES[facet], -1))
        _hang(found, title, facet, shown, asked)
        if rest is not None:
            found.append(Node(facet, "more", "", rest, title))
    return found


def _categories(values: Sequence[Value], asked: Asked, names: Mapping[Color, str]) -> tuple[Value, ...]:
    """The categories that something has or that are asked for, by key."""
    having = {value.parts[0]: value for value in values}
    every = (Value(names[color], 0, (Condition(Key.COLOR, color.value),)) for color in Color)
    each = (having.get(value.parts[0], value) for value in every)
    return tuple(value for value in each if value.count or asked.choice(value) is not Choice.OPEN)


def _shown(
    facet: Facet, values: Sequence[Value], asked: Asked, wish: Wish, needle: str
) -> tuple[Sequence[Value], str | None]:
    """The values that are shown, and the words of the row behind them where there are more or could be fewer."""
    if needle:
        held = [value for value in values if needle in fold(label_of(facet, value))]
        many = len(held) > FOUND
        first = sorted(held, key=lambda value: -value.count)[:FOUND] if many and facet not in wish.all else held
        more = None if not many else "Fewer" if facet in wish.all else f"All {len(held):,}"
        return _with_parents(facet, values, first), more
    top = [value for value in values if _depth(facet, value) == 0]
    if len(top) <= SHORT + 1:
        return values, None
    if facet in wish.all:
        return values, "Fewer"
    # Those of a tree stand by name: what is shown first is what there is most of.
    first = sorted(top, key=lambda value: -value.count)[:SHORT] if facet is Facet.TAG else top[:SHORT]
    heads = {_head(facet, value) for value in first}
    if asked.parts and facet is not Facet.MONTH:
        heads |= {_head(facet, value) for value in values if asked.choice(value) is not Choice.OPEN}
    return [value for value in values if _head(facet, value) in heads], f"All {len(values):,}"


def _with_parents(facet: Facet, values: Sequence[Value], kept: Sequence[Value]) -> Sequence[Value]:
    """Some of the values in the order of all, and of a tree those that they are nested in, too."""
    if facet is Facet.TAG:
        over = {key for value in kept for key in _over(value.label.casefold())}
        return [value for value in values if value.label.casefold() in over]
    chosen = {id(value) for value in kept}
    return [value for value in values if id(value) in chosen]


def _over(key: str) -> list[str]:
    """A tag's name and those of the tags that it is nested in."""
    parts = key.split("/")
    return ["/".join(parts[:depth]) for depth in range(1, len(parts) + 1)]


def _hang(found: list[Node], title: int, facet: Facet, values: Sequence[Value], asked: Asked) -> None:
    """Put values under the title of their facet."""
    if facet is Facet.TAG:
        _hang_tags(found, title, values, asked)
        return
    for value in values:
        color = _color(value) if facet is Facet.CATEGORY else None
        label = label_of(facet, value)
        found.append(Node(facet, "value", _written(value), label, title, value, asked.choice(value), color))


def _hang_tags(found: list[Node], title: int, values: Sequence[Value], asked: Asked) -> None:
    """Put tags under the title, nested ones under theirs."""
    places: dict[str, int] = {}
    for value in values:
        key, label, parent = value.label.casefold(), value.label, title
        if "/" in key and (over := places.get(key.rpartition("/")[0])) is not None:
            parent, label = over, label.rpartition("/")[2]
        places[key] = len(found)
        found.append(Node(Facet.TAG, "value", key, label, parent, value, asked.choice(value)))


def _color(value: Value) -> Color | None:
    part = value.parts[0]
    return Color(part.value) if isinstance(part, Condition) and part.key is Key.COLOR else None


def _written(value: Value) -> str:
    """What tells a value from others of its facet that are called the same."""
    part = value.parts[-1]
    return f"{part.key} {part.value}" if isinstance(part, Condition) else part.text


def label_of(facet: Facet, value: Value) -> str:
    """What a value is called on the screen."""
    match facet:
        case Facet.FILLED:
            return _FILLED.get(value.label, value.label)
        case Facet.MONTH if len(value.label) == len("2026-01"):
            return f"{_MONTHS[int(value.label[5:]) - 1]} {value.label[:4]}"
        case Facet.STATE | Facet.STYLE:
            return value.label.capitalize()
        case Facet.DOCUMENT:
            return " ".join(value.label.split()) or "Untitled"
        case _:
            return value.label


def said(node: Node) -> str:
    """A row as a screen reader says it."""
    if node.value is None:
        return node.label if node.kind == "title" else f"{node.label}: {TITLES[node.facet]}"
    words = "annotation" if node.value.count == 1 else "annotations"
    chosen = {Choice.ON: ", chosen", Choice.OUT: ", left out", Choice.OPEN: ""}[node.choice]
    return f"{node.label}, {node.value.count:,} {words}{chosen}"


def _depth(facet: Facet, value: Value) -> int:
    return value.label.count("/") if facet is Facet.TAG else 0


def _head(facet: Facet, value: Value) -> str:
    """The outermost tag of a nested one; of anything else what it is called and asked for by."""
    return value.label.casefold().partition("/")[0] if facet is Facet.TAG else _written(value)
