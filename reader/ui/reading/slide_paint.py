"""Drawing what lies under the text of a table that slides, and its bar."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter

from reader.ui.reading.paint import paint_grounds
from reader.ui.reading.slide import Slide
from reader.ui.reading.style import PageStyle


def paint_slide(painter: QPainter, clip: QRect, slide: Slide, style: PageStyle) -> None:
    """Draw the part in `clip`: the columns that moved, those that stay, the bar below."""
    # A cell's border is drawn on the pixels behind its right and lower edge.
    seen = slide.clip.adjusted(0, 0, 1, 1)
    painter.save()
    painter.setClipRect(seen, Qt.ClipOperation.IntersectClip)
    painter.translate(slide.shift, 0)
    paint_grounds(painter, clip.translated(-slide.shift, 0), slide.moving, style)
    painter.restore()
    paint_grounds(painter, clip, slide.still, style)
    bar = slide.bar()
    if not bar.intersects(clip):
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    for rect, name in ((bar, "line"), (slide.handle(), "control")):
        painter.setBrush(style.color(name))
        painter.drawRoundedRect(rect, bar.height() / 2, bar.height() / 2)
    painter.restore()
