"""Damaged under a program or between two: what was acknowledged is there after the program's own recovery."""

import json
import random
import shutil
import sqlite3
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from reader.services.library import Library
from tests.faults.conftest import Window
from tests.faults.programs import Acknowledged, end_of, new_library, reader, start, whole, writes_again

PAGE = 4096


@dataclass(frozen=True)
class Made:
    """A library with the work of two storms in it, the first of which is in a backup too."""

    folder: Path
    document: str
    heard: Acknowledged

    def put(self, folder: Path) -> Path:
        """A copy of it in a folder; the library's path."""
        shutil.copytree(self.folder, folder, dirs_exist_ok=True)
        return folder / "library.sqlite"

    @property
    def count(self) -> int:
        return len([mark for mark in self.heard.marks.values() if mark])


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("made")
    path, document = new_library(folder)
    heard = Acknowledged()
    for seed in (1, 2):
        storm = start(folder, "-m", "tests.faults.storm", path, document, seed, 60)
        out, _ = end_of(storm)
        list(heard.hear(out.splitlines(keepends=True)))
        if seed == 1:
            library = Library.open(path)
            assert library.backups.daily()
            library.close()
    return Made(folder, document, heard)


def killed_with_a_log(folder: Path) -> tuple[Path, str, list[str]]:
    """A library whose last marks are only in the log, as a program that was killed left it."""
    folder.mkdir(exist_ok=True)
    path, document = new_library(folder)
    storm = start(folder, "-m", "tests.faults.storm", path, document, 1)
    assert storm.stdout
    heard = Acknowledged()
    lines = heard.hear(storm.stdout)
    for _ in range(30):
        next(lines)
    storm.kill()
    list(lines)
    storm.communicate()
    assert Path(f"{path}-wal").stat().st_size > PAGE
    return path, document, [uid for uid, mark in heard.marks.items() if mark and uid != heard.doubtful]


def pages_of(path: Path, name: str) -> list[int]:
    """The pages, from 0, of a table or index."""
    with sqlite3.connect(path) as connection:
        found = [row[0] - 1 for row in connection.execute("SELECT pageno FROM dbstat WHERE name = ?", (name,))]
    connection.close()
    return found


def spoil(path: Path, page: int, seed: int = 0) -> None:
    """Put nonsense in the place of a page."""
    with path.open("r+b") as file:
        file.seek(page * PAGE)
        file.write(random.Random(seed).randbytes(PAGE))


def spoil_part(path: Path, what: str) -> None:
    match what:
        case "header":
            with path.open("r+b") as file:
                file.write(bytes(100))
        case "a page of marks":
            spoil(path, pages_of(path, "annotation")[0])
        case "an index":
            (name,) = _one(
                path, "SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = 'annotation' LIMIT 1"
            )
            spoil(path, pages_of(path, name)[0])
        case "the history":
            spoil(path, pages_of(path, "change")[1])
        case _:
            raise AssertionError(what)


def _one(path: Path, sql: str) -> tuple[str, ...]:
    with sqlite3.connect(path) as connection:
        found = connection.execute(sql).fetchone()
    connection.close()
    return found


@pytest.mark.parametrize("what", ["header", "a page of marks", "an index", "the history"])
def test_recovered_by_the_command_line(made: Made, tmp_path: Path, what: str) -> None:
    path, document, heard = made.put(tmp_path), made.document, made.heard
    spoil_part(path, what)
    before = path.read_bytes()
    checked = reader(path, "check")
    assert checked.returncode == 1
    assert path.read_bytes() == before  # looking at it changes nothing
    done = reader(path, "recover")
    assert done.returncode == 0, done.stderr
    assert [aside.read_bytes() for aside in tmp_path.glob("library.sqlite.damaged-?")] == [before]
    library = Library.open(path)
    heard.check(library, document)
    library.close()
    writes_again(path, document)
    assert reader(path, "check").returncode == 0


def test_recovered_in_the_window(made: Made, tmp_path: Path, windows: Callable[..., Window]) -> None:
    path, document, heard = made.put(tmp_path), made.document, made.heard
    spoil_part(path, "header")
    window = windows(path)
    window.wait("press('Recover')")
    window.wait("press('Open the library')")
    window.ready()
    assert window.do("len(marks())") == made.count
    window.leave()
    library = Library.open(path)
    heard.check(library, document)
    library.close()


