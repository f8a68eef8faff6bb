"""What `--json` writes is what `resources/schema/cli.md` documents: the same keys in the same order, each explained."""

import re
from pathlib import Path
from typing import Any

import pytest

from reader.resources import resource
from tests.cli_helpers import Shell

DOCUMENTATION = resource("schema", "cli.md").read_text("utf-8")


def documented(command: str) -> list[str]:
    """The keys of a command's table, each with an explanation."""
    section = DOCUMENTATION.split(f"## `{command} --json`", 1)[1].split("\n## ", 1)[0]
    rows = re.findall(r"^\| `([a-z._]+)` \| (.+) \|$", section, re.M)
    assert all(len(text) > 5 for _, text in rows)
    return [key for key, _ in rows]


def written(value: Any, prefix: str = "", inside: tuple[str, ...] = ()) -> list[str]:
    """The keys of an object, those of the parts `inside` too, in order."""
    found: list[str] = []
    for key, part in value.items():
        found.append(prefix + key)
        if prefix + key in inside:
            part = part[0] if isinstance(part, list) else part
            found += written(part, f"{prefix}{key}.", inside)
    return found


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    shell = Shell(tmp_path / "library.sqlite")
    uid = shell.added(tmp_path / "minutes.txt")
    shell("annotate", uid, "--exact", "41 million", "--tag", "cost", "--note", "گران 🌊")
    shell("annotate", uid, "--note", "About it all")
    return shell


def test_documents(shell: Shell) -> None:
    (document,) = shell("list", "--json").json
    assert written(document) == documented("list")
    assert shell("list", "--tag", "none", "--json").json == []


def test_annotations(shell: Shell) -> None:
    whole, passage = shell("annotations", "--json").json
    assert written(passage, inside=("anchor",)) == documented("annotations")
    assert list(whole) == list(passage)
    assert whole["anchor"] is None


def test_search(shell: Shell) -> None:
    found = shell("search", "million", "--json").json
    assert written(found, inside=("documents", "documents.hits")) == documented("search")
    for hit in found["documents"][0]["hits"]:
        assert [hit["snippet"][start:end].casefold() for start, end in hit["matches"]] == ["million"]
    assert shell("search", "zebra", "--json").json["documents"] == []


def test_facets(shell: Shell) -> None:
    found = shell("facets", "--where", "has:tag", "--json").json
    assert written(found, inside=("category",)) == documented("facets")
    assert found["total"] == 1
    assert found["tag"] == [{"label": "cost", "count": 1, "where": "tag:cost"}]


def test_filters(shell: Shell) -> None:
    shell("filters", "save", "To do", "no:note")
    (saved,) = shell("filters", "--json").json
    assert written(saved) == documented("filters")


def test_tags(shell: Shell) -> None:
    (tag,) = shell("tags", "--json").json
    assert written(tag) == documented("tags")


def test_json_is_utf_8_and_readable(shell: Shell) -> None:
    assert "گران 🌊".encode() in shell("annotations", "--json").data


@pytest.mark.parametrize(
    "command", ["add", "list", "annotate", "annotations", "facets", "filters", "search", "tags", "history"]
)
def test_the_fields_of_lines_are_documented(shell: Shell, command: str) -> None:
    table = DOCUMENTATION.split("## Lines", 1)[1].split("\n## ", 1)[0]
    rows = [line.strip("| ").split(" | ") for line in table.splitlines() if line.startswith("| `")]
    (fields,) = [fields.split("; ") for commands, fields in rows if f"`{command}`" in commands]
    arguments = {
        "add": [shell.library.parent / "minutes.txt"],
        "annotate": [shell("list").rows[0][0], "--exact", "2031"],
        "search": ["million"],
    }
    shell("filters", "save", "Paid", "tag:cost")
    for row in shell(command, *arguments.get(command, [])).rows:
        assert len(row) == len(fields), row
