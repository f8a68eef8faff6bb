"""The scroll bar tells where it leads: heading and page at the pointer, or while it is dragged, at the handle."""

from bisect import bisect_right
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint
from PySide6.QtWidgets import QStyle, QStyleOptionSlider, QToolTip

from reader.model.document import Document, OutlineEntry

if TYPE_CHECKING:
    from PySide6.QtGui import QHelpEvent, QMouseEvent

    from reader.ui.reading.pane import ReadingPane

_LONGEST = 80


class ScrollTip(QObject):
    """Watches the vertical scroll bar of a pane."""

    def __init__(self, pane: "ReadingPane") -> None:
        super().__init__(pane)
        self._pane = pane
        self._bar = pane.verticalScrollBar()
        self._shown = False
        self._bar.setMouseTracking(True)
        self._bar.installEventFilter(self)
        self._bar.sliderMoved.connect(self._dragged)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.ToolTip:
            help_event: QHelpEvent = event  # type: ignore[assignment]
            self._show_at(help_event.pos().y(), help_event.globalPos())
            return True
        if kind == QEvent.Type.MouseMove and self._shown and not self._bar.isSliderDown():
            mouse: QMouseEvent = event  # type: ignore[assignment]
            self._show_at(round(mouse.position().y()), mouse.globalPosition().toPoint())
        elif kind in (QEvent.Type.Leave, QEvent.Type.MouseButtonRelease, QEvent.Type.Hide):
            self._hide()
        return super().eventFilter(watched, event)

    def _dragged(self, _value: int) -> None:
        """Beside the handle, what is at the top of the page now."""
        if self._pane.ensure():
            top = self._handle_top()
            self._show(self._pane.top_position(), self._bar.mapToGlobal(QPoint(0, top)))

    def _show_at(self, y: int, place: QPoint) -> None:
        if not self._pane.ensure():
            return
        flow, height = self._pane.view.flow, self._pane.viewport().height()
        share = min(max(0.0, y / max(1, self._bar.height())), 1.0)
        self._show(flow.position_near(round(share * max(flow.total - 1, height))), place)

    def _show(self, position: int, place: QPoint) -> None:
        text = place_words(self._pane.view.document, position)
        if text:
            self._shown = True
            QToolTip.showText(place, text, self._bar)
        else:
            self._hide()

    def _hide(self) -> None:
        if self._shown:
            self._shown = False
            QToolTip.hideText()

    def _handle_top(self) -> int:
        option = QStyleOptionSlider()
        self._bar.initStyleOption(option)
        style = QStyle
        part = self._bar.style().subControlRect(
            style.ComplexControl.CC_ScrollBar, option, style.SubControl.SC_ScrollBarSlider, self._bar
        )
        return part.top()


def place_words(document: Document, position: int) -> str:
    """The chapter, the heading within it and the page at a position, each on its line; empty where none is known."""
    lines = [_cut(title) for title in _headings(document.outline, position)]
    at = bisect_right(document.pages, position, key=lambda page: page.position) - 1
    if at >= 0:
        lines.append(f"Page {document.pages[at].label}")
    return "\n".join(lines)


def _headings(outline: tuple[OutlineEntry, ...], position: int) -> list[str]:
    """The heading that a position stands under, below the highest one that both stand under."""
    at = bisect_right(outline, position, key=lambda entry: entry.position) - 1
    if at < 0:
        return []
    inner, outer = outline[at], outline[at]
    while at > 0 and outer.level > 1:
        at -= 1
        if outline[at].level < outer.level:
            outer = outline[at]
    return [inner.title] if outer is inner else [outer.title, inner.title]


def _cut(title: str) -> str:
    title = " ".join(title.split())
    return title if len(title) <= _LONGEST else f"{title[:_LONGEST].rstrip()}…"