def test_damage_that_is_met_while_the_window_is_open(
    made: Made, tmp_path: Path, windows: Callable[..., Window]
) -> None:
    """It says so and goes on showing what it has; closed and recovered, everything is there."""
    path, document = made.put(tmp_path), made.document
    window = windows(path).ready()
    window.do("mark('full in 1900')")
    uids = window.do("marks()")
    for page in pages_of(path, "annotation")[1:]:
        spoil(path, page, page)
    window.do("keys('Ctrl+Alt+C')")
    window.wait("seen('damaged')")
    window.do("keys('Escape')")
    window.do("mark('full in 1901')")
    more = set(window.do("marks()")) - set(uids)  # what is accepted counts as acknowledged
    assert window.do("leave()")
    window.ended()
    assert reader(path, "recover").returncode == 0
    library = Library.open(path)
    there = {mark.uid for mark in library.annotate.of_document(document)}
    assert there >= set(uids) | more
    whole(library)
    library.close()
    writes_again(path, document)


def test_a_drive_that_comes_back_with_a_damaged_library(
    made: Made, tmp_path: Path, windows: Callable[..., Window]
) -> None:
    path = made.put(tmp_path / "drive")
    spoil_part(path, "header")
    (tmp_path / "drive").rename(tmp_path / "away")
    window = windows(path)
    window.wait("seen('No library can be made in')")
    assert not window.do("press('Recover')")
    (tmp_path / "away").rename(tmp_path / "drive")
    assert window.do("press('Try again')")
    window.wait("press('Recover')")
    window.wait("press('Open the library')")
    window.ready()
    assert window.do("len(marks())") == made.count
    window.leave()


@pytest.mark.parametrize("what", ["nonsense", "its head", "cut short"])
def test_a_damaged_log(tmp_path: Path, what: str) -> None:
    """What is only in the log is as good as the log is; all before it stays, and nothing is half there."""
    path, document, uids = killed_with_a_log(tmp_path)
    library = Library.open(path)  # all of it into the file
    marked = len(library.annotate.of_document(document))
    library.close()
    assert marked >= len(uids)
    storm = start(tmp_path, "-m", "tests.faults.storm", path, document, 2)
    assert storm.stdout
    for _ in range(20):
        storm.stdout.readline()
    storm.kill()
    storm.communicate()
    log = Path(f"{path}-wal")
    data = bytearray(log.read_bytes())
    if what == "nonsense":
        data[:] = random.Random(1).randbytes(len(data))
    elif what == "its head":
        data[:32] = bytes(32)
    else:
        del data[len(data) // 2 :]
    log.write_bytes(data)
    assert reader(path, "list").returncode == 0
    library = Library.open(path)
    assert {mark.uid for mark in library.annotate.of_document(document)} >= set(uids)
    whole(library)
    library.close()
    writes_again(path, document)


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL there")
def test_a_log_without_its_library_is_never_another_ones(tmp_path: Path) -> None:
    """The file is deleted, its log was left by a program that was killed: the new library is not mixed with it."""
    path, _, _ = killed_with_a_log(tmp_path)
    log = Path(f"{path}-wal").read_bytes()
    path.unlink()
    listed = reader(path, "list", "--json")
    assert listed.returncode == 0
    assert json.loads(listed.stdout) == []
    library = Library.open(path)
    assert library.integrity() == []
    assert library.adding.add_text("A text of its own.").document
    library.close()
    assert log in [left.read_bytes() for left in tmp_path.glob("library.sqlite.*-wal")]


def test_a_deleted_library_is_brought_back_from_its_backup(made: Made, tmp_path: Path) -> None:
    path, document = made.put(tmp_path), made.document
    (backup,) = (tmp_path / "library.sqlite.backups").glob("*.sqlite")
    copy = tmp_path / "copy.sqlite"
    shutil.copy(backup, copy)
    library = Library.open(copy)
    wanted = library.annotate.of_document(document)
    library.close()
    path.unlink()
    assert reader(path, "restore", backup, "--replace").returncode == 0
    library = Library.open(path)
    assert library.annotate.of_document(document) == wanted
    whole(library)
    library.close()
