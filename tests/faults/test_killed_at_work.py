"""Long work is killed in the middle, at one place of the database's own machine after the other: what there is then is
what there was or a sound part of what was to be, and doing it again completes it."""

import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reader.services.library import Library
from tests.faults.programs import TEXT, new_library, reader, start, whole
from tests.store.helpers import dump
from tests.store.test_migration import earlier_schema, live

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL there"),
    pytest.mark.timeout(3600),
]

Deaths = Callable[..., Iterator[Path]]
"""Called with a folder and the words of a command: the library's path after each of several deaths of it."""


@pytest.fixture
def deaths(tmp_path: Path, long: bool) -> Deaths:
    def died(made: Path, *words: object, times: int = 3) -> Iterator[Path]:
        total = _run(_copied(made, tmp_path / "whole"), 0, words)
        times = 30 if long else times
        for number in range(times):
            path = _copied(made, tmp_path / f"death {number}")
            assert _run(path, max(1, total * (2 * number + 1) // (2 * times)), words) == -9
            yield path
            shutil.rmtree(path.parent)

    return died


def _copied(made: Path, folder: Path) -> Path:
    shutil.copytree(made, folder)
    return folder / "library.sqlite"


def _run(path: Path, at: int, words: tuple[object, ...]) -> int:
    """Run a command to its end and count, or until it dies there: then -9."""
    process = start(path.parent, "-m", "tests.faults.dying", at, "--library", path, *words)
    out, err = process.communicate(timeout=100)
    assert not err or not at
    if at:
        return process.returncode
    assert process.returncode == 0, err
    return int(out.split()[-1])


def marked(folder: Path, count: int) -> tuple[Path, str]:
    """A library with that many annotations in its document."""
    folder.mkdir()
    path, document = new_library(folder)
    library = Library.open(path)
    text = library.documents.open(document).document.text
    for number in range(count):
        start = number * 7
        library.annotate.highlight(document, text, start, start + 9, note=f"note {number}", tags=[f"t{number % 3}"])
    library.close()
    return path, document


def test_an_import(tmp_path: Path, deaths: Deaths) -> None:
    source, _ = marked(tmp_path / "source", 400)
    library = Library.open(source)
    wanted = library.exchange.dumps()
    library.close()
    file = tmp_path / "annotations.json"
    file.write_text(wanted, "utf-8")
    (tmp_path / "target").mkdir()
    new_library(tmp_path / "target", opened=False)
    for path in deaths(tmp_path / "target", "import", file, times=5):
        library = Library.open(path)
        (document,) = library.documents.list()
        whole(library)
        marks = library.annotate.of_document(document.uid)
        assert all(mark.note and mark.tags for mark in marks)
        library.close()
        assert reader(path, "import", file).returncode == 0
        library = Library.open(path)
        assert library.exchange.dumps() == wanted
        while library.history.undo():
            pass
        assert library.documents.list() == []
        whole(library)
        library.close()


def test_adding_documents(tmp_path: Path, deaths: Deaths) -> None:
    files = [tmp_path / "first.txt", tmp_path / "second.txt"]
    for file in files:
        file.write_text(f"{file.name}\n\n{TEXT * 10}", "utf-8")
    (tmp_path / "target").mkdir()
    new_library(tmp_path / "target")
    for path in deaths(tmp_path / "target", "add", *files):
        library = Library.open(path)
        whole(library)
        for summary in library.documents.list():
            assert library.documents.open(summary.uid).document.text.strip()
        library.close()
        assert reader(path, "add", *files).returncode == 0
        library = Library.open(path)
        assert sorted(summary.title for summary in library.documents.list()) == [
            "The reservoir",
            "first.txt",
            "second.txt",
        ]
        assert library.search.search("second").groups
        assert library.integrity() == []
        library.close()


def test_a_migration(tmp_path: Path, deaths: Deaths, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "old").mkdir()
    connection = sqlite3.connect(tmp_path / "old" / "library.sqlite", isolation_level=None)
    earlier_schema(connection, "m002_books", monkeypatch)
    live(connection)
    connection.close()
    straight = Library.open(_copied(tmp_path / "old", tmp_path / "straight"))
    wanted = dump(straight.store)
    straight.close()
    for path in deaths(tmp_path / "old", "list", times=6):
        assert reader(path, "list").returncode == 0
        library = Library.open(path)
        assert dump(library.store) == wanted
        whole(library)
        for _ in range(5):
            assert library.history.undo()
        assert library.documents.list() == []
        library.close()
        assert list(path.parent.glob("*.backups/*before-migration*.sqlite"))


def test_a_new_library(tmp_path: Path, deaths: Deaths) -> None:
    (tmp_path / "nothing").mkdir()
    for path in deaths(tmp_path / "nothing", "list"):
        assert reader(path, "list").returncode == 0
        library = Library.open(path)
        assert library.integrity() == []
        library.close()


@pytest.mark.parametrize("way", ["--replace", "merged"])
def test_restoring_a_backup(tmp_path: Path, deaths: Deaths, way: str) -> None:
    path, document = marked(tmp_path / "made", 60)
    backup = tmp_path / "backup.sqlite"
    library = Library.open(path)
    library.backups.write(backup)
    saved = {mark.uid for mark in library.annotate.of_document(document)}
    library.annotate.delete(sorted(saved)[:30])
    text = library.documents.open(document).document.text
    new = library.annotate.highlight(document, text, 0, 5).annotations_added[0].uid
    now = {mark.uid for mark in library.annotate.of_document(document)}
    library.close()
    replaces = way == "--replace"
    for path in deaths(tmp_path / "made", "restore", backup, *([way] if replaces else [])):
        library = Library.open(path)
        whole(library)
        there = {mark.uid for mark in library.annotate.of_document(document)}
        assert there in (now, saved) if replaces else now <= there <= now | saved
        assert (new in there) or replaces
        library.close()
        assert reader(path, "restore", backup, *([way] if replaces else [])).returncode == 0
        library = Library.open(path)
        assert {mark.uid for mark in library.annotate.of_document(document)} >= saved - (now if replaces else set())
        whole(library)
        library.close()
