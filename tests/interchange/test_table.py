"""CSV, TSV and Readwise CSV, as the csv module of the standard library reads them."""

import csv
import re
from dataclasses import replace
from io import StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.interchange.forms import form
from reader.interchange.outgoing import Mark, Outgoing
from reader.interchange.readwise import COLUMNS
from reader.interchange.rows import FORMULA, ROWS_A_PIECE, pieces
from reader.interchange.table import FIELDS
from reader.model.annotation import AnchorState
from reader.model.document import Metadata
from tests.interchange.outgoing_helpers import DOCUMENT, OUTGOINGS, SOME, TEXT, made, outgoing, written

DELIMITERS = {"csv": ",", "tsv": "\t", "readwise": ","}


def rows(name: str, out: Outgoing) -> list[list[str]]:
    text = written(name, out)
    return list(csv.reader(StringIO(text, newline=""), delimiter=DELIMITERS[name], strict=True))


def dicts(name: str, out: Outgoing) -> list[dict[str, str]]:
    head, *found = rows(name, out)
    head[0] = head[0].removeprefix("\ufeff")
    return [dict(zip(head, row, strict=True)) for row in found]


@pytest.mark.parametrize("name", ["csv", "tsv"])
def test_a_row_says_what_a_person_wants_to_know(name: str) -> None:
    cost, ready, whole = dicts(name, outgoing(*SOME))
    assert cost["quote"] == "41 million"
    assert (cost["title"], cost["authors"], cost["document_tags"]) == ("Minutes", "Ada Lee; Bo", "water")
    assert (cost["tags"], cost["category"], cost["color"]) == ("cost/dam; later", "Figure", "orange")
    assert (cost["note"], cost["headings"], ready["chapter"]) == ("Says who?", "Costs", "Time")
    assert TEXT[int(cost["start"]) : int(cost["end"])] == "41 million"
    assert (cost["offset_unit"], cost["text_sha256"]) == ("code points", "cd" * 32)
    assert int(cost["text_length"]) == len(TEXT)
    assert [(row["number"], row["total"]) for row in (cost, ready, whole)] == [("1", "3"), ("2", "3"), ("3", "3")]
    assert cost["link"] == f"passage://annotation/{cost['annotation']}"
    assert (whole["quote"], whole["start"], whole["headings"], whole["note"]) == ("", "", "", "On all of it")


@pytest.mark.parametrize("name", ["csv", "tsv"])
def test_fields_stand_in_the_order_in_which_they_are_wanted(name: str) -> None:
    found = rows(name, outgoing(*SOME, fields=("note", "quote")))
    assert found[:2] == [["\ufeffnote", "quote"], ["Says who?", "41 million"]]


@pytest.mark.parametrize("name", ["csv", "tsv"])
def test_it_begins_so_that_excel_knows_utf_8(name: str) -> None:
    assert written(name, outgoing()).encode().startswith(b"\xef\xbb\xbfnumber")


@pytest.mark.parametrize("name", ["csv", "tsv", "readwise"])
def test_who_cuts_at_commas_semicolons_and_tabs_alike_finds_the_same_cells(name: str) -> None:
    # As LibreOffice does at first, whatever a file is called.
    awkward = made(4, "2031", note="a; b, c\td", tags=("x", "y"))
    text = written(name, outgoing(*SOME, awkward))
    bare = re.sub(r'"(?:[^"]|"")*"', "", text)
    assert not set(",;\t") & set(bare) - {DELIMITERS[name]}


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r", "＝"])
@pytest.mark.parametrize("name", ["csv", "tsv", "readwise"])
def test_nothing_in_a_document_is_run_by_a_spreadsheet(name: str, first: str) -> None:
    hostile = first + 'HYPERLINK("http://example.org";"x")'
    document = DOCUMENT.__class__(DOCUMENT.uid, "text", DOCUMENT.metadata.__class__(hostile, (hostile,)), (hostile,))
    marks = made(1, "2031", note=hostile, tags=(hostile,))
    for row in rows(name, outgoing(marks, document=document)):
        assert not [cell for cell in row if cell[:1] in FORMULA and cell]


