"""An image of the document at its own size, in a window that scrolls."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QDialog, QLabel, QScrollArea, QVBoxLayout, QWidget

from reader.ui.reading.svg import is_harmless, is_svg


def show_image(data: bytes, name: str, parent: QWidget) -> QDialog | None:
    """Open `data` in a window of its own, at most as large as the screen; None when it is no picture."""
    pixmap = QPixmap()
    # A drawing may name files, and be drawn for ever.
    if (is_svg(data) and not is_harmless(data)) or not pixmap.loadFromData(data):
        return None
    dialog = QDialog(parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(name)
    label = QLabel()
    label.setPixmap(pixmap)
    label.setAccessibleName(name)
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    scroll = QScrollArea()
    scroll.setWidget(label)
    scroll.setWidgetResizable(True)
    layout = QVBoxLayout(dialog)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(scroll)
    screen = parent.screen().availableGeometry().size()
    dialog.resize(pixmap.size().boundedTo(screen * 0.9).grownBy(dialog.contentsMargins()))
    dialog.open()
    return dialog
