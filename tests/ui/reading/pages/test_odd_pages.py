"""Odd pages in the window: what is pointed at, marked, found and saved is where its ink is, to the pixel."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from reader.model.annotation import Style
from reader.services.library import Library
from tests.formats.pdf.ink import Edges, Ink
from tests.formats.pdf.makers import drawn
from tests.formats.pdf.odd import KINDS, Odd, odd
from tests.ui.conftest import Desk, move
from tests.ui.reading.pages.conftest import settle

LEFT, CONTROL, ALT = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
LIKE_OTHERS = ("plain", "turned 180", "cropped 90", "cropped 270")
OpenDesk = Callable[..., Desk]


def opened(open_desk: OpenDesk, library_path: Path, tmp_path: Path, data: bytes) -> Desk:
    path = tmp_path / "odd.pdf"
    path.write_bytes(data)
    library = Library.open(library_path)
    (result,) = library.adding.add([path])
    assert result.document, result.reason
    library.close()
    desk = open_desk(result.document.uid)
    desk.window.pane.set_fit("page")
    settle(desk.qtbot, desk.window.pane)
    return desk


def scale_of(made: Odd) -> float:
    return 0.1 if made is odd("huge") else 2.0


def on_screen(desk: Desk, made: Odd, edges: Edges) -> QRect:
    """A rectangle of the page in the viewport, worked out from nothing but where the page stands."""
    flow = desk.window.pane.view.page_flow
    assert flow
    page, size = flow.page_rect(0), Ink(made.alone, scale=0.05).size
    across, down = page.width() / size[0], page.height() / size[1]
    left, top = page.left() + round(edges[0] * across), page.top() + round(edges[1] * down)
    return QRect(left, top, round((edges[2] - edges[0]) * across), round((edges[3] - edges[1]) * down))


def changed(before: QImage, after: QImage) -> QRect:
    """Round the pixels that differ."""
    points = [
        (x, y)
        for y in range(before.height())
        if before.copy(0, y, before.width(), 1) != after.copy(0, y, before.width(), 1)
        for x in range(before.width())
        if before.pixel(x, y) != after.pixel(x, y)
    ]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return QRect(QPoint(min(xs), min(ys)), QPoint(max(xs), max(ys)))


def is_snug(rect: QRect, ink: QRect) -> bool:
    """Whether a rectangle covers ink but for a pixel, and stands off by less than a line."""
    room = max(4, min(rect.width(), rect.height()) * 6 // 10)
    return rect.adjusted(-2, -2, 2, 2).contains(ink) and ink.adjusted(-room, -room, room, room).contains(rect)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in LIKE_OTHERS])
def test_a_word_is_hit_marked_found_and_saved_where_its_ink_is(
    open_desk: OpenDesk, library_path: Path, tmp_path: Path, kind: str
) -> None:
    made = odd(kind)
    desk = opened(open_desk, library_path, tmp_path, made.data)
    pane, edges = desk.window.pane, Ink(made.alone, scale=scale_of(made)).bounds()
    assert edges
    ink, word = on_screen(desk, made, edges), desk.span(made.word)
    bare = pane.viewport().grab().toImage()

    QTest.mouseDClick(pane.viewport(), LEFT, pos=ink.center())
    assert pane.selection() == word
    desk.press(Qt.Key.Key_2)
    (mark,) = desk.marks()
    assert mark.quote == made.word
    desk.window.complete().marking.set_current(None)
    assert is_snug(changed(bare, pane.viewport().grab().toImage()), ink)

    assert mark.anchor
    (rect,) = mark.anchor.rects
    size = Ink(made.alone, scale=0.05).size
    kept = rect.left * size[0], rect.top * size[1], rect.right * size[0], rect.bottom * size[1]
    assert is_snug(on_screen(desk, made, kept), ink)

    copy = tmp_path / "copy.pdf"
    desk.library.exchange.save_pdf_copy(desk.uid, copy)
    scale = 0.05 if kind == "huge" else 1.0
    shown = Ink(copy.read_bytes(), scale=scale, annotations=True, instead=made.data).bounds()
    assert shown
    assert is_snug(on_screen(desk, made, shown), ink)

    desk.press(Qt.Key.Key_Z, CONTROL)
    assert pane.viewport().grab().toImage() == bare
    desk.press(Qt.Key.Key_F, CONTROL)
    settle(desk.qtbot, pane)
    bare = pane.viewport().grab().toImage()
    field = desk.window.complete().find_bar.findChild(QLineEdit)
    assert field
    field.setText(made.word)
    desk.qtbot.waitUntil(lambda: pane.view.scene.current_hit == word)
    settle(desk.qtbot, pane)
    # The bar takes some of the window, so the page stands elsewhere now.
    assert is_snug(changed(bare, pane.viewport().grab().toImage()), on_screen(desk, made, edges))


@pytest.mark.parametrize("kind", ["turned 90", "cropped 270", "huge"])
def test_an_area_round_a_word_has_its_ink(open_desk: OpenDesk, library_path: Path, tmp_path: Path, kind: str) -> None:
    made = odd(kind)
    desk = opened(open_desk, library_path, tmp_path, made.alone)
    edges = Ink(made.alone, scale=scale_of(made)).bounds()
    assert edges
    around = on_screen(desk, made, edges).adjusted(-6, -6, 6, 6)
    area(desk, around)
    (mark,) = desk.marks()
    assert mark.style is Style.AREA
    picture = desk.library.annotate.picture(mark)
    assert picture
    image = QImage.fromData(picture.data)
    image = image.convertToFormat(QImage.Format.Format_Grayscale8)
    dark = [(x, y) for y in range(image.height()) for x, gray in enumerate(row_of(image, y)) if gray < 128]
    xs, ys = [x for x, _ in dark], [y for _, y in dark]
    # The frame of six pixels on the screen is free of ink on every side.
    assert 0 < min(xs) < image.width() / 3
    assert 0 < min(ys) < image.height() / 3
    assert image.width() * 2 / 3 < max(xs) < image.width() - 1
    assert image.height() * 2 / 3 < max(ys) < image.height() - 1


def row_of(image: QImage, y: int) -> bytes:
    return bytes(image.constScanLine(y))[: image.width()]


def area(desk: Desk, rect: QRect) -> None:
    """Draw an area with the mouse, and wait for its picture."""
    view = desk.window.pane.viewport()
    QTest.mousePress(view, LEFT, ALT, rect.topLeft())
    move(view, rect.center())
    move(view, rect.bottomRight())
    QTest.mouseRelease(view, LEFT, ALT, rect.bottomRight())
    desk.qtbot.waitUntil(lambda: bool(desk.library.annotate.picture(desk.marks()[0])))


def test_a_page_without_words_can_be_marked_by_areas(open_desk: OpenDesk, library_path: Path, tmp_path: Path) -> None:
    data = drawn(lambda canvas: canvas.rect(100, 500, 200, 100, stroke=0, fill=1))
    desk = opened(open_desk, library_path, tmp_path, data)
    pane, made = desk.window.pane, Odd(data, data, "", "")
    assert desk.text == ""
    ink = on_screen(desk, made, Ink(data).bounds() or (0, 0, 0, 0))
    QTest.mouseDClick(pane.viewport(), LEFT, pos=ink.center())
    assert pane.selection() is None
    bare = pane.viewport().grab().toImage()
    area(desk, ink.adjusted(-10, -10, 10, 10))
    (mark,) = desk.marks()
    assert mark.quote == ""
    assert changed(bare, pane.viewport().grab().toImage()).intersected(ink.adjusted(-14, -14, 14, 14)).contains(ink)
    copy = tmp_path / "copy.pdf"
    desk.library.exchange.save_pdf_copy(desk.uid, copy)
    shown = Ink(copy.read_bytes(), scale=1.0, annotations=True, instead=data).bounds()
    assert shown
    assert on_screen(desk, made, shown).contains(ink)
    assert ink.adjusted(-16, -16, 16, 16).contains(on_screen(desk, made, shown))
