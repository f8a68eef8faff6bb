"""Where commands may write and read: never over the library, never over what is no backup, never from a device."""

import os
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli_helpers import Shell


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    shell = Shell(tmp_path / "library.sqlite")
    uid = shell.added(tmp_path / "minutes.txt")
    shell("annotate", uid, "--exact", "41 million")
    return shell


@pytest.mark.parametrize("command", [["export", "-o"], ["backup"]], ids=" ".join)
@pytest.mark.parametrize("written", ["library.sqlite", "folder/../library.sqlite", "library.sqlite-wal", "link.sqlite"])
def test_nothing_is_written_over_the_library(shell: Shell, tmp_path: Path, command: list[str], written: str) -> None:
    (tmp_path / "folder").mkdir()
    if sys.platform != "win32":
        (tmp_path / "link.sqlite").symlink_to(shell.library)
    elif written == "link.sqlite":
        pytest.skip("links need rights there")
    done = shell(*command, tmp_path / written)
    assert (done.status, done.out, done.err.count("\n")) == (1, "", 1)
    assert "belongs to the library itself" in done.err
    assert [row[5] for row in shell("annotations").rows] == ["41 million"]


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such files there")
@pytest.mark.parametrize("command", [["export", "-o"], ["backup"], ["import"], ["import", "--dry-run"], ["restore"]])
def test_what_is_no_file_is_neither_written_nor_read(shell: Shell, tmp_path: Path, command: list[str]) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    done = shell(*command, pipe)
    assert (done.status, done.out, done.err.count("\n")) == (1, "", 1)
    assert pipe.is_fifo()


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such files there")
def test_a_library_that_is_no_file_is_told_so(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    done = Shell(pipe)("list")
    assert (done.status, done.err) == (1, f"“{pipe}” is not a file; name a library file instead.\n")


def test_an_export_follows_a_link(shell: Shell, tmp_path: Path) -> None:
    link, target = tmp_path / "link.json", tmp_path / "target.json"
    target.write_text("old", "utf-8")
    link.symlink_to(target)
    assert shell("export", "-o", link).status == 0
    assert link.is_symlink()
    assert target.read_bytes() == shell("export").data


def test_a_backup_takes_the_place_of_a_backup_only(shell: Shell, tmp_path: Path) -> None:
    letter, kept = tmp_path / "letter.txt", tmp_path / "kept.sqlite"
    letter.write_text("Dear editor", "utf-8")
    refused = shell("backup", letter)
    assert (refused.status, refused.err.count("\n")) == (1, 1)
    assert letter.read_text("utf-8") == "Dear editor"
    assert [shell("backup", kept).status for _ in range(2)] == [0, 0]
    with closing(sqlite3.connect(kept)) as used:
        used.execute("PRAGMA journal_mode = WAL")
        used.execute("BEGIN IMMEDIATE")
        assert "in use" in shell("backup", kept).err


def test_the_library_is_no_backup_of_itself(shell: Shell) -> None:
    done = shell("restore", shell.library)
    assert (done.status, done.err.count("\n")) == (1, 1)
    assert [row[5] for row in shell("annotations").rows] == ["41 million"]


@pytest.mark.parametrize(
    "words",
    [
        ["add", ""], ["add", "a.txt", ""], ["text", ""], ["import", ""], ["export", "-o", ""], ["backup", ""],
        ["restore", ""], ["demo", "--out", ""],
    ],
    ids=" ".join,
)  # fmt: skip
def test_an_empty_path_is_wrong_usage_not_the_current_folder(shell: Shell, words: list[str]) -> None:
    done = shell(*words)
    assert (done.status, done.out, done.err.count("\n")) == (2, "", 1)
    assert "the path is empty" in done.err
    assert len(shell("list").rows) == 1
