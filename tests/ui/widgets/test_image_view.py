"""An image in a window of its own."""

from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from reader.ui.widgets.image_view import show_image

DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20">%s</svg>'


def test_a_drawing_is_shown_and_one_that_names_a_file_is_not(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    assert show_image(DRAWING % b'<image href="file:///etc/hostname"/>', "figure", parent) is None
    dialog = show_image(DRAWING % b"", "figure", parent)
    assert dialog is not None
    label = dialog.findChild(QLabel)
    assert isinstance(label, QLabel)
    assert label.pixmap().width() == 30
    dialog.close()
