"""What a stretch of text on a page can be asked, whether it was laid out here or stands on a sheet of fixed form."""

from typing import Protocol

from PySide6.QtCore import QRect


class Box(Protocol):
    """A stretch of one block. `x`, `y`, all rectangles and heights are pixels of the item that it stands in.

    Positions are code points of the document. `block_start` and `block_end` are the whole block's. `folded` says that
    the text is hidden behind a line that says so. `clip` is the first and the last pixel between which it is seen,
    where it is a cell of a table that slides.
    """

    start: int
    end: int
    block_start: int
    block_end: int
    x: int
    y: int
    width: int
    height: int
    right_to_left: bool
    folded: bool
    clip: tuple[int, int] | None

    def rects(self, start: int, end: int, /) -> list[QRect]:
        """Rectangles over the code points `start..end`, one a line (more in mixed directions)."""
        ...

    def caret(self, position: int, /) -> QRect:
        """The caret before the code point at `position`."""
        ...

    def position_at(self, x: int, y: int, /) -> int:
        """The code point whose leading edge is nearest to a point."""
        ...

    def covers(self, position: int, x: int, y: int, /) -> bool:
        """Whether a point lies on the character at `position`, not only nearest to it."""
        ...

    def line_limits(self, position: int, /) -> tuple[int, int]:
        """First and last caret position on the line that holds `position`."""
        ...

    def line_start_at(self, y: int, /) -> int:
        """Where the line at a height begins."""
        ...

    def line_end_at(self, y: int, /) -> int:
        """Behind the last code point of the line at a height."""
        ...

    def line_end_of(self, position: int, /) -> int:
        """Behind the last code point of the line that holds `position`."""
        ...

    def line_beside(self, position: int, /, *, down: bool) -> int | None:
        """A height on the line below (or above) that of `position`, if it is in this box too."""
        ...

    def before(self, position: int, /) -> int:
        """The caret position before `position`, which is not the box's start."""
        ...

    def after(self, position: int, /) -> int:
        """The caret position after `position`, which is not the box's end."""
        ...

    def is_below(self, upper: "Box", /) -> bool:
        """Whether it lies under another box of the same item, not beside it."""
        ...
