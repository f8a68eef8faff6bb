"""Images: decoded late, at the size shown, beside the interface's thread where they are large; SVG only if harmless."""

from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QIODevice, QPoint, QSize, Qt, QThread
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from reader.model.document import BlockKind, Document
from reader.ui.reading import decoding
from reader.ui.reading.pane import ReadingPane
from reader.ui.reading.pictures import Pictures
from reader.ui.reading.svg import is_harmless, is_svg, natural_size
from reader.ui.theme import load_theme
from tests.ui.reading.samples import SENTENCE, Show, Writer, pixels

LIGHT = load_theme("light")
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" %s>%s</svg>'
RED = SVG % (b'width="200" height="100"', b'<rect width="200" height="100" fill="#ff0000"/>')


def png(color: str, width: int, height: int) -> bytes:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(color))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data().data())


def figures(count: int, *, text: str = SENTENCE) -> Document:
    writer = Writer()
    for number in range(count):
        writer.add(BlockKind.PARAGRAPH, text)
        writer.add(BlockKind.FIGURE, f"Figure {number}", asset=f"{number}.png")
    return writer.document()


def centre(pane: ReadingPane, number: int = 0) -> QPoint:
    name = pane.view.flow.page(0).pictures[number].asset
    return pane.view.picture_rects(name)[0].center()


