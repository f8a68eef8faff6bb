"""Faults of the program itself in work off the interface's thread: what waited for it comes to rest, and says so."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from reader.model.errors import ReaderError
from reader.services.adding import Adding
from reader.services.exchange import Exchange
from reader.services.versions import Versions
from reader.text.find import Finder
from reader.ui.tasks import Task, Tasks
from tests.ui.conftest import Desk

SAID = "This is a fault of Passage itself (ValueError: boom); please report it"


def broken(*_args: object, **_named: object) -> Iterator[None]:
    raise ValueError("boom")


@pytest.fixture
def reported(qtbot: QtBot) -> Iterator[Sequence[object]]:
    """What the interpreter was told of, as always with a fault."""
    with qtbot.capture_exceptions() as exceptions:
        yield exceptions
    assert [type(error) for _kind, error, _trace in exceptions] == [ValueError] * len(exceptions)


def file(folder: Path, name: str) -> Path:
    path = folder / name
    path.write_text(f"{name}\n\nThe gate was shut at noon.", encoding="utf-8")
    return path


def test_a_fault_is_handed_over_in_a_sentence_and_reported(qtbot: QtBot) -> None:
    tasks, heard, told = Tasks(), list[str](), list[str]()
    tasks.faulted.connect(told.append)

    def work(_task: Task) -> None:
        raise ValueError("boom")

    def failed(error: ReaderError) -> None:
        heard.append(str(error))

    with qtbot.capture_exceptions() as exceptions, qtbot.waitSignal(tasks.idle):
        tasks.start(work, failed=failed)
    tasks.close()
    assert len(exceptions) == 1
    assert heard == told
    assert heard[0].startswith(SAID)


def test_adding_ends_says_so_and_goes_on(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reported: Sequence[object]
) -> None:
    parts, add, calls = desk.window.complete(), Adding.add, list[Path]()

    def once_broken(self: Adding, paths: list[Path], **named: object) -> object:
        calls.extend(paths)
        return broken() if len(calls) == 1 else add(self, paths, **named)  # pyright: ignore[reportArgumentType]

    monkeypatch.setattr(Adding, "add", once_broken)
    parts.adding.add([file(tmp_path, "first.txt")])
    parts.adding.add([file(tmp_path, "second.txt")])
    desk.wait_idle()
    assert len(reported) == 1
    assert not parts.task_bar.isVisible()
    assert desk.window.status.message().startswith(f"“second.txt” added; before that: {SAID}")
    assert "second" in {row.title.partition(".")[0] for row in parts.documents.model.shown_rows()}


def test_the_sentence_stays_when_nothing_is_added_after_it(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reported: Sequence[object]
) -> None:
    monkeypatch.setattr(Adding, "add", broken)
    desk.window.complete().adding.add([file(tmp_path, "first.txt")])
    desk.wait_idle()
    assert reported
    assert desk.window.status.message().startswith(SAID)
    assert "\n" not in desk.window.status.message()


def test_reading_again_comes_to_rest(desk: Desk, monkeypatch: pytest.MonkeyPatch, reported: Sequence[object]) -> None:
    parts, read_again = desk.window.complete(), Versions.read_again
    monkeypatch.setattr(Versions, "read_again", broken)
    desk.trigger("read_again")
    desk.wait_idle()
    assert reported
    assert parts.again_bar.text() == ""
    assert desk.window.status.message().startswith(SAID)
    monkeypatch.setattr(Versions, "read_again", read_again)
    desk.trigger("read_again")
    desk.wait_idle()
    assert "the same as before" in desk.window.status.message()


def test_a_search_that_fails_can_be_asked_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, reported: Sequence[object]
) -> None:
    find = Finder.find
    monkeypatch.setattr(Finder, "find", broken)
    desk.press(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    desk.type("l")
    desk.wait_idle()
    assert reported
    bar = desk.window.complete().find_bar
    error = bar.findChild(QLabel, "error")
    assert isinstance(error, QLabel)
    assert error.isVisible()
    assert error.text().startswith(SAID)
    monkeypatch.setattr(Finder, "find", find)
    desk.type("a")
    desk.wait_idle()
    assert not error.isVisible()
    count = bar.findChild(QLabel, "count")
    assert isinstance(count, QLabel)
    assert count.text().startswith("1 of ")


def test_an_import_that_fails_says_so_in_its_dialog(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reported: Sequence[object]
) -> None:
    monkeypatch.setattr(Exchange, "preview", broken)
    source = tmp_path / "marks.json"
    desk.library.exchange.export(source)
    dialog = desk.window.complete().exchange.preview(source)
    desk.wait_idle()
    assert reported
    assert any(label.text().startswith(SAID) for label in dialog.findChildren(QLabel))
    dialog.reject()


@pytest.mark.parametrize("trouble", ["check", "integrity"])
def test_looking_after_the_library_says_so(
    desk: Desk, trouble: str, monkeypatch: pytest.MonkeyPatch, reported: Sequence[object]
) -> None:
    if trouble == "check":
        monkeypatch.setattr("reader.services.checking.check", broken)
    else:
        monkeypatch.setattr(type(desk.library), "integrity", broken)
    actions: dict[str, Callable[[], None]] = {
        "check": desk.window.complete().library_actions.check,
        "integrity": desk.window.complete().library_actions.look_after,
    }
    actions[trouble]()
    desk.wait_idle()
    assert reported
    assert desk.window.status.message().startswith(SAID)
