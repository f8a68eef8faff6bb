"""Areas of pages in the window: those that a PDF brings, taken over, and their pictures."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage

from reader.model.annotation import PageRect, Style
from reader.services.library import Library
from tests.formats.pdf.makers import drawn, written
from tests.ui.conftest import Desk
from tests.ui.reading.pages.conftest import settle

AREA = PageRect(0, 0.1, 0.1, 0.6, 0.4)


def with_area(tmp_path: Path, library_path: Path) -> str:
    """The uid of a document whose file has a mark of an area in it."""
    paper, copy = tmp_path / "paper.pdf", tmp_path / "copy.pdf"
    paper.write_bytes(drawn(written("The board has promised the town a lake.")))
    other = Library.open(tmp_path / "other.db")
    uid = one(other, paper)
    loaded = other.documents.open(uid).document
    other.annotate.mark_area(uid, loaded.text, 0, AREA)
    other.exchange.save_pdf_copy(uid, copy)
    other.close()
    library = Library.open(library_path)
    uid = one(library, copy)
    library.close()
    return uid


def one(library: Library, path: Path) -> str:
    (result,) = library.adding.add([path])
    assert result.document, result.reason
    return result.document.uid


def test_areas_of_the_file_are_taken_over_in_one_step_and_get_their_pictures(
    open_desk: Callable[..., Desk], library_path: Path, tmp_path: Path
) -> None:
    desk = open_desk(with_area(tmp_path, library_path))
    settle(desk.qtbot, desk.window.pane)
    desk.press(Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    desk.press(Qt.Key.Key_Return)
    desk.qtbot.waitUntil(lambda: bool(desk.marks()))
    desk.qtbot.waitUntil(lambda: bool(desk.library.annotate.picture(desk.marks()[0])))
    (mark,) = desk.marks()
    picture = desk.library.annotate.picture(mark)
    assert mark.style is Style.AREA
    assert picture
    assert picture.data.startswith(b"\x89PNG")
    desk.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert not desk.marks()


def test_a_picture_shows_the_paper_without_the_marks_of_the_file(
    open_desk: Callable[..., Desk], library_path: Path, tmp_path: Path
) -> None:
    """The file has an orange frame at `AREA`; around it there is nothing but paper."""
    desk = open_desk(with_area(tmp_path, library_path))
    pane = desk.window.pane
    settle(desk.qtbot, pane)
    corner = pane.view.page_flow.page_rect(0)  # type: ignore[union-attr]
    around = QRectF(0.3, 0.3, 0.5, 0.3)
    on_screen = pane.view.page_flow.page(0).turn.of_fractions(0.3, 0.3, 0.8, 0.6)  # type: ignore[union-attr]
    shown = pane.viewport().grab(on_screen.translated(corner.topLeft())).toImage()
    assert len(colors(shown)) > 1, "the frame is on the screen"
    pane.area_made.emit(0, around)
    assert desk.marks(), "on the disk at once"
    desk.qtbot.waitUntil(lambda: bool(desk.library.annotate.picture(desk.marks()[0])))
    picture = desk.library.annotate.picture(desk.marks()[0])
    assert picture
    assert colors(QImage.fromData(picture.data)) == {"#ffffff"}


def colors(image: QImage) -> set[str]:
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}


def pages_of(desk: Desk) -> list[list[int]]:
    return [[rect.page for rect in mark.anchor.rects] if mark.anchor else [] for mark in desk.marks()]


@pytest.fixture
def long(open_desk: Callable[..., Desk], library_path: Path, tmp_path: Path) -> Desk:
    """A window on a document of forty pages."""
    path = tmp_path / "long.pdf"
    path.write_bytes(drawn(*[written(f"Page {number} has a line", "and another one.") for number in range(40)]))
    library = Library.open(library_path)
    uid = one(library, path)
    library.close()
    desk = open_desk(uid)
    settle(desk.qtbot, desk.window.pane)
    return desk


def test_a_mark_over_pages_that_nobody_saw_gets_its_rectangles_after_it_is_made(long: Desk) -> None:
    pane = long.window.pane
    pane.choose(5, long.text.index("Page 39"))
    long.press(Qt.Key.Key_1)
    assert long.marks(), "on the disk at once"
    long.qtbot.waitUntil(lambda: pages_of(long) == [[page for page in range(39) for _ in range(2)]])
    long.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert not long.marks()
    long.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    long.qtbot.waitUntil(lambda: pages_of(long) == [[page for page in range(39) for _ in range(2)]])


def test_widening_a_mark_over_pages_that_nobody_saw(long: Desk) -> None:
    pane = long.window.pane
    pane.choose(*long.span("has a line\nand"))
    long.press(Qt.Key.Key_1)
    (mark,) = long.marks()
    assert mark.anchor
    pane.range_changed.emit(mark.uid, mark.anchor.start, long.text.index("Page 30") - 1)
    long.qtbot.waitUntil(lambda: pages_of(long) == [[page for page in range(30) for _ in range(2)]])
    long.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert pages_of(long) == [[0, 0]]


@pytest.mark.parametrize("as_text", [False, True])
def test_marks_from_elsewhere_are_completed_in_either_form(long: Desk, as_text: bool) -> None:
    if as_text:
        long.press(Qt.Key.Key_X, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    annotate = long.library.annotate
    annotate.mark_area(long.uid, long.text, 3, PageRect(7, 0.1, 0.1, 0.6, 0.4))
    annotate.highlight(long.uid, long.text, *long.span("Page 20"))
    long.qtbot.waitUntil(lambda: pages_of(long) == [[7], [20]])
    long.qtbot.waitUntil(lambda: bool(annotate.picture(long.marks()[0])))
    long.wait_idle()
