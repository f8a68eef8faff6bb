"""`reader correct`: words corrected, passages cut, words that ran together written apart."""

from pathlib import Path

import pytest

from reader.resources import samples
from tests.cli_helpers import Shell

TEXT = (
    "Teh board met in 1988 at the lake.\n\nSHARE THIS\n\nThe crisis came. The board met in the crisis at the lake. "
    "The1988crisis was the crisis of thelakeboard. The board saw the lake and the crisis.The board met. The lake, the "
    "board, the crisis: met. The board of the lake met at the lake.\n"
)


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path / "library.sqlite")


@pytest.fixture
def document(shell: Shell, tmp_path: Path) -> str:
    file = tmp_path / "board.txt"
    file.write_text(TEXT, "utf-8")
    return shell("add", file).rows[0][0]


def test_a_typo_is_corrected_and_undone(shell: Shell, document: str) -> None:
    shell("annotate", document, "--exact", "Teh board")
    assert shell("correct", document, "--exact", "Teh", "--with", "The").out == "1 correction made\n"
    assert shell("text", document).out == TEXT.replace("Teh", "The")
    (mark,) = shell("annotations", document, "--json").json
    assert (mark["anchor"]["exact"], mark["state"]) == ("The board", "exact")
    new, old = shell("versions", document, "--json").json
    assert (new["corrects"], old["corrects"]) == (old["number"], None)
    assert shell("undo").out == "Undone: 1 correction made\n"
    assert shell("text", document).out == TEXT


def test_a_passage_is_cut_and_its_mark_is_lost(shell: Shell, document: str) -> None:
    shell("annotate", document, "--exact", "SHARE THIS", "--note", "why?")
    start = TEXT.index("SHARE")
    done = shell("correct", document, "--start", start, "--end", start + 10, "--with", "")
    assert done.out == "Passage cut: 1 annotation lost with the words\n"
    assert shell("text", document).out == TEXT.replace("SHARE THIS\n\n", "")
    (mark,) = shell("annotations", document, "--json").json
    assert (mark["anchor"]["exact"], mark["state"], mark["note"]) == ("SHARE THIS", "lost", "why?")


def test_words_that_ran_together_are_listed_and_written_apart(shell: Shell, document: str) -> None:
    rows = shell("correct", document, "--ran-together").rows
    assert [row[1:] for row in rows] == [
        ["sure", "The1988crisis", "The 1988 crisis"],
        ["perhaps", "thelakeboard", "the lake board"],
        ["sure", "crisis.The", "crisis. The"],
    ]
    assert shell("correct", document, "--ran-together", "--apply").out == "2 corrections made\n"
    assert "The 1988 crisis was the crisis of thelakeboard" in shell("text", document).out
    assert shell("correct", document, "--ran-together", "--apply").out == "Nothing ran together for certain.\n"


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        ([], 2, "--with"),
        (["--exact", "Teh"], 2, "--with"),
        (["--exact", "Teh", "--with", "The", "--apply"], 2, "--apply"),
        (["--exact", "", "--with", "x"], 2, "--exact is empty"),
        (["--exact", "Teh", "--start", "40", "--end", "45", "--with", ""], 2, "not both"),
        (["--start", "40", "--with", "x"], 2, "belong together"),
        (["--start", "0", "--end", "3", "--prefix", "SHARE", "--with", "x"], 2, "belong to --exact"),
        (["--ran-together", "--with", "x"], 2, "alone"),
        (["--exact", "nowhere", "--with", "x"], 1, "not in the document"),
        (["--exact", "Teh", "--with", "Teh"], 1, "are what they were"),
    ],
)
def test_what_cannot_be_done_is_said(
    shell: Shell, document: str, arguments: list[str], status: int, words: str
) -> None:
    done = shell("correct", document, *arguments)
    assert (done.status, done.out) == (status, "")
    assert words in done.err


def test_the_text_of_a_pdf_is_not_corrected(shell: Shell) -> None:
    file = samples() / "seepage-under-the-east-bank.pdf"
    document = shell("add", file).rows[0][0]
    done = shell("correct", document, "--start", "10", "--end", "12", "--with", "x")
    assert (done.status, done.out) == (1, "")
    assert "The pages of a PDF are shown as they were printed" in done.err
    assert len(shell("versions", document).rows) == 1
