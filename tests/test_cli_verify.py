"""`reader verify`, and W3C on the command line."""

import json
from pathlib import Path

import pytest

from tests.cli_helpers import Shell


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path / "library.sqlite")


@pytest.fixture
def other(tmp_path: Path) -> Shell:
    return Shell(tmp_path / "other.sqlite")


@pytest.fixture
def document(shell: Shell, tmp_path: Path) -> str:
    uid = shell.added(tmp_path / "minutes.txt")
    shell("annotate", uid, "--exact", "41 million", "--tag", "cost", "--note", "گران 🌊")
    return uid


@pytest.mark.parametrize("form", ["passage", "w3c"])
def test_verify_says_what_holds(shell: Shell, other: Shell, document: str, tmp_path: Path, form: str) -> None:
    file = tmp_path / "marks"
    shell("export", "--format", form, "-o", file)
    done = shell("verify", file)
    assert (done.status, done.err) == (0, "")
    assert done.rows == [
        [document, "same", "1 exact, 0 moved, 0 lost, 0 unknown", "MINUTES OF THE WATER BOARD"],
        ["all", "", "1 exact, 0 moved, 0 lost, 0 unknown", ""],
    ]
    elsewhere = other("verify", file, "--json")
    assert (elsewhere.status, elsewhere.json["counts"]["unknown"], elsewhere.json["format"]) == (1, 1, form)
    (mark,) = elsewhere.json["documents"][0]["marks"]
    assert (mark["holds"], mark["start"]) == ("unknown", None)
    assert other("list").rows == []


def test_verify_names_what_cannot_be_read(shell: Shell, document: str) -> None:
    value = shell("export").json
    value["annotations"][0]["color"] = "teal"
    done = shell("verify", "-", stdin=json.dumps(value))
    assert done.status == 1
    assert "annotations[0].color: “teal” is not one of" in done.err
    nothing = shell("verify", "nowhere.json")
    assert (nothing.status, nothing.out, nothing.err.count("\n")) == (1, "", 1)


def test_w3c_goes_there_and_back(shell: Shell, other: Shell, document: str, tmp_path: Path) -> None:
    out = shell("export", "--format", "w3c").data
    other.added(tmp_path / "minutes.txt")
    assert other("import", "-", "--format", "w3c", stdin=out).out == "1 added, 0 updated, 0 left as they are\n"
    assert other("import", "-", stdin=out).out == "0 added, 0 updated, 1 left as they are\n"
    assert other("export").data == shell("export").data
    assert other("import", "-", "--format", "passage", stdin=out).status == 1


def test_a_folder_of_markdown_is_verified(shell: Shell, document: str, tmp_path: Path) -> None:
    shell("export", "--format", "markdown", "-o", tmp_path / "vault")
    done = shell("verify", tmp_path / "vault")
    assert (done.status, done.err) == (0, "")
    assert done.rows[0] == [document, "same", "1 exact, 0 moved, 0 lost, 0 unknown", "MINUTES OF THE WATER BOARD"]
    (file,) = (tmp_path / "vault").glob("*.md")
    file.write_text(file.read_text("utf-8").replace("> 41 million", "> 41 thousand persons"), "utf-8")
    changed = shell("verify", tmp_path / "vault")
    assert (changed.status, changed.rows[-1]) == (1, ["all", "", "0 exact, 0 moved, 1 lost, 0 unknown", ""])
