"""Grounds and small muted words, by palette: what all panels wear."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QAbstractScrollArea, QLabel, QWidget

from reader.ui.theme import Theme
from reader.ui.typography import interface_font


def set_quiet_theme(labels: Iterable[QLabel], theme: Theme, size_px: int = 12) -> None:
    """Small and muted: counts and the like."""
    for label in labels:
        palette = label.palette()
        palette.setColor(QPalette.ColorRole.WindowText, QColor(theme.muted))
        label.setPalette(palette)
        label.setFont(interface_font(size_px))


def set_ground(widget: QWidget, color: str) -> None:
    """The panel's colour behind a widget; behind a list, in its viewport too.

    Where there is a style sheet, it paints the ground: it takes palettes back that were set before it was in force.
    """
    widget.setProperty("ground", "panel")
    widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    palette = widget.palette()
    for role in (QPalette.ColorRole.Window, QPalette.ColorRole.Base):
        palette.setColor(role, QColor(color))
    widget.setPalette(palette)
    widget.setAutoFillBackground(True)
    if isinstance(widget, QAbstractScrollArea):
        widget.viewport().setAutoFillBackground(True)
        widget.viewport().setPalette(palette)


def between(first: str, second: str, share: float) -> QColor:
    """The colour that lies `share` (0..1) of the way from the first to the second."""
    a, b = QColor(first), QColor(second)
    pairs = ((a.red(), b.red()), (a.green(), b.green()), (a.blue(), b.blue()))
    return QColor(*(round(x + (y - x) * share) for x, y in pairs))
