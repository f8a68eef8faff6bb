"""The find bar: what it asks at each key, what it shows, how it is left."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QToolButton
from pytestqt.qtbot import QtBot

from reader.text.find import FindOptions
from reader.ui.theme import load_theme
from reader.ui.widgets.find_bar import FindBar


@pytest.fixture
def bar(qtbot: QtBot) -> FindBar:
    made = FindBar()
    qtbot.addWidget(made)
    made.set_theme(load_theme("light"))
    with qtbot.waitActive(made):
        made.open()
        made.activateWindow()
    return made


@pytest.fixture
def field(bar: FindBar) -> QLineEdit:
    return bar.findChildren(QLineEdit)[0]


def label(bar: FindBar, name: str) -> QLabel:
    found = bar.findChild(QLabel, name)
    assert isinstance(found, QLabel)
    return found


def test_it_asks_at_every_key(bar: FindBar, field: QLineEdit, qtbot: QtBot) -> None:
    asked: list[tuple[str, FindOptions]] = []
    bar.query_changed.connect(lambda query, options: asked.append((query, options)))
    qtbot.keyClicks(field, "dam")
    assert [query for query, _ in asked] == ["d", "da", "dam"]
    assert asked[-1][1] == FindOptions()


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        (Qt.Key.Key_C, FindOptions(case=True)),
        (Qt.Key.Key_D, FindOptions(accents=True)),
        (Qt.Key.Key_W, FindOptions(whole_word=True)),
        (Qt.Key.Key_X, FindOptions(regex=True)),
    ],
)
def test_switches_by_key_ask_again(
    bar: FindBar, field: QLineEdit, qtbot: QtBot, key: Qt.Key, expected: FindOptions
) -> None:
    qtbot.keyClicks(field, "dam")
    with qtbot.waitSignal(bar.query_changed) as asked:
        qtbot.keyClick(field, key, Qt.KeyboardModifier.AltModifier)
    assert asked.args == ["dam", expected]
    assert bar.options() == expected


def test_enter_and_shift_enter_step(bar: FindBar, field: QLineEdit, qtbot: QtBot) -> None:
    with qtbot.waitSignal(bar.next_requested):
        qtbot.keyClick(field, Qt.Key.Key_Return)
    with qtbot.waitSignal(bar.previous_requested):
        qtbot.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)


def test_arrows_by_mouse_step(bar: FindBar, qtbot: QtBot) -> None:
    for name, signal in (("down", bar.next_requested), ("up", bar.previous_requested)):
        with qtbot.waitSignal(signal):
            qtbot.mouseClick(bar.findChild(QToolButton, name), Qt.MouseButton.LeftButton)


def test_escape_closes_from_the_field_and_from_a_switch(bar: FindBar, field: QLineEdit, qtbot: QtBot) -> None:
    with qtbot.waitSignal(bar.closed):
        qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert not bar.isVisible()
    bar.open()
    with qtbot.waitSignal(bar.closed):
        qtbot.keyClick(bar.findChild(QToolButton, "regex"), Qt.Key.Key_Escape)


def test_opened_with_words_it_asks_for_them_and_selects_them(bar: FindBar, field: QLineEdit, qtbot: QtBot) -> None:
    with qtbot.waitSignal(bar.query_changed) as asked:
        bar.open("east bank")
    assert asked.args[0] == "east bank"
    assert field.selectedText() == "east bank"


def test_opened_again_it_asks_for_what_stood_there(bar: FindBar, field: QLineEdit, qtbot: QtBot) -> None:
    qtbot.keyClicks(field, "dam")
    with qtbot.waitSignal(bar.query_changed) as asked:
        bar.open()
    assert asked.args[0] == "dam"


def test_count_in_words(bar: FindBar, field: QLineEdit, qtbot: QtBot) -> None:
    bar.set_count(0, 0, False)
    assert label(bar, "count").text() == ""
    qtbot.keyClicks(field, "dam")
    bar.set_count(3, 120, False)
    assert label(bar, "count").text() == "3 of 120"
    bar.set_count(1, 10000, True)
    assert label(bar, "count").text() == "1 of 10,000+"
    bar.set_count(0, 0, False)
    assert label(bar, "count").text() == "No match"


def test_an_error_is_shown_in_place_of_a_count_and_goes(bar: FindBar, field: QLineEdit, qtbot: QtBot) -> None:
    qtbot.keyClicks(field, "(")
    bar.set_error("A bracket is never closed.")
    bar.set_count(0, 0, False)
    assert label(bar, "error").isVisible()
    assert label(bar, "count").text() == ""
    bar.set_error("")
    assert not label(bar, "error").isVisible()


def test_everything_has_a_name(bar: FindBar) -> None:
    buttons = [b for b in bar.findChildren(QToolButton) if b.objectName()]
    assert len(buttons) == 7
    assert all(b.accessibleName() and b.toolTip() and not b.icon().isNull() for b in buttons)


@pytest.mark.parametrize("dressed", [False, True], ids=["bare", "dressed"])
@pytest.mark.parametrize(("width", "room"), [(330, 180), (400, 240), (530, 150), (1000, 360)])
def test_the_words_have_room_in_a_narrow_window(
    bar: FindBar, field: QLineEdit, width: int, room: int, dressed: bool, qtbot: QtBot
) -> None:
    if dressed:
        bar.setStyleSheet("QToolButton { padding: 4px; } QLineEdit { padding: 6px 9px; min-width: 40px; }")
    bar.resize(width, bar.sizeHint().height())
    qtbot.waitUntil(lambda: bar.width() == width)
    QApplication.sendPostedEvents()
    assert field.width() >= room
    buttons = bar.stops()[1:]
    assert all(b.isVisible() and bar.rect().contains(b.mapTo(bar, b.rect().center())) for b in buttons)
    # No two lie on one another, and the switches still work by key.
    places = [QRect(b.mapTo(bar, QPoint()), b.size()) for b in buttons]
    assert not any(one.intersects(other) for n, one in enumerate(places) for other in places[n + 1 :])
    with qtbot.waitSignal(bar.query_changed):
        qtbot.keyClick(field, Qt.Key.Key_C, Qt.KeyboardModifier.AltModifier)
    assert bar.options() == FindOptions(case=True)
