"""The clock is set back, by a day or by years, between two programs at one library: the order is that of the steps."""

from collections.abc import Callable
from pathlib import Path

import pytest

from reader.services.backups import list_backups
from reader.services.library import Library
from tests.faults.conftest import Window
from tests.faults.programs import end_of, new_library, reader, start, whole

DAY = 86_400


def at(shift: int, library: Path, *words: object) -> str:
    """A command run by a program whose clock is wrong by so many seconds."""
    process = start(library.parent, "-m", "tests.faults.clock", shift, "reader", "--library", library, *words)
    out, err = end_of(process)
    assert process.returncode == 0, err
    return out


@pytest.mark.parametrize("shift", [-DAY, 10 * 365 * DAY])
def test_a_window_after_other_programs(tmp_path: Path, windows: Callable[..., Window], shift: int) -> None:
    path, document = new_library(tmp_path)
    assert reader(path, "annotate", document, "--exact", "full in 1900", "--note", "first").returncode == 0
    window = windows(path, clock=shift).ready()
    window.do("mark('full in 1901')")
    window.wait("len(marks()) == 2")
    assert reader(path, "annotate", document, "--exact", "full in 1902", "--note", "third").returncode == 0
    window.wait("len(marks()) == 3 and listed() == 3")
    window.do("mark('full in 1903')")
    library = Library.open(path)
    marks = library.annotate.of_document(document)
    assert [mark.quote[-1] for mark in marks] == ["0", "1", "2", "3"]
    assert len({mark.uid for mark in marks}) == 4
    whole(library)
    for left in (3, 2, 1, 0):  # the last step first, whatever the time that it says
        window.do("keys('Ctrl+Z')")
        assert [mark.quote[-1] for mark in library.annotate.of_document(document)] == ["0", "1", "2", "3"][:left]
        window.wait(f"len(marks()) == {left}")
    for back in (1, 2, 3, 4):
        window.do("keys('Ctrl+Y')")
        window.wait(f"len(marks()) == {back}")
    assert library.annotate.of_document(document) == marks
    whole(library)
    library.close()
    window.leave()


def test_edits_of_a_note_over_a_clock_set_back(tmp_path: Path) -> None:
    path, document = new_library(tmp_path)
    at(DAY, path, "annotate", document, "--exact", "full in 1900", "--note", "tomorrow")
    at(-DAY, path, "annotate", document, "--exact", "full in 1901", "--note", "yesterday")
    at(0, path, "annotate", document, "--exact", "full in 1902", "--note", "today")
    steps = [line for line in at(0, path, "history").splitlines() if "added" in line]
    assert len(steps) == 4
    assert "1902" in at(-DAY, path, "annotations") + at(DAY, path, "annotations")
    at(-DAY, path, "undo")
    library = Library.open(path)
    assert [mark.note for mark in library.annotate.of_document(document)] == ["tomorrow", "yesterday"]
    assert library.integrity() == []
    library.close()


def test_backups_of_a_clock_that_was_ahead(tmp_path: Path, windows: Callable[..., Window]) -> None:
    """A backup dated in the future keeps no new one from being made, and is not taken for the newest."""
    path, document = new_library(tmp_path)
    windows(path, clock=400 * DAY).ready().leave()
    folder = tmp_path / "library.sqlite.backups"
    (ahead,) = folder.glob("*.sqlite")
    assert reader(path, "annotate", document, "--exact", "full in 1900").returncode == 0
    windows(path).ready().leave()
    made = sorted(folder.glob("*.sqlite"))
    assert len(made) == 2
    assert ahead in made
    (now,) = set(made) - {ahead}
    assert [backup.path for backup in list_backups(path)] == [now, ahead]
    copy = tmp_path / "copy.sqlite"
    copy.write_bytes(now.read_bytes())
    library = Library.open(copy)
    assert len(library.annotate.of_document(document)) == 1
    library.close()
