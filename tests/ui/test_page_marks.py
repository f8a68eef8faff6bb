"""Marks of areas that a PDF brings, taken over in the window."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt

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


def test_areas_of_the_file_are_taken_over_with_their_pictures_in_one_step(
    open_desk: Callable[..., Desk], library_path: Path, tmp_path: Path
) -> None:
    desk = open_desk(with_area(tmp_path, library_path))
    settle(desk.qtbot, desk.window.pane)
    desk.press(Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    desk.press(Qt.Key.Key_Return)
    desk.qtbot.waitUntil(lambda: bool(desk.marks()))
    (mark,) = desk.marks()
    picture = desk.library.annotate.picture(mark)
    assert mark.style is Style.AREA
    assert picture
    assert picture.data.startswith(b"\x89PNG")
    desk.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert not desk.marks()
