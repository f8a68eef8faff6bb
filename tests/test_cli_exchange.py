"""`reader export` and `import`."""

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
    shell("annotate", uid, "--exact", "2031")
    return uid


def test_export_wipe_import_export(shell: Shell, other: Shell, document: str, tmp_path: Path) -> None:
    target = tmp_path / "export.json"
    done = shell("export", "-o", target)
    assert (done.status, done.out) == (0, f"2 annotations of 1 document written to {target}\n")
    foreseen = other("import", target, "--dry-run")
    assert foreseen.out.splitlines() == [
        "2 new, 0 newer, 0 the same, 0 older; 0 documents in the library, 1 not",
        "0 exactly, 0 roughly, 0 not found, 2 document not here, 0 whole document",
        "-\tnot here\t2\tMINUTES OF THE WATER BOARD",
    ]
    assert other("list").rows == []
    taken = other("import", target)
    assert (taken.status, taken.out) == (0, "2 added, 0 updated, 0 left as they are\n")
    assert "is not in this library; add its file" in taken.err
    assert other("export").data == target.read_bytes() == shell("export", "-o", "-").data
    assert other("import", target).out == "0 added, 0 updated, 2 left as they are\n"


def test_export_chooses(shell: Shell, document: str, tmp_path: Path) -> None:
    second = shell.added(tmp_path / "b.txt", "Another text.")
    shell("annotate", second, "--exact", "text", "--tag", "cost")
    assert len(shell("export").json["annotations"]) == 3
    assert len(shell("export", "--document", document).json["annotations"]) == 2
    assert len(shell("export", "--document", document, "--document", second).json["annotations"]) == 3
    assert len(shell("export", "--tag", "cost").json["annotations"]) == 2
    assert len(shell("export", "--tag", "cost", "--document", second, "--format", "passage").json["annotations"]) == 1
    assert shell("export", "--format", "docx").status == 2


def test_export_to_a_place_that_is_none(shell: Shell, document: str, tmp_path: Path) -> None:
    done = shell("export", "-o", tmp_path / "nowhere" / "x.json")
    assert (done.status, done.out) == (1, "")
    assert done.err.count("\n") == 1


def test_import_reads_standard_input(shell: Shell, other: Shell, document: str) -> None:
    assert other("import", "-", stdin=shell("export").data).status == 0
    assert other("export").data == shell("export").data


def test_a_document_without_its_text_says_so(shell: Shell, other: Shell, document: str) -> None:
    other("import", "-", stdin=shell("export").data)
    for arguments in (["text", document], ["annotate", document, "--exact", "dam"]):
        done = other(*arguments)
        assert (done.status, done.out) == (1, "")
        assert "is not in this library; add its file" in done.err


def test_import_names_what_it_left_out(shell: Shell, other: Shell, document: str) -> None:
    value = shell("export").json
    value["annotations"][0]["color"] = "teal"
    for arguments in (["import", "-", "--dry-run"], ["import", "-"]):
        done = other(*arguments, stdin=json.dumps(value))
        assert done.status == 1
        assert "annotations[0].color: “teal” is not one of" in done.err
    assert len(other("annotations").rows) == 1


def test_import_onto_a_document(shell: Shell, other: Shell, document: str, tmp_path: Path) -> None:
    uid = other.added(tmp_path / "c.txt", "Else\n\nThe dam will cost 41 million. The dam will be\nfinished in 2031.")
    assert other("import", "-", "--document", uid, stdin=shell("export").data).status == 0
    assert [row[1:4] for row in other("annotations").rows] == [[uid, "yellow", "moved"]] * 2


@pytest.mark.parametrize("data", ["", "{}", "[1", '{"format": "passage 9"}'])
def test_what_is_no_export_is_refused_in_a_sentence(shell: Shell, data: str) -> None:
    done = shell("import", "-", stdin=data)
    assert (done.status, done.out) == (1, "")
    assert done.err.count("\n") == 1
    assert shell("import", "nowhere.json").status == 1


def test_export_lists_its_forms_and_their_fields(shell: Shell) -> None:
    forms = {row[0]: row for row in shell("export", "--list").rows}
    assert set(forms) >= {"passage", "pdf", "csv", "tsv", "readwise"}
    assert "quote" in forms["csv"][4].split()


