"""The list of the workspace shows what is in the library now, whenever and by whom it was written."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt

from reader.model.workspace import Row
from reader.services.library import Library
from reader.ui.workspace.list_columns import Column
from tests.ui.workspace.hands import QUOTES, Hands

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def other(hands: Hands) -> Iterator[Library]:
    """Another program at the window's library."""
    library = Library.open(hands.desk.library.path)
    yield library
    library.close()


def notes(hands: Hands) -> list[str]:
    """What the rows show as notes."""
    items = [hands.list.model.item(line) for line in range(hands.list.model.lines.count)]
    return [item.mark.note for item in items if isinstance(item, Row)]


def test_what_was_written_in_the_text_meanwhile_is_there_on_coming_back(hands: Hands) -> None:
    desk = hands.desk
    assert notes(hands) == ["", "Who made it?", "", "the paper"]
    hands.click_row(1)
    desk.press(Qt.Key.Key_Return)
    desk.wait_idle()
    assert not hands.page.isVisible()
    mark = hands.mark("first estimate")
    desk.window.session.perform(lambda: desk.library.annotate.edit_note(mark.uid, "The board"))
    desk.window.session.perform(lambda: desk.library.annotate.delete([hands.mark("forty million").uid]))
    desk.press(Qt.Key.Key_A, CONTROL | SHIFT)
    desk.qtbot.waitUntil(lambda: notes(hands) == ["", "The board", "the paper"])
    hands.settle()
    assert hands.shown() == ["a lake", "first estimate", "ninety-two"]
    assert hands.current() == "first estimate"


def test_a_row_that_was_read_before_a_change_is_read_again(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    """The answer of the thread comes after the change, and is from before it."""
    desk, library = hands.desk, hands.desk.library
    mark = hands.mark("first estimate")
    read, was_read, go_on = library.workspace.by_id, Event(), Event()

    def by_id(ids: list[int]) -> dict[int, Row]:
        found = read(ids)
        was_read.set()
        go_on.wait(10)
        return found

    monkeypatch.setattr(library.workspace, "by_id", by_id)
    hands.list.model.outdate()
    desk.qtbot.waitUntil(was_read.is_set)
    desk.window.session.perform(lambda: library.annotate.edit_note(mark.uid, "The board"))
    assert notes(hands) == ["", "The board", "", "the paper"]
    with desk.qtbot.waitSignal(hands.list.reader.arrived):
        go_on.set()
    assert notes(hands) == ["", "The board", "", "the paper"]
    hands.settle()
    assert notes(hands) == ["", "The board", "", "the paper"]


def test_another_program_writes_row_after_row(hands: Hands, other: Library) -> None:
    uids = [mark.uid for mark in hands.desk.marks()]
    for turn in range(5):
        for uid in uids:
            other.annotate.edit_note(uid, f"turn {turn}")
        hands.desk.qtbot.waitUntil(lambda turn=turn: notes(hands) == [f"turn {turn}"] * 4)


def test_the_command_line_writes_while_the_list_is_shown(hands: Hands, tmp_path: Path) -> None:
    """Marks, tags and an import from a process of its own: each is shown, and the selection stays."""
    desk = hands.desk
    hands.click_row(2)
    table = tmp_path / "more.csv"
    table.write_text("Highlight,Comment,Book Title\nit is the dearest,why?,reservoir\n", encoding="utf-8")
    kept = desk.library.path
    for arguments, shown in (
        (["annotate", desk.uid, "--exact", "The first"], ["a lake", "The first", *QUOTES[1:]]),
        (["tags", "merge", "cost/paper", "cost"], ["a lake", "The first", *QUOTES[1:]]),
        (["import", str(table), "--document", desk.uid], ["a lake", "The first", *QUOTES[1:], "it is the dearest"]),
    ):
        command = [sys.executable, "-m", "reader", "--library", str(kept), *arguments]
        subprocess.run(command, check=True, capture_output=True, timeout=60)
        desk.qtbot.waitUntil(lambda shown=shown: hands.shown() == shown)
        assert hands.current() == "forty million"
        assert hands.chosen() == ["forty million"]
    hands.settle()
    tags = [hands.list.model.index(line, Column.TAGS).data().strip("\u200e") for line in range(6)]
    assert tags == ["", "", "cost/dam, doubt", "cost", "cost", ""]
