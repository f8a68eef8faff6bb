"""What is painted: looked at in pixels."""

import pytest
from PySide6.QtCore import QBuffer, QEvent, QIODevice, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QRegion
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from reader.model.document import BlockKind, Document, Metadata
from reader.ui.reading.pane import ReadingPane
from reader.ui.theme import THEME_NAMES, load_theme
from tests.ui.reading.samples import (
    AnchorState,
    Color,
    Show,
    Style,
    Writer,
    article,
    mark,
    mark_words,
    pixels,
    plain,
)

LIGHT = load_theme("light")


class PaintWatch(QObject):
    """Notes which regions of a pane are painted from now on."""

    def __init__(self, pane: ReadingPane) -> None:
        super().__init__(pane)
        self.painted: list[QRegion] = []
        pane.viewport().installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.painted.append(QRegion(event.region()))
        return False


def foot(pane: ReadingPane, position: int) -> QPoint:
    """A point on the line of a mark, under a character."""
    rect = pane.view.rects(position, position + 1)[0]
    return QPoint(rect.center().x(), rect.bottom())


def head(pane: ReadingPane, position: int) -> QPoint:
    """A point on the ground of a mark, above a character."""
    rect = pane.view.rects(position, position + 1)[0]
    return QPoint(rect.center().x(), rect.top())


@pytest.mark.parametrize("name", THEME_NAMES)
@pytest.mark.parametrize("color", list(Color))
def test_a_mark_is_its_ground_and_a_line_in_its_ink(show: Show, name: str, color: Color) -> None:
    document = article()
    position = document.text.index("dry")
    pane = show(document, [mark_words(document, "the dry summers", "m", color=color)])
    theme = load_theme(name)  # type: ignore[arg-type]
    pane.set_theme(theme)
    points = [head(pane, position), foot(pane, position), QPoint(3, 3)]
    assert pixels(pane, points) == [theme.ground(color), theme.ink(color), theme.paper]


def test_an_underline_has_no_ground(show: Show) -> None:
    document = article()
    position = document.text.index("dry")
    pane = show(document, [mark_words(document, "the dry summers", "m", style=Style.UNDERLINE)])
    assert pixels(pane, [head(pane, position), foot(pane, position)]) == [LIGHT.paper, LIGHT.ink(Color.YELLOW)]


def test_overlapping_marks_keep_a_line_each(show: Show) -> None:
    document = article()
    outer = mark_words(document, "the dam point to the dry summers", "outer", color=Color.GREEN)
    inner = mark_words(document, "point to", "inner", color=Color.PINK)
    pane = show(document, [inner, outer])
    place = foot(pane, document.text.index("point") + 1)
    above = place - QPoint(0, 3)
    assert pixels(pane, [place, above]) == [LIGHT.ink(Color.GREEN), LIGHT.ink(Color.PINK)]
    assert pixels(pane, [head(pane, document.text.index("point") + 1)]) == [LIGHT.ground(Color.PINK)]


def test_a_lost_mark_is_not_painted(show: Show) -> None:
    document = article()
    lost = mark_words(document, "dry summers", "m", state=AnchorState.LOST)
    pane = show(document, [lost])
    assert pixels(pane, [foot(pane, document.text.index("dry"))]) == [LIGHT.paper]


def test_a_note_leaves_a_sign_after_its_mark(show: Show) -> None:
    document = article()
    pane = show(document, [mark_words(document, "dry summers", "m", note="Why?")])
    end = pane.annotation_rect("m")
    area_after = QRect(end.right() + 2, end.top(), 9, 12)
    image = pane.viewport().grab(area_after).toImage()
    found = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}
    assert LIGHT.ink(Color.YELLOW) in found


def test_selected_text_lies_on_the_selection_colour(show: Show) -> None:
    document = article()
    position = document.text.index("dry")
    pane = show(document)
    pane.select(position, position + 11)
    assert pixels(pane, [head(pane, position)]) == [LIGHT.selection]
    pane.clear_selection()
    assert pixels(pane, [head(pane, position)]) == [LIGHT.paper]


