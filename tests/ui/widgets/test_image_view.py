"""An image in a window of its own."""

import pytest
from PySide6.QtCore import QBuffer, QIODevice, QPoint, Qt
from PySide6.QtGui import QColor, QImage, QPixmap
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from reader.model.document import Block, BlockKind, Document
from reader.ui.widgets.image_view import ImageView, caption_of, show_image

DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20">%s</svg>'
KEY = Qt.Key


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    parent = QWidget()
    qtbot.addWidget(parent)
    return parent


def png(width: int, height: int, color: str = "#c83201") -> bytes:
    image = QImage(width, height, QImage.Format.Format_ARGB32)
    image.fill(QColor(color))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data().data())


def opened(data: bytes, parent: QWidget) -> ImageView:
    view = show_image(data, "figure", parent)
    assert isinstance(view, ImageView)
    return view


def shown(view: ImageView) -> QPixmap:
    label = view.findChild(QLabel)
    assert isinstance(label, QLabel)
    return label.pixmap()


def test_a_drawing_is_shown_large_and_one_that_names_a_file_is_not(parent: QWidget) -> None:
    assert show_image(DRAWING % b'<image href="file:///etc/hostname"/>', "figure", parent) is None
    assert show_image(b"no picture", "figure", parent) is None
    view = opened(DRAWING % b"", parent)
    size = shown(view).size()
    assert size.height() > 300
    assert abs(size.width() / size.height() - 1.5) < 0.01
    view.close()


def test_a_large_picture_is_whole_at_first_and_a_click_shows_that_place_at_its_size(
    parent: QWidget, qtbot: QtBot
) -> None:
    view = opened(png(3000, 4000), parent)
    room = parent.screen().availableGeometry()
    assert view.is_whole()
    assert shown(view).height() < room.height()
    label = view.findChild(QLabel)
    corner = QPoint(label.width() - 2, label.height() - 2)
    qtbot.mouseClick(label, Qt.MouseButton.LeftButton, pos=corner)
    assert shown(view).height() == 4000
    assert view.size() == room.size() * 0.9
    assert label.visibleRegion().boundingRect().bottomRight() == QPoint(2999, 3999)
    qtbot.keyClick(view, KEY.Key_Return)
    assert view.is_whole()
    qtbot.keyClick(view, KEY.Key_Escape)


def test_a_small_picture_is_shown_at_its_size(parent: QWidget, qtbot: QtBot) -> None:
    view = opened(png(60, 40), parent)
    for _ in range(2):
        assert shown(view).width() == 60
        qtbot.keyClick(view, KEY.Key_Return)
    view.close()


def test_black_lines_on_nothing_are_seen_in_every_theme(parent: QWidget) -> None:
    for data in (png(60, 40, "#00000000"), DRAWING % b""):
        view = opened(data, parent)
        assert shown(view).toImage().pixelColor(5, 5) == QColor("white")
        view.close()


def test_its_title_is_what_stands_under_it() -> None:
    document = Document("The staff\n" + "x" * 200, (Block(BlockKind.FIGURE, 0, 9, asset="a"),))
    assert caption_of(document, "a") == "The staff"
    assert caption_of(document, "b") == ""
    long = Document("x" * 200, (Block(BlockKind.FIGURE, 0, 200, asset="a"),))
    assert len(caption_of(long, "a")) == 81
