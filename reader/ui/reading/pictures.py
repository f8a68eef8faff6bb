"""Images of the document: their size before they are decoded, the decoded ones while they are in use."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt

if TYPE_CHECKING:
    from PySide6.QtCore import QBuffer
    from PySide6.QtGui import QImageReader, QPixmap

# Formats whose decoders draw pixels only. SVG is left out: it may name other files.
_FORMATS = frozenset({b"png", b"jpg", b"jpeg", b"gif", b"webp", b"bmp", b"ico"})
_MOST_PIXELS = 120_000_000
_KEPT_BYTES = 48 * 1024 * 1024


class Pictures:
    """Decodes images at the size at which they are drawn, and forgets the oldest beyond 48 MB."""

    def __init__(self, load_asset: Callable[[str], bytes]) -> None:
        self._load = load_asset
        self._sizes: dict[str, QSize] = {}
        self._pixmaps: dict[tuple[str, int, int], QPixmap] = {}
        self._used = 0

    def size(self, name: str) -> QSize:
        """Natural size in pixels; empty when there is no such image or it cannot be shown."""
        size = self._sizes.get(name)
        if size is None:
            size = self._sizes[name] = self._read_size(name)
        return size

    def pixmap(self, name: str, size: QSize, ratio: float) -> "QPixmap | None":
        """The image decoded for `size` logical pixels on a screen of `ratio` device pixels each."""
        device = QSize(round(size.width() * ratio), round(size.height() * ratio))
        key = (name, device.width(), device.height())
        found = self._pixmaps.pop(key, None)
        if found is None:
            found = self._decode(name, device, ratio)
            if found is None:
                return None
            self._used += _bytes(found)
        self._pixmaps[key] = found
        self._forget()
        return found

    def _read_size(self, name: str) -> QSize:
        opened = self._open(name)
        if opened is None:
            return QSize()
        size = opened[0].size()
        return size if 0 < size.width() * size.height() <= _MOST_PIXELS else QSize()

    def _decode(self, name: str, device: QSize, ratio: float) -> "QPixmap | None":
        from PySide6.QtGui import QPixmap

        opened = self._open(name)
        if opened is None:
            return None
        reader = opened[0]
        natural = reader.size()
        if device.width() < natural.width():
            reader.setScaledSize(device)
        image = reader.read()
        if image.isNull():
            return None
        if image.size() != device:
            smooth = Qt.TransformationMode.SmoothTransformation
            image = image.scaled(device, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
        pixmap = QPixmap.fromImage(image)
        pixmap.setDevicePixelRatio(ratio)
        return pixmap

    def _open(self, name: str) -> "tuple[QImageReader, QBuffer] | None":
        """A reader and the buffer it reads from, which must live as long."""
        from PySide6.QtCore import QBuffer, QByteArray, QIODevice
        from PySide6.QtGui import QImageReader

        data = self._load(name)
        if not data:
            return None
        buffer = QBuffer()
        buffer.setData(QByteArray(data))
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        kind = bytes(QImageReader.imageFormat(buffer).data())
        if kind not in _FORMATS:
            return None
        return QImageReader(buffer, QByteArray(kind)), buffer

    def _forget(self) -> None:
        while self._used > _KEPT_BYTES and len(self._pixmaps) > 1:
            oldest = next(iter(self._pixmaps))
            self._used -= _bytes(self._pixmaps.pop(oldest))


def _bytes(pixmap: "QPixmap") -> int:
    return pixmap.width() * pixmap.height() * 4
