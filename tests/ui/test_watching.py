"""A file looked at: saved in place, replaced, emptied, written in pieces, gone and back."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from reader.ui.tasks import Tasks
from reader.ui.watching import FileWatch, Stamp, stamp_of


@pytest.fixture
def tasks(qtbot: QtBot) -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.close()
    made.deleteLater()


class Drive:
    """What a drive says of a file: one stamp after the other, the last one for good."""

    def __init__(self, *stamps: Stamp | None) -> None:
        self.stamps = list(stamps)
        self.asked = 0

    def __call__(self, _path: str) -> Stamp | None:
        self.asked += 1
        return self.stamps.pop(0) if len(self.stamps) > 1 else self.stamps[0]


@pytest.fixture
def watching(tasks: Tasks) -> Iterator[list[FileWatch]]:
    made: list[FileWatch] = []
    yield made
    for watch in made:
        watch.stop()
        watch.deleteLater()


def watch_of(tasks: Tasks, made: list[FileWatch], drive: Drive | None = None, every: int = 20) -> FileWatch:
    made.append(FileWatch(tasks, settle=5, every=every, stamp=drive or stamp_of))
    return made[-1]


def test_what_is_as_it_was_is_not_told(qtbot: QtBot, tasks: Tasks, watching: list[FileWatch]) -> None:
    drive = Drive((3, 1))
    watch = watch_of(tasks, watching, drive)
    with qtbot.assertNotEmitted(watch.changed):
        watch.watch("/nowhere/a.txt", (3, 1))
        qtbot.waitUntil(lambda: drive.asked > 4)


def test_a_change_is_told_once_when_it_has_come_to_rest(qtbot: QtBot, tasks: Tasks, watching: list[FileWatch]) -> None:
    drive = Drive((3, 1), (4, 2), (5, 3), (6, 4), (6, 4))
    watch = watch_of(tasks, watching, drive)
    told: list[int] = []
    watch.changed.connect(lambda: told.append(len(drive.stamps)))
    with qtbot.waitSignal(watch.changed):
        watch.watch("/nowhere/a.txt", (3, 1))
    asked = drive.asked
    qtbot.waitUntil(lambda: drive.asked > asked + 4)
    assert told == [1], "not while it was still growing, and not again"


def test_an_empty_file_is_waited_for(qtbot: QtBot, tasks: Tasks, watching: list[FileWatch]) -> None:
    drive = Drive((3, 1), (0, 2))
    watch = watch_of(tasks, watching, drive)
    with qtbot.assertNotEmitted(watch.changed):
        watch.watch("/nowhere/a.txt", (3, 1))
        qtbot.waitUntil(lambda: drive.asked > 5)
    with qtbot.waitSignal(watch.changed):
        drive.stamps[:] = [(9, 3)]


def test_a_file_that_goes_is_told_once_and_its_return_is_noticed(
    qtbot: QtBot, tasks: Tasks, watching: list[FileWatch]
) -> None:
    drive = Drive((3, 1), None, (3, 1), None)
    watch = watch_of(tasks, watching, drive)
    told: list[bool] = []
    watch.gone.connect(lambda: told.append(True))
    with qtbot.waitSignal(watch.gone):
        watch.watch("/nowhere/a.txt", (3, 1))
    assert len(drive.stamps) == 1, "missing for a moment is not gone"
    asked = drive.asked
    qtbot.waitUntil(lambda: drive.asked > asked + 3)
    assert told == [True]
    with qtbot.waitSignal(watch.changed):
        drive.stamps[:] = [(7, 9)]


def test_a_file_that_was_never_there_is_not_said_to_have_gone(
    qtbot: QtBot, tasks: Tasks, watching: list[FileWatch]
) -> None:
    drive = Drive(None)
    watch = watch_of(tasks, watching, drive)
    with qtbot.assertNotEmitted(watch.gone):
        watch.watch("/nowhere/a.txt", (3, 1))
        qtbot.waitUntil(lambda: drive.asked > 4)


@pytest.mark.parametrize("how", ["in place", "by rename", "removed and made anew"])
def test_the_system_tells_of_every_way_to_save(
    qtbot: QtBot, tasks: Tasks, watching: list[FileWatch], tmp_path: Path, how: str
) -> None:
    file = tmp_path / "a.txt"
    file.write_text("one", encoding="utf-8")
    stamp = stamp_of(str(file))
    assert stamp
    watch = watch_of(tasks, watching, every=60_000)
    watch.watch(str(file), stamp)
    qtbot.waitUntil(lambda: bool(watch.findChildren(type(watch._system))[0].files()))
    for words in ("two words", "three words now"):
        with qtbot.waitSignal(watch.changed):
            if how == "in place":
                file.write_text(words, encoding="utf-8")
            else:
                other = tmp_path / "a.txt~"
                other.write_text(words, encoding="utf-8")
                if how == "removed and made anew":
                    file.unlink()
                os.replace(other, file)


def test_another_file_takes_the_place_of_the_first(qtbot: QtBot, tasks: Tasks, watching: list[FileWatch]) -> None:
    drive = Drive((3, 1))
    watch = watch_of(tasks, watching, drive)
    watch.watch("/nowhere/a.txt", (3, 1))
    with qtbot.waitSignal(watch.changed):
        watch.watch("/nowhere/b.txt", (2, 1))
    watch.stop()
    assert watch.path == ""
