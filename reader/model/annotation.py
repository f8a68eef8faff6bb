"""Annotations and their anchors."""

from dataclasses import dataclass
from enum import StrEnum


class AnchorState(StrEnum):
    """Where a mark stands in the current text: at its place, found elsewhere, or nowhere."""

    EXACT = "exact"
    MOVED = "moved"
    LOST = "lost"


class Style(StrEnum):
    """How a mark is drawn; an area is a rectangle of a page, with no words of its own."""

    HIGHLIGHT = "highlight"
    UNDERLINE = "underline"
    AREA = "area"


class Color(StrEnum):
    """The six categories, by the colour that never changes; the user names what each one means."""

    YELLOW = "yellow"
    GREEN = "green"
    BLUE = "blue"
    PINK = "pink"
    ORANGE = "orange"
    PURPLE = "purple"


DEFAULT_CATEGORY_NAMES: dict[Color, str] = {
    Color.YELLOW: "Claim",
    Color.GREEN: "Evidence",
    Color.BLUE: "Quote",
    Color.PINK: "Question",
    Color.ORANGE: "Figure",
    Color.PURPLE: "Other",
}


@dataclass(frozen=True, slots=True)
class PageRect:
    """A rectangle on a fixed page: `page` from 0, edges as fractions of the page's width and height."""

    page: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Anchor:
    """A position in code points, the quote itself, and up to 32 code points of context on each side.

    `rects` say where it is on fixed pages, a rectangle a line. An area has an empty quote: its position is the nearest
    one in the text of its page.
    """

    start: int
    end: int
    exact: str
    prefix: str = ""
    suffix: str = ""
    rects: tuple[PageRect, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """What an area of a page looked like when it was marked: "image/png" or the like, and the file's bytes."""

    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Annotation:
    """A mark with its note and tags; without an anchor, a note on the whole document.

    `uid` is a UUIDv7; `created` and `modified` are UTC instants such as 2026-11-21T16:02:00.000Z; `score` is
    1.0 for exact and the likeness (0..1) of the passage found for a moved one. `tags` are names in order.
    `picture` is the sha256 (hex) of the picture that an area is kept with, else empty. `reviewed` is the instant at
    which a person decided that a lost mark stays lost, else empty.
    """

    uid: str
    document_uid: str
    anchor: Anchor | None
    color: Color = Color.YELLOW
    style: Style = Style.HIGHLIGHT
    note: str = ""
    tags: tuple[str, ...] = ()
    created: str = ""
    modified: str = ""
    state: AnchorState = AnchorState.EXACT
    score: float = 1.0
    picture: str = ""
    reviewed: str = ""

    @property
    def quote(self) -> str:
        return self.anchor.exact if self.anchor else ""
