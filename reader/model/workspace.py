"""Annotations of the whole library as one list: rows, groups of rows, and how many there are of which kind."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from reader.model.annotation import Annotation
from reader.model.filters import Filter, Part


class Order(StrEnum):
    """What the list is sorted by; equal ones stand by document and in text order."""

    DOCUMENT = "document"
    CATEGORY = "category"
    QUOTE = "quote"
    NOTE = "note"
    TAGS = "tags"
    CREATED = "created"
    CHANGED = "changed"
    STATE = "state"


class Grouping(StrEnum):
    """What the list is grouped by; an annotation stands under each of its tags and of its document's authors."""

    DOCUMENT = "document"
    TAG = "tag"
    CATEGORY = "category"
    MONTH = "month"
    SOURCE = "source"
    AUTHOR = "author"


@dataclass(frozen=True, slots=True)
class View:
    """What a list is asked to be: which annotations, in which order, under which groups."""

    filter: Filter = field(default_factory=Filter)
    order: Order = Order.DOCUMENT
    descending: bool = False
    group: Grouping | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a mark is: position in code points (None for the whole document), page as printed, nearest heading.

    `page` and `heading` are empty where the document tells none.
    """

    position: int | None
    page: str = ""
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One annotation in the list. `quote` is without what is hidden, `category` its name, `document` the title."""

    mark: Annotation
    quote: str
    category: str
    document: str
    place: Place


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that belong together: `count` of them from the row `start` on. An empty label: they have none."""

    label: str
    start: int
    count: int


@dataclass(frozen=True, slots=True)
class Listing:
    """What a filter finds, in order: row ids, to be read a page at a time.

    `shown` is the filter that was asked, or where nothing met it one like it; then `said` tells so in a sentence.
    """

    ids: Sequence[int]
    groups: tuple[Group, ...]
    shown: Filter
    said: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """One page of a listing; `total` counts the rows of all pages."""

    rows: tuple[Row, ...]
    total: int
    groups: tuple[Group, ...]
    shown: Filter
    said: str = ""


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a facet: its name, how many annotations have it, and the parts of a filter that ask for it.

    A tag counts the annotations of the tags nested in it, too, each once.
    """

    label: str
    count: int
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Facets:
    """How many annotations a filter finds, and of which kinds they are.

    Of what an annotation has one of, those values are counted too that the filter could have asked for instead.
    """

    total: int
    category: tuple[Value, ...]
    tag: tuple[Value, ...]
    document: tuple[Value, ...]
    source: tuple[Value, ...]
    author: tuple[Value, ...]
    month: tuple[Value, ...]
    state: tuple[Value, ...]
    style: tuple[Value, ...]
    filled: tuple[Value, ...]
