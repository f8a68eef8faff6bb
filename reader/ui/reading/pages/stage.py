"""One open document of fixed pages in one pane: its text, its pictures, and what of both is wanted now."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize

from reader.model.document import Document
from reader.model.page import PageLink
from reader.ui.reading.build import Source
from reader.ui.reading.pages.loader import Loader
from reader.ui.reading.pages.mode import PageMode
from reader.ui.reading.pages.page_flow import PageFlow
from reader.ui.reading.pages.pieces import Wanted
from reader.ui.reading.pages.source import PageSource
from reader.ui.reading.pages.tiles import Tiles
from reader.ui.reading.style import PageStyle
from reader.ui.theme import Theme

# So many windows in the direction of reading, and so many back, are drawn before they are seen.
_AHEAD, _BEHIND = 3, 1
# So many of each have their text fetched.
_TEXT = 1


class Stage:
    """`tiles.came` and `loader.text_came` tell what has come. It asks the source, and is closed before that is."""

    def __init__(self, source: PageSource, document: Document, theme: Theme, mode: PageMode, budget: int) -> None:
        self.mode = mode
        self.source = source
        self.loader = Loader(source, document)
        self.tiles = Tiles(source, theme, mode.rotation, budget)
        self._top, self._backward = 0, False
        # What was asked for last, if all of it was sharp.
        self._sharp: tuple[object, ...] | None = None
        self.set_look(theme)

    def set_look(self, theme: Theme) -> None:
        """Draw pages as the theme and the mode have it from now on."""
        self.tiles.set_look(theme, self.mode.rotation, keep_images=self.mode.keep_images)

    def make_flow(self, source: Source, style: PageStyle) -> PageFlow:
        return PageFlow(source, style, self.mode, self.loader.text)

    def fetch(self, flow: PageFlow, height: int, ratio: float) -> None:
        """Have what a window of `height` shows at once, on a screen of `ratio` device pixels each.

        Pages that are drawn quickly are there when this returns.
        """
        state = flow.top, flow.left, height, ratio, self.tiles.look, flow.canvas
        if state == self._sharp:
            return
        seen = _seen(flow, height, ratio)
        if not self._are_sharp(seen):
            self.ask(flow, height, ratio)
            self.tiles.await_sharp()
        # What is seen is kept, so there is nothing to look for until something moves.
        self._sharp = state if self._are_sharp(seen) else None

    def _are_sharp(self, pages: Sequence[Wanted]) -> bool:
        return all(self.tiles.is_sharp(page) for page in pages)

    def ask(self, flow: PageFlow, height: int, ratio: float, selected: Sequence[int] = ()) -> None:
        """Have drawn what a window shows, and what it may show next; have the text of it, and of `selected` pages."""
        if flow.top != self._top:
            self._top, self._backward = flow.top, flow.top < self._top
        seen = _seen(flow, height, ratio)
        near: list[Wanted] = []
        for step in self._steps():
            room = QRect(0, step * height, 1 << 20, height)
            near += [wanted_of(flow, page, room, ratio) for page in flow.pages_between(room.top(), room.bottom() + 1)]
        # Once PDFium has looked for the last page it finds every other one at once.
        last = len(flow.source.document.sheets) - 1
        is_far = all(page.page != last for page in (*seen, *near))
        self.tiles.want(seen, near, [wanted_of(flow, last, QRect(), ratio)] if is_far else [])
        texts = flow.pages_between(-_TEXT * height, (1 + _TEXT) * height)
        self.loader.want(dict.fromkeys((*selected, *(page.page for page in seen), *texts)))

    def _steps(self) -> Sequence[int]:
        """The windows above (less than 0) and below that may be seen next, the most likely first."""
        ahead, behind = [*range(1, _AHEAD + 1)], [*range(-1, -_BEHIND - 1, -1)]
        steps = [ahead[0], *behind, *ahead[1:]]
        return [-step for step in steps] if self._backward else steps

    def links(self, page: int) -> Sequence[PageLink]:
        return self.loader.links(page)

    def close(self) -> None:
        self.loader.close()
        self.tiles.close()


def wanted_of(flow: PageFlow, page: int, window: QRect, ratio: float) -> Wanted:
    """A page at its present size; seen is what of it lies in `window`, all in device pixels."""
    sheet = flow.source.document.sheets[page]
    scale = flow.scale * ratio
    sides = sheet.width, sheet.height
    width, height = sides[::-1] if flow.mode.rotation in (90, 270) else sides
    size = QSize(max(1, round(width * scale)), max(1, round(height * scale)))
    rect = flow.page_rect(page)
    part = rect.intersected(window).translated(-rect.topLeft())
    seen = QRect(
        int(part.x() * ratio), int(part.y() * ratio), round(part.width() * ratio) + 1, round(part.height() * ratio) + 1
    )
    return Wanted(page, scale, size, QRect() if part.isEmpty() else seen)


def _seen(flow: PageFlow, height: int, ratio: float) -> list[Wanted]:
    """The pages that a window shows, the one of which most is seen first."""
    window = QRect(0, 0, 1 << 20, height)
    shown = sorted(flow.pages_between(0, height), key=lambda page: -_height_in(flow, page, height))
    return [wanted_of(flow, page, window, ratio) for page in shown]


def _height_in(flow: PageFlow, page: int, height: int) -> int:
    rect = flow.page_rect(page)
    return min(rect.bottom(), height) - max(rect.top(), 0)
