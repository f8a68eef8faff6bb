"""Annotations counted so that they can be drawn: tags by document, tags that occur together, marks per week."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from reader.model.annotation import Color
from reader.model.filters import Part


@dataclass(frozen=True, slots=True)
class Line:
    """A row or a column: its name, the annotations in it, each once, and the parts of a filter that ask for them."""

    label: str
    count: int
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """How many annotations a row and a column have in common; `cells` has only those pairs that have any.

    Rows stand in the order of the tree of tags, or where rows and columns are the same tags, in that order both.
    `total` counts every annotation that was looked at, also those in no cell.
    """

    rows: tuple[Line, ...]
    columns: tuple[Line, ...]
    cells: Mapping[tuple[int, int], int]
    total: int

    @property
    def most(self) -> int:
        """The largest count of a cell; 0 when there is none."""
        return max(self.cells.values(), default=0)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two tags that occur together `count` times; `share` is that among the times that either occurs (0 to 1)."""

    first: Line
    second: Line
    count: int
    share: float


@dataclass(frozen=True, slots=True)
class Week:
    """A week from its Monday on (UTC), with the annotations made in it by colour."""

    monday: date
    colors: Mapping[Color, int]
    parts: tuple[Part, ...]

    @property
    def count(self) -> int:
        return sum(self.colors.values())


@dataclass(frozen=True, slots=True)
class Weeks:
    """Every week from the first in which an annotation was made to the last, also those without any.

    `undated` counts annotations of which it is not known when they were made.
    """

    weeks: tuple[Week, ...]
    names: Mapping[Color, str]
    total: int
    undated: int
