"""The state behind the pane: the document, its flow for the present size, and what the reader has done with it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect

from reader.model.annotation import Annotation
from reader.model.document import Document, Span, SpanKind
from reader.ui.reading.base_flow import BaseFlow
from reader.ui.reading.build import Source, make_source
from reader.ui.reading.flow import Flow
from reader.ui.reading.marks import Marks, rects_on
from reader.ui.reading.paint import Scene
from reader.ui.reading.pictures import Pictures
from reader.ui.reading.selection import Selection
from reader.ui.reading.stretches import Stretch, Stretches
from reader.ui.reading.style import PageStyle
from reader.ui.theme import Theme
from reader.ui.typography import Typography

if TYPE_CHECKING:
    from reader.ui.reading.pages.page_flow import PageFlow
    from reader.ui.reading.pages.stage import Stage

_HEAD = 44
_FOOT = 72
_EYE = 12


class View:
    """One document in one window. Positions are code points, `y` and sizes pixels of the viewport.

    `eye` is a place that resizing must not move: a position and the height of its line. It holds until the
    reader scrolls, so that many small resizes do not add up.
    """

    def __init__(self, theme: Theme, typography: Typography) -> None:
        self.theme = theme
        self.typography = typography
        self.scene = Scene()
        self.picture_came: Callable[[str], None] = lambda _: None
        self.selection = Selection()
        self.eye: tuple[int, int] | None = None
        self.head, self.foot = _HEAD, _FOOT
        self.height: int = 0
        self._width: int = 0
        self._slid: dict[int, int] = {}
        self._flow: BaseFlow | None = None
        self.stage: Stage | None = None
        self._stale = False
        self._source = self._make_source(Document(""))

    def open(
        self,
        document: Document,
        annotations: Sequence[Annotation],
        load_asset: Callable[[str], bytes],
        position: int,
        *,
        hidden: Iterable[Stretch] = (),
        faded: Iterable[Stretch] = (),
        stage: "Stage | None" = None,
    ) -> None:
        """Take another document; it is laid out when it is first needed. With a `stage` it is shown as its pages."""
        self.scene = Scene(
            marks=Marks(annotations, document.text), pictures=Pictures(load_asset, lambda name: self.picture_came(name))
        )
        self.selection = Selection()
        self._slid = {}
        text = document.text
        source = self._make_source(document)
        self._source = replace(source, hidden=Stretches(hidden, text), faded=Stretches(faded, text))
        self._flow, self.stage = None, stage
        self.eye = (min(position, len(document.text)), _EYE) if position > 0 else None

    def open_excerpt(self, other: "View", bounds: Stretch) -> None:
        """Take some blocks of what another view shows, with its marks and pictures."""
        from reader.ui.reading.excerpt import Excerpt

        self.scene = Scene(
            marks=other.scene.marks, pictures=Pictures(other.scene.pictures.load, lambda name: self.picture_came(name))
        )
        self.scene.current_mark = other.scene.current_mark
        self.selection = Selection()
        self._source = replace(other.source, chunks=Excerpt(other.document, bounds))
        self._flow = self.stage = None
        self.eye = None

    @property
    def document(self) -> Document:
        return self._source.document

    @property
    def source(self) -> Source:
        return self._source

    @property
    def has_flow(self) -> bool:
        return self._flow is not None

    @property
    def flow(self) -> BaseFlow:
        """The laid out text; only after `ensure`."""
        assert self._flow is not None
        return self._flow

    @property
    def page_flow(self) -> "PageFlow | None":
        """The laid out pages, where the document is shown as such."""
        if self.stage is None:
            return None
        from reader.ui.reading.pages.page_flow import PageFlow

        return self._flow if isinstance(self._flow, PageFlow) else None

    def set_look(self, *, theme: Theme | None = None, typography: Typography | None = None) -> bool:
        """Take another theme or face; whether that is a change."""
        look = theme or self.theme, typography or self.typography
        if look == (self.theme, self.typography):
            return False
        self._hold_eye()
        self.theme, self.typography = look
        self._stale = True
        return True

    def set_hidden(self, ranges: Iterable[Stretch]) -> bool:
        """Hide other stretches than before; whether that is a change."""
        hidden = Stretches(ranges, self.document.text)
        return self._set_source(replace(self._source, hidden=hidden)) if hidden != self._source.hidden else False

    def set_faded(self, ranges: Iterable[Stretch]) -> bool:
        """Fade other stretches than before; whether that is a change."""
        faded = Stretches(ranges, self.document.text)
        return self._set_source(replace(self._source, faded=faded)) if faded != self._source.faded else False

    def _set_source(self, source: Source) -> bool:
        self._hold_eye()
        self._source, self._stale = source, True
        return True

    def set_kicker(self, text: str) -> None:
        self._hold_eye()
        self.scene.kicker = text
        self._stale = True

    def ensure(self, width: int, height: int) -> bool:
        """Set the text for this size where it is not; whether anything had to be done."""
        if width < 40 or height < 1:
            return False
        if self.stage:
            return self._ensure_pages(self.stage, width, height)
        fresh = self._flow is None or self._stale or width != self._width
        if not fresh and height == self.height:
            return False
        if fresh:
            self._hold_eye()
            style = PageStyle(self.theme, self.typography, width)
            room = style.small().pitch + style.gap // 2 if self.scene.kicker else 0
            self._flow = Flow(self._source, style, head=self.head + room, foot=self.foot, slid=self._slid)
        self._width, self.height, self._stale = width, height, False
        if fresh and self.eye and self.eye[0] > 0:
            self.flow.put(self.eye[0], self.eye[1], height)
        else:
            self.flow.settle(height)
        return True

    def _ensure_pages(self, stage: "Stage", width: int, height: int) -> bool:
        flow = self.page_flow
        if flow and not self._stale and (width, height) == (self._width, self.height):
            return False
        style = PageStyle(self.theme, self.typography, width)
        self._width, self.height, self._stale = width, height, False
        stage.set_look(self.theme)
        if flow:
            flow.fit((width, height), source=self._source, style=style)
            return True
        flow = self._flow = stage.make_flow(self._source, style)
        flow.fit((width, height))
        if self.eye:
            flow.put(*self.eye, height)
        return True

    def eye_position(self) -> int:
        """The code point that begins the first visible line."""
        return self.eye[0] if self.eye else self.flow.top_position()

    def top_line(self) -> tuple[int, int]:
        """The code point that begins the first visible line, and how far below the top that line is."""
        if self.eye:
            return self.eye
        position = self.flow.top_position()
        return position, self.flow.view_rect(position).top()

    def visible_range(self) -> tuple[int, int]:
        return self.flow.top_position(), self.flow.bottom_position(self.height)

    def progress(self) -> float:
        """How much of the text is above the window's bottom, 0..1."""
        return self.flow.share_above(self.height)

    def rects(self, start: int, end: int) -> list[QRect]:
        """Rectangles of the visible part of a stretch, one a line, in viewport coordinates."""
        found: list[QRect] = []
        for shown in self.flow.shown(self.height):
            if start < shown.page.end and end > shown.page.start:
                parts = rects_on(shown.page, start, end)
                found += [rect.translated(shown.x, shown.y) for rect in parts]
        return [rect for rect in found if rect.bottom() >= 0 and rect.top() < self.height]

    def picture_rects(self, name: str) -> list[QRect]:
        """Where an image stands in the viewport."""
        return [
            picture.rect.translated(shown.x, shown.y)
            for shown in self.flow.shown(self.height)
            for picture in shown.page.pictures
            if picture.asset == name
        ]

    def reveal(self, position: int, end: int | None = None) -> None:
        """Bring a place into view: not at all if it is, else to the upper third."""
        self.flow.slide_to(position)
        first = self.flow.view_rect(position)
        last = self.flow.view_rect(max(position, (end or position) - 1))
        pitch = self.flow.style.body.pitch
        if first.top() >= pitch // 2 and max(first, last, key=QRect.bottom).bottom() <= self.height - pitch:
            return
        self.flow.put(position, self.height // 4, self.height)
        self.eye = None

    def put_at_top(self, position: int) -> None:
        """Make the line of `position` the first one; at the very beginning what stands above it is shown too."""
        self.flow.slide_to(position)
        self._nudge(position, self.height if position == 0 else self.flow.style.body.pitch // 2)

    def show_caret(self, position: int) -> bool:
        """Scroll as little as needed to have the caret in view; whether anything moved.

        With the first line, what stands above it is shown too, if there is room for both.
        """
        slid = self.flow.slide_to(position)
        if self._is_in_first_line(position):
            if self.flow.scroll > 0:
                self._nudge(position, self.height)
                return True
            return slid
        rect, pitch = self.flow.view_rect(position), self.flow.style.body.pitch
        if rect.top() < pitch // 2:
            self._nudge(position, pitch // 2)
        elif rect.bottom() > self.height - pitch:
            self._nudge(position, self.height - pitch - rect.height())
        else:
            return slid
        return True

    def _is_in_first_line(self, position: int) -> bool:
        """Whether a position is in the first line, and that fits on the first page."""
        flow = self.flow
        if flow.chunks.index_of(position) != 0 or flow.line_rect(position).top() > flow.line_rect(flow.first).top():
            return False
        return flow.view_rect(position).bottom() + flow.scroll <= self.height

    def _nudge(self, position: int, y: int) -> None:
        self.flow.put(position, y, self.height)
        self.eye = None

    def flashed(self, position: int, end: int | None) -> tuple[int, int]:
        """What lights up on arrival: the stretch, or the line that begins there."""
        if end is not None and end > position:
            return position, end
        box = self.flow.box_of(position)
        if box is None:
            return position, position
        return position, max(position, box.line_end_of(position))

    def link_at(self, position: int) -> Span | None:
        """The link over a code point."""
        return next((span for span in self._source.spans.at(position) if span.kind == SpanKind.LINK), None)

    def note_of(self, link: Span) -> Stretch | None:
        """Where the footnote stands that a link leads to; None where it leads elsewhere."""
        if not link.href.startswith("#"):
            return None
        from reader.ui.reading.excerpt import note_of

        return note_of(self.document, link.href)

    def shown_text(self, start: int, end: int) -> str:
        """A stretch as it is read: hidden parts left out, line ends of hard-wrapped paragraphs as spaces."""
        text = self._joined_text(start, end)
        hidden = self._source.hidden.within(start, end)
        if hidden:
            from reader.text.masks import visible_text

            text = visible_text(text, 0, len(text), [(low - start, high - start) for low, high in hidden])
        if self.document.sheets:
            from reader.text.joining import joined

            return joined(text)
        return text

    def _joined_text(self, start: int, end: int) -> str:
        text = self.document.text[start:end]
        if not (self.document.is_plain and self.document.hard_wrapped) or "\n" not in text:
            return text
        characters = list(text)
        for index in range(self.flow.chunks.index_of(start), self.flow.chunks.index_of(max(start, end - 1)) + 1):
            for piece in self.flow.chunks.pieces(index):
                if piece.wrapped:
                    _join_lines(characters, piece.start - start, piece.end - start)
        return "".join(characters)

    def _hold_eye(self) -> None:
        if self._flow is not None and not self.stage and self.eye is None and self._flow.scroll > 0:
            position = self._flow.top_position()
            self.eye = (position, self._flow.view_rect(position).top())

    def _make_source(self, document: Document) -> Source:
        return make_source(document, lambda name: self.scene.pictures.size(name))


def _join_lines(characters: list[str], start: int, end: int) -> None:
    for at in range(max(0, start), min(end, len(characters))):
        if characters[at] == "\n":
            characters[at] = " "
