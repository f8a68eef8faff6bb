"""The pane's part for pages of fixed form: how large they are shown, which one is on the screen, areas of them.

While a document is shown as text all of it waits; the modules for pages are loaded with the first that has some.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtWidgets import QWidget

from reader.model.annotation import Annotation, Style
from reader.model.document import Document
from reader.ui.reading.area import FlowArea
from reader.ui.reading.marks import Mark

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QKeyEvent, QPainter, QPaintEvent

    from reader.text.page_rects import PageGlyphs
    from reader.ui.reading.pages.hand import PageHand
    from reader.ui.reading.pages.mode import PageMode
    from reader.ui.reading.pages.page_flow import PageFlow, Place
    from reader.ui.reading.pages.source import PageSource
    from reader.ui.reading.pages.stage import Stage
    from reader.ui.reading.pane import ReadingPane

TILE_MEMORY_MB = 96
# The most pages of a selection whose text is fetched before they are looked at.
_MARKED_PAGES = 24


class PagedArea(FlowArea):
    """`area_made` tells a page (from 0) and a rectangle of it in fractions, `page_changed` the page one is on.

    `area_changed` tells an area mark's uid, its page and rectangle, and whether a key has changed it.

    `fit_changed` tells how pages are fitted ("width", "page" or "") and the zoom, 1.0 for 100 %.
    """

    area_made = Signal(int, QRectF)
    area_changed = Signal(str, int, QRectF, bool)
    page_changed = Signal(int)
    fit_changed = Signal(str, float)

    # Of the class, because Qt sends events while a pane is still being made.
    _hand: "PageHand | None" = None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mode: PageMode | None = None
        self._budget = TILE_MEMORY_MB << 20
        self._on_page = -1
        self._told_fit: tuple[str, float] | None = None
        self.scrolled.connect(self._tell_page)
        self.scrolled.connect(lambda: self._painted and self._fetch())
        # What may be seen next is asked for once what is seen has been painted.
        self._ahead_timer = self._single_shot(0, self._look_ahead)

    # The document

    def new_stage(self, document: Document, source: "PageSource | None") -> "Stage | None":
        """What shows the pages of a document; None where there are none. The stage before is closed."""
        if self.view.stage:
            self.view.stage.close()
        if self._hand:
            self._hand.area_edit.end()
        policy = Qt.ScrollBarPolicy
        paged = bool(source and document.sheets)
        self.setHorizontalScrollBarPolicy(policy.ScrollBarAsNeeded if paged else policy.ScrollBarAlwaysOff)
        self._on_page, self._told_fit = -1, None
        if not source or not document.sheets:
            return None
        from reader.ui.reading.pages.hand import PageHand
        from reader.ui.reading.pages.stage import Stage

        self._hand = self._hand or PageHand(cast("ReadingPane", self))
        stage = Stage(source, document, self.view.theme, self.page_mode(), self._budget)
        stage.loader.text_came.connect(self._text_came)
        stage.tiles.came.connect(self._picture_of_page_came)
        return stage

    def page_mode(self) -> "PageMode":
        """How pages are shown."""
        if self._mode is None:
            from reader.ui.reading.pages.mode import PageMode

            self._mode = PageMode()
        return self._mode

    def set_page_mode(self, mode: "PageMode") -> None:
        """Show pages so from now on."""
        self._set_mode(mode)

    def set_tile_memory(self, megabytes: int) -> None:
        """Keep so much of sharp pictures of pages."""
        self._budget = megabytes << 20
        if self.view.stage:
            self.view.stage.tiles.budget = self._budget

    # Size, direction, order

    def set_fit(self, fit: str) -> None:
        """Show pages as wide as the window ("width"), whole ("page"), or at the zoom that they have ("")."""
        flow = self._pages()
        zoom = flow.zoom if flow else self.page_mode().zoom
        self._set_mode(replace(self.page_mode(), fit=fit, zoom=zoom))

    def set_zoom(self, zoom: float, *, about: QPoint | None = None) -> None:
        """Show pages at a zoom of 0.1 to 8.0; the point `about`, else the middle of the window, stays."""
        from reader.ui.reading.pages.arrangement import LEAST, MOST

        zoom = min(max(zoom, LEAST), MOST)
        self._set_mode(replace(self.page_mode(), fit="", zoom=zoom), about or self.viewport().rect().center())

    def zoom_about(self, point: QPoint, steps: float) -> None:
        """Enlarge by so many steps (less than 0: make smaller); what is at `point` stays there."""
        from reader.ui.reading.pages.mode import stepped

        if flow := self._pages():
            self.set_zoom(stepped(flow.zoom, steps), about=point)

    def zoom(self) -> float:
        """The zoom of the pages, 1.0 for 100 %."""
        flow = self._pages()
        return flow.zoom if flow else self.page_mode().zoom

    def set_rotation(self, degrees: int) -> None:
        """Turn the pages clockwise by 0, 90, 180 or 270 degrees."""
        self._set_mode(replace(self.page_mode(), rotation=degrees % 360 // 90 * 90))

    def set_two_pages(self, two: bool) -> None:
        """Show two pages side by side, or one below another."""
        self._set_mode(replace(self.page_mode(), per_row=2 if two else 1))

    def set_keep_images(self, keep: bool) -> None:
        """Show images in their own colours where pages are dark or sepia."""
        self._set_mode(replace(self.page_mode(), keep_images=keep))

    def _set_mode(self, mode: "PageMode", about: QPoint | None = None) -> None:
        self._mode = mode
        stage, flow = self.view.stage, self._pages()
        if stage is None:
            return
        stage.mode = mode
        stage.set_look(self.view.theme)
        if flow:
            size = self.viewport().size()
            flow.fit((size.width(), size.height()), mode, about=about)
            self.view.eye = None
            self.moved()

    # Places

    def page_at_top(self) -> int:
        """The page that the reader is on, from 0."""
        flow = self._pages()
        return flow.page_at_top() if flow else 0

    def go_to_page(self, page: int, *, down: float = 0.0) -> None:
        """Bring a page to the top, or the place so many points below its upper edge."""
        if flow := self._pages():
            flow.show_page(min(max(page, 0), len(self.view.document.sheets) - 1), down)
            self.view.eye = None
            self.moved()

    def go_to_link(self, href: str) -> bool:
        """Go where a link of a page leads to in this document; False for one that leads elsewhere."""
        from reader.ui.reading.pages.targets import target_of

        target = target_of(href)
        if target is None or self._pages() is None:
            return False
        self.go_to_page(target[0], down=target[1])
        return True

    def page_place(self) -> "Place | None":
        """The place on the pages that are shown; None where there are none."""
        flow = self._pages()
        return flow.place() if flow else None

    def go_to_place(self, place: "Place") -> None:
        """Show a place on pages again, to the pixel."""
        if flow := self._pages():
            flow.show_place(place)
            self.view.eye = None
            self.moved()

    def page_glyphs(self, start: int, end: int) -> "tuple[PageGlyphs, ...]":
        """Where the characters of the pages stand that a stretch of text is on; without those not looked at yet."""
        flow, stage = self._pages(), self.view.stage
        if flow is None or stage is None:
            return ()
        from reader.ui.reading.pages.extract import glyphs_of

        found = (glyphs_of(self.view.document, stage.loader, page) for page in _pages_of(flow, start, end))
        return tuple(glyphs for glyphs in found if glyphs)

    def area_position(self, page: int, rect: QRectF) -> int:
        """The position in the text that is nearest to an area of a page."""
        from reader.ui.reading.pages.extract import position_of

        stage = self.view.stage
        return position_of(self.view.document, stage.loader, page, rect) if stage else 0

    def go_to_area(self, uid: str) -> bool:
        """Bring an area mark into view; False for any other."""
        flow, mark = self._pages(), self.view.scene.marks.get(uid)
        if flow is None or mark is None or not mark.rects:
            return False
        first = mark.rects[0]
        if not self.viewport().rect().contains(self.area_rect(mark)) or self.area_rect(mark).isEmpty():
            flow.show_area(first.page, first.left, first.top, first.right, first.bottom)
            self.view.eye = None
            self.moved()
        return True

    def set_area_mode(self, on: bool) -> None:
        """Let the next drag mark an area of a page instead of text, as Alt and a drag does."""
        if self._hand:
            self._hand.set_area_mode(on)

    def area_rect(self, mark: Mark) -> QRect:
        """Round an area mark, in the viewport; empty where it is not shown."""
        found = QRect()
        for rect, _mark in self._areas():
            found = found.united(rect) if _mark is mark else found
        return found

    def area_marks_at(self, point: QPoint) -> list[Mark]:
        """The area marks at a point of the viewport, the smallest first."""
        found = [(rect.width() * rect.height(), mark.uid, mark) for rect, mark in self._areas() if rect.contains(point)]
        return [mark for _size, _uid, mark in sorted(found, key=lambda entry: entry[:2])]

    def page_link_at(self, point: QPoint) -> str:
        """Where a link leads that the page has at a point; empty where there is none."""
        return self._hand.link_at(point) if self._hand and self.view.stage else ""

    def click_on_page(self, point: QPoint) -> bool:
        """Answer a click on what is no text: a mark of an area, a link, a page that could not be drawn."""
        return bool(self._hand and self.view.stage and self._hand.click(point))

    def areas_changed(self, changed: Sequence[Annotation], removed: Sequence[Annotation]) -> None:
        """Show what became of areas."""
        if self._hand and self.view.stage and any(mark.style == Style.AREA for mark in (*changed, *removed)):
            self._hand.area_edit.follow(changed, removed)
            self.viewport().update()

    def begin_area_edit(self, uid: str) -> bool:
        """Show handles on an area mark; False for any other."""
        return bool(self._hand and self.view.stage and self._hand.area_edit.begin(uid))

    def area_key(self, event: "QKeyEvent") -> bool:
        """Answer a key for the area that is being changed."""
        return bool(self._hand and self._hand.area_edit.key(event))

    def _areas(self) -> list[tuple[QRect, Mark]]:
        return self._hand.areas() if self._hand and self.view.stage else []

    # Events

    def viewportEvent(self, event: QEvent) -> bool:
        if self._hand and self.view.stage and self._hand.takes(event):
            return True
        return super().viewportEvent(event)

    def event(self, event: QEvent) -> bool:
        kind = event.type()
        if self._hand and kind in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride):
            key = cast("QKeyEvent", event)
            if self._hand.takes_key(key, dry=kind != QEvent.Type.KeyPress):
                event.accept()
                return True
        return super().event(event)

    def hideEvent(self, event: "QHideEvent") -> None:
        super().hideEvent(event)
        if self._hand:
            self._hand.area_edit.end()
        if self.view.stage:
            self.view.stage.tiles.stop()

    def paint_document(self, painter: "QPainter", clip: QRect) -> None:
        flow, stage = self._pages(), self.view.stage
        if flow is None or stage is None:
            super().paint_document(painter, clip)
            return
        from reader.ui.reading.pages.painting import paint_sheets

        paint_sheets(painter, clip, self.viewport().height(), flow, self.view.scene, stage)

    def paintEvent(self, event: "QPaintEvent") -> None:
        self._fetch()
        super().paintEvent(event)
        if self.view.stage:
            self._ahead_timer.start()

    def _fetch(self) -> None:
        """Have what is seen now before it is painted, where pages are quick to draw."""
        if self.view.stage and self.isVisible() and self.ensure() and (flow := self.view.page_flow):
            self.view.stage.fetch(flow, self.viewport().height(), self.devicePixelRatioF())

    def _look_ahead(self) -> None:
        if self.view.stage and self.isVisible() and (flow := self._pages()):
            selected = self._selected_pages(flow)
            self.view.stage.ask(flow, self.viewport().height(), self.devicePixelRatioF(), selected)

    def _selected_pages(self, flow: "PageFlow") -> range:
        """The pages that the selection is on; none of one that is on more of them than anyone marks."""
        start, end = self.view.selection.range or (0, 0)
        pages = _pages_of(flow, start, end) if start < end else range(0)
        return pages if len(pages) <= _MARKED_PAGES else range(0)

    def paint_over(self, painter: "QPainter") -> None:
        if self._hand and self.view.stage:
            self._hand.paint(painter)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        flow = self._pages()
        if flow and dx and not self._syncing:
            flow.scroll_across(self.horizontalScrollBar().value())
            self.viewport().update()
            self._announce()
        if dy or not dx:
            super().scrollContentsBy(dx, dy)

    def _sync(self) -> None:
        super()._sync()
        # Before the pane is shown its size is not the last one: nothing is laid out for that.
        if flow := self.view.page_flow if self.view.has_flow else None:
            bar, width = self.horizontalScrollBar(), self.viewport().width()
            self._syncing = True
            bar.setRange(0, max(0, flow.across - width))
            bar.setPageStep(max(1, width))
            bar.setSingleStep(self.verticalScrollBar().singleStep())
            bar.setValue(flow.left)
            self._syncing = False
            fit = flow.mode.fit, round(flow.zoom, 4)
            if fit != self._told_fit:
                self._told_fit = fit
                self.fit_changed.emit(*fit)

    def _pages(self) -> "PageFlow | None":
        return self.view.page_flow if self.view.stage and self.ensure_once() else None

    def ensure_once(self) -> bool:
        """Whether pages are laid out, without a look at the size of the window."""
        return self.view.has_flow or self.ensure()

    def _text_came(self, page: int) -> None:
        flow = self._pages()
        if flow is None:
            return
        if flow.text_came(page):
            self.moved()
        elif flow.page_rect(page).intersects(self.viewport().rect()):
            self.viewport().update(flow.page_rect(page))
            self._announce()

    def _picture_of_page_came(self, page: int) -> None:
        flow = self._pages()
        if flow and flow.page_rect(page).intersects(self.viewport().rect()):
            self.viewport().update(flow.page_rect(page))

    def _tell_page(self) -> None:
        if self.view.stage and self.view.has_flow and (page := self.page_at_top()) != self._on_page:
            self._on_page = page
            self.page_changed.emit(page)


def _pages_of(flow: "PageFlow", start: int, end: int) -> range:
    """The pages that a stretch of text is on."""
    return range(flow.chunks.index_of(start), flow.chunks.index_of(max(start, end - 1)) + 1)
