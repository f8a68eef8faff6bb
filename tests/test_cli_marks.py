"""`reader annotate`, `annotations`, `search` and `tags`."""

from pathlib import Path

import pytest

from tests.cli_helpers import MINUTES, Shell


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path / "library.sqlite")


@pytest.fixture
def document(shell: Shell, tmp_path: Path) -> str:
    return shell.added(tmp_path / "minutes.txt")


def at(words: str) -> str:
    start = MINUTES.index(words)
    return f"{start}-{start + len(words)}"


def test_annotate_by_words(shell: Shell, document: str) -> None:
    done = shell("annotate", document, "--exact", "41 million", "--color", "orange", "--tag", "cost", "--note", "Sure?")
    assert done.status == 0
    assert done.rows[0][1:] == [document, "orange", "exact", at("41 million"), "41 million", "Sure?", "#cost"]
    assert shell("annotations", document).rows == done.rows


def test_words_are_found_across_line_ends_and_spaces(shell: Shell, document: str) -> None:
    (row,) = shell("annotate", document, "--exact", "will be finished  in 2031").rows
    assert row[4:6] == [at("will be\nfinished in 2031"), "will be finished in 2031"]
    (mark,) = shell("annotations", "--json").json
    assert mark["anchor"]["exact"] == "will be\nfinished in 2031"


def test_words_that_occur_twice_want_their_neighbours(shell: Shell, document: str) -> None:
    done = shell("annotate", document, "--exact", "The dam")
    assert done.status == 1
    assert "2 times" in done.err
    (row,) = shell("annotate", document, "--exact", "The dam", "--prefix", "41 million. ").rows
    assert row[4].startswith(str(MINUTES.rindex("The dam")))
    (row,) = shell("annotate", document, "--exact", "The dam", "--suffix", " will cost").rows
    assert row[4].startswith(str(MINUTES.index("The dam")))


def test_words_that_overlap_themselves_count_each_time(shell: Shell, tmp_path: Path) -> None:
    uid = shell.added(tmp_path / "a.txt", "aaa and more")
    assert "2 times" in shell("annotate", uid, "--exact", "aa").err
    assert shell("annotate", uid, "--exact", "aa", "--suffix", " and").rows[0][4] == "1-3"


def test_words_that_are_not_there(shell: Shell, document: str) -> None:
    done = shell("annotate", document, "--exact", "the lake")
    assert (done.status, done.out) == (1, "")
    assert done.err.count("\n") == 1


def test_annotate_by_positions_in_code_points(shell: Shell, document: str) -> None:
    start = MINUTES.index("🌊")
    (row,) = shell("annotate", document, "--start", start, "--end", start + 1).rows
    assert row[5] == "🌊"


@pytest.mark.parametrize(("start", "end"), [(5, 5), (9, 3), (0, len(MINUTES) + 1)])
def test_positions_that_are_no_passage(shell: Shell, document: str, start: int, end: int) -> None:
    done = shell("annotate", document, "--start", start, "--end", end)
    assert done.status == 1
    assert "code points" in done.err


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--exact", "dam", "--start", "1", "--end", "2"],
        ["--start", "1"],
        ["--prefix", "The"],
        ["--exact", " "],
        ["--exact", "41 million", "--color", "teal"],
        ["--start", "x", "--end", "2"],
        ["--colour", "red"],
        ["--note", " "],
    ],
)
def test_wrong_usage_is_told_in_one_sentence(shell: Shell, document: str, arguments: list[str]) -> None:
    done = shell("annotate", document, *arguments)
    assert (done.status, done.out) == (2, "")
    assert done.err.count("\n") == 1
    assert done.err.endswith("see: reader annotate --help\n")


def test_a_note_alone_is_on_the_whole_document(shell: Shell, document: str) -> None:
    (row,) = shell("annotate", document, "--note", "-", "--tag", "later", stdin="Ask the *board*.\n").rows
    assert row[3:] == ["exact", "document", "", "Ask the *board*.", "#later"]


def test_a_category_goes_by_its_name_too(shell: Shell, document: str) -> None:
    assert shell("annotate", document, "--exact", "41 million", "--color", "FIGURE").rows[0][2] == "orange"


def test_annotations_are_filtered(shell: Shell, document: str, tmp_path: Path) -> None:
    other = shell.added(tmp_path / "other.txt", "Another text about the dam.")
    shell("annotate", document, "--exact", "41 million", "--tag", "Cost/Dam", "--color", "green")
    shell("annotate", document, "--exact", "2031", "--note", "too late")
    shell("annotate", other, "--exact", "dam")
    assert len(shell("annotations").rows) == 3
    assert [row[5] for row in shell("annotations", document).rows] == ["41 million", "2031"]
    assert [row[5] for row in shell("annotations", "--tag", "cost").rows] == ["41 million"]
    assert [row[5] for row in shell("annotations", "--color", "evidence").rows] == ["41 million"]
    assert [row[5] for row in shell("annotations", "--query", "late").rows] == ["2031"]
    assert shell("annotations", "--tag", "none").rows == []


def test_the_json_of_annotations_is_that_of_the_export(shell: Shell, document: str) -> None:
    shell("annotate", document, "--exact", "41 million", "--tag", "a", "--tag", "b", "--note", "n")
    shell("annotate", document, "--note", "whole")
    assert shell("annotations", "--json").json == shell("export").json["annotations"]


def test_search(shell: Shell, document: str) -> None:
    shell("annotate", document, "--exact", "41 million", "--note", "expensive water")
    (row,) = shell("search", "finished").rows
    assert row[0] == document
    assert row[2] == "passage"
    assert "finished" in row[3]
    assert {row[2] for row in shell("search", "expensive", "--in", "notes").rows} == {"note"}
    assert shell("search", "expensive", "--in", "text").rows == []
    nothing = shell("search", "zebra")
    assert (nothing.status, nothing.out, nothing.err) == (0, "", "Nothing found.\n")
    assert shell("search", "water", "--in", "books").status == 2


@pytest.mark.parametrize("query", ['"', "AND", "a* OR", "NEAR(", "-", "''", "سد", "🌊", "1988 \\"])
def test_no_query_breaks_the_search(shell: Shell, document: str, query: str) -> None:
    assert shell("search", "--", query).status == 0


def test_tags_are_listed_renamed_merged_and_deleted(shell: Shell, document: str) -> None:
    shell("annotate", document, "--exact", "41 million", "--tag", "cost", "--tag", "Money")
    assert [row[:2] for row in shell("tags").rows] == [["cost", "1"], ["Money", "1"]]
    assert shell("tags", "add", "later").status == 0
    assert ["later", "0"] in [row[:2] for row in shell("tags").rows]
    assert shell("tags", "delete", "later").status == 0
    assert shell("tags", "rename", "cost", "price").status == 0
    taken = shell("tags", "rename", "price", "money")
    assert taken.status == 1
    assert "merge" in taken.err
    assert shell("tags", "merge", "price", "Money").status == 0
    assert [row[:2] for row in shell("tags").rows] == [["Money", "1"]]
    assert shell("tags", "delete", "money").status == 0
    assert shell("tags", "--json").json == []
    assert shell("tags", "delete", "money").status == 1
    assert shell("tags", "rename", "money").status == 2