def test_hits_are_shown_and_the_current_one_otherwise(show: Show) -> None:
    document = article()
    first = document.text.index("summers")
    second = document.text.index("summers", first + 1)
    pane = show(document)
    pane.set_find_hits([(first, first + 7), (second, second + 7)], 1)
    assert pixels(pane, [head(pane, first), head(pane, second)]) == [LIGHT.find, LIGHT.find_current]
    pane.set_find_hits([])
    assert pixels(pane, [head(pane, first), head(pane, second)]) == [LIGHT.paper, LIGHT.paper]


def test_a_hit_far_away_is_brought_into_view(show: Show) -> None:
    document = plain(500_000)
    pane = show(document)
    start = document.text.index("00001000")
    pane.set_find_hits([(start, start + 8)], 0)
    assert pixels(pane, [head(pane, start)]) == [LIGHT.find_current]


def test_a_new_mark_paints_its_own_lines_only(qtbot: QtBot, show: Show) -> None:
    document = plain(200_000)
    marks = [mark(document, start, start + 25, f"m{start}") for start in range(0, 190_000, 40)]
    pane = show(document, marks)
    qtbot.wait(1)
    watch = PaintWatch(pane)
    position = pane.visible_range()[0] + 427
    new = mark(document, position, position + 10, "new", color=Color.PINK)
    pane.set_annotations_changed([new], [], [])
    qtbot.waitUntil(lambda: bool(watch.painted))
    height = sum(region.boundingRect().height() for region in watch.painted)
    assert height < 4 * pane.view.flow.style.body.pitch
    assert pixels(pane, [foot(pane, position + 3) - QPoint(0, 3)]) == [LIGHT.ink(Color.PINK)] or pixels(
        pane, [foot(pane, position + 3)]
    ) == [LIGHT.ink(Color.PINK)]


def test_a_mark_elsewhere_paints_nothing(qtbot: QtBot, show: Show) -> None:
    document = plain(200_000)
    pane = show(document)
    qtbot.wait(1)
    watch = PaintWatch(pane)
    pane.set_annotations_changed([mark(document, 150_000, 150_030, "far")], [], [])
    qtbot.wait(20)
    assert watch.painted == []


def test_changed_and_removed_marks_are_painted_so(show: Show) -> None:
    document = article()
    old = mark_words(document, "dry summers", "m")
    position = document.text.index("dry")
    pane = show(document, [old])
    new = mark_words(document, "dry summers", "m", color=Color.BLUE)
    pane.set_annotations_changed([], [new], [])
    assert pixels(pane, [foot(pane, position)]) == [LIGHT.ink(Color.BLUE)]
    pane.set_annotations_changed([], [], [new])
    assert pixels(pane, [foot(pane, position)]) == [LIGHT.paper]
    assert pane.annotation_rect("m").isEmpty()


def test_painting_a_part_gives_the_same_as_painting_all(show: Show) -> None:
    document = article()
    marks = [
        mark_words(document, "the dam point to the dry summers", "a", note="n"),
        mark_words(document, "point to", "b", color=Color.PINK),
        mark_words(document, "to the dry", "c", color=Color.BLUE),
    ]
    pane = show(document, marks)
    pane.select(document.text.index("Paragraph 2"), document.text.index("Paragraph 4"))
    whole = pane.viewport().grab().toImage()
    for rect in (QRect(0, 130, 740, 7), QRect(200, 90, 60, 200), QRect(0, 300, 400, 31)):
        part = pane.viewport().grab(rect).toImage()
        assert part == whole.copy(rect)


