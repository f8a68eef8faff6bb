"""What is painted of pages: looked at in pixels."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from reader.model.annotation import Anchor, Annotation, Color, PageRect, Style
from reader.ui.reading.pages.painting import again_rect
from reader.ui.reading.pages.recolour import paper, recoloured
from reader.ui.reading.pane import ReadingPane
from reader.ui.theme import THEME_NAMES, Theme, load_theme
from tests.ui.reading.pages.conftest import settle
from tests.ui.reading.pages.fake import FakePage, FakeSource, column, prose
from tests.ui.reading.samples import mark_words, pixels

ShowPages = Callable[..., tuple[ReadingPane, FakeSource]]
LIGHT = load_theme("light")


def near(found: str, wanted: str | QColor, by: int) -> bool:
    one, other = QColor(found), QColor(wanted)
    pairs = ((one.red(), other.red()), (one.green(), other.green()), (one.blue(), other.blue()))
    return all(abs(a - b) <= by for a, b in pairs)


def ground_at(pane: ReadingPane, position: int) -> QPoint:
    """A point on the paper just above a letter of the made up pages."""
    rect = pane.view.rects(position, position + 1)[0]
    return QPoint(rect.center().x(), rect.top() + 2)


def foot(pane: ReadingPane, position: int) -> QPoint:
    rect = pane.view.rects(position, position + 1)[0]
    return QPoint(rect.center().x(), rect.bottom())


def letter(pane: ReadingPane, position: int) -> QPoint:
    rect = pane.view.rects(position, position + 1)[0]
    return QPoint(rect.center().x(), rect.top() + round(rect.height() * 0.4))


@pytest.mark.parametrize("name", THEME_NAMES)
@pytest.mark.parametrize("color", list(Color))
def test_a_mark_colours_the_paper_and_leaves_the_letters(
    qtbot: QtBot, show_pages: ShowPages, name: str, color: Color
) -> None:
    document = FakeSource([prose(0)]).document
    position = document.text.index("line 03")
    pane, _source = show_pages([prose(0)], [mark_words(document, "line 03", "m", color=color)])
    theme = load_theme(name)  # type: ignore[arg-type]
    pane.set_theme(theme)
    settle(qtbot, pane)
    plain = document.text.index("line 05")
    points = [ground_at(pane, position), foot(pane, position), letter(pane, position), letter(pane, plain)]
    found = pixels(pane, points)
    assert near(found[0], theme.ground(color), 40 if theme.dark else 4)
    assert found[1] == theme.ink(color)
    assert near(found[2], found[3], 12), "the letter itself is as dark as every other"
    assert pixels(pane, [ground_at(pane, plain)]) == [paper(theme).name()]


def contrast(one: QColor, other: QColor) -> float:
    def light(color: QColor) -> float:
        parts = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in color.getRgbF()[:3]]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", THEME_NAMES)
def test_selected_and_found_text_is_readable(qtbot: QtBot, show_pages: ShowPages, name: str) -> None:
    pane, source = show_pages([prose(0)])
    theme = load_theme(name)  # type: ignore[arg-type]
    pane.set_theme(theme)
    text = source.document.text
    selected, hit, other = (text.index(f"line {number}") for number in ("02", "04", "06"))
    pane.select(selected, selected + 7)
    pane.set_find_hits([(hit, hit + 7), (other, other + 7)], 0)
    settle(qtbot, pane)
    for position, wanted in ((selected, theme.selection), (hit, theme.find_current), (other, theme.find)):
        ground, ink = (QColor(c) for c in pixels(pane, [ground_at(pane, position), letter(pane, position)]))
        assert near(ground.name(), wanted, 42)
        assert contrast(ground, ink) > 4.5, (name, wanted, ground.name(), ink.name())
    if name == "light":
        assert pixels(pane, [ground_at(pane, selected), letter(pane, selected)]) == [theme.selection, "#ffffff"]
    pane.clear_selection()
    assert pixels(pane, [ground_at(pane, selected)]) == [paper(theme).name()]


def test_overlapping_lines_of_a_mark_are_coloured_once(show_pages: ShowPages) -> None:
    """Boxes of letters may reach into the next line: nothing may be seen of that."""
    page = FakePage([(f"line {number} of it", 30.0, 40.0 + 10 * number) for number in range(6)])
    document = FakeSource([page]).document
    mark = mark_words(document, document.text, "m", color=Color.BLUE)
    pane, _source = show_pages([page], [mark])
    x = pane.view.rects(0, 1)[0].left() + 1
    inside = pane.annotation_rect("m").adjusted(0, 2, 0, -3)
    found = set(pixels(pane, [QPoint(x, y) for y in range(inside.top(), inside.bottom())]))
    assert found <= {LIGHT.ground(Color.BLUE), LIGHT.ink(Color.BLUE)}
    pane.select(0, len(document.text))
    found = set(pixels(pane, [QPoint(x, y) for y in range(inside.top(), inside.bottom())]))
    assert LIGHT.selection in found
    assert LIGHT.ground(Color.BLUE) not in found


@pytest.mark.parametrize(("rotation", "dx", "dy"), [(0, 0, 1), (90, -1, 0), (180, 0, -1), (270, 1, 0)])
def test_the_line_of_a_mark_is_at_the_foot_of_its_letters(
    qtbot: QtBot, show_pages: ShowPages, rotation: int, dx: int, dy: int
) -> None:
    document = FakeSource([prose(0)]).document
    position = document.text.index("line 03") + 2
    pane, _source = show_pages([prose(0)], [mark_words(document, "line 03", "m", style=Style.UNDERLINE)])
    pane.set_fit("page")
    pane.set_rotation(rotation)
    settle(qtbot, pane)
    rect = pane.view.rects(position, position + 1)[0]
    edge = rect.center() + QPoint(dx * (rect.width() // 2 - 1), dy * (rect.height() // 2 - 1))
    image = pane.viewport().grab().toImage()
    around = {image.pixelColor(edge + QPoint(a, b)).name() for a in (-1, 0, 1) for b in (-1, 0, 1)}
    assert LIGHT.ink(Color.YELLOW) in around


def test_a_page_that_takes_long_is_a_sheet_then_a_coarse_picture_then_the_sharp_one(
    qtbot: QtBot, show_pages: ShowPages
) -> None:
    page = prose(0)
    page.figures = [((0.0, 0.0, 300.0, 20.0), "#c03020"), ((0.0, 300.0, 300.0, 301.0), "#000000")]
    pane, source = show_pages([page], at_once=False, height=1100)
    sheet = pane.view.page_flow.page_rect(0)
    band, hair = (
        sheet.topLeft() + QPoint(100, 5),
        QPoint(sheet.left() + 100, sheet.top() + round(300.5 * sheet.height() / 400)),
    )
    assert pixels(pane, [band, QPoint(3, 3)]) == ["#ffffff", LIGHT.window]
    sharp = source.tiles[-1]
    qtbot.waitUntil(lambda: source.tiles[-1][1] < sharp[1])
    assert source.tiles[-1][4], "it is waited for"
    (coarse_one,) = [ticket for ticket in source.waiting[-1:] if not ticket.cancelled]
    coarse_one.work()
    qtbot.waitUntil(lambda: pixels(pane, [band]) == ["#c03020"])
    coarse = pixels(pane, [hair])[0]
    assert coarse != "#000000"
    assert source.tiles[-1] == sharp
    source.answer()
    qtbot.waitUntil(lambda: pixels(pane, [hair]) == ["#000000"])


def test_a_page_that_fails_says_why_and_is_tried_again(qtbot: QtBot, show_pages: ShowPages) -> None:
    pages = [prose(0), prose(1)]
    pane, source = show_pages(pages, at_once=False)
    source.broken = {0}
    source.answer()
    qtbot.waitUntil(lambda: bool(pane.view.stage.tiles.trouble(0)))
    assert pane.view.stage.tiles.trouble(0) == "Page 1 takes too long."
    pane.viewport().repaint()
    source.answer()
    asked = [page for page, *_ in source.tiles].count(0)
    pane.viewport().repaint()
    assert [page for page, *_ in source.tiles].count(0) == asked, "not again by itself"
    button = again_rect(pane.view.page_flow.page_rect(0))
    image = pane.viewport().grab(button).toImage()
    colors = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}
    assert LIGHT.accent in colors
    source.broken, source.at_once = set(), True
    source.answer()
    QTest.mouseClick(pane.viewport(), Qt.MouseButton.LeftButton, pos=button.center())
    settle(qtbot, pane)
    assert pane.view.stage.tiles.trouble(0) == ""


@pytest.mark.parametrize("name", ["dark", "sepia"])
def test_pages_take_the_colours_of_the_theme(qtbot: QtBot, show_pages: ShowPages, name: str) -> None:
    page = prose(0)
    page.figures = [((0.0, 200.0, 150.0, 220.0), "#c03020"), ((150.0, 200.0, 300.0, 220.0), "#2040c0")]
    pane, source = show_pages([page], height=1100)
    theme = load_theme(name)  # type: ignore[arg-type]
    pane.set_theme(theme)
    settle(qtbot, pane)
    sheet = pane.view.page_flow.page_rect(0)
    at = sheet.top() + round(210 * sheet.height() / 400)
    red, blue = (QColor(c) for c in pixels(pane, [QPoint(sheet.left() + 50, at), QPoint(sheet.right() - 50, at)]))
    assert red.red() > red.blue() + 40
    assert blue.blue() > blue.red() + 40
    text = source.document.text.index("line 00")
    found = pixels(pane, [letter(pane, text), ground_at(pane, text)])
    assert near(found[0], theme.text if theme.dark else "#000000", 6)
    assert found[1] == theme.paper


def gradient() -> QImage:
    image = QImage(256, 8, QImage.Format.Format_RGB32)
    for x in range(256):
        for y, color in enumerate(
            ((x, x, x), (x, 0, 0), (0, x, 0), (0, 0, x), (255, x, x), (x, 255, x), (x, x, 255), (x, 128, 0))
        ):
            image.setPixelColor(x, y, QColor(*color))
    return image


def test_dark_pages_turn_lightness_round_and_keep_hues() -> None:
    theme = load_theme("dark")
    made, plain = recoloured(gradient(), theme), gradient()
    grays = gradient().convertToFormat(QImage.Format.Format_Grayscale8)
    ground, text = QColor(theme.paper), QColor(theme.text)
    for x in range(0, 256, 5):
        for y in range(8):
            color = plain.pixelColor(x, y)
            parts = (color.red(), color.green(), color.blue())
            gray = grays.pixelColor(x, y).red()
            turned = [min(255, max(0, part + 255 - 2 * gray)) for part in parts]
            ends = zip(
                turned,
                (ground.red(), ground.green(), ground.blue()),
                (text.red(), text.green(), text.blue()),
                strict=True,
            )
            wanted = QColor(*(low + part * (high - low) // 255 for part, low, high in ends))
            assert near(made.pixelColor(x, y).name(), wanted, 1), (parts, wanted.name())
    assert made.pixelColor(255, 0) == ground


def test_kept_rectangles_stay_as_they_are() -> None:
    keep = QRect(100, 2, 40, 3)
    for name in ("dark", "sepia"):
        made = recoloured(gradient(), load_theme(name), (keep,))
        assert made.copy(keep) == gradient().copy(keep)
        assert made.pixelColor(90, 3) != gradient().pixelColor(90, 3)
    light: Theme = LIGHT
    assert recoloured(gradient(), light) == gradient()


def test_a_page_without_colour_looks_the_same_and_takes_a_quarter_of_the_memory() -> None:
    plain = QImage(201, 64, QImage.Format.Format_RGB32)
    plain.fill(QColor("white"))
    for x in range(200):
        for y in range(64):
            level = (x * 5 + y * 3) % 256
            plain.setPixelColor(x, y, QColor(level, level, level))
    for name in ("light", "sepia", "dark"):
        theme = load_theme(name)
        dotted = plain.copy()
        dotted.setPixelColor(200, 0, QColor("red"))
        compact, large = recoloured(plain, theme), recoloured(dotted, theme)
        assert 3 * compact.sizeInBytes() < large.sizeInBytes() == plain.sizeInBytes()
        shown = compact.convertToFormat(QImage.Format.Format_RGB32)
        assert shown.copy(0, 0, 200, 64) == large.convertToFormat(QImage.Format.Format_RGB32).copy(0, 0, 200, 64)


def test_painting_a_part_gives_the_same_as_painting_all(qtbot: QtBot, show_pages: ShowPages) -> None:
    pages = [prose(0), prose(1)]
    document = FakeSource(pages).document
    area = Annotation("a", "d", Anchor(0, 0, "", rects=(PageRect(0, 0.2, 0.3, 0.6, 0.8),)), style=Style.AREA)
    marks = [
        mark_words(document, "line 03 of words\npage 0 line 04", "a1", note="n"),
        mark_words(document, "line 03", "b"),
        area,
    ]
    pane, _source = show_pages(pages, marks)
    pane.select(document.text.index("line 05"), document.text.index("line 07"))
    whole = pane.viewport().grab().toImage()
    for rect in (QRect(0, 130, 740, 7), QRect(200, 90, 60, 200), QRect(0, 300, 400, 31)):
        assert pane.viewport().grab(rect).toImage() == whole.copy(rect)


def test_blitting_gives_the_same_as_painting_anew(qtbot: QtBot, show_pages: ShowPages) -> None:
    pages = [prose(page) for page in range(4)]
    document = FakeSource(pages).document
    pane, _source = show_pages(pages, [mark_words(document, "page 1 line 03", "m")])
    pane.set_zoom(2.6)
    settle(qtbot, pane)
    for delta, across in ((37, 0), (210, 30), (-93, -12), (401, 0), (0, 44)):
        pane.scroll_by(delta)
        pane.horizontalScrollBar().setValue(pane.horizontalScrollBar().value() + across)
        settle(qtbot, pane)
        moved = pane.viewport().grab().toImage()
        pane.viewport().update()
        assert pane.viewport().grab().toImage() == moved


def test_hidden_text_lies_under_a_veil(qtbot: QtBot, show_pages: ShowPages) -> None:
    page = FakePage(column(["one line of words", "two line of words", "three"]))
    pane, source = show_pages([page])
    start = source.document.text.index("two")
    before = QColor(pixels(pane, [letter(pane, start)])[0]).lightness()
    pane.set_hidden([(start, start + 8)])
    settle(qtbot, pane)
    assert QColor(pixels(pane, [letter(pane, start)])[0]).lightness() > before + 150
    with qtbot.waitSignal(pane.hidden_activated) as told:
        QTest.mouseClick(pane.viewport(), Qt.MouseButton.LeftButton, pos=letter(pane, start + 2))
    assert told.args == [start, start + 8]
    pane.select(0, start + 14)
    assert pane.selected_text() == "one line of words of wo"


def test_the_caret_is_seen_on_a_page(show_pages: ShowPages) -> None:
    pane, source = show_pages([prose(0)])
    position = source.document.text.index("line 04")
    pane.place_caret(position)
    rect = pane.view.flow.view_rect(position)
    assert pixels(pane, [rect.center()]) == [LIGHT.text]
    pane.clearFocus()
    assert pixels(pane, [QPoint(rect.left(), rect.top() + 1)]) == ["#ffffff"]


@pytest.mark.parametrize("rotation", [0, 270])
def test_images_keep_their_colours_if_wished(qtbot: QtBot, show_pages: ShowPages, rotation: int) -> None:
    page = prose(0)
    page.figures = [((30.0, 250.0, 150.0, 350.0), "#c0d020")]
    pane, source = show_pages([page], height=1100)
    pane.set_rotation(rotation)
    for name in ("dark", "sepia"):
        pane.set_theme(load_theme(name))  # type: ignore[arg-type]
        pane.set_keep_images(True)
        settle(qtbot, pane)
        flow = pane.view.page_flow
        rect = flow.page(0).turn.rect((30.0, 250.0, 150.0, 350.0)).translated(flow.page_rect(0).topLeft())
        assert pixels(pane, [rect.center(), rect.topLeft() + QPoint(3, 3)]) == ["#c0d020", "#c0d020"]
        text = source.document.text.index("line 05")
        assert pixels(pane, [ground_at(pane, text)]) == [load_theme(name).paper]  # type: ignore[arg-type]
        pane.set_keep_images(False)
        settle(qtbot, pane)
        assert pixels(pane, [rect.center()]) != ["#c0d020"]
