"""Pages of a real PDF, drawn by their own process: the pane shows them, and what is marked is what it says."""

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from reportlab.lib.pagesizes import A5
from reportlab.pdfgen.canvas import Canvas

from reader.formats.registry import parse
from reader.formats.request import Request
from reader.services.documents import Documents
from reader.services.page_source import PageSource
from reader.services.pages import Pages
from reader.ui.reading.pane import ReadingPane
from reader.ui.theme import load_theme
from tests.ui.reading.pages.conftest import settle
from tests.ui.reading.samples import Show, drag, left_of

WORDS = ("The board has promised the town a lake.", "It has now promised a price as", "well, and neither will hold.")


def paper() -> bytes:
    """Two pages: words and a red figure, and words that go on; a link from the first to the second."""
    into = BytesIO()
    canvas = Canvas(into, pagesize=A5)
    for page in range(2):
        canvas.setFont("Times-Roman", 14)
        canvas.drawString(50, 540, f"Page {page + 1} of two")
        for number, line in enumerate(WORDS):
            canvas.drawString(50, 500 - 20 * number, line)
        if page == 0:
            canvas.setFillColorRGB(0.75, 0.1, 0.1)
            canvas.rect(50, 200, 200, 150, stroke=0, fill=1)
            canvas.setFillColorRGB(0, 0, 0)
            canvas.linkAbsolute("", "second", (50, 100, 150, 120))
        else:
            canvas.bookmarkPage("second")
        canvas.showPage()
    canvas.save()
    return into.getvalue()


@pytest.fixture
def open_paper(qtbot: QtBot, show: Show, tmp_path: Path) -> Iterator[Callable[..., tuple[ReadingPane, PageSource]]]:
    pages = Pages(Documents.__new__(Documents))
    panes: list[ReadingPane] = []

    def opened(**facts: object) -> tuple[ReadingPane, PageSource]:
        data = paper()
        path = tmp_path / "paper.pdf"
        path.write_bytes(data)
        document = parse(Request(data, path.name), "pdf").document
        source = pages.open_file(path, document.sheets)
        pane = show(document, pages=source, **facts)
        panes.append(pane)
        settle(qtbot, pane)
        return pane, source

    yield opened
    for pane in panes:
        pane.clear()
    pages.close()


def dark_pixels(pane: ReadingPane, position: int) -> int:
    rect = pane.view.rects(position, position + 1)[0]
    image = pane.viewport().grab(rect).toImage()
    return sum(image.pixelColor(x, y).lightness() < 100 for x in range(image.width()) for y in range(image.height()))


def test_letters_are_drawn_where_the_text_says_they_are(
    open_paper: Callable[..., tuple[ReadingPane, PageSource]],
) -> None:
    pane, _source = open_paper()
    text = pane.view.document.text
    start = text.index("The board")
    inked = [dark_pixels(pane, at) > 0 for at in range(start, start + len(WORDS[0]))]
    assert inked == [not letter.isspace() for letter in WORDS[0]]


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_they_are_there_on_turned_pages_too(
    qtbot: QtBot, open_paper: Callable[..., tuple[ReadingPane, PageSource]], rotation: int
) -> None:
    pane, _source = open_paper(width=900, height=900)
    pane.set_fit("page")
    pane.set_rotation(rotation)
    settle(qtbot, pane)
    text = pane.view.document.text
    start = text.index("promised the town")
    assert all(dark_pixels(pane, at) > 0 for at in range(start, start + 8))
    rect = pane.view.page_flow.page_rect(0)
    assert (rect.width() > rect.height()) == (rotation in (90, 270))


def test_a_drag_over_lines_takes_the_words(
    qtbot: QtBot, open_paper: Callable[..., tuple[ReadingPane, PageSource]]
) -> None:
    pane, _source = open_paper()
    text = pane.view.document.text
    start, end = text.index("promised a price"), text.index(", and neither")
    with qtbot.waitSignal(pane.selection_made) as told:
        drag(pane, left_of(pane, start), left_of(pane, end))
    assert told.args == [start, end]
    assert pane.selected_text() == "promised a price as well"


def test_keys_mark_across_the_page_border(
    qtbot: QtBot, open_paper: Callable[..., tuple[ReadingPane, PageSource]]
) -> None:
    pane, _source = open_paper(height=400)
    text = pane.view.document.text
    start = text.index("neither will hold")
    pane.place_caret(start)
    settle(qtbot, pane)
    for _ in range(2):
        QTest.keyClick(pane, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
        settle(qtbot, pane)
    QTest.keyClick(pane, Qt.Key.Key_End, Qt.KeyboardModifier.ShiftModifier)
    assert pane.selected_text() == f"neither will hold. Page 2 of two {WORDS[0]}"


def test_a_link_leads_to_its_page_and_a_figure_keeps_its_hue_in_the_dark(
    qtbot: QtBot, open_paper: Callable[..., tuple[ReadingPane, PageSource]]
) -> None:
    pane, _source = open_paper(height=1150)
    pane.link_activated.connect(pane.go_to_link)
    flow = pane.view.page_flow
    turn, corner = flow.page(0).turn, flow.page_rect(0).topLeft()
    height = A5[1]
    pane.set_theme(load_theme("dark"))
    settle(qtbot, pane)
    figure = turn.rect((150.0, height - 270, 151.0, height - 269)).center() + corner
    color = pane.viewport().grab().toImage().pixelColor(figure)
    assert color.red() > color.blue() + 60
    link = turn.rect((90.0, height - 110, 92.0, height - 108)).center() + corner
    qtbot.waitUntil(lambda: bool(pane.page_link_at(link)))
    QTest.mouseClick(pane.viewport(), Qt.MouseButton.LeftButton, pos=link)
    assert pane.page_at_top() == 1
    assert pane.page_link_at(QPoint(2, 2)) == ""


def test_sharp_at_every_zoom(qtbot: QtBot, open_paper: Callable[..., tuple[ReadingPane, PageSource]]) -> None:
    pane, _source = open_paper()
    position = pane.view.document.text.index("board")
    for zoom in (0.7, 1.0, 4.0, 8.0):
        pane.set_zoom(zoom)
        pane.go_to(position, end=position + 1, flash=False)
        settle(qtbot, pane)
        assert dark_pixels(pane, position) > 0
