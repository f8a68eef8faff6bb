"""The samples' dossier: marked, put in order, merged, taken out in every form, read by others, and brought in again."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QDialog, QPushButton

from reader.model.annotation import Annotation, Color
from reader.resources import samples
from reader.services.export_text import forms
from reader.services.library import Library
from reader.ui.codebook.tidying import TidyDialog
from reader.ui.codebook.window import CodebookWindow
from reader.ui.dialogs.export import ExportDialog
from reader.ui.dialogs.export_fields import Place
from reader.ui.dialogs.export_scope import Scope
from reader.ui.dialogs.import_ import ImportDialog
from reader.ui.workspace.list_columns import Column
from reader.ui.workspace.list_lines import Head
from reader.ui.workspace.view_dialogs import NameView
from tests.ui.conftest import Desk
from tests.ui.dossier_marking import (
    ALT,
    BY_KEYS,
    BY_MOUSE,
    CONTROL,
    KEY,
    LEFT,
    MINUTES,
    PAPER,
    SHIFT,
    mark_the_dossier,
    open_document,
)
from tests.ui.dossier_readings import CHECKS, Row, flat, in_pdf, in_sqlite, letters
from tests.ui.test_window_exporting import asked, close, export
from tests.ui.test_window_importing import drop, shown
from tests.ui.workspace.facet_helpers import Workspace
from tests.ui.workspace.hands import Hands

D = TypeVar("D", bound=QDialog)


@pytest.fixture(scope="module")
def unmarked(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A library that has the documents of the samples, and no mark."""
    path = tmp_path_factory.mktemp("unmarked") / "library.sqlite"
    add_samples(path)
    return path.read_bytes()


def add_samples(path: Path) -> None:
    """Add all of them to the library there."""
    with closing(Library.open(path)) as library:
        added = list(library.adding.add([samples()]))
        assert {one.status for one in added} == {"added"}, [one.reason for one in added]


# -- the workspace


def state(desk: Desk) -> object:
    """All that the marks are, by SQLite."""
    return in_sqlite(desk.library.path)


def one(desk: Desk, quote: str) -> Annotation:
    (found,) = [mark for mark in desk.library.annotate.select() if mark.quote == quote]
    return found


