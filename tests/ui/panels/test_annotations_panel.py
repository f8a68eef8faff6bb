"""The panel of annotations, used by keyboard and mouse."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from reader.model.annotation import AnchorState, Annotation, Color
from reader.ui.lists.rows import ROW_ROLE
from reader.ui.panels.annotations import AnnotationsPanel
from reader.ui.panels.card_layout import EDGE
from reader.ui.panels.note_field import NoteField
from tests.ui.builders import mark, marks
from tests.ui.panels.conftest import Stage

SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


class Scene:
    def __init__(self, stage: Stage, qtbot: QtBot, rows: list[Annotation]) -> None:
        self.qtbot = qtbot
        self.panel = AnnotationsPanel()
        self.asked: list[tuple[object, ...]] = []
        for name in ("jump_requested", "note_edited", "recolor_requested", "tag_requested", "delete_requested",
                     "count_changed", "filter_changed"):  # fmt: skip
            getattr(self.panel, name).connect(self._note(name))
        self.panel.set_annotations(rows)
        stage.show(self.panel, 322, 700)
        self.panel.take_keyboard()
        self.asked.clear()

    def _note(self, name: str) -> Callable[..., None]:
        return lambda *values: self.asked.append((name.removesuffix("_requested"), *values))

    def keys(self, *keys: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        for key in keys:
            self.qtbot.keyClick(QApplication.focusWidget() or self.panel.view, key, modifier)

    def click(self, row: int, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        place = self.panel.view.visualRect(self.panel.model.index(row, 0)).topLeft() + QPoint(60, 20)
        self.qtbot.mouseClick(self.panel.view.viewport(), Qt.MouseButton.LeftButton, modifier, place)

    def field(self) -> NoteField:
        return self.panel.view.findChildren(NoteField)[-1]

    def shown(self) -> list[str]:
        return [row.uid for row in self.panel.model.shown_rows()]


@pytest.fixture
def scene(stage: Stage, qtbot: QtBot) -> Scene:
    return Scene(stage, qtbot, marks(12))


def test_a_click_jumps_and_one_with_control_only_selects(scene: Scene) -> None:
    scene.click(1)
    assert scene.asked == [("jump", "m000001")]
    scene.click(3, CONTROL)
    assert scene.asked == [("jump", "m000001")]
    assert scene.panel.selected() == ["m000001", "m000003"]


def test_keys_on_several_cards(scene: Scene) -> None:
    scene.panel.set_current("m000001")
    scene.keys(Qt.Key.Key_Down, Qt.Key.Key_Down, modifier=SHIFT)
    three = ["m000001", "m000002", "m000003"]
    scene.keys(Qt.Key.Key_5, Qt.Key.Key_T, Qt.Key.Key_Delete, Qt.Key.Key_Space)
    assert scene.asked == [
        ("recolor", three, Color.ORANGE),
        ("tag", three),
        ("delete", three),
        ("jump", "m000003"),
    ]


def test_the_list_claims_its_keys_from_the_windows_shortcuts(scene: Scene) -> None:
    def claimed(key: Qt.Key, text: str, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> bool:
        event = QKeyEvent(QKeyEvent.Type.ShortcutOverride, key, modifier, text)
        event.ignore()
        QApplication.sendEvent(scene.panel.view, event)
        return event.isAccepted()

    assert claimed(Qt.Key.Key_1, "1")
    assert claimed(Qt.Key.Key_Delete, "")
    assert claimed(Qt.Key.Key_A, "a", CONTROL)
    assert not claimed(Qt.Key.Key_Z, "z", CONTROL)
    assert not claimed(Qt.Key.Key_S, "s")


def test_enter_edits_the_note_in_its_place_and_control_enter_keeps_it(scene: Scene) -> None:
    scene.panel.set_current("m000001")
    scene.keys(Qt.Key.Key_Return)
    field = scene.field()
    assert field.hasFocus()
    card = scene.panel.view.visualRect(scene.panel.model.index(1, 0))
    assert card.contains(field.geometry())
    scene.qtbot.keyClicks(field, "why so")
    scene.keys(Qt.Key.Key_Return)
    scene.qtbot.keyClicks(field, "many?")
    assert scene.asked == []
    scene.keys(Qt.Key.Key_Return, modifier=CONTROL)
    assert scene.asked == [("note_edited", "m000001", "why so\nmany?")]
    assert scene.panel.view.hasFocus(), "the keyboard is where it was"
    assert scene.panel.view.edited == ""


def test_escape_gives_up(scene: Scene) -> None:
    scene.panel.set_current("m000000")
    scene.keys(Qt.Key.Key_Return)
    scene.qtbot.keyClicks(scene.field(), " more")
    scene.keys(Qt.Key.Key_Escape)
    assert scene.asked == []
    assert scene.panel.view.edited == ""
    assert scene.panel.view.hasFocus()


def test_going_elsewhere_keeps_the_note_once(scene: Scene) -> None:
    scene.panel.set_current("m000000")
    scene.keys(Qt.Key.Key_Return)
    scene.qtbot.keyClicks(scene.field(), " more")
    scene.panel.bar.field.setFocus()
    assert scene.asked == [("note_edited", "m000000", "note 0 more")]
    scene.panel.commit_editor()
    assert len(scene.asked) == 1


def test_a_note_left_as_it_was_is_not_written(scene: Scene) -> None:
    scene.panel.set_current("m000000")
    scene.keys(Qt.Key.Key_Return)
    scene.keys(Qt.Key.Key_Return, modifier=CONTROL)
    assert scene.asked == []


def test_another_document_keeps_the_open_note_first(scene: Scene) -> None:
    scene.panel.set_current("m000000")
    scene.keys(Qt.Key.Key_F2)
    scene.qtbot.keyClicks(scene.field(), "!")
    scene.panel.set_annotations([mark("other", 1)])
    assert ("note_edited", "m000000", "note 0!") in scene.asked
    assert scene.shown() == ["other"]


def test_a_write_that_failed_brings_the_typed_text_back(scene: Scene) -> None:
    scene.panel.note_failed("m000002", "typed in vain")
    assert scene.field().toPlainText() == "typed in vain"
    assert scene.panel.view.edited == "m000002"
    scene.keys(Qt.Key.Key_Return, modifier=CONTROL)
    assert scene.asked == [("note_edited", "m000002", "typed in vain")]


def test_a_failed_note_comes_back_even_when_the_filter_hides_its_card(scene: Scene) -> None:
    scene.panel.bar.field.set_text("number 5")
    scene.panel.note_failed("m000002", "typed in vain")
    assert scene.panel.view.edited == "m000002"
    scene.panel.view.cancel_edit()


def test_the_editor_grows_with_its_text_and_moves_with_its_card(scene: Scene) -> None:
    scene.panel.set_current("m000002")
    scene.keys(Qt.Key.Key_Return)
    field = scene.field()
    height, card = field.height(), scene.panel.view.visualRect(scene.panel.model.index(2, 0)).height()
    for _ in range(5):
        scene.keys(Qt.Key.Key_Return)
    grown = field.height() - height
    assert grown > 30
    assert scene.panel.view.visualRect(scene.panel.model.index(2, 0)).height() == card + grown
    top = field.y()
    scene.panel.view.scroll_by(25)
    assert field.y() == top - 25
    scene.panel.annotations_changed([mark("new", 5)], [], [])
    scene.panel.view.doItemsLayout()
    card_rect = scene.panel.view.visualRect(scene.panel.model.index_of("m000002"))
    assert card_rect.contains(field.geometry())
    scene.panel.view.cancel_edit()


def test_an_edited_annotation_that_goes_takes_its_editor_along(scene: Scene) -> None:
    scene.panel.set_current("m000002")
    scene.keys(Qt.Key.Key_Return)
    scene.panel.annotations_changed([], [], [marks(3)[2]])
    assert scene.panel.view.edited == ""
    assert scene.asked == [("count_changed", 11, 11)]


def test_an_annotation_changed_under_the_editor_leaves_what_is_typed(scene: Scene) -> None:
    scene.panel.set_current("m000002")
    scene.keys(Qt.Key.Key_Return)
    scene.qtbot.keyClicks(scene.field(), "typed")
    scene.panel.annotations_changed([], [replace(marks(3)[2], color=Color.PINK)], [])
    assert scene.field().toPlainText() == "typed"
    scene.panel.view.cancel_edit()


def test_a_double_click_edits(scene: Scene) -> None:
    view = scene.panel.view
    place = view.visualRect(scene.panel.model.index(1, 0)).topLeft() + QPoint(60, 20)
    scene.qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert view.edited == "m000001"
    view.cancel_edit()


def test_one_mark_made_is_one_row_and_nothing_else_changes(scene: Scene) -> None:
    scene.panel.set_current("m000003")
    rows: list[tuple[int, int]] = []
    resets: list[None] = []
    scene.panel.model.rowsInserted.connect(lambda _p, first, last: rows.append((first, last)))
    scene.panel.model.modelReset.connect(lambda: resets.append(None))
    scene.panel.annotations_changed([mark("new", 120)], [], [])
    assert rows == [(2, 2)]
    assert not resets
    assert scene.panel.current() == "m000003"
    assert scene.asked == [("count_changed", 13, 13)]


def test_the_current_mark_is_shown_and_selected_alone(scene: Scene) -> None:
    scene.panel.set_current("m000011")
    assert scene.panel.current() == "m000011"
    assert scene.panel.selected() == ["m000011"]
    assert scene.panel.view.shows(11)
    scene.panel.set_current(None)
    assert scene.panel.selected() == []
    assert scene.asked == [], "showing asks for nothing"


def test_a_filter_that_hides_the_current_card_gives_it_back_later(scene: Scene) -> None:
    scene.panel.set_current("m000003")
    scene.panel.bar.field.set_text("number 5")
    scene.panel.bar.clear()
    assert scene.panel.current() == "m000003"


def test_following_the_text_moves_the_list_and_nothing_else(stage: Stage, qtbot: QtBot) -> None:
    scene = Scene(stage, qtbot, marks(1000))
    scene.panel.bar.field.setFocus()
    scene.panel.set_current("m000001")
    scene.panel.follow(50_000, 50_400)
    assert all(scene.panel.view.shows(row) for row in range(500, 504))
    assert scene.panel.current() == "m000001"
    assert scene.panel.bar.field.line.hasFocus()
    top = scene.panel.view.top()
    scene.panel.follow(50_100, 50_300)
    assert scene.panel.view.top() == top, "already in view"
    scene.panel.follow(50_190, 50_195)
    assert scene.panel.view.top() == top, "no mark there"


def test_words_colours_and_a_tag_filter_together(scene: Scene) -> None:
    scene.qtbot.keyClicks(scene.panel.bar.field.line, "number")
    assert scene.shown() == [row.uid for row in marks(12)]
    scene.qtbot.mouseClick(scene.panel.bar.dots.dot(Color.YELLOW), Qt.MouseButton.LeftButton)
    assert scene.shown() == ["m000000", "m000006"]
    scene.qtbot.mouseClick(scene.panel.bar.dots.dot(Color.ORANGE), Qt.MouseButton.LeftButton)
    assert scene.shown() == ["m000000", "m000004", "m000006", "m000010"]
    scene.panel.bar.set_tag("cost")
    assert scene.shown() == ["m000000", "m000004"]
    assert scene.asked[-2:] == [("count_changed", 2, 12), ("filter_changed", ["m000000", "m000004"])]
    scene.qtbot.mouseClick(scene.panel.bar.clear_button, Qt.MouseButton.LeftButton)
    assert len(scene.shown()) == 12
    assert scene.asked[-1] == ("filter_changed", None)
    assert not scene.panel.bar.clear_button.isVisible()


def test_a_filter_without_a_match_says_so_and_clears(scene: Scene) -> None:
    scene.qtbot.keyClicks(scene.panel.bar.field.line, "zzz")
    assert scene.panel.empty.sentence() == "No annotation matches the filter."
    assert not scene.panel.view.isVisible()
    scene.qtbot.mouseClick(scene.panel.empty.buttons()[0], Qt.MouseButton.LeftButton)
    assert scene.panel.view.isVisible()
    assert len(scene.shown()) == 12


def test_escape_empties_the_filter_and_down_goes_to_the_cards(scene: Scene) -> None:
    scene.panel.bar.field.setFocus()
    scene.qtbot.keyClicks(scene.panel.bar.field.line, "number 7")
    scene.keys(Qt.Key.Key_Down)
    assert scene.panel.view.hasFocus()
    assert scene.panel.current() == "m000007"
    scene.panel.bar.field.setFocus()
    scene.keys(Qt.Key.Key_Escape)
    assert len(scene.shown()) == 12


def test_a_click_on_a_chip_filters_by_its_tag(scene: Scene) -> None:
    view = scene.panel.view
    row = view.visualRect(scene.panel.model.index(0, 0))
    chip = view.cards.card(scene.panel.model.shown_rows()[0], row.width()).chips[0]
    place = row.topLeft() + QPoint(12, 0) + chip.rect.center()
    scene.qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert scene.panel.bar.wanted().tag == "cost"
    assert scene.shown() == ["m000000", "m000004", "m000008"]


def test_the_tag_menu_counts_and_chooses(scene: Scene) -> None:
    menu = scene.panel.bar.tag_menu
    menu.aboutToShow.emit()
    texts = [action.text() for action in menu.actions() if not action.isSeparator()]
    assert texts == ["Any tag", "cost\t3"]
    menu.actions()[-1].trigger()
    assert len(scene.shown()) == 3
    menu.aboutToShow.emit()
    assert menu.actions()[-1].isChecked()
    menu.actions()[0].trigger()
    assert len(scene.shown()) == 12


def test_what_moved_or_was_lost_is_asked_for_only_where_there_is_any(scene: Scene) -> None:
    bar, asked = scene.panel.bar, list[str]()
    scene.panel.review_requested.connect(asked.append)
    assert not bar.standing_button.isVisible()
    moved, lost = mark("moved", 150, state=AnchorState.MOVED, score=0.9), mark("lost", 250, state=AnchorState.LOST)
    scene.panel.annotations_changed([moved, lost], [], [])
    assert bar.standing_button.isVisible()
    bar.standing_menu.aboutToShow.emit()
    by_text = {action.text(): action for action in bar.standing_menu.actions()}
    assert list(by_text) == ["Wherever it stands", "Moved\t1", "Lost\t1", "To review\t2", "", "Review…"]
    by_text["To review\t2"].trigger()
    assert scene.shown() == ["moved", "lost"]
    by_text["Review…"].trigger()
    assert asked == [""]
    scene.panel.annotations_changed([], [replace(moved, state=AnchorState.EXACT)], [])
    assert scene.shown() == ["lost"]
    by_text["Wherever it stands"].trigger()
    scene.panel.annotations_changed([], [replace(lost, state=AnchorState.EXACT)], [])
    assert not bar.standing_button.isVisible()


def test_the_menu_of_a_card_that_moved_leads_to_the_review(scene: Scene) -> None:
    from reader.ui.panels.card_menu import card_menu

    asked: list[str] = []
    scene.panel.review_requested.connect(asked.append)
    scene.panel.set_annotations([mark("exact", 1), mark("moved", 150, state=AnchorState.MOVED)])
    found = {
        uid: card_menu(scene.panel.view, [uid], scene.panel.model.names, scene.panel.view.theme)
        for uid in ("exact", "moved")
    }
    words = {uid: [action.text() for action in menu.actions()] for uid, menu in found.items()}
    assert "Review…" not in words["exact"]
    next(action for action in found["moved"].actions() if action.text() == "Review…").trigger()
    assert asked == ["moved"]
    for menu in found.values():
        menu.close()


def test_the_context_menu_asks_for_the_selected_ones(scene: Scene) -> None:
    scene.click(0)
    scene.click(2, CONTROL)
    scene.asked.clear()
    scene.qtbot.keyClick(scene.panel.view, Qt.Key.Key_Menu)
    from reader.ui.panels.card_menu import card_menu

    menu = card_menu(scene.panel.view, scene.panel.selected(), scene.panel.model.names, scene.panel.view.theme)
    by_text = {action.text().split("\t")[0]: action for action in menu.actions()}
    by_text["Question"].trigger()
    by_text["Copy the quotes"].trigger()
    by_text["Delete 2 annotations"].trigger()
    both = ["m000000", "m000002"]
    assert scene.asked == [("recolor", both, Color.PINK), ("delete", both)]
    assert QApplication.clipboard().text().startswith("quote number 0")
    for open_menu in scene.panel.view.findChildren(QMenu):
        open_menu.close()


def test_nothing_to_show_says_what_to_do(scene: Scene) -> None:
    scene.panel.set_annotations([])
    assert "press 1 to 6" in scene.panel.empty.sentence()
    assert scene.panel.empty.isVisible()
    assert not scene.panel.bar.isVisible()
    scene.panel.annotations_changed([mark("first", 1)], [], [])
    assert scene.panel.view.isVisible()


def test_renamed_categories_are_read_and_shown(scene: Scene) -> None:
    scene.panel.set_category_names({Color.YELLOW: "Thesis"})
    assert scene.panel.model.index(0, 0).data().startswith("Thesis")
    assert scene.panel.bar.dots.dot(Color.YELLOW).accessibleName() == "Only Thesis"
    assert scene.panel.bar.dots.dot(Color.GREEN).accessibleName() == "Only Evidence"


def test_a_long_card_unfolds_and_folds_again(stage: Stage, qtbot: QtBot) -> None:
    quote = "a promise about a place that nobody has yet looked at " * 20
    note = "\n".join(f"line {n} of the note" for n in range(20))
    scene = Scene(stage, qtbot, [mark("long", 1, quote, note=note), mark("short", 2, "short")])
    view, index = scene.panel.view, scene.panel.model.index(0, 0)

    def shown() -> tuple[str, str]:
        card = view.cards.card(index.data(ROW_ROLE), view.viewport().width())
        assert card.quote
        assert card.note
        return card.quote.text.strip(), card.note.text.replace("\u2028", "\n")

    folded, low = shown(), view.visualRect(index).height()
    assert all(text.endswith("…") for text in folded)
    view.setCurrentIndex(index)
    scene.keys(Qt.Key.Key_Right)
    assert shown() == (quote.strip(), note)
    assert view.visualRect(index).height() > 2 * low
    scene.keys(Qt.Key.Key_Left)
    assert shown() == folded
    fold = view.cards.card(index.data(ROW_ROLE), view.viewport().width()).fold.center()
    place = view.visualRect(index).topLeft() + QPoint(EDGE, 0) + fold
    scene.asked.clear()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert shown() == (quote.strip(), note)
    assert scene.asked == [], "unfolding is no jump"


def test_a_short_card_has_nothing_to_unfold(scene: Scene) -> None:
    index = scene.panel.model.index(0, 0)
    assert not scene.panel.view.foldable(index, whole=True)
    assert not scene.panel.view.foldable(index, whole=False)


def test_where_no_mark_is_in_view_the_list_stands_at_the_last_one_above(stage: Stage, qtbot: QtBot) -> None:
    scene = Scene(stage, qtbot, marks(200))
    end = max(row.anchor.end for row in scene.panel.model.shown_rows() if row.anchor)
    scene.panel.follow(end + 5_000, end + 6_000)
    qtbot.waitUntil(lambda: scene.panel.view.shows(199))
