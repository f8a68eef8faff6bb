"""The panel of documents, used by keyboard and mouse."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QContextMenuEvent, QDragEnterEvent, QDropEvent, QImage, QKeyEvent
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from reader.model.library import DocumentSummary
from reader.ui.panels.documents import DocumentsPanel
from reader.ui.theme import THEME_NAMES, ThemeName, load_theme
from tests.ui.builders import document
from tests.ui.panels.conftest import Stage

CONTROL = Qt.KeyboardModifier.ControlModifier
ROWS = [
    document(
        "a", "The reservoir the valley cannot afford", opened="2026-04-09", annotations=9, progress=0.5, path="/a"
    ),
    document("b", "Why Upper Lenn needs the dam", source="Lenn Valley Post", opened="2026-04-08", progress=1.0),
    document("c", "Minutes of the water board", opened="2026-04-07", tags=("board",)),
    document("d", "سد و دره", opened="2026-04-06"),
]
SIGNALS = ("open_requested", "add_requested", "samples_requested", "edit_requested", "tags_requested",
           "remove_requested", "reveal_requested", "paths_dropped", "sort_changed")  # fmt: skip


class Scene:
    def __init__(self, stage: Stage, qtbot: QtBot, rows: list[DocumentSummary]) -> None:
        self.qtbot = qtbot
        self.panel = DocumentsPanel()
        self.asked: list[tuple[object, ...]] = []
        for name in SIGNALS:
            getattr(self.panel, name).connect(self._note(name))
        self.panel.set_documents(rows)
        stage.show(self.panel, 272, 700)
        self.panel.take_keyboard()
        self.view = self.panel.view

    def _note(self, name: str) -> Callable[..., None]:
        return lambda *values: self.asked.append((name.removesuffix("_requested"), *values))

    def keys(self, *keys: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        for key in keys:
            self.qtbot.keyClick(QApplication.focusWidget() or self.view, key, modifier)

    def click(self, row: int, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        place = self.view.visualRect(self.panel.model.index(row, 0)).center()
        self.qtbot.mouseClick(self.view.viewport(), Qt.MouseButton.LeftButton, modifier, place)

    def shown(self) -> str:
        return "".join(row.uid for row in self.panel.model.shown_rows())

    def image(self) -> QImage:
        return self.view.viewport().grab().toImage()


@pytest.fixture
def scene(stage: Stage, qtbot: QtBot) -> Scene:
    return Scene(stage, qtbot, ROWS)


def test_a_click_opens_and_one_with_control_only_selects(scene: Scene) -> None:
    scene.click(1)
    scene.click(2, CONTROL)
    assert scene.asked == [("open", "b")]
    assert scene.panel.selected() == ["b", "c"]


def test_arrows_walk_and_enter_opens(scene: Scene) -> None:
    scene.panel.set_current("a")
    scene.keys(Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert scene.asked == [("open", "c")]


def test_keys_on_several_documents(scene: Scene) -> None:
    scene.panel.set_current("a")
    scene.keys(Qt.Key.Key_Down, modifier=Qt.KeyboardModifier.ShiftModifier)
    scene.keys(Qt.Key.Key_Delete, Qt.Key.Key_F2)
    assert scene.asked == [("remove", ["a", "b"]), ("edit", ["a", "b"])]


def test_letters_go_to_the_title_that_begins_so(scene: Scene) -> None:
    event = QKeyEvent(QKeyEvent.Type.ShortcutOverride, Qt.Key.Key_M, Qt.KeyboardModifier.NoModifier, "m")
    event.ignore()
    QApplication.sendEvent(scene.view, event)
    assert event.isAccepted(), "the window's shortcuts do not get it"
    scene.qtbot.keyClicks(scene.view, "min")
    assert scene.view.currentIndex().data() == "Minutes of the water board"


def test_the_open_document_is_marked_and_its_neighbours_are_a_step_away(scene: Scene) -> None:
    scene.panel.set_current("b")
    assert scene.panel.selected() == ["b"]
    scene.panel.step(1)
    scene.panel.step(-1)
    scene.panel.set_current("d")
    scene.panel.step(1)
    assert scene.asked == [("open", "c"), ("open", "a")]
    scene.panel.set_current(None)
    assert scene.panel.selected() in ([], ["d"])


def test_filtering_as_one_types(scene: Scene) -> None:
    scene.panel.field.setFocus()
    scene.qtbot.keyClicks(scene.panel.field.line, "valley")
    assert scene.shown() == "ab"
    assert scene.panel.count.text() == "2 of 4 documents"
    scene.keys(Qt.Key.Key_Down)
    assert scene.view.hasFocus()
    scene.panel.field.setFocus()
    scene.keys(Qt.Key.Key_Return)
    assert scene.asked == [("open", "a")]
    scene.keys(Qt.Key.Key_Escape)
    assert scene.shown() == "abcd"


def test_a_filter_without_a_match_says_so_and_clears(scene: Scene) -> None:
    scene.qtbot.keyClicks(scene.panel.field.line, "zzz")
    assert scene.panel.empty.sentence() == "No document matches the filter."
    scene.qtbot.mouseClick(scene.panel.empty.buttons()[0], Qt.MouseButton.LeftButton)
    assert scene.shown() == "abcd"
    assert scene.view.isVisible()
    assert scene.asked == []


def test_an_empty_library_offers_files_and_samples(stage: Stage, qtbot: QtBot) -> None:
    scene = Scene(stage, qtbot, [])
    assert scene.panel.empty.isVisible()
    assert not scene.panel.field.isVisible()
    for button in scene.panel.empty.buttons():
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(scene.panel.add_button, Qt.MouseButton.LeftButton)
    assert scene.asked == [("add",), ("samples",), ("add",)]
    scene.panel.documents_changed([ROWS[0]], [], [])
    assert scene.view.isVisible()
    assert scene.panel.count.text() == "1 document"


def test_the_order_is_chosen_said_and_put_back(scene: Scene) -> None:
    actions = {action.text(): action for action in scene.panel.sort_button.menu().actions()}
    scene.panel.set_current("b")
    actions["Progress"].trigger()
    assert scene.shown() == "bacd"
    assert scene.asked == [("sort_changed", "progress")]
    assert scene.panel.selected() == ["b"]
    scene.panel.set_sort("title")
    assert scene.shown()[0] == "c"
    assert actions["Title"].isChecked()
    assert scene.panel.sort_button.text().startswith("Title")
    scene.panel.set_sort("nonsense")
    assert scene.shown()[0] == "c"
    assert len(scene.asked) == 1


def test_one_document_changed_is_one_row(scene: Scene) -> None:
    rows: list[int] = []
    resets: list[None] = []
    scene.panel.model.dataChanged.connect(lambda first, _last, _r: rows.append(first.row()))
    scene.panel.model.modelReset.connect(lambda: resets.append(None))
    scene.panel.documents_changed([], [replace(ROWS[2], annotations=5)], [])
    assert rows == [2]
    assert not resets


def test_the_menu_of_one_and_of_several(scene: Scene) -> None:
    scene.panel.set_current("a")
    menu = scene.view.menu_for(["a"])
    by_text = {action.text().split("\t")[0].replace("&", ""): action for action in menu.actions()}
    for text in ("Open", "Edit details…", "Tags…", "Show in folder", "Remove"):
        by_text[text].trigger()
    assert scene.asked == [("open", "a"), ("edit", ["a"]), ("tags", ["a"]), ("reveal", "a"), ("remove", ["a"])]
    menu.close()
    several = scene.view.menu_for(["a", "b"])
    texts = [action.text().split("\t")[0] for action in several.actions() if not action.isSeparator()]
    assert texts == ["&Tags…", "&Remove 2 documents"]
    several.close()
    scene.panel.set_current("b")
    alone = scene.view.menu_for(["b"])
    assert not next(a for a in alone.actions() if a.text() == "&Show in folder").isEnabled(), "it has no path"
    alone.close()


def test_files_dropped_are_handed_on(scene: Scene) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile("/tmp/one.txt"), QUrl("https://example.org/x"), QUrl.fromLocalFile("/tmp/two")])
    point, copy = QPoint(20, 20), Qt.DropAction.CopyAction
    none = Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(point, copy, mime, Qt.MouseButton.LeftButton, none)
    QApplication.sendEvent(scene.panel, enter)
    assert enter.isAccepted()
    drop = QDropEvent(QPointF(point), copy, mime, Qt.MouseButton.LeftButton, none)
    QApplication.sendEvent(scene.panel, drop)
    assert scene.asked == [("paths_dropped", ["/tmp/one.txt", "/tmp/two"])]


def test_text_dragged_over_is_not_taken(scene: Scene) -> None:
    mime = QMimeData()
    mime.setText("words")
    enter = QDragEnterEvent(
        QPoint(20, 20), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    enter.ignore()
    QApplication.sendEvent(scene.panel, enter)
    assert not enter.isAccepted()


@pytest.mark.parametrize("name", THEME_NAMES)
def test_the_open_row_and_the_progress_are_in_the_accent(stage: Stage, qtbot: QtBot, name: ThemeName) -> None:
    stage.theme = theme = load_theme(name)
    scene = Scene(stage, qtbot, ROWS)
    scene.panel.set_current("a")
    scene.panel.field.setFocus()
    image = scene.image()
    assert image.pixelColor(1, 30) == QColor(theme.accent)
    assert image.pixelColor(240, 5) == QColor(theme.selected)
    assert image.pixelColor(60, 54) == QColor(theme.accent), "half read: the left half"
    assert image.pixelColor(200, 54) == QColor(theme.line)
    assert image.pixelColor(200, 68 + 54) == QColor(theme.accent), "read to the end"
    assert image.pixelColor(240, 68 + 5) == QColor(theme.panel)


def test_every_control_has_a_name(scene: Scene) -> None:
    panel = scene.panel
    assert panel.field.line.accessibleName()
    assert panel.sort_button.accessibleName()
    assert panel.view.accessibleName()
    assert panel.add_button.text()


def test_the_open_document_stays_in_view_when_it_moves_to_the_top(scene: Scene) -> None:
    rows = [document(f"n{n:03}", f"Number {n}", opened=f"2026-03-{28 - n // 10:02}T{23 - n % 10}") for n in range(200)]
    scene.panel.set_documents(rows)
    scene.panel.set_current("n150")
    assert scene.view.verticalScrollBar().value() > 0
    scene.panel.documents_changed([], [replace(rows[150], opened="2026-04-10T00")], [])
    assert scene.shown().startswith("n150")
    place = scene.view.visualRect(scene.panel.model.index(0, 0))
    assert scene.view.viewport().rect().contains(place)


def test_what_was_just_added_stands_above_what_was_opened_before(scene: Scene) -> None:
    scene.panel.documents_changed([document("e", "Fresh", added="2026-04-10")], [], [])
    assert scene.shown() == "eabcd"


def test_a_click_with_the_right_button_beside_the_rows_opens_no_menu(scene: Scene) -> None:
    scene.panel.set_current("a")
    below = scene.view.visualRect(scene.panel.model.index(3, 0)).bottomLeft() + QPoint(40, 60)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, below, scene.view.viewport().mapToGlobal(below))
    QApplication.sendEvent(scene.view.viewport(), event)
    assert not [menu for menu in scene.view.findChildren(QMenu) if menu.isVisible()]


def test_shift_f10_opens_the_menu_at_the_row(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[QMenu] = []
    monkeypatch.setattr(QMenu, "popup", lambda menu, _at: opened.append(menu))
    scene.panel.set_current("a")
    scene.keys(Qt.Key.Key_F10, modifier=Qt.KeyboardModifier.ShiftModifier)
    (menu,) = opened
    assert "&Open\tEnter" in [action.text() for action in menu.actions()]
    menu.close()