def choose(hands: Hands, *labels: str, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Click a facet, and wait for the list."""
    viewport = hands.page.sides.facets.view.viewport()
    hands.desk.qtbot.mouseClick(viewport, LEFT, modifiers, Workspace.point(hands, *labels))
    hands.wait()
    hands.settle()


def filter_by_words_and_facets(hands: Hands) -> None:
    desk = hands.desk
    desk.press(KEY.Key_F, CONTROL)
    desk.type("millon")
    desk.qtbot.waitUntil(lambda: "“millon” was taken for" in hands.page.filter.sentence.text())
    hands.settle()
    assert sorted(hands.shown()) == ["92.4 million", "The2013estimate was about fifty million", "forty million"]
    desk.press(KEY.Key_Escape)
    hands.settle()
    choose(hands, "Tags", "bank")
    choose(hands, "Documents", MINUTES)
    hands.settle()
    assert hands.shown() == ["the east bank had not been surveyed"]
    choose(hands, "Documents", MINUTES, modifiers=CONTROL)
    hands.settle()
    assert len(hands.shown()) == 3
    assert MINUTES not in {hands.list.model.index(line, Column.DOCUMENT).data() for line in range(3)}
    choose(hands, "Documents", MINUTES)
    choose(hands, "Documents", MINUTES)
    choose(hands, "Tags", "bank")
    hands.settle()
    assert len(hands.shown()) == len(BY_MOUSE) + len(BY_KEYS)


def sort_and_group(hands: Hands) -> None:
    header = hands.table.header
    at = QPoint(header.sectionViewportPosition(Column.NOTE) + 20, 10)
    hands.desk.qtbot.mouseClick(header.viewport(), LEFT, pos=at)
    hands.settle()
    notes = [row.note for row in in_order(hands) if row.note]
    assert notes == sorted(notes, key=str.casefold)
    menu = hands.list.group_button.menu()
    assert menu
    menu.aboutToShow.emit()
    next(action for action in menu.actions() if action.text() == "By tag").trigger()
    hands.settle()
    heads = [item for item in map(hands.list.model.item, range(hands.list.model.lines.count)) if isinstance(item, Head)]
    assert [(head.label, head.total) for head in heads] == [
        ("bank", 4), ("seepage", 1), ("cost", 1), ("costs", 2), ("Without a tag", 2),
    ]  # fmt: skip


def in_order(hands: Hands) -> list[Annotation]:
    uids = hands.desk.library.workspace.uids_of(hands.page.inquiry.listing.ids)
    return [hands.desk.library.annotate.get(uid) for uid in uids]


def tag_several_and_edit_a_note(hands: Hands) -> None:
    desk = hands.desk
    first = hands.shown().index("[costs 2]") + 1
    hands.click_row(first)
    hands.click_row(first + 1, SHIFT)
    assert len(hands.chosen()) == 2
    steps = len(desk.library.history.list())
    desk.press(KEY.Key_T)
    desk.type("to check")
    desk.press(KEY.Key_Return)
    desk.press(KEY.Key_Return, CONTROL)
    hands.settle()
    assert len(desk.library.history.list()) == steps + 1
    assert {mark.quote for mark in desk.library.annotate.select() if "to check" in mark.tags} == {
        wanted.words for wanted in BY_MOUSE if wanted.tag == "costs"
    }
    hands.click_row(hands.shown().index("forty million"))
    desk.press(KEY.Key_F2)
    desk.type("In the spring of the flood")
    desk.press(KEY.Key_Return, CONTROL)
    hands.settle()
    assert one(desk, "forty million").note == "In the spring of the flood"


def merge_the_twins(desk: Desk) -> None:
    desk.press(KEY.Key_T, CONTROL | ALT)
    window = desk.window.findChild(CodebookWindow)
    assert isinstance(window, CodebookWindow)
    desk.qtbot.waitUntil(window.isActiveWindow)
    tidy = next(b for b in window.findChildren(QPushButton) if b.text().replace("&", "").startswith("Tidy"))
    desk.qtbot.mouseClick(tidy, LEFT)
    dialog = visible(window, TidyDialog)
    desk.qtbot.waitUntil(lambda: set(dialog.pair()) == {"cost", "costs"})
    if dialog.pair() != ("costs", "cost"):
        desk.qtbot.mouseClick(dialog.turn, LEFT)
    assert dialog.preview.text() == "2 marks would be tagged “cost” instead."
    desk.qtbot.mouseClick(dialog.merge, LEFT)
    desk.qtbot.waitUntil(lambda: "No two tags" in dialog.said_twins.text())
    dialog.reject()
    window.close()
    desk.wait_idle()
    desk.window.activateWindow()
    desk.qtbot.waitUntil(desk.window.isActiveWindow)
    assert {tag.name for tag in desk.library.tags.list() if tag.uses} >= {"cost", "bank", "bank/seepage", "to check"}
    assert "costs" not in {tag.name for tag in desk.library.tags.list()}


def visible(parent: QDialog | Desk, kind: type[D]) -> D:
    where = parent.window if isinstance(parent, Desk) else parent
    (found,) = [each for each in where.findChildren(kind) if each.isVisible()]
    return found


def save_a_view(hands: Hands) -> None:
    desk = hands.desk
    desk.qtbot.mouseClick(hands.page.sides.save_button, LEFT)
    dialog = visible(desk, NameView)
    desk.qtbot.waitUntil(lambda: dialog.isAncestorOf(QApplication.focusWidget() or desk.window))
    desk.type("By tag")
    desk.press(KEY.Key_Return)
    assert desk.library.filters.views() == {"By tag": hands.page.inquiry.view}
    desk.window.activateWindow()
    desk.qtbot.waitUntil(desk.window.isActiveWindow)


def look_at_the_matrix(hands: Hands) -> None:
    desk, tabs, way = hands.desk, hands.page.tabs, hands.page.ways[0]
    desk.qtbot.mouseClick(tabs, LEFT, pos=tabs.tabRect(1).center())
    desk.qtbot.waitUntil(lambda: way.said.text().startswith("4 tags in "))
    view = way.view
    model = view.model()
    for row in range(model.rowCount()):
        for column in range(model.columnCount()):
            told = str(model.index(row, column).data(Qt.ItemDataRole.AccessibleTextRole))
            if told.startswith(f"cost in {MINUTES}: "):
                assert told.endswith(": 1")
                desk.qtbot.mouseClick(view.viewport(), LEFT, pos=view.visualRect(model.index(row, column)).center())
    hands.settle()
    assert tabs.currentIndex() == 0
    assert hands.shown()[-1] == "92.4 million"
    desk.press(KEY.Key_F, CONTROL)
    desk.press(KEY.Key_Escape)
    hands.settle()


def undo_and_redo(hands: Hands) -> None:
    """Back before the merging, the note and the tags, and forward again; nothing else was a step."""
    desk, after = hands.desk, state(hands.desk)
    hands.table.setFocus()
    for _ in range(3):
        desk.press(KEY.Key_Z, CONTROL)
        hands.settle()
    assert one(desk, "forty million").note == ""
    assert one(desk, "92.4 million").tags == ("costs",)
    for _ in range(3):
        desk.press(KEY.Key_Z, CONTROL | SHIFT)
        hands.settle()
    assert state(desk) == after


# -- out


def export_all(desk: Desk, folder: Path) -> dict[str, Path]:
    """Everything in every form, by the dialog; the copy of a PDF is of the paper."""
    made: dict[str, Path] = {}
    open_document(desk, PAPER)
    dialog = asked(desk)
    for form in forms():
        choose_form(desk, dialog, form.name)
        made[form.name] = folder / f"dossier-{len(made)}{form.suffix}"
        if not form.per_document:
            desk.qtbot.mouseClick(dialog.choices[Scope.ALL], LEFT)
        dialog.path.setText(str(made[form.name]))
        said = export(desk, dialog)
        assert "exported to" in said or form.per_document, said
    close(desk, dialog)
    return made


def choose_form(desk: Desk, dialog: ExportDialog, name: str) -> None:
    desk.qtbot.keyClick(dialog.forms, KEY.Key_Home)
    while dialog.forms.form().name != name:
        desk.qtbot.keyClick(dialog.forms, KEY.Key_Down)


def export_vault(desk: Desk, folder: Path) -> str:
    """All of it into a folder of notes."""
    dialog = asked(desk, "markdown")
    desk.qtbot.mouseClick(dialog.choices[Scope.ALL], LEFT)
    desk.qtbot.mouseClick(dialog.where.choices[Place.FOLDER], LEFT)
    dialog.path.setText(str(folder))
    said = export(desk, dialog)
    close(desk, dialog)
    return said


def keep_a_vault(desk: Desk, folder: Path) -> None:
    """Twice, and in between somebody writes in it, and something is changed here."""
    titles = {row.title for row in in_sqlite(desk.library.path).values()}
    assert f"{len(titles)} written, 0 updated, 0 unchanged" in export_vault(desk, folder)
    files = {file: file.read_text("utf-8") for file in folder.glob("*.md")}
    article = next(file for file, text in files.items() if "forty million" in text)
    minutes = next(file for file, text in files.items() if "92.4 million" in text)
    article.write_text(f"{files[article]}\nWhat I think of it: *nothing*.\n", "utf-8")
    first = files[minutes].index("<!-- /passage")
    end = files[minutes].index("\n", first) + 1
    minutes.write_text(f"{files[minutes][:end]}\nAsk the clerk.\n{files[minutes][end:]}", "utf-8")
    gone = next(file for file, text in files.items() if "fifty million" in text)
    gone.unlink()
    desk.library.annotate.edit_note(one(desk, "forty million").uid, "In the spring of 2013")
    assert "0 written, 1 updated" in export_vault(desk, folder)
    now = article.read_text("utf-8")
    assert now.endswith("\nWhat I think of it: *nothing*.\n")
    assert "In the spring of 2013" in now
    assert "In the spring of the flood" not in now
    assert "\nAsk the clerk.\n" in minutes.read_text("utf-8")
    assert not gone.exists(), "what was deleted does not come back"


def test_the_dossier_is_marked_put_in_order_and_taken_out(
    open_desk: Callable[..., Desk], library_path: Path, tmp_path: Path
) -> None:
    desk = open_desk(size=(1400, 900))
    button = next(b for b in desk.window.findChildren(QPushButton) if b.text() == "Open the samples" and b.isVisible())
    desk.qtbot.mouseClick(button, LEFT)
    desk.qtbot.waitUntil(lambda: len(desk.library.documents.list()) == 12)
    desk.wait_idle()
    mark_the_dossier(desk)
    desk.press(KEY.Key_A, CONTROL | SHIFT)
    assert desk.window.in_workspace()
    hands = Hands(desk)
    filter_by_words_and_facets(hands)
    sort_and_group(hands)
    tag_several_and_edit_a_note(hands)
    merge_the_twins(desk)
    save_a_view(hands)
    look_at_the_matrix(hands)
    undo_and_redo(hands)
    desk.press(KEY.Key_Escape)
    assert not desk.window.in_workspace()

    made, rows = export_all(desk, tmp_path), in_sqlite(library_path)
    assert {flat(row.quote) for row in rows.values()} == {flat(one.words) for one in (*BY_MOUSE, *BY_KEYS)}
    assert all(row.quote == row.text for row in rows.values())
    assert set(made) == {*CHECKS, "pdf"}
    for name, check in CHECKS.items():
        check(made[name], rows)
    (paper,) = [row for row in rows.values() if row.title == PAPER]
    assert in_pdf(made["pdf"]) == {paper.note: letters(paper.quote)}
    keep_a_vault(desk, tmp_path / "vault")
    desk.library.exchange.export(made["passage"])
    arrive(open_desk, made["passage"], tmp_path / "empty.sqlite")
    again = tmp_path / "again.json"
    with closing(Library.open(tmp_path / "empty.sqlite")) as other:
        other.exchange.export(again)
    assert again.read_bytes() == made["passage"].read_bytes()


# -- in


def arrive(open_desk: Callable[..., Desk], file: Path, path: Path) -> Desk:
    """Drop a file on the window of another library, and import it."""
    desk = open_desk(path=path)
    drop(desk, file)
    dialog = shown(desk, ImportDialog)
    assert dialog.import_button.isEnabled(), dialog.state.text()
    desk.qtbot.mouseClick(dialog.import_button, LEFT)
    desk.wait_idle()
    dialog.reject()
    return desk


FILES = {"w3c": "marks.jsonld", "csv": "marks.csv", "readwise": "quotes.csv", "qdpx": "study.qdpx"}


@pytest.fixture(scope="module")
def exports(unmarked: bytes, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Row]]:
    """A folder with the forms that are read again, made from the same marks; and those."""
    folder = tmp_path_factory.mktemp("exports")
    path = folder / "library.sqlite"
    path.write_bytes(unmarked)
    with closing(Library.open(path)) as library:
        uids = {summary.title: summary.uid for summary in library.documents.list()}
        for wanted in (*BY_MOUSE, *BY_KEYS):
            text = library.documents.open(uids[wanted.title]).document.text
            start = text.index(wanted.words)
            tags = [wanted.tag] if wanted.tag else []
            color = list(Color)[int(wanted.color) - 1]
            library.annotate.highlight(
                uids[wanted.title], text, start, start + len(wanted.words), color=color, note=wanted.note, tags=tags
            )
        for form, name in FILES.items():
            library.exchange.export(folder / name, form=form)
    return folder, in_sqlite(path)


@pytest.mark.parametrize("form", FILES)
def test_what_went_out_comes_into_another_library_onto_its_words(
    form: str, exports: tuple[Path, dict[str, Row]], open_desk: Callable[..., Desk], library_path: Path
) -> None:
    folder, rows = exports
    add_samples(library_path)
    desk = arrive(open_desk, folder / FILES[form], library_path)
    marks = in_sqlite(library_path)
    assert all(mark.quote == mark.text for mark in marks.values())
    assert sorted((mark.title, mark.text, mark.note) for mark in marks.values()) == sorted(
        (row.title, row.text, row.note) for row in rows.values()
    )
    if form != "readwise":
        assert {mark.uid: (mark.place, mark.tags, mark.color) for mark in marks.values()} == {
            row.uid: (row.place, row.tags, row.color) for row in rows.values()
        }
    drop(desk, folder / FILES[form])
    dialog = shown(desk, ImportDialog)
    assert "already" in dialog.state.text()
    if dialog.import_button.isEnabled():
        desk.qtbot.mouseClick(dialog.import_button, LEFT)
        desk.wait_idle()
    dialog.reject()
    assert in_sqlite(library_path) == marks
