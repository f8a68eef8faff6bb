"""The pictures of areas of pages, as cards show them."""

from collections import OrderedDict
from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage

from reader.model.annotation import Annotation, Picture

_KEPT = 60
_TALLEST = 180


class Crops:
    """Has pictures by `load`, decodes them and keeps the latest at the size at which they are drawn, in pixels."""

    def __init__(self) -> None:
        self.load: Callable[[Annotation], Picture | None] = lambda _mark: None
        self._kept: OrderedDict[tuple[str, int], QImage] = OrderedDict()

    def image(self, mark: Annotation, width: int) -> QImage | None:
        """The picture of a mark, no wider than that; None where there is none."""
        if not mark.picture:
            return None
        key = mark.picture, width
        found = self._kept.get(key)
        if found is None:
            picture = self.load(mark)
            found = self._kept[key] = _scaled(QImage.fromData(picture.data), width) if picture else QImage()
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(key)
        return None if found.isNull() else found


def _scaled(image: QImage, width: int) -> QImage:
    limit = QSize(width, _TALLEST)
    if image.isNull() or (image.width() <= limit.width() and image.height() <= limit.height()):
        return image
    smooth = Qt.TransformationMode.SmoothTransformation
    return image.scaled(limit, Qt.AspectRatioMode.KeepAspectRatio, smooth)
