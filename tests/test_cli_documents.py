"""`reader add`, `list` and `text`."""

from pathlib import Path

import pytest

from reader.resources import samples
from reader.services.library import Library
from tests.cli_helpers import MINUTES, Shell


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path / "library.sqlite")


def test_add_says_what_became_of_each_file(shell: Shell, tmp_path: Path) -> None:
    first, second = tmp_path / "a.txt", tmp_path / "b.md"
    first.write_text(MINUTES, "utf-8")
    second.write_text("# Residents\n\nWe were never asked.\n", "utf-8")
    done = shell("add", first, tmp_path / "nowhere.txt", second)
    assert done.status == 1
    assert [row[1] for row in done.rows] == ["added", "failed", "added"]
    assert done.rows[0][2] == "MINUTES OF THE WATER BOARD"
    assert done.rows[2][2] == "Residents"
    assert done.rows[1][0] == "-"
    assert "nowhere.txt" in done.rows[1][2]
    again = shell("add", first)
    assert (again.status, again.rows[0][:2]) == (0, [done.rows[0][0], "known"])


def test_add_takes_folders(shell: Shell, tmp_path: Path) -> None:
    inner = tmp_path / "dossier" / "inner"
    inner.mkdir(parents=True)
    (inner / "a.txt").write_text("One", "utf-8")
    (tmp_path / "dossier" / "b.html").write_text("<h1>Two</h1><p>Text.", "utf-8")
    (inner / "c.png").write_bytes(b"\x89PNG")
    done = shell("add", tmp_path / "dossier")
    assert done.status == 0
    assert sorted(row[2] for row in done.rows) == ["One", "Two"]


def test_add_says_when_there_is_nothing_to_add(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    done = shell("add", tmp_path / "empty")
    assert done.status == 1
    assert done.out == ""
    assert done.err.count("\n") == 1


def test_add_reads_standard_input(shell: Shell) -> None:
    done = shell("add", "-", stdin="A letter from Upper Lenn\n\nDear editor.\n")
    assert (done.status, done.rows[0][1:]) == (0, ["added", "A letter from Upper Lenn"])
    assert shell("text", done.rows[0][0]).out == "A letter from Upper Lenn\n\nDear editor.\n"


def test_a_title_cannot_command_the_terminal_or_break_the_line(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("<title>A\tb\x1b[31m\u2028c</title><p>Text.", "utf-8")
    shell("add", path)
    (row,) = shell("list").rows
    assert row[3] == "A b [31m c"


def test_list_shows_documents_by_tag(shell: Shell, tmp_path: Path) -> None:
    first = tmp_path / "a.md"
    first.write_text("---\ntitle: Dam\nauthor: M. Okafor\ntags: [Water/Dams]\n---\nText.\n", "utf-8")
    shell("add", first)
    other = shell.added(tmp_path / "b.txt")
    assert len(shell("list").rows) == 2
    (row,) = shell("list", "--tag", "water").rows
    assert row[1:] == ["markdown", "0 annotations", "Dam", "M. Okafor"]
    assert row[0] != other
    assert shell("list", "--tag", "wat").rows == []


def test_text_of_the_library_and_of_a_file_is_the_same(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    uid = shell.added(path)
    assert shell("text", uid).data.decode() == MINUTES
    assert shell("text", path).data.decode() == MINUTES
    assert len(shell("list").rows) == 1


def test_text_of_a_file_keeps_to_the_limits_of_the_library(shell: Shell, tmp_path: Path) -> None:
    book = samples() / "up-the-lenn-on-foot.epub"
    assert shell("text", book).status == 0
    assert not shell.library.exists(), "no library is made for it"
    library = Library.open(shell.library)
    library.settings.set("reading_limits", {"parts": 3})
    library.close()
    done = shell("text", book)
    assert (done.status, done.out) == (1, "")
    assert "3 is the limit" in done.err
    # One that cannot be opened is of no use, and not needed.
    shell.library.write_bytes(b"no library at all" * 100)
    done = shell("text", book)
    assert (done.status, done.err) == (0, "")


def test_an_id_may_be_any_beginning_of_the_uid(shell: Shell, tmp_path: Path) -> None:
    shell.added(tmp_path / "a.txt")
    (document,) = shell("list", "--json").json
    for name in (document["uid"], document["id"], document["uid"][:13]):
        assert shell("text", name).out == MINUTES


@pytest.mark.parametrize("command", ["text", "annotations", "export --document"])
def test_an_id_that_is_none(shell: Shell, command: str) -> None:
    done = shell(*command.split(), "nothing")
    assert done.status == 1
    assert done.out == ""
    assert "nothing" in done.err
    assert done.err.count("\n") == 1


def test_an_id_that_fits_several_documents(shell: Shell, tmp_path: Path) -> None:
    shell.added(tmp_path / "a.txt", "One")
    shell.added(tmp_path / "b.txt", "Two")
    done = shell("text", "0")
    assert done.status == 1
    assert "more" in done.err


def test_text_leaves_out_what_is_hidden(shell: Shell) -> None:
    (row,) = shell("add", "-", stdin=MINUTES).rows
    whole = shell("text", row[0]).out
    library = Library.open(shell.library)
    uid = library.documents.resolve_id(row[0])
    library.masks.hide(uid, MINUTES, [(0, len(MINUTES.splitlines()[0]))])
    library.annotate.highlight(uid, MINUTES, 0, 40)
    library.close()
    assert shell("text", row[0], "--all").out == whole
    assert shell("text", row[0]).out == whole.removeprefix(MINUTES.splitlines()[0]).lstrip()
    (line,) = shell("annotations").rows
    assert line[5] == " ".join(MINUTES[len(MINUTES.splitlines()[0]) : 40].split())


def test_text_of_what_is_neither_a_file_nor_a_document_says_so_once(shell: Shell) -> None:
    done = shell("text", "nosuch")
    assert (done.status, done.out) == (1, "")
    assert done.err == (
        "There is no file “nosuch”, nor a document of that id in this library; `reader list` shows the ids.\n"
    )
