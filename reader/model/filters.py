"""What is asked of annotations: conditions by key, and words."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Key(StrEnum):
    """What a condition is about; the value is what a person writes before the colon."""

    TAG = "tag"
    CATEGORY = "category"
    COLOR = "color"
    DOCUMENT = "document"
    SOURCE = "source"
    AUTHOR = "author"
    STATE = "state"
    STYLE = "style"
    SINCE = "since"
    UNTIL = "until"
    HAS = "has"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition. `value` is as it is written, but for those of a fixed list and dates, which are in lower case."""

    key: Key
    value: str
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """A word that may go on, or with `whole` words that follow each other and end where they end."""

    text: str
    whole: bool = False
    negated: bool = False


Part = Condition | Words


@dataclass(frozen=True, slots=True)
class Filter:
    """An annotation is found when it meets all parts.

    Of what it can have only one (category, document, source, author, state, style), any of those asked for is enough.
    """

    parts: tuple[Part, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.parts)

    @property
    def words(self) -> tuple[Words, ...]:
        """The words asked for, in order."""
        return tuple(part for part in self.parts if isinstance(part, Words))

    def values(self, *keys: Key, negated: bool = False) -> tuple[str, ...]:
        """The values of the conditions of these keys, in order."""
        return tuple(
            part.value
            for part in self.parts
            if isinstance(part, Condition) and part.key in keys and part.negated is negated
        )

    def toggled(self, part: Part) -> "Filter":
        """With that part at the end, or without it where it is there."""
        kept = tuple(each for each in self.parts if each != part)
        return Filter(kept if len(kept) < len(self.parts) else (*kept, part))

    def without(self, keys: Sequence[Key]) -> "Filter":
        """Without what is asked for by these keys; what they are not to be stays."""
        return Filter(
            tuple(part for part in self.parts if isinstance(part, Words) or part.negated or part.key not in keys)
        )
