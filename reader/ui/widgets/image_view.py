"""An image of the document in a window of its own: whole at first, then at its own size."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QDialog, QLabel, QScrollArea, QVBoxLayout, QWidget

from reader.model.document import Document
from reader.ui.reading.decoding import decode
from reader.ui.reading.svg import is_svg, natural_size

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent

_SHARE = 0.9
"""How much of the screen a picture may take."""
_LONGEST_TITLE = 80
_KEPT = Qt.AspectRatioMode.KeepAspectRatio
_SMOOTH = Qt.TransformationMode.SmoothTransformation


def show_image(data: bytes, name: str, parent: QWidget) -> QDialog | None:
    """Open `data` in a window that says `name`, at most as large as the screen; None when it is no picture."""
    room = parent.screen().availableGeometry().size() * _SHARE
    pixmap = QPixmap()
    if is_svg(data):
        pixmap = _drawing(data, room)
    else:
        pixmap.loadFromData(data)
    if pixmap.isNull():
        return None
    dialog = ImageView(_on_paper(pixmap), name, room, parent)
    dialog.open()
    return dialog


class ImageView(QDialog):
    """A picture that is larger than the room is fitted into it; a click or Enter shows it at its size, and back."""

    def __init__(self, pixmap: QPixmap, name: str, room: QSize, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(name)
        self._pixmap, self._room = pixmap, room
        fits = pixmap.width() <= room.width() and pixmap.height() <= room.height()
        self._fitted = pixmap if fits else pixmap.scaled(room, _KEPT, _SMOOTH)
        self._label = QLabel()
        self._label.setAccessibleName(name)
        self._label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self._scroll.setWidget(self._label)
        self._scroll.setWidgetResizable(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._scroll)
        self._label.installEventFilter(self)
        self._show(self._fitted)
        self.resize(self._fitted.size())

    def is_whole(self) -> bool:
        """Whether it is fitted into the window."""
        return self._label.pixmap().size() == self._fitted.size()

    def keyPressEvent(self, event: "QKeyEvent") -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._turn(0.5, 0.5)
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._label and event.type() == QEvent.Type.MouseButtonRelease:
            mouse: QMouseEvent = event  # type: ignore[assignment]
            self._turn(mouse.position().x() / self._label.width(), mouse.position().y() / self._label.height())
            return True
        return super().eventFilter(watched, event)

    def _turn(self, across: float, down: float) -> None:
        """From whole to its own size or back; of the larger one, the place (0..1) that was meant is seen."""
        self._show(self._pixmap if self.is_whole() else self._fitted)
        frame = self.geometry()
        frame.setSize(self._label.pixmap().size().boundedTo(self._room))
        frame.moveCenter(self.geometry().center())
        self.setGeometry(frame)
        bars = ((self._scroll.horizontalScrollBar(), across), (self._scroll.verticalScrollBar(), down))
        for bar, share in bars:
            bar.setValue(round(share * (bar.maximum() + bar.pageStep()) - bar.pageStep() / 2))

    def _show(self, pixmap: QPixmap) -> None:
        shape = Qt.CursorShape
        other = shape.PointingHandCursor if self._fitted is not self._pixmap else shape.ArrowCursor
        self._label.setCursor(other)
        self._label.setPixmap(pixmap)
        self._label.setMinimumSize(pixmap.size())
        self._label.adjustSize()


def _drawing(data: bytes, room: QSize) -> QPixmap:
    """A drawing as large as there is room for, as it has no pixels of its own; none that reaches elsewhere."""
    return QPixmap.fromImage(decode(data, b"svg", natural_size(data).scaled(room, _KEPT)))


def _on_paper(pixmap: QPixmap) -> QPixmap:
    """A picture with nothing behind it on white, for which it was made, whatever the colours of the window."""
    if not pixmap.hasAlphaChannel():
        return pixmap
    paper = QPixmap(pixmap.size())
    paper.fill(QColor("white"))
    painter = QPainter(paper)
    painter.drawPixmap(0, 0, pixmap)
    painter.end()
    return paper


def caption_of(document: Document, asset: str) -> str:
    """The beginning of what stands under a picture, for a title; empty where nothing does."""
    figure = next((block for block in document.blocks if block.asset == asset), None)
    words = " ".join(document.text[figure.start : figure.end].split()) if figure else ""
    return words if len(words) <= _LONGEST_TITLE else f"{words[:_LONGEST_TITLE].rstrip()}…"
