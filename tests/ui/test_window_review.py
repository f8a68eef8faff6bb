"""What moved and what was lost, reviewed in the window by hand: accepted, put elsewhere, kept as lost, undone."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QToolButton

from reader.model.annotation import AnchorState, Annotation
from reader.services.library import Library
from reader.ui.dialogs.passage_box import PassageBox
from reader.ui.dialogs.review import KINDS, ReviewDialog
from reader.ui.offers import Situation, offers
from reader.ui.widgets.pick_bar import PickBar
from tests.ui.conftest import TEXT, Desk

NEWER = (
    TEXT.replace("The reservoir\n", "The reservoir\n\nA new line 😀 here.\n")
    .replace("promised the town a lake", "promised the old town a lake")
    .replace("But a lake is not the only way to keep water, and it is the dearest.", "The end.")
)
SAME, CHANGED, GONE = "ninety-two", "promised the town a lake", "not the only way to keep water"


def changed_file(folder: Path, before: str, after: str, *quotes: str) -> str:
    """Add a file to the library there, mark these words of it, and add it again with another text; its uid."""
    library, file = Library.open(folder / "library.sqlite"), folder / "reservoir.txt"
    file.write_text(before, encoding="utf-8")
    (result,) = library.adding.add([file])
    assert result.document, result.reason
    uid = result.document.uid
    for words in quotes:
        start = before.index(words)
        library.annotate.highlight(uid, before, start, start + len(words), note=f"on {words}", tags=["water"])
    library.documents.opened(uid)
    file.write_text(after, encoding="utf-8")
    (result,) = library.adding.add([file])
    assert result.status == "changed", result
    library.documents.opened(uid)
    library.close()
    return uid


@pytest.fixture
def changed(open_desk: Callable[..., Desk], tmp_path: Path) -> Desk:
    """The window on a document whose file has changed: a mark moved, one is on other words, one is lost."""
    return open_desk(changed_file(tmp_path, TEXT, NEWER, SAME, CHANGED, GONE))


def mark(desk: Desk, words: str) -> Annotation:
    return next(mark for mark in desk.marks() if mark.note == f"on {words}")


def shown(desk: Desk) -> ReviewDialog:
    """The dialog, with its list in it."""
    desk.qtbot.waitUntil(lambda: any(d.isVisible() for d in desk.window.findChildren(ReviewDialog)))
    dialog = next(d for d in desk.window.findChildren(ReviewDialog) if d.isVisible())
    desk.wait_idle()
    return dialog


def opened(desk: Desk) -> ReviewDialog:
    desk.trigger("review")
    return shown(desk)


def differing(box: PassageBox) -> list[str]:
    """The words that are marked as differing."""
    found: list[str] = []
    block = box.document().begin()
    while block.isValid():
        part = block.begin()
        while not part.atEnd():
            if part.fragment().charFormat() == box._other:
                found.append(part.fragment().text().strip())
            part += 1
        block = block.next()
    return found


def rows(dialog: ReviewDialog) -> list[str]:
    model = dialog.list.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def press(desk: Desk, button: QPushButton | QToolButton) -> None:
    assert button.isEnabled()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    desk.wait_idle()


def pick(desk: Desk, dialog: ReviewDialog) -> PickBar:
    """Begin to pick another place for the mark that the dialog shows; the keyboard is in the text then."""
    press(desk, dialog.pick_button)
    desk.window.activateWindow()
    desk.qtbot.waitUntil(desk.window.pane.hasFocus)
    assert desk.window.parts
    return desk.window.parts.pick_bar


def go_to(dialog: ReviewDialog, words: str) -> None:
    """By the keys of the list."""
    dialog.list.setFocus()
    for _ in rows(dialog):
        if words in dialog.was.toPlainText():
            return
        QTest.keyClick(dialog, Qt.Key.Key_F8)
    assert words in dialog.was.toPlainText()


def test_the_passages_stand_side_by_side_with_their_difference(changed: Desk) -> None:
    dialog = opened(changed)
    first, second, third = rows(dialog)
    assert first.startswith("? Moved, ")
    assert "% alike: promised the town a lake" in first.replace("\N{NO-BREAK SPACE}", " ").replace(" %", "%")
    assert second == "→ Moved, the same words: ninety-two"
    assert third == f"✕ Lost: {GONE}"
    assert dialog.told.text() == "1 of 3"
    assert dialog.was.toPlainText().startswith("…")
    assert CHANGED in dialog.was.toPlainText()
    assert "promised the old town a lake" in dialog.now.toPlainText()
    assert differing(dialog.was) == []
    assert differing(dialog.now) == ["old"]
    assert "#water" in dialog.about.text()
    assert dialog.note.text() == f"on {CHANGED}"
    go_to(dialog, GONE)
    assert "not in the present text" in dialog.now.toPlainText()
    assert dialog.told.text() == "3 of 3"
    assert not dialog.accept_button.isEnabled()
    dialog.reject()


def test_a_passage_is_accepted_by_enter_and_taken_back(changed: Desk) -> None:
    dialog = opened(changed)
    QTest.keyClick(dialog.list, Qt.Key.Key_Return)
    changed.wait_idle()
    found = mark(changed, CHANGED)
    assert (found.state, found.quote) == (AnchorState.EXACT, "promised the old town a lake")
    assert dialog.told.text() == "1 passage accepted · 1 of 2"
    assert len(rows(dialog)) == 2
    QTest.keyClick(dialog, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    changed.qtbot.waitUntil(lambda: len(rows(dialog)) == 3)
    assert mark(changed, CHANGED).state is AnchorState.MOVED
    assert dialog.told.text() == "Undone: 1 passage accepted · 1 of 3"
    assert CHANGED in dialog.was.toPlainText(), "what was taken back is looked at"
    QTest.keyClick(dialog, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    changed.qtbot.waitUntil(lambda: len(rows(dialog)) == 2)
    assert dialog.told.text() == "Redone: 1 passage accepted · 1 of 2"
    dialog.reject()


def test_all_of_a_kind_are_decided_on_and_then_nothing_is_left(changed: Desk) -> None:
    dialog = opened(changed)
    press(changed, dialog.accept_all)
    assert [m.state for m in (mark(changed, SAME), mark(changed, CHANGED))] == [AnchorState.EXACT] * 2
    assert rows(dialog) == [f"✕ Lost: {GONE}"]
    press(changed, dialog.keep_button)
    assert mark(changed, GONE).reviewed
    assert "There is nothing to review" in dialog.told.text()
    assert not dialog.detail.isVisible()
    assert not any(b.isEnabled() for b in (dialog.accept_button, dialog.keep_button, dialog.pick_button))
    dialog.kind.setCurrentIndex(KINDS.index("Kept as lost"))
    changed.wait_idle()
    assert rows(dialog) == [f"✕ Kept as lost: {GONE}"]
    assert not dialog.keep_button.isEnabled()
    dialog.kind.setCurrentIndex(0)
    changed.wait_idle()
    dialog.reject()
    changed.window.session.undo()
    changed.window.session.undo()
    assert [m.state for m in changed.marks() if m.state is AnchorState.MOVED] == [AnchorState.MOVED] * 2


def test_only_what_is_lost_is_listed_when_it_is_asked_for(changed: Desk) -> None:
    dialog = opened(changed)
    dialog.kind.setCurrentIndex(KINDS.index("Lost"))
    changed.wait_idle()
    assert rows(dialog) == [f"✕ Lost: {GONE}"]
    dialog.kind.setCurrentIndex(KINDS.index("Moved"))
    changed.wait_idle()
    assert len(rows(dialog)) == 2
    dialog.scope.setCurrentIndex(1)
    changed.wait_idle()
    assert all(row.endswith(")") for row in rows(dialog))
    dialog.reject()


def test_another_place_is_picked_by_selecting_it(changed: Desk) -> None:
    dialog = opened(changed)
    go_to(dialog, GONE)
    bar = pick(changed, dialog)
    assert bar.isVisible()
    assert GONE in bar.label.text()
    changed.press(Qt.Key.Key_Return)
    assert "Select the passage first" in changed.window.status.message()
    changed.drag("The first estimate")
    assert not changed.window.parts.marking._popups.bar.isVisible()  # type: ignore[union-attr]
    changed.press(Qt.Key.Key_Return)
    found = mark(changed, GONE)
    assert (found.state, found.quote, found.tags) == (AnchorState.EXACT, "The first estimate", ("water",))
    again = shown(changed)
    assert not bar.isVisible()
    assert len(rows(again)) == 2
    again.reject()
    changed.window.session.undo()
    assert mark(changed, GONE).state is AnchorState.LOST


def test_escape_gives_the_picking_up_and_the_review_goes_on(changed: Desk) -> None:
    dialog = opened(changed)
    go_to(dialog, GONE)
    pick(changed, dialog)
    changed.drag("The first estimate")
    changed.press(Qt.Key.Key_Escape)
    again = shown(changed)
    assert again.was.toPlainText().count(GONE) == 1
    assert mark(changed, GONE).state is AnchorState.LOST
    again.reject()
    changed.drag("The first estimate")
    changed.qtbot.waitUntil(lambda: changed.window.parts.marking._popups.bar.isVisible())  # type: ignore[union-attr]


def test_rough_matches_are_stepped_through_and_taken(open_desk: Callable[..., Desk], tmp_path: Path) -> None:
    before = "It is said that the committee of nine decided against the dam in the spring, and nobody knows why.\n"
    after = (
        "Nobody knows why.\n\nMuch later the committees of nine resolved, against all advice, on a dam in spring.\n\n"
        "The board of nine then decided for the dams, in the spring after that.\n"
    )
    words = "the committee of nine decided against the dam in the spring"
    desk = open_desk(changed_file(tmp_path, before, after, words))
    dialog = opened(desk)
    bar = pick(desk, dialog)
    desk.wait_idle()
    assert bar.count.text() == "2 rough matches"
    desk.press(Qt.Key.Key_F8)
    first = desk.window.pane.selected_text()
    assert first
    assert bar.count.text().startswith("1 of 2, ")
    press(desk, bar.next_button)
    assert desk.window.pane.selected_text() not in ("", first)
    desk.press(Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    assert desk.window.pane.selected_text() == first
    press(desk, bar.take_button)
    assert mark(desk, words).quote == first
    again = shown(desk)
    assert "There is nothing to review" in again.told.text()
    again.reject()


def test_the_bar_above_the_text_leads_to_the_review(changed: Desk) -> None:
    bar = changed.window.parts.info_bar  # type: ignore[union-attr]
    (offer,) = [offer for offer in bar.offers() if offer.key in ("file", "doubts")]
    assert offer.sentence == "1 annotation on other words than before, 1 annotation lost"
    button = bar.findChild(QToolButton, f"{offer.key}:review")
    assert isinstance(button, QToolButton)
    press(changed, button)
    dialog = shown(changed)
    press(changed, dialog.accept_button)
    go_to(dialog, GONE)
    press(changed, dialog.keep_button)
    dialog.reject()
    assert not [offer for offer in bar.offers() if offer.key in ("file", "doubts")]


def test_the_bar_above_the_text_follows_marks_that_go_and_come_back(changed: Desk) -> None:
    def told() -> list[str]:
        assert changed.window.parts
        return [offer.sentence for offer in changed.window.parts.info_bar.offers() if offer.key in ("file", "doubts")]

    changed.library.annotate.delete([mark(changed, GONE).uid])
    assert told() == ["1 annotation on other words than before"]
    changed.library.annotate.delete([mark(changed, CHANGED).uid, mark(changed, SAME).uid])
    assert told() == []
    changed.library.history.undo()
    assert told() == ["1 annotation on other words than before"]
    changed.library.history.undo()
    assert told() == ["1 annotation on other words than before, 1 annotation lost"]


def test_a_card_of_the_panel_leads_to_its_review(changed: Desk) -> None:
    lost = mark(changed, GONE)
    changed.library.reviewing.keep_lost([lost.uid])
    assert changed.window.parts
    changed.window.parts.notes.review_requested.emit(lost.uid)
    dialog = shown(changed)
    assert KINDS[dialog.kind.currentIndex()] == "Kept as lost"
    assert GONE in dialog.was.toPlainText()
    dialog.reject()
    changed.window.parts.notes.review_requested.emit(mark(changed, SAME).uid)
    again = shown(changed)
    assert SAME in again.was.toPlainText()
    again.reject()


def test_there_is_nothing_to_review_where_nothing_moved(desk: Desk) -> None:
    dialog = opened(desk)
    assert "There is nothing to review" in dialog.told.text()
    assert dialog.scope.count() == 2
    dialog.reject()


def test_a_changed_file_offers_the_review_where_something_moved() -> None:
    (offer,) = offers(Situation(file_changed=(3, 1, 0), doubts=(1, 0)))
    assert [name for name, _ in offer.answers] == ["review", "compare", "undo"]
    (offer,) = offers(Situation(file_changed=(3, 0, 0)))
    assert [name for name, _ in offer.answers] == ["compare", "undo"]
