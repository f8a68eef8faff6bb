"""The bar above the text: one line, one offer at a time, by mouse and by keyboard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from reader.ui.theme import load_theme
from reader.ui.widgets.info_bar import InfoBar, Offer
from tests.ui.widgets.conftest import Page

SWITCH = Offer("view", "", (("article", "Article"), ("page", "Whole page")), "article")
DEBRIS = Offer("debris", "3 parts look like debris", (("hide", "Hide"), ("keep", "Keep"), ("each", "Review")))
NOTES = Offer("comments", "This file brings 4 comments", (("import", "Import as notes"),))
VERTICAL = Offer("notice", "Vertical lines are shown as horizontal ones.")


@pytest.fixture
def bar(page: Page, qtbot: QtBot) -> InfoBar:
    made = InfoBar(page.widget)
    made.set_theme(load_theme("light"))
    made.setGeometry(0, 0, 608, 40)
    return made


def button(bar: InfoBar, name: str) -> QToolButton:
    found = [b for b in bar.findChildren(QToolButton, name) if b.isVisible()]
    assert len(found) == 1
    return found[0]


def press(qtbot: QtBot, bar: InfoBar, name: str) -> None:
    qtbot.mouseClick(button(bar, name), Qt.MouseButton.LeftButton)


def test_without_offers_it_is_not_there(bar: InfoBar) -> None:
    bar.set_offers(())
    assert not bar.isVisible()
    bar.set_offers((NOTES,))
    assert bar.isVisible()


def test_the_answer_that_is_pressed_is_told(bar: InfoBar, qtbot: QtBot) -> None:
    bar.set_offers((SWITCH, DEBRIS))
    with qtbot.waitSignal(bar.answered) as answered:
        press(qtbot, bar, "debris:keep")
    assert answered.args == ["debris", "keep"]


def test_the_switch_stands_where_it_stood_until_the_text_has_changed(bar: InfoBar, qtbot: QtBot) -> None:
    bar.set_offers((SWITCH, DEBRIS))
    with qtbot.assertNotEmitted(bar.answered):
        press(qtbot, bar, "view:article")
    with qtbot.waitSignal(bar.answered) as answered:
        press(qtbot, bar, "view:page")
    assert answered.args == ["view", "page"]
    assert button(bar, "view:article").isChecked()
    assert not button(bar, "view:page").isChecked()


def test_an_arrow_leads_through_the_offers_and_round(bar: InfoBar, qtbot: QtBot) -> None:
    bar.set_offers((SWITCH, DEBRIS, NOTES, VERTICAL))
    said = [bar.label.text()]
    for _ in range(3):
        press(qtbot, bar, "next")
        said.append(bar.label.text())
    assert said == [DEBRIS.sentence, NOTES.sentence, VERTICAL.sentence, DEBRIS.sentence]
    assert button(bar, "next").text() == "1 of 3"


def test_what_is_shown_stays_when_others_go(bar: InfoBar, qtbot: QtBot) -> None:
    bar.set_offers((DEBRIS, NOTES, VERTICAL))
    press(qtbot, bar, "next")
    bar.set_offers((NOTES, VERTICAL))
    assert bar.label.text() == NOTES.sentence
    bar.set_offers((VERTICAL,))
    assert bar.label.text() == VERTICAL.sentence
    assert not bar.findChild(QToolButton, "next").isVisible()


def test_put_away_it_tells_all_that_it_held(bar: InfoBar, qtbot: QtBot) -> None:
    bar.set_offers((SWITCH, DEBRIS, NOTES))
    with qtbot.waitSignal(bar.dismissed) as dismissed:
        press(qtbot, bar, "dismiss")
    assert dismissed.args == [["view", "debris", "comments"]]


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_by_keyboard(bar: InfoBar, qtbot: QtBot, key: Qt.Key) -> None:
    bar.set_offers((SWITCH, DEBRIS))
    bar.take_keyboard()
    names: list[str] = []
    for _ in bar.stops():
        focus = QApplication.focusWidget()
        assert focus
        names.append(focus.objectName())
        qtbot.keyClick(focus, Qt.Key.Key_Tab)
    assert names == ["view:article", "view:page", "debris:hide", "debris:keep", "debris:each", "dismiss"]
    button(bar, "debris:hide").setFocus()
    with qtbot.waitSignal(bar.answered) as answered:
        qtbot.keyClick(QApplication.focusWidget(), key)
    assert answered.args == ["debris", "hide"]
    with qtbot.waitSignal(bar.answered) as answered:
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert answered.args == ["debris", "hide"]
    with qtbot.waitSignal(bar.escaped):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)


def test_the_keyboard_stays_in_the_bar_while_there_is_one(bar: InfoBar, qtbot: QtBot) -> None:
    bar.set_offers((DEBRIS, NOTES))
    button(bar, "debris:hide").setFocus()
    bar.set_offers((NOTES,))
    assert QApplication.focusWidget() is button(bar, "comments:import")
    with qtbot.waitSignal(bar.escaped):
        bar.set_offers(())


@pytest.mark.parametrize("theme", ["light", "sepia", "dark"])
def test_it_is_one_line_and_nothing_is_cut_but_the_sentence(bar: InfoBar, theme: str) -> None:
    bar.set_theme(load_theme(theme))  # type: ignore[arg-type]
    bar.set_offers((SWITCH, DEBRIS, NOTES))
    QApplication.processEvents()
    assert bar.sizeHint().height() <= 44
    edges = [widget.geometry() for widget in bar.stops()]
    for widget, rect in zip(bar.stops(), edges, strict=True):
        assert rect.right() < bar.width()
        assert rect.width() >= widget.sizeHint().width(), widget.objectName()
    assert all(not one.intersects(other) for one in edges for other in edges if one is not other)
