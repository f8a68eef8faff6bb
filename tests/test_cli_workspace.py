"""`reader annotations --where`, `facets` and `filters`."""

from pathlib import Path

import pytest

from tests.cli_helpers import Shell


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    shell = Shell(tmp_path / "library.sqlite")
    minutes, other = shell.added(tmp_path / "minutes.txt"), shell.added(tmp_path / "b.txt", "Another text, on the dam.")
    shell("annotate", minutes, "--exact", "41 million", "--tag", "Cost/Dam", "--color", "figure", "--note", "Paid?")
    shell("annotate", minutes, "--exact", "2031", "--tag", "cost", "--note", "far off")
    shell("annotate", other, "--exact", "dam", "--color", "pink")
    return shell


def quotes(shell: Shell, *arguments: str) -> list[str]:
    done = shell("annotations", *arguments)
    assert done.status == 0, done.err
    return [row[5] for row in done.rows]


def test_annotations_by_a_filter(shell: Shell) -> None:
    assert quotes(shell, "--where", "tag:cost") == ["41 million", "2031"]
    assert quotes(shell, "--where", "tag:cost -tag:cost/dam") == ["2031"]
    assert quotes(shell, "--where", "category:figure has:note") == ["41 million"]
    assert quotes(shell, "--where", "paid") == ["41 million"]
    assert quotes(shell, "--where", "tag:cost", "--color", "orange") == ["41 million"]
    assert quotes(shell, "--where", "-tag:none", "--tag", "cost/dam") == ["41 million"]
    uid = shell("annotations", "--where", "dam no:tag").rows[0][1]
    assert quotes(shell, uid, "--where", "-x") == ["dam"]
    assert [mark["tags"] for mark in shell("annotations", "--where", "no:tag", "--json").json] == [[]]


def test_an_export_takes_a_filter_as_it_is(shell: Shell) -> None:
    def exported(*arguments: str) -> list[str]:
        return [mark["anchor"]["exact"] for mark in shell("export", *arguments).json["annotations"]]

    assert exported("--where", "tag:cost has:note") == ["41 million", "2031"]
    assert exported("--where", "tag:cost", "--query", "far") == ["2031"]
    assert exported("--where", "milion") == []
    assert shell("export", "--where", "state:gone").status == 2


def test_annotations_in_an_order(shell: Shell) -> None:
    assert quotes(shell, "--sort", "quote") == ["2031", "41 million", "dam"]
    assert quotes(shell, "--sort", "quote", "--reverse") == ["dam", "41 million", "2031"]
    assert quotes(shell, "--sort", "category") == ["2031", "dam", "41 million"]
    assert shell("annotations", "--sort", "size").status == 2


def test_a_slip_is_told(shell: Shell) -> None:
    done = shell("annotations", "--where", "milion")
    assert [row[5] for row in done.rows] == ["41 million"]
    assert done.err == "Nothing meets that exactly: “milion” was taken for “million”.\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ("annotations", "--where", "colour:red"),
        ("annotations", "--where", "x", "--query", "y"),
        ("facets", "--where", "since:tomorrow"),
        ("filters", "save", "x", "state:gone"),
        ("filters", "save", "x"),
    ],
)
def test_words_that_are_no_filter_are_wrong_usage(shell: Shell, arguments: tuple[str, ...]) -> None:
    done = shell(*arguments)
    assert (done.status, done.out) == (2, "")
    assert done.err.count("\n") == 1


def test_a_category_that_there_is_not_is_told(shell: Shell) -> None:
    done = shell("facets", "--where", "category:chart")
    assert done.status == 1
    assert "there are Claim" in done.err


def test_facets(shell: Shell) -> None:
    rows = shell("facets").rows
    assert ["category", "Figure", "1", "color:orange"] in rows
    assert ["tag", "cost", "2", "tag:cost"] in rows
    assert ["tag", "Cost/Dam", "1", "tag:Cost/Dam"] in rows
    assert ["filled", "no note", "1", "no:note"] in rows
    for _, _, count, where in rows:
        assert len(quotes(shell, "--where", where)) == int(count), where
    assert ["state", "exact", "1", "state:exact"] in shell("facets", "--where", "no:tag").rows


def test_filters_are_saved_listed_and_deleted(shell: Shell) -> None:
    assert shell("filters", "save", "To do", '"dam"   no:note').out == "Filter “To do” saved\n"
    assert shell("filters").rows == [["To do", '"dam" no:note', "document", ""]]
    assert shell("filters", "rename", "to DO", "Later").out == "Filter “to DO” renamed to “Later”\n"
    assert shell("filters", "save", "later", "", "--sort", "changed", "--reverse", "--group", "tag").status == 0
    assert shell("filters").rows == [["Later", "", "changed reversed", "tag"]]
    assert shell("filters", "delete", "later").out == "Filter “Later” deleted\n"
    assert shell("filters", "--json").json == []
    assert shell("filters", "delete", "To do").status == 1


def test_tags_are_moved_split_and_tidied(shell: Shell) -> None:
    assert (
        shell("tags", "split", "cost", "late", "--where", "far", "--dry-run").out
        == "1 annotation would be tagged anew.\n"
    )
    assert shell("tags", "split", "cost", "late", "--where", "far").status == 0
    assert [row[0] for row in shell("tags").rows] == ["cost", "Cost/Dam", "late"]
    assert shell("tags", "unused").rows == []
    shell("tags", "move", "Cost/Dam", "late")
    assert shell("tags", "unused").rows == [["cost"]]
    shell("tags", "rename", "late/Dam", "costs")
    assert shell("tags", "twins").rows == [["costs", "cost", "100"]]
    would = shell("tags", "merge", "costs", "late", "--dry-run")
    assert would.out.startswith("1 annotation and 0 documents would be tagged anew")
    assert shell("tags", "unused", "--delete").out == "1 unused tag deleted\n"
    assert [row[:2] for row in shell("tags").rows] == [["costs", "1"], ["late", "1"]]
    assert shell("tags", "split", "late", "x", "--where", "state:gone").status == 2
    assert shell("tags", "split", "late", "x", "--where", "nowhere").status == 1
    assert shell("tags", "move", "late", "late/x").status == 1


@pytest.mark.parametrize("name", ["book.csv", "book.qdc"])
def test_a_codebook_goes_out_and_comes_in(shell: Shell, tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    assert shell("tags", "export", file).out == f"2 tags written to {file}\n"
    other = Shell(tmp_path / "other.sqlite")
    would = other("tags", "import", file, "--dry-run").rows
    assert [(what, tag.casefold()) for what, tag in would] == [("added", "cost"), ("added", "cost/dam")]
    assert other("tags").rows == []
    assert other("tags", "import", "-", stdin=file.read_bytes()).status == 0
    form = name.rpartition(".")[2]
    assert other("tags", "export", "-", "--format", form).data == shell("tags", "export", "-", "--format", form).data
    assert other("tags", "import", "-", stdin=b"tag,color\ncost,#112233\n").rows == [["changed", "cost"]]
    kept = other("tags", "import", "-", stdin=b"tag,color\ncost,#445566\n")
    assert kept.rows == [["kept", "cost"]]
    assert "--replace" in kept.err
    assert other("tags", "import", tmp_path / "none.csv").status == 1
