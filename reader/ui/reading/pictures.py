"""Images of the document: their size before they are decoded, the decoded ones while they are in use."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize

if TYPE_CHECKING:
    from PySide6.QtGui import QImage, QPixmap

    from reader.ui.reading.decoding import Decoder

# Formats whose decoders draw pixels only, and SVG, which is looked through before.
_FORMATS = frozenset({b"png", b"jpg", b"jpeg", b"gif", b"webp", b"bmp", b"ico"})
_MOST_PIXELS = 120_000_000
_KEPT_BYTES = 48 * 1024 * 1024
# Smaller ones are decoded where they are drawn: within a frame, and without a moment of empty room.
_SMALL = 60_000

Key = tuple[str, int, int]


class Pictures:
    """Decodes images at the size at which they are drawn, and forgets the oldest beyond 48 MB.

    Large ones are decoded beside the interface's thread; `came` is then called with the image's name.
    """

    def __init__(self, load_asset: Callable[[str], bytes], came: Callable[[str], None] = lambda _: None) -> None:
        self.load = load_asset
        self._tell = came
        self._sizes: dict[str, QSize] = {}
        self._pixmaps: dict[Key, QPixmap] = {}
        self._broken: set[str] = set()
        self._used = 0
        self._ratio = 1.0
        self._decoder: Decoder | None = None

    def size(self, name: str) -> QSize:
        """Natural size in pixels; empty when there is no such image or it cannot be shown."""
        size = self._sizes.get(name)
        if size is None:
            size = self._sizes[name] = self._read_size(name)
        return size

    def pixmap(self, name: str, size: QSize, ratio: float) -> "QPixmap | None":
        """The image decoded for `size` logical pixels on a screen of `ratio` device pixels each.

        None where it cannot be, and while it is on its way (`waits_for`).
        """
        key = _key(name, size, ratio)
        found = self._pixmaps.pop(key, None)
        if found is None:
            self._fetch(key, ratio)
            found = self._pixmaps.pop(key, None)
        if found is not None:
            self._pixmaps[key] = found
        return found

    def prepare(self, name: str, size: QSize, ratio: float) -> None:
        """Have an image decoded that will soon be seen."""
        key = _key(name, size, ratio)
        if key not in self._pixmaps and not self.waits_for(name, size, ratio):
            self._fetch(key, ratio)

    def waits_for(self, name: str, size: QSize, ratio: float) -> bool:
        """Whether an image is on its way."""
        return self._decoder is not None and self._decoder.waits_for(_key(name, size, ratio))

    def stop(self) -> None:
        """Nobody looks any more: decode nothing that is not under way."""
        if self._decoder:
            self._decoder.stop()

    def _fetch(self, key: Key, ratio: float) -> None:
        name, natural = key[0], self.size(key[0])
        if name in self._broken or natural.isEmpty():
            return
        self._ratio = ratio
        if natural.width() * natural.height() > _SMALL or self._kind(self.load(name)) == b"svg":
            self._decoding().wish(key)
            return
        from reader.ui.reading.decoding import decode

        self._keep(key, decode(*self._loaded(name), QSize(key[1], key[2])))

    def _decoding(self) -> "Decoder":
        if self._decoder is None:
            from reader.ui.reading.decoding import Decoder

            self._decoder = Decoder(self._loaded)
            self._decoder.decoded.connect(self._arrived)
        return self._decoder

    def _arrived(self, key: Key, image: "QImage") -> None:
        self._keep(key, image)
        self._tell(key[0])

    def _keep(self, key: Key, image: "QImage") -> None:
        from PySide6.QtGui import QPixmap

        if image.isNull():
            self._broken.add(key[0])
            return
        pixmap = QPixmap.fromImage(image)
        pixmap.setDevicePixelRatio(self._ratio)
        self._pixmaps[key] = pixmap
        self._used += _bytes(pixmap)
        self._forget()

    def _loaded(self, name: str) -> tuple[bytes, bytes]:
        data = self.load(name)
        return data, self._kind(data)

    def _read_size(self, name: str) -> QSize:
        data = self.load(name)
        kind = self._kind(data)
        if kind == b"svg":
            from reader.ui.reading.svg import natural_size

            return natural_size(data)
        size = _pixel_size(data, kind)
        return size if 0 < size.width() * size.height() <= _MOST_PIXELS else QSize()

    def _kind(self, data: bytes) -> bytes:
        """The format by its first bytes, as Qt names it; empty for one that is not drawn."""
        if not data:
            return b""
        if data.lstrip()[:1] in (b"<", b"\xef"):
            from reader.ui.reading.svg import is_svg

            return b"svg" if is_svg(data) else b""
        from PySide6.QtCore import QBuffer, QByteArray, QIODevice
        from PySide6.QtGui import QImageReader

        buffer = QBuffer()
        buffer.setData(QByteArray(data[:256]))
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        kind = bytes(QImageReader.imageFormat(buffer).data())
        return kind if kind in _FORMATS else b""

    def _forget(self) -> None:
        while self._used > _KEPT_BYTES and len(self._pixmaps) > 1:
            oldest = next(iter(self._pixmaps))
            self._used -= _bytes(self._pixmaps.pop(oldest))


def _pixel_size(data: bytes, kind: bytes) -> QSize:
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice
    from PySide6.QtGui import QImageReader

    if not kind:
        return QSize()
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    return QImageReader(buffer, QByteArray(kind)).size()


def _key(name: str, size: QSize, ratio: float) -> Key:
    return name, round(size.width() * ratio), round(size.height() * ratio)


def _bytes(pixmap: "QPixmap") -> int:
    return pixmap.width() * pixmap.height() * 4
