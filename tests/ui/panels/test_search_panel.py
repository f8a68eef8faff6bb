"""The panel that searches the library."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reader.services.matching import Snippet
from reader.services.search import DocumentHits, Hit, SearchResult
from reader.ui.panels.search import SearchPanel
from tests.ui.builders import document
from tests.ui.panels.conftest import Stage
from tests.ui.results import found, hit


class Scene:
    def __init__(self, stage: Stage, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.panel = SearchPanel()
        self.asked: list[tuple[str, str]] = []
        self.gone: list[tuple[str, int, int, str]] = []
        self.panel.search_requested.connect(lambda query, scope: self.asked.append((query, scope)))
        self.panel.hit_activated.connect(lambda *values: self.gone.append(values))
        stage.show(self.panel, 322, 600)
        self.panel.setFocus()
        self.line = self.panel.field.line

    def type(self, text: str) -> None:
        with self.qtbot.waitSignal(self.panel.search_requested):
            self.qtbot.keyClicks(self.line, text)

    def key(self, *keys: Qt.Key) -> None:
        for key in keys:
            self.qtbot.keyClick(QApplication.focusWidget() or self.line, key)


@pytest.fixture
def scene(stage: Stage, qtbot: QtBot) -> Scene:
    return Scene(stage, qtbot)


def test_a_word_typed_is_asked_once(scene: Scene) -> None:
    assert scene.panel.empty.sentence().startswith("Type to search")
    scene.type("forty")
    assert scene.asked == [("forty", "all")]


def test_enter_does_not_wait_for_the_pause(scene: Scene) -> None:
    scene.qtbot.keyClicks(scene.line, "forty")
    scene.key(Qt.Key.Key_Return)
    assert scene.asked == [("forty", "all")]


def test_where_to_search_is_asked_at_once(scene: Scene) -> None:
    scene.type("forty")
    notes = next(b for b in scene.panel.scopes.buttons() if b.text() == "Annotations")
    scene.qtbot.mouseClick(notes, Qt.MouseButton.LeftButton)
    assert scene.asked[-1] == ("forty", "notes")


def test_down_goes_to_the_hits_and_enter_goes_there(scene: Scene) -> None:
    scene.type("forty")
    scene.panel.set_result(found(), "forty")
    assert scene.panel.summary.text() == "3 found in 2 documents"
    scene.key(Qt.Key.Key_Down)
    assert scene.panel.view.hasFocus()
    scene.key(Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert scene.gone == [("first", 100, 130, ""), ("first", 10, 20, "mark"), ("second", 0, 0, "")]


def test_enter_in_the_field_goes_to_the_first_hit(scene: Scene) -> None:
    scene.type("forty")
    scene.panel.set_result(found(), "forty")
    scene.key(Qt.Key.Key_Return)
    assert scene.gone == [("first", 100, 130, "")]


def test_a_click_goes_there_but_not_on_a_title(scene: Scene) -> None:
    scene.type("forty")
    scene.panel.set_result(found(), "forty")
    view = scene.panel.view
    for row in (0, 2):
        place = view.visualRect(scene.panel.model.index(row, 0)).center()
        scene.qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert scene.gone == [("first", 10, 20, "mark")]


def test_up_from_the_first_hit_and_letters_go_back_to_the_field(scene: Scene) -> None:
    scene.type("fort")
    scene.panel.set_result(found(), "fort")
    scene.key(Qt.Key.Key_Down, Qt.Key.Key_Up)
    assert scene.line.hasFocus()
    scene.key(Qt.Key.Key_Down)
    with scene.qtbot.waitSignal(scene.panel.search_requested):
        scene.qtbot.keyClick(scene.panel.view, Qt.Key.Key_Y)
    assert scene.panel.query() == "forty"
    assert scene.line.hasFocus()


def test_an_answer_to_a_question_no_longer_asked_is_passed_over(scene: Scene) -> None:
    scene.type("forty")
    scene.panel.set_result(found(), "fort")
    assert scene.panel.model.rowCount() == 0


def test_while_it_searches_the_last_answer_stays(scene: Scene) -> None:
    scene.type("forty")
    scene.panel.set_busy(True)
    assert scene.panel.empty.sentence() == "Searching…"
    scene.panel.set_result(found(), "forty")
    scene.panel.set_busy(False)
    scene.type("x")
    scene.panel.set_busy(True)
    assert scene.panel.view.isVisible()


def test_nothing_found_says_what_was_asked(scene: Scene) -> None:
    scene.type("zzz")
    scene.panel.set_result(SearchResult([], 0), "zzz")
    assert scene.panel.empty.sentence() == "Nothing is found for “zzz”."
    scene.key(Qt.Key.Key_Down)
    assert scene.line.hasFocus()
    scene.line.clear()
    assert scene.panel.empty.sentence().startswith("Type to search")
    assert scene.asked[-1] == ("", "all")


def test_more_than_is_shown_is_said(scene: Scene) -> None:
    scene.type("a")
    scene.panel.set_result(SearchResult(found().groups, 500, truncated=True), "a")
    assert scene.panel.summary.text() == "500 found in 2 documents; the first ones are shown"


def test_the_words_found_are_on_the_colour_of_hits(scene: Scene, stage: Stage) -> None:
    scene.type("m")
    group = DocumentHits(document("d", "Title"), [hit("passage", 0, 5, "🌊🌊 mmmmmm iiii", ((3, 9),))])
    scene.panel.set_result(SearchResult([group], 1), "m")
    image = scene.panel.view.viewport().grab().toImage()
    rect = scene.panel.view.visualRect(scene.panel.model.index(1, 0))
    ground = QColor(stage.theme.find)
    marked = {x for x in range(rect.left(), rect.right()) for y in range(rect.top(), rect.bottom())
              if image.pixelColor(x, y) == ground}  # fmt: skip
    metrics = scene.panel.view.fontMetrics()
    assert marked
    assert max(marked) - min(marked) < metrics.horizontalAdvance("mmmmmmm") * 1.4, "the six letters and no more"


def test_a_thousand_hits_are_not_worked_out_before_they_are_seen(scene: Scene) -> None:
    from reader.services.matching import Snippet
    from reader.services.search import Hit

    seen: list[int] = []

    def work(number: int) -> Snippet:
        seen.append(number)
        return Snippet(start=number, end=number + 1, text="forty words", matches=((0, 5),))

    hits = [Hit("passage", lambda n=n: work(n)) for n in range(1000)]
    scene.type("forty")
    scene.panel.set_result(SearchResult([DocumentHits(document("d", "Title"), hits)], 1000), "forty")
    scene.panel.view.viewport().grab()
    assert 0 < len(seen) < 60


def test_a_hit_in_a_lost_annotation_says_so(scene: Scene) -> None:
    lost = Hit("note", lambda: Snippet(text="forty again", matches=((0, 5),), start=0, end=0), 0, "mark", lost=True)
    first, second = hit("note", 0, 0, "forty", ((0, 5),), "other"), lost
    scene.type("forty")
    scene.panel.set_result(SearchResult([DocumentHits(document("d", "The reservoir"), [first, second])], 2), "forty")
    model = scene.panel.model
    words = [str(model.index(row, 0).data()) for row in range(model.rowCount())]
    assert words[1:] == ["note: forty", "note, not in the present text: forty again"]
