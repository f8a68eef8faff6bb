"""Icons drawn from SVG in the colours of the theme."""

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer

from reader.resources import resource

_RATIOS = (1, 2)


def draw_icon(name: str, size: int, *, normal: str, checked: str, disabled: str) -> QIcon:
    """The icon in three colours "#rrggbb", sharp on ordinary and on dense screens."""
    states = (
        (QIcon.Mode.Normal, QIcon.State.Off, normal),
        (QIcon.Mode.Normal, QIcon.State.On, checked),
        (QIcon.Mode.Disabled, QIcon.State.Off, disabled),
        (QIcon.Mode.Disabled, QIcon.State.On, disabled),
    )
    result = QIcon()
    for mode, state, color in states:
        for ratio in _RATIOS:
            result.addPixmap(icon_pixmap(name, color, size, ratio), mode, state)
    return result


def icon_pixmap(name: str, color: str, size: int, ratio: float = 1.0) -> QPixmap:
    """One picture of `resources/icons/<name>.svg` in `color`, `size` device-independent pixels at the side."""
    key = f"passage-icon {name} {color} {size} {ratio}"
    pixmap = QPixmap()
    if not QPixmapCache.find(key, pixmap):
        pixmap = _draw(resource("icons", f"{name}.svg").read_text("utf-8"), color, size, ratio)
        QPixmapCache.insert(key, pixmap)
    return pixmap


def _draw(source: str, color: str, size: int, ratio: float) -> QPixmap:
    renderer = QSvgRenderer(QByteArray(source.replace("currentColor", color).encode()))
    pixmap = QPixmap(round(size * ratio), round(size * ratio))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter)
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap
