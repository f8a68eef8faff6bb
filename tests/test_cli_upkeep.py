"""`reader undo`, `redo`, `history`, `check`, `backup`, `restore` and `demo`, and what goes wrong with the file."""

import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from types import ModuleType

import pytest

from reader.services.library import Library
from tests.cli_helpers import Shell


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path / "library.sqlite")


@pytest.fixture
def document(shell: Shell, tmp_path: Path) -> str:
    uid = shell.added(tmp_path / "minutes.txt")
    shell("annotate", uid, "--exact", "41 million", "--tag", "cost")
    return uid


def test_undo_and_redo_say_what_they_did(shell: Shell, document: str) -> None:
    undone = shell("undo")
    assert (undone.status, shell("annotations").rows) == (0, [])
    assert "Claim added" in undone.out
    assert [row[1:] for row in shell("history").rows] == [["Claim added", "undone"], ["1 document added", "done"]]
    assert "Claim added" in shell("redo").out
    assert len(shell("annotations").rows) == 1
    nothing = shell("redo")
    assert (nothing.status, nothing.out, nothing.err) == (0, "", "There is nothing to redo.\n")


def test_the_past_of_an_annotation_and_a_state_of_it_brought_back(shell: Shell, document: str) -> None:
    uid = shell("annotations").rows[0][0]
    shell("tags", "rename", "cost", "money")
    shell("undo")
    shell("tags", "delete", "cost")
    told = [(row[0], *row[2:4], row[5]) for row in shell("history", "--annotation", uid[-8:]).rows]
    assert told == [
        ("2", "Tag “cost” deleted", "done", "Without the tag cost"),
        ("1", "Claim added", "done", "Passage: “41 million”; Category: Claim; Tags: cost"),
    ]
    assert shell("history", "--annotation", uid, "--restore", "1").out == "Earlier state brought back\n"
    assert shell("annotations").rows[0][-1] == "#cost"
    again = shell("history", "--annotation", uid, "--restore", "1")
    assert (again.status, again.out) == (0, "The annotation is already what it was then.\n")
    missing = shell("history", "--annotation", uid, "--restore", "9")
    assert (missing.status, missing.out) == (1, "")
    assert "step 9" in missing.err
    assert shell("history", "--restore", "1").status == 2
    assert shell("history", "--annotation", "nothing").status == 1


def test_undo_with_nothing_to_undo(shell: Shell) -> None:
    assert shell("undo").err == "There is nothing to undo.\n"


def test_check_of_a_sound_library(shell: Shell, document: str) -> None:
    done = shell("check")
    assert (done.status, done.err) == (0, "")
    assert done.out.splitlines()[:2] == [
        "The library file is sound.",
        "1 document; annotations: 1 exact, 0 moved, 0 lost.",
    ]


def test_check_tells_of_annotations_that_wait(shell: Shell, document: str, tmp_path: Path) -> None:
    other = Shell(tmp_path / "other.sqlite")
    other("import", "-", stdin=shell("export").data)
    done = other("check")
    assert done.status == 0
    assert "1 annotation waits for the text of a document." in done.out.splitlines()


@pytest.mark.parametrize(
    "change",
    [
        "start_position = start_position + 1, end_position = end_position + 1",
        "end_position = 100000",
        "quote = 'other'",
        "state = 'moved', end_position = end_position + 9, score = 0.9",
    ],
)
def test_check_finds_an_annotation_out_of_place(shell: Shell, document: str, change: str) -> None:
    with closing(sqlite3.connect(shell.library)) as connection, connection:
        connection.execute(f"UPDATE annotation SET {change}")
    done = shell("check")
    assert done.status == 1
    assert "is not its quote" in done.err
    assert "The library file is sound." in done.out


def test_check_finds_a_hidden_passage_out_of_place(shell: Shell, document: str) -> None:
    library = Library.open(shell.library)
    uid = library.documents.resolve_id(document)
    library.masks.hide(uid, library.documents.open(uid).document.text, [(0, 7)])
    library.close()
    assert shell("check").status == 0
    with closing(sqlite3.connect(shell.library)) as connection, connection:
        connection.execute("UPDATE mask SET quote = 'other'")
    done = shell("check")
    assert done.status == 1
    assert "the text at 0-7 is not what was hidden; show it" in done.err


def test_check_finds_copies_that_are_gone_or_damaged(shell: Shell, tmp_path: Path) -> None:
    files = [tmp_path / f"long-{number}.txt" for number in range(12)]
    for number, file in enumerate(files):
        file.write_text(f"The tale of dam {number}.\n\n" + "Nobody asked the residents. " * 4000, "utf-8")
    shell("add", *files)
    assert shell("check").status == 0
    copies = sorted(tmp_path.glob("*.files/*/*"))
    assert len(copies) == 12
    copies[0].write_bytes(copies[0].read_bytes()[:-1] + b"?")
    done = shell("check")
    assert done.status == 1
    assert "The library's copy of the file of “The tale of dam " in done.err
    for copy in copies:
        copy.unlink(missing_ok=True)
    done = shell("check")
    assert (done.status, done.err.count("\n")) == (1, 1)
    assert "copies of 12 files of" in done.err
    assert "and 2 more cannot be relied on" in done.err
    shell("add", *files)
    assert shell("check").status == 0


def test_check_finds_a_damaged_backup(shell: Shell, document: str) -> None:
    from reader.services.library import Library

    library = Library.open(shell.library)
    newest = library.backups.daily()
    library.close()
    assert newest is not None
    said = shell("check").out
    assert "The newest backup is sound: it was made on " in said
    assert "holds 1 document, 1 annotation; each annotation stands where it says." in said
    assert f"It was restored from {newest} for a try." in said
    data = bytearray(newest.read_bytes())
    data[4096:8192] = bytes(4096)
    newest.write_bytes(data)
    done = shell("check")
    assert done.status == 1
    assert str(newest) in done.err


def test_backup_and_restore(shell: Shell, document: str, tmp_path: Path) -> None:
    kept = tmp_path / "kept.sqlite"
    assert shell("backup", kept).status == 0
    shell("undo")
    assert shell("annotations").rows == []
    assert shell("restore", kept).status == 0
    assert len(shell("annotations").rows) == 1


def test_restore_merges_unless_it_is_told_to_replace(shell: Shell, document: str, tmp_path: Path) -> None:
    kept = tmp_path / "kept.sqlite"
    shell("backup", kept)
    shell("undo")
    shell("annotate", document, "--exact", "board met", "--tag", "later")
    told = shell("restore", "--dry-run", kept)
    assert (told.status, len(shell("annotations").rows)) == (0, 1)
    assert "Merging it: 1 annotation added; 1 tag added." in told.out
    assert "Replacing the library by it: 1 annotation added, 1 would vanish; 1 tag added, 1 would vanish." in told.out
    assert "“41 million”" in told.out
    merged = shell("restore", kept)
    assert merged.out == "Merged: 1 annotation added. “reader undo” takes it back.\n"
    assert len(shell("annotations").rows) == 2
    assert shell("restore", kept).out == "Nothing to merge: the library lacked nothing of it.\n"
    shell("undo")
    assert len(shell("annotations").rows) == 1


def test_replacing_is_undone_by_one_command(shell: Shell, document: str, tmp_path: Path) -> None:
    kept = tmp_path / "kept.sqlite"
    shell("backup", kept)
    shell("annotate", document, "--exact", "board met")
    assert shell("restore", "--undo").status == 1
    replaced = shell("restore", "--replace", kept)
    assert f"The library is as it was in {kept}; “reader restore --undo” takes it back." in replaced.out
    assert len(shell("annotations").rows) == 1
    undone = shell("restore", "--undo")
    assert (undone.status, undone.out) == (0, "The library is as it was before the restore.\n")
    assert len(shell("annotations").rows) == 2


@pytest.mark.parametrize("words", ["restore", "restore --undo x", "restore --undo --replace", "restore --dry-run"])
def test_a_restore_that_makes_no_sense_is_wrong_usage(shell: Shell, document: str, words: str) -> None:
    assert shell(*words.split()).status == 2


def test_restore_takes_the_place_of_a_damaged_library(shell: Shell, document: str, tmp_path: Path) -> None:
    kept = tmp_path / "kept.sqlite"
    shell("backup", kept)
    shell.library.write_bytes(b"not a database at all" * 500)
    refused = shell("list")
    assert (refused.status, refused.err.count("\n")) == (1, 1)
    done = shell("restore", kept)
    assert (done.status, len(shell("annotations").rows)) == (0, 1)
    assert "set aside" in done.err
    assert any(path.read_bytes().startswith(b"not a database") for path in tmp_path.glob("library.sqlite.damaged*"))


def test_recover_makes_a_damaged_library_whole(shell: Shell, document: str, tmp_path: Path) -> None:
    sound = shell("recover")
    assert (sound.status, sound.out) == (0, "The library is sound; there is nothing to recover.\n")
    data = bytearray(shell.library.read_bytes())
    data[:100] = bytes(100)
    shell.library.write_bytes(data)
    assert shell("list").status == 1
    done = shell("recover")
    assert done.status == 0
    assert done.out.startswith("The library holds 1 document, 1 annotation.\n")
    assert done.err.startswith("Reading what can be read…\n")
    assert len(shell("annotations").rows) == 1
    assert [path.read_bytes() for path in tmp_path.glob("library.sqlite.damaged-1")] == [bytes(data)]


def test_recover_without_anything_left_says_so(shell: Shell, tmp_path: Path) -> None:
    shell.library.write_bytes(b"not a database at all" * 500)
    done = shell("recover")
    assert done.status == 1
    assert done.err.endswith("Nothing was changed.\n")
    assert shell.library.read_bytes() == b"not a database at all" * 500


@pytest.mark.parametrize("what", ["missing", "text", "itself"])
def test_restore_of_what_is_no_backup_changes_nothing(shell: Shell, document: str, tmp_path: Path, what: str) -> None:
    source = tmp_path / "no.sqlite"
    if what == "text":
        source.write_text("no", "utf-8")
    if what == "itself":
        assert shell("backup", shell.library).status == 1
    else:
        done = shell("restore", source)
        assert (done.status, done.out, done.err.count("\n")) == (1, "", 1)
    assert len(shell("annotations").rows) == 1


@pytest.mark.parametrize("command", ["list", "add x", "export", "undo", "check", "backup y", "search a", "tags"])
def test_a_library_that_cannot_be_is_told_in_a_sentence(tmp_path: Path, command: str) -> None:
    shell = Shell(tmp_path)
    done = shell(*command.split())
    assert (done.status, done.out, done.err.count("\n")) == (1, "", 1)


def test_a_file_that_is_no_library_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "letters.txt"
    path.write_text("Dear editor", "utf-8")
    done = Shell(path)("list")
    assert (done.status, done.err.count("\n")) == (1, 1)
    assert path.read_text("utf-8") == "Dear editor"


def test_demo_leaves_its_pictures_where_it_is_told(shell: Shell, tmp_path: Path, monkeypatch) -> None:
    asked: list[Path] = []
    stand_in = ModuleType("reader.ui.demo")
    stand_in.run = lambda out: asked.append(out) or 1  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "reader.ui.demo", stand_in)
    assert shell("demo", "--out", tmp_path / "pictures").status == 1
    assert shell("demo").status == 1
    assert asked == [tmp_path / "pictures", Path("demo")]


@pytest.mark.parametrize("words", ["add minutes.txt", "undo", "redo"])
def test_a_newer_library_is_read_and_told_once(shell: Shell, document: str, words: str, tmp_path: Path) -> None:
    with closing(sqlite3.connect(shell.library)) as connection:
        connection.execute("PRAGMA user_version = 99")
    before = shell.library.read_bytes()
    done = shell(*words.replace("minutes.txt", str(tmp_path / "minutes.txt")).split())
    assert (done.status, done.out, done.err.count("\n")) == (1, "", 1)
    assert "newer version" in done.err
    listed = shell("list")
    assert (listed.status, len(listed.rows), listed.err) == (0, 1, done.err)
    assert shell.library.read_bytes() == before
