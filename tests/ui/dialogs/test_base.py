"""What all dialogs have in common: keys, fit, names, the screen's size."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

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
from reader.services.import_preview import Becomes, ImportPreview, SeenDocument, SeenRecord, Stands
from reader.services.recognising import How
from reader.ui.codebook.asking import MergeDialog, NewTagDialog, SplitDialog
from reader.ui.codebook.importing import CodebookImportDialog
from reader.ui.codebook.tidying import TidyDialog
from reader.ui.codebook.window import CodebookWindow
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
    seen = SeenRecord("m", "d", Stands.LOST, Becomes.NEW, "quoted words " * 30, "noted " * 90)
    about = SeenDocument("d", "A title " * 12, "", "", "", How.NOT_HERE, 9)
    problems, documents, records = ("x " * 200,), (about,), (seen,)
    dialog.set_preview(
        ImportPreview(1, 2, 3, 4, 5, 6, problems, 7, "w3c", foreign=True, documents=documents, records=records)
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


def codebook() -> PassageDialog:
    dialog = CodebookWindow(load_theme("light"))
    dialog.set_tags([Tag("1", "cost " * 12, "#ffee00", "What it costs. " * 30)], {"1": "Ctrl+Shift+F12"})
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
    "codebook": lambda: codebook(),
    "codebook_import": lambda: CodebookImportDialog("codebook of all of us.qdc"),
    "merge_tags": lambda: MergeDialog("cost " * 12, ["cost", "water"]),
    "new_tag": lambda: NewTagDialog("cost " * 12, ["cost"]),
    "split_tag": lambda: SplitDialog("cost " * 12, ["cost", "water"]),
    "tidy_tags": lambda: TidyDialog(),
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
