"""What marking takes from pages: where characters stand, the place of an area in the text, and its picture."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF
from PySide6.QtGui import QImageWriter

from reader.model.annotation import PageRect, Picture
from reader.model.document import Document
from reader.model.page import Tile
from reader.text.page_rects import PageGlyphs, Words
from reader.ui.reading.pages.loader import Loader
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


def picture_of(tile: Tile) -> Picture:
    """A piece of a page as a PNG file. Any thread may call."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image_of(tile))
    return Picture("image/png", bytes(buffer.data().data()))
