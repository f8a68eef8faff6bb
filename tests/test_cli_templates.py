"""`reader templates` and `reader export --template`."""

from pathlib import Path

import pytest

from tests.cli_helpers import Shell


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    shell = Shell(tmp_path / "library.sqlite")
    minutes = shell.added(tmp_path / "minutes.txt")
    shell("annotate", minutes, "--exact", "41 million", "--tag", "cost", "--note", "Paid?")
    shell("annotate", minutes, "--exact", "2031")
    return shell


def test_a_template_is_begun_checked_and_used(shell: Shell, tmp_path: Path) -> None:
    assert [row[:2] for row in shell("templates").rows] == [
        ["dossier-by-tag.tex", "shipped"],
        ["quotations.txt", "shipped"],
        ["reading-notes.md", "shipped"],
    ]
    made = Path(shell("templates", "new", "mine.md", "reading-notes").out.strip())
    assert made.parent == Path(shell("templates", "folder").out.strip()) == tmp_path / "data" / "passage" / "templates"
    assert made.read_text("utf-8") == shell("templates", "show", "reading-notes").out
    made.write_text("{# Mine: for me. #}\n{% for mark in marks %}\n* {{ mark.quote }}\n{% endfor %}", "utf-8")
    assert shell("templates").rows[-1] == ["mine.md", "own", "Mine", "for me."]
    assert shell("templates", "check", "mine").out == "* 41 million\n* 2031\n"
    assert shell("export", "--template", "mine", "--tag", "cost").out == "* 41 million\n"
    done = shell("export", "--template", made, "-o", tmp_path / "out.md")
    assert (done.status, (tmp_path / "out.md").read_text("utf-8")) == (0, "* 41 million\n* 2031\n")
    assert done.out.startswith("2 annotations of 1 document written to ")


def test_one_that_is_wrong_is_a_sentence_with_the_line(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "wrong.txt.j2"
    path.write_text("\n{{ marks[0].qoute }}", "utf-8")
    for arguments in (("templates", "check", path), ("export", "--template", path)):
        done = shell(*arguments)
        assert (done.status, done.out) == (1, "")
        assert done.err == "Line 2 of the template “wrong.txt”: there is no “qoute” here; “quote” may be meant.\n"
    unknown = shell("export", "--template", "nope")
    assert (unknown.status, "There is no template “nope”; there are dossier" in unknown.err) == (1, True)


def test_what_a_template_has_not_is_refused(shell: Shell) -> None:
    assert shell("export", "--template", "quotations", "--by", "category").status == 2
    assert shell("export", "--template", "quotations", "--field", "quote").status == 2
