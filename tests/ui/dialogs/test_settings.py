"""Settings are applied as they are made."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from reader.formats.request import Limits
from reader.model.annotation import Color
from reader.ui.dialogs.limit_fields import DEFAULTS, LimitFields
from reader.ui.dialogs.settings import SettingsDialog
from reader.ui.theme import load_theme
from reader.ui.typography import Typography
from tests.ui.dialogs.conftest import Shown

START = Typography("sans", 20, 1.5, 72, 1.2)


@pytest.fixture
def dialog(shown: Shown) -> SettingsDialog:
    return shown(SettingsDialog("dark", START, {Color.BLUE: "Said"}, load_theme("dark")))


def test_it_shows_what_is_set(dialog: SettingsDialog) -> None:
    assert dialog.typography() == START
    assert dialog.theme_box.currentData() == "dark"
    assert dialog.names[Color.BLUE].text() == "Said"
    assert dialog.names[Color.PINK].text() == "Question"


def test_theme_by_keyboard(dialog: SettingsDialog, qtbot: QtBot) -> None:
    dialog.theme_box.setFocus()
    with qtbot.waitSignal(dialog.theme_chosen) as chosen:
        qtbot.keyClick(dialog.theme_box, Qt.Key.Key_Up)
    assert chosen.args == ["sepia"]


def test_size_by_keyboard_changes_the_preview(dialog: SettingsDialog, qtbot: QtBot) -> None:
    before = dialog.specimen.grab().toImage()
    with qtbot.waitSignal(dialog.typography_changed) as changed:
        qtbot.keyClick(dialog.size_px, Qt.Key.Key_Up)
    assert changed.args[0].size_px == 21
    assert dialog.specimen.grab().toImage() != before


def test_the_preview_wears_the_theme(dialog: SettingsDialog) -> None:
    dialog.set_theme(load_theme("sepia"))
    assert dialog.specimen.grab().toImage().pixelColor(4, 75).name() == load_theme("sepia").paper


def test_a_name_is_given_when_the_field_is_left(dialog: SettingsDialog, qtbot: QtBot) -> None:
    field = dialog.names[Color.PINK]
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "  Open   question ")
    with qtbot.waitSignal(dialog.category_renamed) as renamed:
        qtbot.keyClick(field, Qt.Key.Key_Tab)
    assert renamed.args == [Color.PINK, "Open question"]


def test_an_emptied_name_becomes_the_default(dialog: SettingsDialog, qtbot: QtBot) -> None:
    field = dialog.names[Color.BLUE]
    field.setFocus()
    field.clear()
    with qtbot.waitSignal(dialog.category_renamed) as renamed:
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert renamed.args == [Color.BLUE, "Quote"]
    assert dialog.isVisible()


def test_escape_while_typing_a_name_keeps_it(dialog: SettingsDialog, qtbot: QtBot) -> None:
    field = dialog.names[Color.PINK]
    field.setFocus()
    qtbot.keyClicks(field, "s")
    with qtbot.waitSignal(dialog.category_renamed) as renamed:
        qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert renamed.args == [Color.PINK, "Questions"]


def test_defaults(dialog: SettingsDialog, qtbot: QtBot) -> None:
    with qtbot.waitSignal(dialog.theme_chosen) as chosen:
        qtbot.mouseClick(dialog.findChild(QPushButton, "defaults"), Qt.MouseButton.LeftButton)
    assert chosen.args == ["system"]
    assert dialog.typography() == Typography()
    assert dialog.names[Color.BLUE].text() == "Said"


def test_limits_of_reading_are_told_when_they_are_left(dialog: SettingsDialog, qtbot: QtBot) -> None:
    field = dialog.limits.fields["memory_mb"]
    field.setFocus()
    field.selectAll()
    with qtbot.assertNotEmitted(dialog.limits_changed):
        qtbot.keyClicks(field, "2048")
    with qtbot.waitSignal(dialog.limits_changed) as changed:
        qtbot.keyClick(field, Qt.Key.Key_Tab)
    assert changed.args[0] == {**DEFAULTS, "memory_mb": 2048}
    with qtbot.waitSignal(dialog.limits_changed):
        qtbot.mouseClick(dialog.findChild(QPushButton, "defaults"), Qt.MouseButton.LeftButton)
    assert dialog.limits.values() == DEFAULTS


@pytest.mark.parametrize("stored", [None, {}, {"seconds": "many", "else": 3}, [1]])
def test_limits_that_make_no_sense_are_the_defaults(stored: object, qapp: object) -> None:
    assert LimitFields(stored).values() == DEFAULTS


def test_the_defaults_of_the_window_are_those_of_the_readers() -> None:
    limits = Limits()
    assert {
        "memory_mb": limits.memory >> 20,
        "seconds": limits.seconds,
        "unpacked_mb": limits.unpacked >> 20,
        "ratio": limits.ratio,
        "parts": limits.parts,
        "depth": limits.depth,
    } == DEFAULTS


def test_the_folder_for_backups_is_chosen_and_given_up(
    shown: Shown, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[str] = []

    def take(folder: str) -> str:
        taken.append(folder)
        return "It may not be written; choose another folder." if folder == "/locked" else ""

    light = load_theme("light")
    dialog = shown(SettingsDialog("dark", START, {}, light, backups="/drive", choose_backups=take))
    fields = dialog.backups
    assert "/drive" in fields.words()
    answers = ["/locked", "/other", ""]
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *args: answers.pop(0))
    qtbot.mouseClick(fields.choose_button, Qt.MouseButton.LeftButton)
    assert fields.error.text().startswith("It may not be written")
    assert "/drive" in fields.words()
    for _ in range(2):
        qtbot.mouseClick(fields.choose_button, Qt.MouseButton.LeftButton)
        assert "/other" in fields.words()
    qtbot.mouseClick(fields.beside_button, Qt.MouseButton.LeftButton)
    assert taken == ["/locked", "/other", ""]
    assert fields.words() == "Beside the library"
    assert not fields.beside_button.isEnabled()
    assert not fields.error.isVisible()


def test_links_are_offered_where_the_system_has_a_place_for_them(shown: Shown, qtbot: QtBot) -> None:
    dialog = shown(SettingsDialog("light", START, {}, load_theme("light"), links=False))
    box = dialog.links.box
    with qtbot.waitSignal(dialog.links.chosen) as chosen:
        qtbot.keyClick(box, Qt.Key.Key_Space)
    assert chosen.args == [True]
    assert not box.isEnabled()
    with qtbot.assertNotEmitted(dialog.links.chosen):
        dialog.links.set_state(False, "The program xdg-mime is missing.")
    assert box.isEnabled()
    assert not box.isChecked()
    assert dialog.links.error.text() == "The program xdg-mime is missing."
    other = shown(SettingsDialog("light", START, {}, load_theme("light")))
    assert not other.links.box.isVisible()