def test_room_is_kept_while_a_large_image_is_decoded_elsewhere(
    qtbot: QtBot, show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[QThread] = []
    real = decoding.decode

    def decode(*facts: object) -> QImage:
        if facts[0] == data:
            threads.append(QThread.currentThread())
        return real(*facts)  # type: ignore[arg-type]

    data = png("#c83201", 1600, 800)
    monkeypatch.setattr(decoding, "decode", decode)
    pane = show(figures(1), load_asset=lambda _: data)
    height = pane.view.flow.total
    assert pixels(pane, [centre(pane)]) in (["#c83201"], [LIGHT.window])
    qtbot.waitUntil(lambda: pixels(pane, [centre(pane)]) == ["#c83201"])
    assert pane.view.flow.total == height
    assert len(threads) == 1
    assert threads[0] is not pane.thread()


def test_a_small_image_is_there_at_once(show: Show) -> None:
    data = png("#c83200", 200, 100)
    pane = show(figures(1), load_asset=lambda _: data)
    assert pixels(pane, [centre(pane)]) == ["#c83200"]


def test_a_broken_large_image_becomes_a_placeholder(qtbot: QtBot, show: Show) -> None:
    data = png("#c83200", 1600, 800)[:60]
    pane = show(figures(1), load_asset=lambda _: data)
    qtbot.waitUntil(lambda: pixels(pane, [centre(pane) + QPoint(0, 30)]) == [LIGHT.paper])


def test_only_what_is_near_is_decoded_and_no_more_kept_than_is_allowed(qtbot: QtBot, show: Show) -> None:
    data = png("#c83200", 900, 600)
    pane = show(figures(200), load_asset=lambda _: data)
    pictures = pane.view.scene.pictures
    qtbot.waitUntil(lambda: len(pictures._pixmaps) >= 2)
    qtbot.waitUntil(lambda: pictures._decoder is not None and pictures._decoder._busy is None)
    assert len(pictures._pixmaps) < 12
    bar = pane.verticalScrollBar()
    for value in range(0, bar.maximum(), 1500):
        bar.setValue(value)
        pane.viewport().repaint()
        qtbot.wait(1)
    assert pictures._used <= 48 * 1024 * 1024
    assert pictures._used == sum(p.width() * p.height() * 4 for p in pictures._pixmaps.values())


def test_the_image_looked_at_comes_before_those_passed_by(qtbot: QtBot) -> None:
    order: list[str] = []
    data = png("#c83200", 900, 600)
    pictures = Pictures(lambda _: data, order.append)
    for number in range(40):
        pictures.prepare(str(number), QSize(90, 60), 1.0)
    qtbot.waitUntil(lambda: len(order) >= 2)
    assert order[:2] == ["0", "39"]
    qtbot.waitUntil(lambda: not pictures.waits_for("20", QSize(90, 60), 1.0))
    assert not pictures.waits_for("1", QSize(90, 60), 1.0), "too long ago"
    pictures.stop()


def test_nothing_more_is_decoded_for_a_document_that_was_closed(qtbot: QtBot, show: Show) -> None:
    data = png("#c83200", 900, 600)
    pane = show(figures(20, text="A line."), load_asset=lambda _: data)
    pictures = pane.view.scene.pictures
    pane.set_document(Document("Another"), ())
    assert pictures._decoder
    qtbot.waitUntil(lambda: pictures._decoder is not None and pictures._decoder._busy is None)
    assert not pictures._decoder._wishes


def test_a_pane_that_is_gone_does_not_mind_a_late_image(qtbot: QtBot) -> None:
    data = png("#c83200", 3000, 3000)
    pane = ReadingPane()
    pane.resize(700, 500)
    pane.set_document(figures(2), (), load_asset=lambda _: data)
    with qtbot.waitExposed(pane):
        pane.show()
    pane.viewport().repaint()
    decoder = pane.view.scene.pictures._decoder
    assert decoder
    with qtbot.waitSignal(decoder.decoded):
        pane.close()
        pane.deleteLater()


def test_faded_text_has_faded_images(show: Show) -> None:
    document = figures(1)
    data = png("#c80000", 200, 100)
    pane = show(document, load_asset=lambda _: data, faded=[(0, len(document.text))])
    (name,) = pixels(pane, [centre(pane)])
    assert QColor("#c80000").green() + 80 < QColor(name).green() < QColor(LIGHT.paper).green()


# SVG


def test_a_drawing_is_drawn_at_the_size_shown(qtbot: QtBot, show: Show) -> None:
    pane = show(figures(1), load_asset=lambda _: RED)
    assert pane.view.flow.page(0).pictures[0].rect.size() == QSize(200, 100)
    qtbot.waitUntil(lambda: pixels(pane, [centre(pane)]) == ["#ff0000"])


def test_lines_drawn_on_nothing_are_seen_in_the_dark(qtbot: QtBot, show: Show) -> None:
    drawing = SVG % (b'width="200" height="100"', b'<path d="M100 0V100" stroke="#000" stroke-width="9"/>')
    pane = show(figures(1), load_asset=lambda _: drawing)
    pane.set_theme(load_theme("dark"))
    beside = centre(pane) + QPoint(50, 0)
    qtbot.waitUntil(lambda: pixels(pane, [centre(pane), beside]) == ["#000000", "#f3f2ee"])


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        (b'width="200" height="100"', (200, 100)),
        (b'width="2in" height="72pt"', (192, 96)),
        (b'viewBox="0 0 300 150"', (300, 150)),
        (b'viewBox="0 0 300 150" width="100%" height="100%"', (300, 150)),
        (b'viewBox="0,0,300,150" width="600"', (600, 300)),
        (b"", (-1, -1)),
        (b'width="0" height="10"', (-1, -1)),
    ],
)
def test_the_size_of_a_drawing(attributes: bytes, size: tuple[int, int]) -> None:
    assert natural_size(SVG % (attributes, b"")) == QSize(*size)