def test_painting_several_pieces_at_once_gives_the_same_as_painting_all_and_nothing_beside_them(show: Show) -> None:
    document = article()
    pane = show(document, [mark_words(document, "the dam point to the dry summers", "a", note="n")])
    pane.select(document.text.index("Paragraph 2"), document.text.index("Paragraph 4"))
    view = pane.viewport()
    whole = view.grab().toImage()
    pieces = [QRect(120, 90, 300, 40), QRect(90, 110, 90, 60), QRect(300, 125, 60, 30), QRect(80, 300, 300, 9)]
    region = QRegion()
    for piece in pieces:
        region += piece
    beside = QColor("#ff00ff")
    painted = QImage(whole.size(), QImage.Format.Format_RGB32)
    painted.fill(beside)
    view.render(painted, region.boundingRect().topLeft(), region)
    expected = QImage(painted.size(), QImage.Format.Format_RGB32)
    expected.fill(beside)
    painter = QPainter(expected)
    painter.setClipRegion(region)
    painter.drawImage(0, 0, whole)
    painter.end()
    assert painted == expected


def test_blitting_gives_the_same_as_painting_anew(show: Show) -> None:
    document = plain(60_000)
    marks = [mark(document, start, start + 50, str(start)) for start in range(0, 50_000, 90)]
    pane = show(document, marks)
    for delta in (37, 210, -93, 401):
        pane.scroll_by(delta)
        moved = pane.viewport().grab().toImage()
        pane.viewport().update()
        assert pane.viewport().grab().toImage() == moved


def png(color: str, width: int, height: int) -> bytes:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(color))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data().data())


def figure_document() -> Document:
    writer = Writer()
    writer.add(BlockKind.PARAGRAPH, "Before.")
    writer.add(BlockKind.FIGURE, "A caption", asset="dam.png")
    writer.add(BlockKind.PARAGRAPH, "After.")
    return writer.document()


def test_a_wide_image_is_fitted_to_the_column_and_answers_a_click(qtbot: QtBot, show: Show) -> None:
    asked: list[str] = []

    def load(name: str) -> bytes:
        asked.append(name)
        return png("#c83200", 3000, 1000)

    pane = show(figure_document(), load_asset=load)
    picture = pane.view.flow.page(0).pictures[0]
    column = pane.view.flow.style.column
    assert picture.rect.width() == column
    assert picture.rect.height() == pytest.approx(column / 3, abs=2)
    center = picture.rect.center() + QPoint(pane.view.flow.style.left, pane.view.flow.y_of(0))
    qtbot.waitUntil(lambda: pixels(pane, [center]) == ["#c83200"])
    with qtbot.waitSignal(pane.image_activated) as told:
        QTest.mouseClick(pane.viewport(), Qt.MouseButton.LeftButton, pos=center)
    assert told.args == ["dam.png"]
    assert set(asked) == {"dam.png"}


@pytest.mark.parametrize("data", [b"", b"not an image", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"\x89PNG"])
def test_an_image_that_cannot_be_shown_leaves_a_placeholder(show: Show, data: bytes) -> None:
    pane = show(figure_document(), load_asset=lambda _: data)
    picture = pane.view.flow.page(0).pictures[0]
    assert not picture.found
    assert picture.rect.height() > 20
    assert pane.view.flow.page(0).box_of(10) is not None


def test_images_out_of_sight_are_not_decoded(show: Show) -> None:
    writer = Writer()
    for number in range(60):
        writer.add(BlockKind.PARAGRAPH, f"Paragraph {number}. " * 20)
    writer.add(BlockKind.FIGURE, "Far below", asset="x")
    for number in range(60):
        writer.add(BlockKind.PARAGRAPH, f"Paragraph {number}. " * 20)
    asked: list[str] = []
    show(writer.document(), load_asset=lambda name: asked.append(name) or b"")
    assert asked == []


def test_the_caret_is_seen_while_the_pane_has_the_focus(show: Show) -> None:
    document = article()
    pane = show(document)
    pane.place_caret(document.text.index("dam"))
    rect = pane.view.flow.view_rect(document.text.index("dam"))
    assert pixels(pane, [rect.center()]) == [LIGHT.text]
    pane.clearFocus()
    assert pixels(pane, [QPoint(rect.left(), rect.bottom() - 1)]) == [LIGHT.paper]