@given(OUTGOINGS)
@settings(max_examples=25)
def test_every_cell_is_read_again(out: Outgoing) -> None:
    marks = list(out.marks())
    for name in ("csv", "tsv"):
        found = dicts(name, out)
        assert len(found) == len(marks)
        for row, mark in zip(found, marks, strict=True):
            assert {key: undone(value) for key, value in row.items()} == expected(mark)


@pytest.mark.parametrize("name", ["csv", "tsv"])
def test_each_mark_is_put_below_its_own_document_and_headings(name: str) -> None:
    other = replace(DOCUMENT, uid="01890000-0000-7000-8000-00000000000b", metadata=Metadata("Letter"), text=None)
    there = [replace(made(number, words), document_uid=other.uid) for number, words in enumerate(("2031", ""), 5)]
    lost = made(4, "2031", state=AnchorState.LOST)
    placed = outgoing(*SOME[:2], made(7, "Time"), lost, made(8, "41 million"), *there)
    both = replace(placed.snapshot, documents=(DOCUMENT, other))
    found = dicts(name, Outgoing(both, placed.total, placed.exported, placed.contents))
    assert [row["headings"] for row in found] == ["Costs", "Time", "Time", "", "Costs", "Time", ""]
    assert [row["title"] for row in found] == ["Minutes"] * 5 + ["Letter"] * 2
    assert [row["text_length"] for row in found] == [str(len(TEXT))] * 5 + [""] * 2


VALUES = st.lists(
    st.text() | st.sampled_from(['"', '""', "a,b", "\r\n", "\t"]) | st.integers() | st.floats(), min_size=1
)


@given(st.lists(VALUES), st.sampled_from(",\t"))
def test_a_table_is_what_the_csv_module_writes(values: list[list[str | int | float]], delimiter: str) -> None:
    text = StringIO(newline="")
    csv.writer(text, delimiter=delimiter, quoting=csv.QUOTE_NONNUMERIC).writerows(values)
    assert "".join(pieces(values, delimiter=delimiter)) == text.getvalue()


def expected(mark: Mark) -> dict[str, str]:
    return {name: undone(str(cell(mark))) for name, cell in FIELDS.items()}


def undone(cell: str) -> str:
    """A cell without what keeps it from being a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in FORMULA else cell


@given(OUTGOINGS)
@settings(max_examples=20)
def test_readwise_gets_every_quote(out: Outgoing) -> None:
    left_out: list[Mark] = []
    counting = Outgoing(out.snapshot, out.total, out.exported, out.contents, leave_out=left_out.append)
    found = dicts("readwise", counting)
    marks = [mark for mark in out.marks() if mark.words.strip()]
    assert [row["Highlight"].removeprefix(" ") for row in found] == [mark.words.removeprefix(" ") for mark in marks]
    assert len(found) + len(left_out) == out.total


def test_readwise_has_its_own_columns_and_takes_tags_from_notes() -> None:
    head, cost, ready = rows("readwise", outgoing(*SOME))
    assert tuple(head) == COLUMNS == ("Highlight", "Title", "Author", "URL", "Note", "Location", "Date")
    assert cost[:5] == [
        "41 million",
        "Minutes",
        "Ada Lee, Bo",
        "https://example.org/minutes",
        ".cost_dam .later\nSays who?",
    ]
    assert cost[5:] == [str(TEXT.index("41 million")), "2026-02-01 10:00:01"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", ready[6])


def test_pieces_stay_small() -> None:
    many = outgoing(*(made(number % 60, "2031") for number in range(2 * ROWS_A_PIECE)))
    assert [piece.count("\n") for piece in form("csv").pieces(many)] == [1, ROWS_A_PIECE, ROWS_A_PIECE]
