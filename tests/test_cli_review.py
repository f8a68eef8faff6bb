"""`reader review`: list what moved and what was lost, and decide on it."""

from pathlib import Path

import pytest

from tests.cli_helpers import MINUTES, Shell

NEWER = "A new first line.\n\n" + MINUTES.replace("41 million", "92 million").replace("at seven", "at half past seven")


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path / "library.sqlite")


@pytest.fixture
def document(shell: Shell, tmp_path: Path) -> str:
    """A document whose file was saved again with other words, with a mark that moved and one that was lost."""
    file = tmp_path / "minutes.txt"
    document = shell.added(file)
    for words in ("41 million", "The board met"):
        assert shell("annotate", document, "--exact", words).status == 0
    file.write_text(NEWER, "utf-8")
    assert shell("add", file).rows[0][1] == "changed"
    return document


def test_what_moved_and_what_was_lost_is_listed(shell: Shell, document: str) -> None:
    rows = {row[2]: row for row in shell("review", document).rows}
    assert set(rows) == {"moved", "lost"}
    assert rows["moved"][1] == rows["lost"][1] == document
    assert rows["moved"][3].endswith("%")
    assert rows["moved"][4:] == ["The board met", "The board met"]
    assert rows["lost"][3:] == ["-", "41 million", ""]
    assert shell("review").rows == shell("review", document).rows
    found = {one["annotation"]["state"]: one for one in shell("review", "--json").json}
    assert found["moved"]["same_words"]
    assert found["moved"]["now"]["words"] == "The board met"
    assert found["lost"]["now"] is None
    assert found["lost"]["was"]["words"] == "41 million"


def test_marks_are_accepted_and_kept_as_lost(shell: Shell, document: str) -> None:
    rows = {row[2]: row for row in shell("review", document).rows}
    done = shell("review", "--accept", rows["moved"][0], "--keep-lost", rows["lost"][0])
    assert (done.status, done.out) == (0, "1 passage accepted\n1 annotation kept as lost\n")
    assert shell("review", document).out == ""
    states = [row[3] for row in shell("annotations", document).rows]
    assert sorted(states) == ["exact", "lost"]
    assert shell("undo").status == shell("undo").status == 0
    assert len(shell("review", document).rows) == 2


def test_all_of_a_kind_are_decided_on_at_once(shell: Shell, document: str) -> None:
    assert shell("review", document, "--all-moved").out == "1 passage accepted\n"
    done = shell("review", document, "--all-moved")
    assert (done.status, done.out) == (0, "")
    assert "nothing of that kind" in done.err
    assert shell("review", "--all-lost").out == "1 annotation kept as lost\n"


def test_what_cannot_be_done_is_said(shell: Shell, document: str) -> None:
    lost = next(row[0] for row in shell("review", document).rows if row[2] == "lost")
    done = shell("review", "--accept", lost)
    assert done.status == 1
    assert "has moved" in done.err
    assert shell("review", "--accept", "nothing-like-it").status == 1
    assert shell("review", "--all-moved", "--json").status == 2
