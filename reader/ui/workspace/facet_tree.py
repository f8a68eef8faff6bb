"""The facets as rows of a tree: which of their values are shown, and under what words."""

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
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
        return _with_parents(facet, values, lambda value: needle in fold(label_of(facet, value))), None
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


def _with_parents(facet: Facet, values: Sequence[Value], holds: Callable[[Value], bool]) -> Sequence[Value]:
    """Those that hold the words, and in a tree those that they are nested in."""
    kept = [value for value in values if holds(value)]
    if facet is not Facet.TAG:
        return kept
    over = {key for value in kept for key in _over(value.label.casefold())}
    return [value for value in values if value.label.casefold() in over]


def _over(key: str) -> list[str]:
    """A tag's name and those of the tags that it is nested in."""
    parts = key.split("/")
    return ["/".join(parts[:depth]) for depth in range(1, len(parts) + 1)]


def _hang(found: list[Node], title: int, facet: Facet, values: Sequence[Value], asked: Asked) -> None:
    """Put values under the title of their facet, nested tags under theirs."""
    places: dict[str, int] = {}
    for value in values:
        node = _node(facet, value, asked, title)
        if facet is Facet.TAG:
            key = value.label.casefold()
            over = places.get(key.rpartition("/")[0])
            if over is not None:
                node = replace(node, parent=over, label=value.label.rpartition("/")[2])
            places[key] = len(found)
        found.append(node)


def _node(facet: Facet, value: Value, asked: Asked, parent: int) -> Node:
    color = None
    if facet is Facet.CATEGORY:
        part = value.parts[0]
        known = isinstance(part, Condition) and part.key is Key.COLOR
        color = Color(part.value) if known and isinstance(part, Condition) else None
    name = value.label.casefold() if facet is Facet.TAG else _written(value)
    return Node(facet, "value", name, label_of(facet, value), parent, value, asked.choice(value), color)


def _written(value: Value) -> str:
    return " ".join(f"{part.key}:{part.value}" for part in value.parts if isinstance(part, Condition))


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
