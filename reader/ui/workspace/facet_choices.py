"""What a click on a value of a facet does to the filter, and whether the filter asks for the value already."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from reader.model.filters import Condition, Filter, Key, Part
from reader.model.workspace import Value
from reader.text.folding import fold


class Facet(StrEnum):
    """The facets, in the order in which they stand below each other; each is called as `Facets` calls it."""

    CATEGORY = "category"
    TAG = "tag"
    DOCUMENT = "document"
    SOURCE = "source"
    AUTHOR = "author"
    MONTH = "month"
    FILLED = "filled"
    STATE = "state"
    STYLE = "style"


class Choice(StrEnum):
    """Whether a value is asked for, left out, or neither."""

    OPEN = "open"
    ON = "on"
    OUT = "out"


KEYS: Mapping[Facet, tuple[Key, ...]] = {
    Facet.CATEGORY: (Key.COLOR, Key.CATEGORY),
    Facet.TAG: (Key.TAG,),
    Facet.DOCUMENT: (Key.DOCUMENT,),
    Facet.SOURCE: (Key.SOURCE,),
    Facet.AUTHOR: (Key.AUTHOR,),
    Facet.MONTH: (Key.SINCE, Key.UNTIL),
    Facet.FILLED: (Key.HAS, Key.NO),
    Facet.STATE: (Key.STATE,),
    Facet.STYLE: (Key.STYLE,),
}
_DATES = (Key.SINCE, Key.UNTIL)
_OTHER = {Key.HAS: Key.NO, Key.NO: Key.HAS}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a filter asks of one facet: by each name that a condition may give a value, the conditions that do."""

    facet: Facet
    parts: Mapping[str, tuple[Condition, ...]]
    span: tuple[str, str] = ("", "")

    def of(self, value: Value) -> tuple[Condition, ...]:
        """The conditions that are about a value, under its label or under what a click on it writes."""
        if not self.parts:
            return ()
        written = [part.value for part in value.parts if isinstance(part, Condition)]
        if self.facet is Facet.FILLED:
            return self.parts.get(_filled_name(value.parts[0]), ())
        names = dict.fromkeys(_name(self.facet, text) for text in (*written, value.label))
        return tuple(part for name in names for part in self.parts.get(name, ()))

    def choice(self, value: Value) -> Choice:
        """Whether the filter asks for a value."""
        if not self.parts:
            return Choice.OPEN
        if self.facet is Facet.MONTH:
            return Choice.ON if any(self.span) and self._spans(value.label) else Choice.OPEN
        parts = self.of(value)
        if not parts:
            return Choice.OPEN
        return Choice.OUT if all(part.negated for part in parts) else Choice.ON

    def _spans(self, month: str) -> bool:
        since, until = self.span
        return since[:7] <= month and (not until or month <= until[:7].ljust(7, "~"))


def asked_of(wanted: Filter, facet: Facet) -> Asked:
    """What a filter asks of a facet."""
    found: dict[str, tuple[Condition, ...]] = {}
    for part in wanted.parts:
        if isinstance(part, Condition) and part.key in KEYS[facet]:
            name = _filled_name(part) if facet is Facet.FILLED else _name(facet, part.value)
            found[name] = (*found.get(name, ()), part)
    span = (max(wanted.values(Key.SINCE), default=""), min(wanted.values(Key.UNTIL), key=_end, default=""))
    return Asked(facet, found, span if facet is Facet.MONTH else ("", ""))


def unlisted(asked: Asked, values: Iterable[Value]) -> tuple[Value, ...]:
    """What the filter asks for by names that none of the values has, so that it can be taken back, too."""
    if not asked.parts or asked.facet is Facet.MONTH:
        return ()
    listed = {part for value in values for part in asked.of(value)}
    left = [part for parts in asked.parts.values() for part in parts if part not in listed]
    return tuple(Value(_label(part), 0, (_plain(part),)) for part in left)


def turned(wanted: Filter, facet: Facet, value: Value, *, out: bool = False) -> Filter:
    """The filter after a click: it asks for the value, leaves it `out`, or where it did so already, neither.

    Of months there is one span; a click on the only month of the span takes it away.
    """
    if facet is Facet.MONTH:
        kept = wanted.without(_DATES)
        alone = set(value.parts) == set(wanted.parts) - set(kept.parts)
        return kept if alone else Filter((*kept.parts, *value.parts))
    if facet is Facet.FILLED and out:  # without a note is another value, not the same one left out
        value, out = Value(value.label, value.count, tuple(map(_negated, value.parts))), False
    asked = asked_of(wanted, facet)
    before, gone = asked.choice(value), set(asked.of(value))
    kept = Filter(tuple(part for part in wanted.parts if part not in gone))
    if before is (Choice.OUT if out else Choice.ON):
        return kept
    return Filter((*kept.parts, *(map(_negated, value.parts) if out else value.parts)))


def spanned(wanted: Filter, value: Value) -> Filter:
    """The filter with its span of dates stretched as far as a month."""
    since, until = asked_of(wanted, Facet.MONTH).span
    month = value.label
    first = min(since or month, month, until or month)
    last = max(until or month, month, since or month)
    return between(wanted, first, last)


def between(wanted: Filter, since: str, until: str) -> Filter:
    """The filter with another span of dates; each end may be empty."""
    ends = ((Key.SINCE, since), (Key.UNTIL, until))
    return Filter((*wanted.without(_DATES).parts, *(Condition(key, end) for key, end in ends if end)))


def _end(date: str) -> str:
    """A month ends no earlier than its days."""
    return date + "~"


def _negated(part: Part) -> Part:
    """What leaves out what the part asks for. What a mark has is left out by asking for those without it."""
    if isinstance(part, Condition) and part.key in _OTHER:
        return Condition(_OTHER[part.key], part.value)
    return Condition(part.key, part.value, negated=True) if isinstance(part, Condition) else part


def _plain(part: Condition) -> Condition:
    return Condition(part.key, part.value)


def _label(part: Condition) -> str:
    return f"{part.key} {part.value}" if part.key in _OTHER else part.value


def _filled_name(part: Part) -> str:
    return f"{part.key} {part.value}" if isinstance(part, Condition) else ""


def _name(facet: Facet, text: str) -> str:
    """What makes two names the same value. Tags differ by their accents, as they do in the library."""
    return text.casefold() if facet is Facet.TAG else fold(text)
