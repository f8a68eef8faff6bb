"""`reader versions`: list, show, drop and compare the texts of a document."""

from pathlib import Path

import pytest

from tests.cli_helpers import MINUTES, Shell

NEWER = MINUTES.replace("41 million", "92 million").replace("MINUTES OF", "CORRECTED MINUTES OF")


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path / "library.sqlite")


@pytest.fixture
def document(shell: Shell, tmp_path: Path) -> str:
    """A document whose file was saved again with other words, and which has two marks."""
    file = tmp_path / "minutes.txt"
    document = shell.added(file)
    for words in ("41 million", "The board met at seven"):
        assert shell("annotate", document, "--exact", words).status == 0
    file.write_text(NEWER, "utf-8")
    done = shell("add", file)
    assert done.rows[0][1] == "changed", done.out
    return document


def test_the_texts_are_listed_with_their_marks(shell: Shell, document: str) -> None:
    new, old = shell("versions", document).rows
    assert (new[1], old[1]) == ("shown", "kept")
    assert (new[3], new[4], new[5]) == ("plain", str(len(NEWER.encode())), str(len(NEWER)))
    assert old[7] == "2 exact, 0 moved, 0 lost", "both were made in it"
    assert old[7].endswith("0 lost")
    one, other = shell("versions", document, "--json").json
    assert (one["shown"], other["shown"]) == (True, False)
    assert (str(one["number"]), str(other["number"])) == (new[0], old[0])
    assert sum(one["marks"].values()) == 2
    assert one["corrects"] is None


def test_another_text_is_shown_and_undone(shell: Shell, document: str) -> None:
    old = shell("versions", document).rows[1][0]
    assert shell("versions", document, "show", old).out.endswith("0 lost\n")
    assert shell("text", document, "--all").out == MINUTES
    assert shell("undo").out == "Undone: Another text shown\n"
    assert shell("text", document, "--all").out == NEWER


def test_a_text_is_dropped_and_comes_back(shell: Shell, document: str) -> None:
    new, old = (line[0] for line in shell("versions", document).rows)
    done = shell("versions", document, "drop", new)
    assert (done.status, done.out) == (1, "")
    assert "show another one first" in done.err
    assert shell("versions", document, "drop", old).out == "Text dropped\n"
    assert len(shell("versions", document).rows) == 1
    assert "no text of the number" in shell("versions", document, "show", old).err
    shell("undo")
    assert len(shell("versions", document).rows) == 2


def test_two_texts_are_compared(shell: Shell, document: str) -> None:
    new, old = (line[0] for line in shell("versions", document).rows)
    lines = shell("versions", document, "diff", old, new).out.splitlines()
    assert lines[:2] == [f"--- text {old}", f"+++ text {new}"]
    assert "-The board met at seven. The dam will cost 41 million." in lines
    assert "+The board met at seven. The dam will cost 92 million." in lines
    assert shell("versions", document, "diff", new, new).out == ""


def test_what_is_no_document_and_no_number(shell: Shell, document: str) -> None:
    assert shell("versions", "nonsense").status == 1
    assert shell("versions", document, "show", "first").status == 2
    assert shell("versions", document, "show", "9999").status == 1
