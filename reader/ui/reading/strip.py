"""The strip beside the scroll bar: where in the document the marks are. A click goes there."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from reader.model.annotation import AnchorState, Annotation
from reader.ui.theme import Theme, load_theme

_WIDTH = 12
_TICK = 3
_NEAR = 4
_MANY = 300
"""More ticks than this are sooner painted all together, when they are looked at."""


class MarkStrip(QWidget):
    """One tick a mark, painted once into a picture; a changed mark paints its own tick only."""

    position_requested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(_WIDTH)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName("Marks in the document")
        self._theme = load_theme("light")
        self._length = 0
        self._places: dict[str, tuple[int, str]] = {}
        self._rows: dict[int, dict[str, None]] = {}
        self._picture: QPixmap | None = None

    def sizeHint(self) -> QSize:
        return QSize(_WIDTH, 100)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._forget()

    def set_annotations(self, annotations: Iterable[Annotation], length: int) -> None:
        """Show the marks of a document of `length` code points."""
        self._length = length
        self._places = {a.uid: place for a in annotations if (place := _place(a))}
        self._forget()

    def set_annotations_changed(
        self, added: Sequence[Annotation], updated: Sequence[Annotation], removed: Sequence[Annotation]
    ) -> None:
        """Take over changed marks; only their ticks are painted again, unless they are very many."""
        if len(added) + len(updated) + len(removed) > _MANY:
            self._forget()
        for annotation in (*removed, *updated):
            self._take(annotation.uid)
        for annotation in (*added, *updated):
            self._take(annotation.uid)
            place = _place(annotation)
            if place:
                self._places[annotation.uid] = place
                self._touch(place[0], annotation.uid)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._picture is None:
            self._draw_all()
        painter = QPainter(self)
        if self._picture is not None:
            painter.drawPixmap(0, 0, self._picture)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._forget()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._length:
            self.position_requested.emit(self._position_at(round(event.position().y())))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton and self._length:
            self.position_requested.emit(self._position_at(round(event.position().y())))

    def _position_at(self, y: int) -> int:
        """The mark nearest to a height, when one is near; else the place in the text."""
        if self._picture is None:
            self._draw_all()
        for distance in range(_NEAR + 1):
            for row in (y - distance, y + distance):
                if uids := self._rows.get(row):
                    return min(self._places[uid][0] for uid in uids)
        return min(max(0, y * self._length // max(1, self.height())), self._length)

    def _row(self, position: int) -> int:
        return min(position * self.height() // max(1, self._length), max(0, self.height() - _TICK))

    def _take(self, uid: str) -> None:
        place = self._places.pop(uid, None)
        if place and self._picture is not None:
            row = self._row(place[0])
            self._rows.get(row, {}).pop(uid, None)
            self._draw_near(row)

    def _touch(self, position: int, uid: str) -> None:
        if self._picture is not None:
            row = self._row(position)
            self._rows.setdefault(row, {})[uid] = None
            self._draw_near(row)

    def _forget(self) -> None:
        self._picture = None
        self._rows = {}
        self.update()

    def _draw_all(self) -> None:
        ratio = self.devicePixelRatioF()
        self._picture = QPixmap(round(self.width() * ratio), round(self.height() * ratio))
        self._picture.setDevicePixelRatio(ratio)
        self._picture.fill(QColor(self._theme.paper))
        for uid, (position, _color) in self._places.items():
            self._rows.setdefault(self._row(position), {})[uid] = None
        painter = QPainter(self._picture)
        painter.fillRect(0, 0, 1, self.height(), QColor(self._theme.line))
        for row in sorted(self._rows):
            self._draw_tick(painter, row)

    def _draw_near(self, row: int) -> None:
        """Draw the ticks again that overlap the one at `row`."""
        assert self._picture is not None
        painter = QPainter(self._picture)
        painter.fillRect(1, row, _WIDTH - 1, _TICK, QColor(self._theme.paper))
        painter.setClipRect(0, row, _WIDTH, _TICK)
        for near in range(row - _TICK + 1, row + _TICK):
            self._draw_tick(painter, near)
        painter.end()
        self.update(0, row - 1, _WIDTH, _TICK + 2)

    def _draw_tick(self, painter: QPainter, row: int) -> None:
        uids = self._rows.get(row)
        if uids:
            color = self._places[next(reversed(uids))][1]
            painter.fillRect(2, row, _WIDTH - 3, _TICK, QColor(self._theme.inks[color]))


def _place(annotation: Annotation) -> tuple[int, str] | None:
    if annotation.anchor is None or annotation.state == AnchorState.LOST:
        return None
    return annotation.anchor.start, annotation.color
