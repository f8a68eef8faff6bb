"""One open document of fixed pages in one pane: its text, its pictures, and what of both is wanted now."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize

from reader.model.document import Document
from reader.model.page import PageLink
from reader.ui.reading.build import Source
from reader.ui.reading.pages.loader import Loader
from reader.ui.reading.pages.mode import PageMode
from reader.ui.reading.pages.page_flow import PageFlow
from reader.ui.reading.pages.source import PageSource
from reader.ui.reading.pages.tiles import Tiles, Wanted
from reader.ui.reading.style import PageStyle
from reader.ui.theme import Theme

# So many windows ahead, and behind, pages are drawn before they are seen; farther ones coarsely.
_AHEAD, _BEHIND, _FAR = 1.0, 0.6, 3.0


class Stage:
    """`tiles.came` and `loader.text_came` tell what has come. It asks the source, and is closed before that is."""

    def __init__(self, source: PageSource, document: Document, theme: Theme, mode: PageMode, budget: int) -> None:
        self.mode = mode
        self.source = source
        self.loader = Loader(source, document)
        self.tiles = Tiles(source, theme, mode.rotation, budget)
        self.set_look(theme)

    def set_look(self, theme: Theme) -> None:
        """Draw pages as the theme and the mode have it from now on."""
        self.tiles.set_look(theme, self.mode.rotation, keep_images=self.mode.keep_images)

    def make_flow(self, source: Source, style: PageStyle) -> PageFlow:
        return PageFlow(source, style, self.mode, self.loader.text)

    def ask(self, flow: PageFlow, height: int, ratio: float) -> None:
        """Have drawn what a window of `height` shows on a screen of `ratio` device pixels each, and what is near."""
        shown = flow.pages_between(0, height)
        window = QRect(0, 0, 1 << 20, height)
        seen = [wanted_of(flow, page, window, ratio) for page in sorted(shown, key=lambda p: -_seen(flow, p, height))]
        ahead = QRect(0, height, 1 << 20, round(_AHEAD * height))
        behind = QRect(0, -round(_BEHIND * height), 1 << 20, round(_BEHIND * height))
        near: list[Wanted] = []
        for room in (ahead, behind):
            pages = flow.pages_between(room.top(), room.bottom() + 1)
            near += [wanted_of(flow, page, room, ratio) for page in pages]
        far = flow.pages_between(-round(_FAR * height), round((1 + _FAR) * height))
        known = {*shown, *(wanted.page for wanted in near)}
        near += [wanted_of(flow, page, QRect(), ratio) for page in far if page not in known]
        self.tiles.want(seen, near)
        self.loader.want((*shown, *(page for page in sorted(known) if page not in shown)))

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


def _seen(flow: PageFlow, page: int, height: int) -> int:
    rect = flow.page_rect(page)
    return min(rect.bottom(), height) - max(rect.top(), 0)
