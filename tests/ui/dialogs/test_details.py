"""Document details: what is typed comes out trimmed, what is wrong is said and not saved."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from reader.model.document import Metadata
from reader.model.library import DocumentSummary
from reader.ui.dialogs.details import DetailsDialog, is_date
from tests.ui.dialogs.conftest import Shown

DATA = Metadata(
    "The reservoir",
    ("M. Okafor", "I. Brandt"),
    "Harlow Courier",
    "2026-04-02",
    "en",
    "https://x.example/a",
    subtitle="A valley and its price",
    publisher="Lenn Press",
    contributors=("Ada Lee (translator)", "B. Roe (editor)"),
    identifiers=("isbn:9780306406157",),
)
SUMMARY = DocumentSummary("uid", "ab12", DATA, "html", tags=("cost",))


@pytest.fixture
def dialog(shown: Shown) -> DetailsDialog:
    return shown(DetailsDialog(SUMMARY, lambda _prefix: []))


def test_untouched_it_gives_back_what_it_got(dialog: DetailsDialog) -> None:
    assert dialog.values() == (DATA, ["cost"])


def test_typed_and_saved_with_enter(dialog: DetailsDialog, qtbot: QtBot) -> None:
    qtbot.keyClicks(dialog.title_field, "  Who   pays? ")
    dialog.authors.selectAll()
    qtbot.keyClicks(dialog.authors, "A; ; B  C ")
    with qtbot.waitSignal(dialog.saved) as saved:
        qtbot.keyClick(dialog.authors, Qt.Key.Key_Return)
    uid, metadata, tags = saved.args
    assert uid == "uid"
    assert metadata.title == "Who pays?"
    assert metadata.authors == ("A", "B C")
    assert metadata.source == DATA.source
    assert tags == ["cost"]


def test_what_a_book_has_is_edited(dialog: DetailsDialog, qtbot: QtBot) -> None:
    dialog.contributors.setFocus()
    dialog.contributors.selectAll()
    qtbot.keyClicks(dialog.contributors, "C.  Doe (illustrator) ;; D")
    dialog.identifiers.setText("")
    with qtbot.waitSignal(dialog.saved) as saved:
        qtbot.keyClick(dialog.contributors, Qt.Key.Key_Return)
    metadata = saved.args[1]
    assert metadata.contributors == ("C. Doe (illustrator)", "D")
    assert (metadata.identifiers, metadata.publisher, metadata.subtitle) == ((), DATA.publisher, DATA.subtitle)


def test_a_tag_in_the_line_counts(dialog: DetailsDialog, qtbot: QtBot) -> None:
    dialog.tags.setFocus()
    qtbot.keyClicks(dialog.focusWidget(), "survey")
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    assert dialog.isVisible()
    qtbot.keyClicks(dialog.focusWidget(), "board/promise")
    with qtbot.waitSignal(dialog.saved) as saved:
        qtbot.mouseClick(dialog.findChild(QPushButton, "save"), Qt.MouseButton.LeftButton)
    assert saved.args[2] == ["cost", "survey", "board/promise"]


def test_without_a_title_nothing_is_saved(dialog: DetailsDialog, qtbot: QtBot) -> None:
    dialog.title_field.clear()
    with qtbot.assertNotEmitted(dialog.saved):
        qtbot.keyClick(dialog.title_field, Qt.Key.Key_Return)
    assert dialog.findChild(QLabel, "error").isVisible()
    assert dialog.title_field.hasFocus()


def test_a_wrong_date_is_said_where_it_stands(dialog: DetailsDialog, qtbot: QtBot) -> None:
    dialog.date.setText("2 April")
    with qtbot.assertNotEmitted(dialog.saved):
        qtbot.keyClick(dialog.title_field, Qt.Key.Key_Return)
    assert dialog.date.hasFocus()
    assert dialog.isVisible()


@pytest.mark.parametrize("value", ["", "2026", "2026-04", "2026-04-02", "2024-02-29", "2026-04-02T10:00:00Z"])
def test_dates(value: str) -> None:
    assert is_date(value)


@pytest.mark.parametrize(
    "value", ["26", "2026-13", "2026-4-2", "2026-04-31", "2026-00-01", "2026-04-00", "2026T10:00", "٢٠٢٦", "x"]
)
def test_no_dates(value: str) -> None:
    assert not is_date(value)