def test_export_a_table(shell: Shell, document: str, tmp_path: Path) -> None:
    found = shell("export", "--format", "csv", "--field", "quote", "--field", "tags", "--tag", "cost")
    assert (found.status, found.data) == (0, b'\xef\xbb\xbfquote,tags\r\n"41 million","cost"\r\n')
    target = tmp_path / "marks.csv"
    shell("annotate", document, "--note", "On all of it")
    done = shell("export", "--format", "readwise", "-o", target)
    assert done.out == f"2 annotations of 1 document written to {target}; 1 without words left out\n"


def test_export_says_which_documents_have_no_annotations(shell: Shell, document: str, tmp_path: Path) -> None:
    bare = tmp_path / "bare.txt"
    bare.write_text("The lock.\n", "utf-8")
    shell("add", bare)
    target = tmp_path / "out"
    done = shell("export", "--format", "html", "-o", target)
    assert done.out == f"2 annotations of 1 document written to {target}\n"
    done = shell("export", "--format", "passage", "-o", target)
    assert done.out == f"2 annotations of 1 document, and 1 document without any, written to {target}\n"


def test_export_chooses_by_colour_words_and_ids(shell: Shell, document: str) -> None:
    shell("annotate", document, "--exact", "seven", "--color", "pink")
    by = ("export", "--format", "csv", "--field", "quote")
    first = shell("annotations").rows[0][0]
    assert shell(*by, "--color", "question").out.split() == ["\ufeffquote", '"seven"']
    assert shell(*by, "--query", "2031").out.split() == ["\ufeffquote", '"2031"']
    assert shell(*by, "--annotation", first).out.split() == ["\ufeffquote", '"seven"']
    assert shell(*by, "--annotation", first, "--query", "2031").out.split() == ["\ufeffquote"]


@pytest.mark.parametrize(
    "words", [["--format", "csv", "--field", "shoe"], ["--field", "quote"], ["--format", "pdf", "--color", "pink"]]
)
def test_what_a_form_does_not_have_is_wrong_usage(shell: Shell, document: str, words: list[str]) -> None:
    done = shell("export", *words)
    assert (done.status, done.out, done.err.count("\n")) == (2, "", 1)


def test_markdown_goes_to_a_folder_and_says_what_it_did(shell: Shell, document: str, tmp_path: Path) -> None:
    vault = tmp_path / "vault"
    done = shell("export", "--format", "markdown", "-o", vault)
    assert done.status == 0, done.err
    (file,) = vault.glob("*.md")
    assert done.rows == [["written", file.name], [f"{vault}: 1 written, 0 updated, 0 unchanged"]]
    assert shell("export", "--format", "markdown", "-o", vault).out == f"{vault}: 0 written, 0 updated, 1 unchanged\n"
    assert shell("export", "--format", "markdown", "--by", "category", "-o", vault).rows[0] == ["updated", file.name]
    file.unlink()
    gone = shell("export", "--format", "markdown", "-o", vault)
    assert gone.rows[0][0] == "deleted there, kept out"
    assert not list(vault.glob("*.md"))


def test_markdown_goes_to_one_file_or_standard_output(shell: Shell, document: str, tmp_path: Path) -> None:
    target = tmp_path / "one.md"
    assert shell("export", "--format", "markdown", "-o", target).status == 0
    assert target.read_bytes() == shell("export", "--format", "markdown").data
    assert shell("export", "--format", "markdown", "--by", "size").status == 2
    assert shell("export", "--format", "csv", "--by", "chapter").status == 2


TABLE = "Book,Highlight,Comment\nMinutes,The dam will cost 41 million.,how much?\nMinutes,nothing of the kind,x\n"


def test_a_table_is_imported_by_its_columns(shell: Shell, tmp_path: Path) -> None:
    uid = shell.added(tmp_path / "minutes.txt")
    file = tmp_path / "table.csv"
    file.write_text(TABLE, "utf-8")
    how = ("import", file, "--columns", "quote=Highlight,note=comment,title=Book", "--document", uid)
    foreseen = shell(*how, "--dry-run", "--json").json
    assert foreseen["format"] == "csv"
    assert {key: number for key, number in foreseen["counts"].items() if number} == {"exactly": 1, "not found": 1}
    assert [(one["here"] != "", one["how"]) for one in foreseen["documents"]] == [(True, "chosen")]
    assert shell("annotations").rows == []
    done = shell(*how, "--leave-out-lost", "--json")
    assert (done.json["added"], done.json["lost"]) == (1, [])
    assert shell(*how, "--json").json["added"] == 1
    assert shell(*how, "--json").json["added"] == 0
    shell("undo")
    shell("undo")
    assert shell("annotations").rows == []