HARMLESS = [
    b'<rect width="9" height="9" style="fill:url(#g)"/>',
    b'<defs><g id="a"><path d="M0 0"/></g></defs><use xlink:href="#a"/><use href="#a"/>',
    b'<image href="data:image/png;base64,iVBORw0KGgoAAAANSUhEUg=="/>',
    b"<style>.a { fill: red }</style>",
    b'<a href="https://example.org"><text>link</text></a>',
]
HARMFUL = [
    b'<image xlink:href="file:///etc/passwd"/>',
    b'<image href="other.png"/>',
    b'<image href="https://example.org/a.png"/>',
    b'<image href="data:image/svg+xml;base64,PHN2Zz4="/>',
    b'<image href="data:image/png;base64,PHN2ZyB4bWxucz0i"/>',
    b'<image href="data:image/png,%3Csvg"/>',
    b'<use href="other.svg#a"/>',
    b"<style>@import url(a.css);</style>",
    b'<rect style="fill: url(a.svg#b)"/>',
    b"<rect fill=\"url( 'http://example.org/#b')\"/>",
    b"<script>alert(1)</script>",
    b"<foreignObject/>",
    b"<g>",
    b'<g id="a"><use href="#a"/></g>',
    b"<g>" * 300 + b"</g>" * 300,
]


@pytest.mark.parametrize("inner", HARMLESS)
def test_harmless_drawings_are_let_through(inner: bytes) -> None:
    assert is_harmless(SVG % (b"", inner))


@pytest.mark.parametrize("inner", HARMFUL)
def test_a_drawing_that_reaches_outside_or_never_ends_is_refused(inner: bytes) -> None:
    assert not is_harmless(SVG % (b"", inner))


def test_drawings_of_drawings_of_drawings_are_refused_by_their_number() -> None:
    levels = b"".join(
        b'<g id="l%d">%s</g>' % (level, b'<use href="#l%d"/>' % (level - 1) * 10) for level in range(1, 9)
    )
    assert not is_harmless(SVG % (b"", b'<rect id="l0"/>' + levels))
    glyphs = b'<path id="g"/>' + b'<use href="#g"/>' * 3000
    assert is_harmless(SVG % (b"", glyphs)), "a chart draws its letters so"


def test_entities_and_style_sheets_from_elsewhere_are_refused() -> None:
    assert not is_harmless(b'<!DOCTYPE svg [<!ENTITY a "b">]>' + RED)
    assert not is_harmless(b'<?xml-stylesheet href="a.css"?>' + RED)
    assert not is_harmless(b"<html/>")
    assert is_harmless(b'<?xml version="1.0"?>\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "a.dtd">' + RED)


def test_no_other_file_is_read_for_a_drawing(qtbot: QtBot, show: Show, tmp_path: Path) -> None:
    inside = tmp_path / "secret.png"
    inside.write_bytes(png("#00ff00", 200, 100))
    drawing = SVG % (
        b'width="200" height="100"',
        b'<image width="200" height="100" xlink:href="%s"/>' % inside.as_uri().encode(),
    )
    pane = show(figures(1), load_asset=lambda _: drawing)
    qtbot.waitUntil(lambda: "0.png" in pane.view.scene.pictures._broken)
    assert pixels(pane, [centre(pane) + QPoint(0, 30)]) == [LIGHT.paper]


def test_what_is_svg_is_told_by_its_beginning() -> None:
    assert is_svg(b'\xef\xbb\xbf<?xml version="1.0"?><!-- a --><svg:svg xmlns:svg="http://www.w3.org/2000/svg"/>')
    assert not is_svg(b"<html><body>")
    assert not is_svg(png("#000000", 3, 3))


def test_the_beginning_of_a_book_is_its_cover_however_high(show: Show) -> None:
    data = png("#c83201", 600, 1200)
    writer = Writer()
    writer.add(BlockKind.FIGURE, "The cover", asset="cover.png")
    for _ in range(20):
        writer.add(BlockKind.PARAGRAPH, SENTENCE)
    pane = show(writer.document(), load_asset=lambda _: data, height=300)
    pane.place_caret(400)
    QTest.keyClick(pane, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    assert pane.verticalScrollBar().value() == 0
    assert pane.view.selection.caret == 0
    QTest.keyClick(pane, Qt.Key.Key_Right)
    rect = pane.view.flow.view_rect(1)
    assert 0 <= rect.top() < rect.bottom() <= pane.viewport().height()
