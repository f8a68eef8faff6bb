"""What marking takes from pages: where characters stand, the place of an area in the text, and its picture."""

from collections.abc import Callable

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QImageWriter

from reader.model.annotation import PageRect, Picture
from reader.model.document import Document
from reader.model.errors import ReaderError
from reader.model.page import Tile
from reader.services.page_pictures import piece_of
from reader.text.page_rects import PageGlyphs, Words
from reader.ui.reading.pages.loader import Loader
from reader.ui.reading.pages.source import PageSource
from reader.ui.reading.pages.tiles import image_of


def page_rect(page: int, rect: QRectF) -> PageRect:
    """A rectangle in fractions of a page, as anchors have it."""
    return PageRect(page, rect.left(), rect.top(), rect.right(), rect.bottom())


def glyphs_of(document: Document, loader: Loader, page: int) -> PageGlyphs | None:
    """Where the characters of a page stand; None while that is not known."""
    text, sheet = loader.text(page), document.sheets[page]
    return PageGlyphs(page, sheet.width, sheet.height, text.start, text.boxes) if text else None


def position_of(document: Document, loader: Loader, page: int, rect: QRectF) -> int:
    """The position in the text that is nearest to an area; the page's first one where its text is not known."""
    glyphs = glyphs_of(document, loader, page)
    return Words(glyphs).nearest(page_rect(page, rect)) if glyphs else document.sheets[page].start


class AreaPicture(QObject):
    """Has one area of a page drawn without anybody's marks; `came` tells the picture, None when it could not be."""

    came = Signal(object)
    _arrived = Signal(object)

    def __init__(self, done: Callable[[Picture | None], object], parent: QObject) -> None:
        super().__init__(parent)
        self.came.connect(done)
        self._arrived.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def ask(self, source: PageSource, document: Document, page: int, rect: QRectF) -> None:
        """Ask for the picture of a rectangle in fractions of a page."""
        scale, piece = piece_of(document.sheets[page], page_rect(page, rect))
        source.tile(page, scale, piece, 0, self._come, True, annotations=False)

    def _come(self, answer: Tile | ReaderError) -> None:
        # In a thread of the source's.
        self._arrived.emit(None if isinstance(answer, ReaderError) else picture_of(answer))

    def _tell(self, picture: Picture | None) -> None:
        self.came.emit(picture)
        self.deleteLater()


def picture_of(tile: Tile) -> Picture:
    """A piece of a page as a PNG file. Any thread may call."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image_of(tile))
    return Picture("image/png", bytes(buffer.data().data()))
