"""The strip: ticks where the marks are, a click that goes there."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from reader.model.document import Document
from reader.ui.reading.strip import MarkStrip
from reader.ui.theme import load_theme
from tests.ui.reading.samples import Color, mark

LIGHT = load_theme("light")
TEXT = Document("x" * 10_000)


def strip_with(qtbot: QtBot, *starts: int) -> MarkStrip:
    strip = MarkStrip()
    qtbot.addWidget(strip)
    strip.resize(12, 500)
    strip.set_annotations([mark(TEXT, start, start + 5, f"m{start}") for start in starts], len(TEXT.text))
    strip.show()
    return strip


def colors(strip: MarkStrip) -> dict[int, str]:
    """The rows that are not empty, with their colour."""
    image = strip.grab().toImage()
    found = {y: image.pixelColor(6, y).name() for y in range(image.height())}
    return {y: color for y, color in found.items() if color != LIGHT.paper}


def test_a_tick_stands_where_the_mark_is_in_the_text(qtbot: QtBot) -> None:
    strip = strip_with(qtbot, 0, 5_000)
    assert sorted(colors(strip)) == [0, 1, 2, 250, 251, 252]
    assert set(colors(strip).values()) == {LIGHT.ink(Color.YELLOW)}


def test_a_click_goes_to_the_mark_near_it_or_to_the_place(qtbot: QtBot) -> None:
    strip = strip_with(qtbot, 5_000)
    with qtbot.waitSignal(strip.position_requested) as told:
        QTest.mouseClick(strip, Qt.MouseButton.LeftButton, pos=QPoint(6, 252))
    assert told.args == [5_000]
    with qtbot.waitSignal(strip.position_requested) as told:
        QTest.mouseClick(strip, Qt.MouseButton.LeftButton, pos=QPoint(6, 400))
    assert told.args == [8_000]


@pytest.mark.parametrize("many", [10, 10_000])
def test_changes_are_painted_as_building_anew_would(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, many: int) -> None:
    monkeypatch.setattr("reader.ui.reading.strip._MANY", many)
    strip = strip_with(qtbot, *range(0, 10_000, 37))
    strip.grab()
    gone = [mark(TEXT, start, start + 5, f"m{start}") for start in range(0, 10_000, 74)]
    blue = [mark(TEXT, start, start + 5, f"m{start}", color=Color.BLUE) for start in range(37, 900, 74)]
    new = [mark(TEXT, 9_001, 9_005, "new", color=Color.PINK)]
    strip.set_annotations_changed(new, blue, gone)
    changed = colors(strip)
    kept = {f"m{start}": mark(TEXT, start, start + 5, f"m{start}") for start in range(0, 10_000, 37)}
    for annotation in gone:
        del kept[annotation.uid]
    kept.update({a.uid: a for a in (*blue, *new)})
    strip.set_annotations(list(kept.values()), len(TEXT.text))
    assert set(changed) == set(colors(strip))


def test_the_theme_and_the_size_repaint_it(qtbot: QtBot) -> None:
    strip = strip_with(qtbot, 5_000)
    strip.grab()
    strip.resize(12, 250)
    assert sorted(colors(strip)) == [125, 126, 127]
    dark = load_theme("dark")
    strip.set_theme(dark)
    image = strip.grab().toImage()
    assert image.pixelColor(6, 126).name() == dark.ink(Color.YELLOW)
    assert image.pixelColor(6, 20).name() == dark.paper


def test_lost_marks_have_no_tick(qtbot: QtBot) -> None:
    strip = strip_with(qtbot)
    strip.set_annotations([replace(mark(TEXT, 5, 9, "m"), anchor=None)], 10_000)
    assert colors(strip) == {}
    strip.set_annotations([], 0)
    with qtbot.assertNotEmitted(strip.position_requested):
        QTest.mouseClick(strip, Qt.MouseButton.LeftButton)
