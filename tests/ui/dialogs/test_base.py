"""What all dialogs have in common: keys, fit, names, the screen's size."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QLabel, QLineEdit, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from reader.interchange.forms import FORMS
from reader.model.annotation import Anchor, Annotation, Color
from reader.model.document import Metadata
from reader.model.library import Action, DocumentSummary, Tag
from reader.model.past import Moment
from reader.services.deleted import RecentlyDeleted
from reader.ui.dialogs.about import AboutDialog
from reader.ui.dialogs.add_report import AddReport
from reader.ui.dialogs.base import PassageDialog
from reader.ui.dialogs.deleted import DeletedDialog
from reader.ui.dialogs.details import DetailsDialog
from reader.ui.dialogs.export import ExportDialog
from reader.ui.dialogs.history import HistoryDialog
from reader.ui.dialogs.import_ import ImportDialog
from reader.ui.dialogs.link import LinkDialog
from reader.ui.dialogs.past import PastDialog
from reader.ui.dialogs.recovery import RecoveryDialog
from reader.ui.dialogs.settings import SettingsDialog
from reader.ui.dialogs.shortcuts import ShortcutsDialog
from reader.ui.dialogs.tags import TagsDialog
from reader.ui.theme import load_theme
from reader.ui.typography import Typography
from tests.ui.dialogs.conftest import Shown

SUMMARY = DocumentSummary(
    "u", "ab12", Metadata("A title " * 12), "html", path="/home/someone/" + "folder/" * 20 + "x.html"
)


def details() -> PassageDialog:
    return DetailsDialog(SUMMARY, lambda _prefix: [])


def preview() -> PassageDialog:
    dialog = ImportDialog("/home/someone/colleague.json")
    dialog.set_preview(
        SimpleNamespace(
            new=1, same=2, newer=3, older=4, documents_matched=5, documents_new=6, masks=7, problems=["x " * 200]
        )
    )
    return dialog


def filled(dialog: DeletedDialog) -> PassageDialog:
    dialog.set_deleted(RecentlyDeleted(documents=(SUMMARY, SUMMARY)))
    return dialog


def past() -> PassageDialog:
    dialog = PastDialog()
    mark = Annotation("m", "d", Anchor(0, 5, "quoted words " * 30), note="noted " * 90)
    step = Action(1, "Claim added", "2026-11-21T16:02:00.000Z", device="attic")
    dialog.set_moments([Moment(step, mark, ("Note: " + "words " * 40,)), Moment(replace(step, undone=True), None)])
    return dialog


DIALOGS: dict[str, Callable[[], PassageDialog]] = {
    "about": lambda: AboutDialog("0.1.0", [("Library", "/home/someone/" + "folder/" * 12 + "library.sqlite")]),
    "add_report": lambda: AddReport([("/a/b.pdf", "It is not text. " * 12)]),
    "deleted": lambda: filled(DeletedDialog()),
    "details": details,
    "export": lambda: ExportDialog(
        Path("/x/y.json"), forms=FORMS, everything=9, document_title="T" * 300, document=1, filtered=3
    ),
    "history": lambda: HistoryDialog(),
    "import": preview,
    "past": past,
    "link": lambda: LinkDialog("https://example.org/" + "path/" * 60),
    "recovery": lambda: RecoveryDialog(Path("/x.sqlite"), "It is damaged. " * 12, [("today", Path("/b"))]),
    "settings": lambda: SettingsDialog("system", Typography(), {}, load_theme("light")),
    "shortcuts": lambda: ShortcutsDialog({}),
    "tags": lambda: TagsDialog([Tag("1", "cost " * 12)], load_theme("light")),
}


@pytest.fixture(params=sorted(DIALOGS))
def dialog(request: pytest.FixtureRequest, shown: Shown) -> PassageDialog:
    return shown(DIALOGS[request.param]())


def content(dialog: PassageDialog) -> QWidget:
    inside = dialog.findChildren(QScrollArea)[0].widget()
    assert inside
    return inside


def test_escape_closes_from_wherever_the_keyboard_is(dialog: PassageDialog, qtbot: QtBot) -> None:
    with qtbot.waitSignal(dialog.rejected):
        qtbot.keyClick(dialog.focusWidget() or dialog, Qt.Key.Key_Escape)


def test_the_keyboard_is_somewhere_and_tab_stays_inside(dialog: PassageDialog, qtbot: QtBot) -> None:
    first = dialog.focusWidget()
    assert first is not None
    qtbot.keyClick(first, Qt.Key.Key_Tab)
    assert dialog.isAncestorOf(dialog.focusWidget())


def test_whatever_takes_the_keyboard_has_a_name(dialog: PassageDialog) -> None:
    for widget in dialog.findChildren(QWidget):
        takes = isinstance(widget, QLineEdit | QComboBox | QAbstractItemView) and widget.isVisible()
        inner = isinstance(widget.parentWidget(), QComboBox) or "spinbox" in widget.objectName()
        if takes and not inner and widget.focusPolicy() != Qt.FocusPolicy.NoFocus:
            assert widget.accessibleName(), widget
    assert dialog.accessibleName() == dialog.windowTitle() != ""


def test_it_is_wide_enough_and_needs_no_scrolling(dialog: PassageDialog) -> None:
    area = dialog.findChildren(QScrollArea)[0]
    assert content(dialog).width() <= area.viewport().width()
    assert dialog.screen().availableGeometry().height() >= dialog.height()
    if dialog.height() < dialog.screen().availableGeometry().height() - 60:
        assert not area.verticalScrollBar().isVisible()


def test_no_line_is_cut_off(dialog: PassageDialog) -> None:
    inside = content(dialog)
    for label in inside.findChildren(QLabel):
        if label.isVisible() and label.wordWrap():
            assert label.height() >= label.heightForWidth(label.width()), label.text()
            assert label.mapTo(inside, label.rect().bottomRight()).x() <= inside.width()


def test_on_a_small_screen_it_scrolls_and_the_buttons_stay(dialog: PassageDialog) -> None:
    dialog.resize(QSize(dialog.width(), 240))
    buttons = [b for b in dialog.findChildren(QPushButton) if b.isVisible() and b.parentWidget() is dialog]
    assert buttons
    for button in buttons:
        assert dialog.rect().contains(button.geometry())


def test_enter_on_a_button_presses_that_button(shown: Shown, qtbot: QtBot) -> None:
    dialog = shown(PassageDialog("Trial"))
    pressed: list[str] = []
    for name in ("one", "two"):
        button = dialog.add_button(name, default=name == "two")
        button.clicked.connect(lambda _on=False, name=name: pressed.append(name))
    field = QLineEdit()
    dialog.body.addWidget(field)
    one = next(b for b in dialog.findChildren(QPushButton) if b.text() == "one")
    qtbot.waitUntil(lambda: one.isVisible() and field.isVisible())
    one.setFocus()
    qtbot.keyClick(one, Qt.Key.Key_Return)
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert pressed == ["one", "two"]
    dialog.set_default(None)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert pressed == ["one", "two"]
    assert dialog.isVisible()


def test_it_grows_only_once_the_desktop_has_placed_it(qtbot: QtBot) -> None:
    dialog = PassageDialog("Trial")
    words = QLabel("One line")
    dialog.body.addWidget(words)
    qtbot.addWidget(dialog)
    dialog.open()
    assert not dialog.windowHandle().isExposed()
    before = dialog.height()
    words.setText("Line\n" * 20)
    dialog.fit()
    assert dialog.height() == before, "on X11 it would lie in the corner of the screen, its title outside"
    qtbot.waitUntil(lambda: dialog.height() >= words.sizeHint().height())


def test_settings_list_all_six(shown: Shown) -> None:
    dialog = SettingsDialog("dark", Typography(), {}, load_theme("dark"))
    shown(dialog)
    assert set(dialog.names) == set(Color)
