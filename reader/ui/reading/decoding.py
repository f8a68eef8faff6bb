"""Decoding images beside the interface's thread, one after the other, the one asked for last first."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRunnable, QSize, Qt, QThreadPool, Signal

from reader.ui.reading.svg import is_harmless

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

# More wishes than this are forgotten, the oldest first: what is seen again is asked for again.
_MOST_WISHES = 24


def decode(data: bytes, kind: bytes, device: QSize) -> "QImage":
    """The image in `device` pixels; a null one where it cannot be read. May be called in any thread."""
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice
    from PySide6.QtGui import QImage, QImageReader

    if kind == b"svg" and not is_harmless(data):
        return QImage()
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(kind))
    if kind == b"svg" or device.width() < reader.size().width():
        reader.setScaledSize(device)
    image = reader.read()
    if not image.isNull() and image.size() != device:
        smooth = Qt.TransformationMode.SmoothTransformation
        image = image.scaled(device, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
    return image


# Those that have a job running: they must not be deleted by the last one to let go of them, the job's thread.
_running: "set[Decoder]" = set()


class _Job(QRunnable):
    def __init__(self, data: bytes, kind: bytes, device: QSize, tell: "Callable[[QImage], None]") -> None:
        super().__init__()
        self._facts = (data, kind, device)
        self._tell = tell

    def run(self) -> None:
        self._tell(decode(*self._facts))


class Decoder(QObject):
    """Wishes by key; `decoded` tells each that was granted, with its image, in the interface's thread."""

    decoded = Signal(object, object)
    _came = Signal(object, object)

    def __init__(self, load: Callable[[str], tuple[bytes, bytes]]) -> None:
        """`load` gives the bytes and the kind of an image; it is called in the interface's thread."""
        super().__init__()
        self._load = load
        self._wishes: dict[tuple[str, int, int], None] = {}
        self._busy: tuple[str, int, int] | None = None
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._came.connect(self._take, Qt.ConnectionType.QueuedConnection)

    def wish(self, key: tuple[str, int, int]) -> None:
        """Ask for an image by its name and its size in device pixels."""
        if key == self._busy:
            return
        self._wishes.pop(key, None)
        self._wishes[key] = None
        if len(self._wishes) > _MOST_WISHES:
            del self._wishes[next(iter(self._wishes))]
        if self._busy is None:
            self._next()

    def stop(self) -> None:
        """Forget what was asked for and is not yet under way."""
        self._wishes.clear()

    def waits_for(self, key: tuple[str, int, int]) -> bool:
        return key == self._busy or key in self._wishes

    def _next(self) -> None:
        if not self._wishes:
            return
        self._busy = key = self._wishes.popitem()[0]
        data, kind = self._load(key[0])
        _running.add(self)
        self._pool.start(_Job(data, kind, QSize(key[1], key[2]), lambda image: self._came.emit(key, image)))

    def _take(self, key: object, image: object) -> None:
        self._busy = None
        _running.discard(self)
        self.decoded.emit(key, image)
        self._next()