def test_a_document_of_the_file_is_chosen_or_left_out(shell: Shell, tmp_path: Path) -> None:
    uid = shell.added(tmp_path / "minutes.txt")
    table = "title,quote\nOne,The board met at seven.\nTwo,The dam will\n"
    done = shell("import", "-", "--match", f"One={uid}", "--match", "Two=-", "--json", stdin=table)
    assert (done.status, done.json["added"], done.json["problems"]) == (0, 1, [])
    wrong = shell("import", "-", "--match", "Three=-", stdin=table)
    assert (wrong.status, "no document “Three”" in wrong.err) == (2, True)
    assert shell("import", "-", "--columns", "quote", stdin=table).status == 2
    assert shell("import", "-", "--format", "nothing", stdin=table).status == 2


def test_the_forms_that_are_read_are_listed(shell: Shell) -> None:
    names = [row[0] for row in shell("import", "--list").rows]
    assert {"passage", "w3c", "csv"} <= set(names)


def test_a_folder_is_kept_up_to_date_with_a_filter_until_it_is_stopped(
    shell: Shell, document: str, tmp_path: Path
) -> None:
    folder = tmp_path / "notes"
    done = shell("export", "--format", "markdown", "-o", folder, "--where", "tag:cost", "--by", "category", "--keep")
    assert done.status == 0
    assert f"{folder} is kept up to date with what “tag:cost” finds" in done.out
    assert shell("export", "--keep-list").rows == [[str(folder), "kept", "what “tag:cost” finds", "category"]]
    (note,) = folder.glob("*.md")
    assert "> 41 million" in note.read_text("utf-8")
    assert "> 2031" not in note.read_text("utf-8")
    assert shell("export", "--keep-stop", folder).out == f"{folder} is no longer kept up to date\n"
    assert shell("export", "--keep-list").rows == []
    again = shell("export", "--keep-stop", folder)
    assert (again.status, again.out) == (1, "")
    assert "is not kept up to date" in again.err
    assert note.exists()


def test_what_cannot_be_kept_up_to_date_is_refused(shell: Shell, document: str, tmp_path: Path) -> None:
    folder = tmp_path / "notes"
    for more in (["--tag", "cost"], ["--query", "x"], ["--view", "x", "--where", "y"]):
        refused = shell("export", "--format", "markdown", "-o", folder, "--keep", *more)
        assert refused.status == 2
        assert "leave out the rest" in refused.err
    assert shell("export", "-o", tmp_path / "x.json", "--keep").status == 2
    assert not folder.exists()


def test_a_saved_view_goes_out(shell: Shell, document: str) -> None:
    shell("filters", "save", "Costs", "tag:cost")
    done = shell("export", "--view", "costs", "--format", "csv", "--field", "quote")
    assert done.out.splitlines()[1:] == ['"41 million"']
    assert shell("export", "--view", "none").status == 1


def test_a_project_goes_out_and_in_and_holds(shell: Shell, other: Shell, document: str, tmp_path: Path) -> None:
    refused = shell("export", "--format", "qdpx")
    assert (refused.status, refused.data) == (2, b"")
    assert "is no text: name a file for it with -o" in refused.err
    target = tmp_path / "study.qdpx"
    done = shell("export", "--format", "qdpx", "-o", target)
    assert (done.status, done.out) == (0, f"2 annotations of 1 document written to {target}\n")
    assert shell("verify", target).rows[-1][0] == "all"
    assert shell("import", target).out == "0 added, 0 updated, 2 left as they are\n"
    assert other("import", target, "--dry-run").out.startswith("2 new, ")
    taken = other("import", target)
    assert (taken.status, taken.out) == (0, "2 added, 0 updated, 0 left as they are\n")
    assert "1 text of the file added to the library." in taken.err
    assert other("annotations").rows == shell("annotations").rows
    assert other("text", document).out == shell("text", document).out
    target.write_bytes(target.read_bytes()[:-40])
    bad = other("import", target)
    assert bad.status == 1
    assert "not copied whole" in bad.err