def test_the_flash_fades_away(qtbot: QtBot, show: Show) -> None:
    document = article()
    pane = show(document)
    position = document.text.index("dry")
    pane.go_to(position, end=position + 11)
    assert pixels(pane, [head(pane, position)]) != [LIGHT.paper]
    qtbot.waitUntil(lambda: pane.view.scene.flash is None)
    assert pixels(pane, [head(pane, position)]) == [LIGHT.paper]


def test_the_kicker_stands_above_the_title_and_is_not_text(show: Show) -> None:
    document = article()
    pane = show(document)
    assert pane.view.scene.kicker == "Harlow Courier · 2 April 2026"
    with_kicker = pane.view.flow.view_rect(0).top()
    pane.set_kicker("")
    pane.ensure()
    assert pane.view.flow.view_rect(0).top() < with_kicker


def looks(pane: ReadingPane, rects: list[QRect]) -> list[QImage]:
    """The viewport, cut to those rectangles."""
    return [pane.viewport().grab(rect).toImage() for rect in rects]


@pytest.mark.parametrize("hit", [(40, 46), (30, 150), (100, 190), (60, 400)])
def test_selected_text_looks_the_same_where_the_current_hit_lies_on_it(show: Show, hit: tuple[int, int]) -> None:
    pane = show(article())
    pane.select(60, 170)
    # Not the outermost pixels: a letter beside the selection reaches into them.
    rects = [rect.adjusted(3, 0, -3, 0) for rect in pane.view.rects(60, 170)]
    assert len(rects) > 1, "over several lines"
    alone = looks(pane, rects)
    pane.set_find_hits([hit], 0)
    assert looks(pane, rects) == alone


@pytest.mark.parametrize(("title", "on_the_right"), [("The reservoir", False), ("سد و دره", True)])
def test_the_line_above_the_title_stands_on_the_side_of_the_title(show: Show, title: str, on_the_right: bool) -> None:
    writer = Writer()
    writer.add(BlockKind.HEADING, title, level=1)
    pane = show(writer.document(metadata=Metadata(source="روزنامهٔ دره")))
    style = pane.view.flow.style
    above = QRect(style.left, 0, style.column, pane.view.rects(0, 1)[0].top())
    image = pane.viewport().grab(above).toImage()
    paper = image.pixelColor(image.width() // 2, 0)
    inked = [x for x in range(image.width()) if any(image.pixelColor(x, y) != paper for y in range(image.height()))]
    assert inked
    assert (min(inked) > image.width() / 2) == on_the_right


def test_scrolling_moves_no_pixels_of_what_floats_over_the_text(show: Show) -> None:
    pane = show(plain(20_000))
    watch = PaintWatch(pane)
    view = pane.viewport().rect()
    pane.scroll_by(40)
    QApplication.processEvents()
    assert sum(region.boundingRect().height() for region in watch.painted) < view.height() // 2, "only what is new"
    floating = QWidget(pane.viewport())
    floating.setGeometry(100, 100, 200, 30)
    floating.show()
    QApplication.processEvents()
    watch.painted.clear()
    pane.scroll_by(40)
    QApplication.processEvents()
    assert any(region.boundingRect() == view for region in watch.painted)


def test_selected_text_looks_the_same_however_it_is_painted_in_pieces(show: Show) -> None:
    """A drag paints the selection in small pieces: no piece may come out in another colour."""
    pane = show(article())
    pane.select(30, 420)
    pane.set_find_hits([(100, 106), (200, 210)], 1)
    whole = pane.viewport().grab().toImage()
    area = pane.view.rects(30, 420)[0].united(pane.view.rects(419, 420)[0])
    left, right = pane.view.flow.style.left, pane.view.flow.style.left + pane.view.flow.style.column
    for y in range(area.top() - 5, area.bottom(), 17):
        for x in range(left - 10, right, 13):
            piece = QRect(x, y, 47, 35)
            assert pane.viewport().grab(piece).toImage() == whole.copy(piece), piece
