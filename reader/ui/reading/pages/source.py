"""What the pane asks of an open document of fixed pages; every answer comes in a thread of the asked one's."""

from collections.abc import Callable
from typing import Protocol

from reader.model.errors import ReaderError
from reader.model.page import Glyphs, PageLink, Tile

PixelRect = tuple[int, int, int, int]
Edges = tuple[float, float, float, float]


class Ticket(Protocol):
    """A request that may be taken back, or become urgent."""

    def cancel(self) -> None: ...

    def urge(self) -> None: ...


class PageSource(Protocol):
    """An open document's pages. `scale` is pixels a point, `rotation` degrees clockwise, `rect` pixels of the page.

    With `images` a tile tells where pictures are in it; without `annotations` those of the file are not drawn.
    """

    def tile(
        self,
        page: int,
        scale: float,
        rect: PixelRect,
        rotation: int,
        done: Callable[[Tile | ReaderError], object],
        urgent: bool = False,
        *,
        annotations: bool = True,
        images: bool = False,
    ) -> Ticket: ...

    def glyphs(self, page: int, done: Callable[[Glyphs | ReaderError], object]) -> Ticket: ...

    def links(self, page: int, done: Callable[[list[PageLink] | ReaderError], object]) -> Ticket: ...
