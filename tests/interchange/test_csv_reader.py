"""Tables of any make: encoding, delimiter and columns are guessed, or said; rows that cannot be used are named."""

from contextlib import suppress

import pytest
from hypothesis import given as any_
from hypothesis import strategies as st

from reader.interchange import csv_reader, tables
from reader.interchange.given import Given
from reader.interchange.json_file import InterchangeError
from reader.interchange.records import Parsed
from reader.model.annotation import Color


def read(text: str, encoding: str = "utf-8", **columns: str) -> Parsed:
    return csv_reader.read(Given(text.encode(encoding), columns or None))


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_way_it_is_written_is_found_out(delimiter: str, encoding: str) -> None:
    rows = [["Title", "Highlight", "Comment", "Tags"], ["Über", "Größe zählt überall", "müde Idee", '"eins"']] * 1
    rows += [["Über", f"Straße Nummer {n} führt weiter", "schön", '"a; b"'] for n in range(9)]
    found = read("\r\n".join(delimiter.join(row) for row in rows), encoding)
    assert found.problems == ()
    assert [mark.quote for mark in found.annotations][:2] == ["Größe zählt überall", "Straße Nummer 0 führt weiter"]
    assert found.annotations[0].note == "müde Idee"
    assert found.annotations[1].tags == ("a", "b")
    assert [record.metadata.title for record in found.documents] == ["Über"]
    assert found.foreign
    assert found.placeless == {mark.uid for mark in found.annotations}


def test_columns_may_be_said() -> None:
    found = read("A,B,C\none,two,three\n", quote="B", note="c")
    assert [(mark.quote, mark.note) for mark in found.annotations] == [("two", "three")]


@pytest.mark.parametrize("columns", [{"quote": "D"}, {"qoute": "A"}, {"title": "A"}])
def test_columns_that_cannot_be_are_answered_with_those_that_can(columns: dict[str, str]) -> None:
    with pytest.raises(InterchangeError, match="choose among"):
        read("A,B,C\none,two,three\n", **columns)


def test_without_a_known_name_somebody_has_to_say() -> None:
    data = Given(b"A,B\none,two\n")
    assert csv_reader.recognises(data)
    with pytest.raises(InterchangeError, match="which column holds the quotes"):
        csv_reader.read(data)


def test_a_second_reading_has_the_same_ids_and_twins_have_their_own() -> None:
    text = "quote,note,title\nsame,,T\nsame,,T\nother,x,T\n"
    first, second = read(text), read(text)
    assert first == second
    assert len({mark.uid for mark in first.annotations}) == 3


def test_colours_times_and_context() -> None:
    found = read(
        "quote,color,created,before,after\nlake,#2ea8e5,2026-01-02 03:04:05+01:00,the ,is\nsea,nothing,never,,\n"
    )
    lake, sea = found.annotations
    assert (lake.color, lake.created) == (Color.BLUE, "2026-01-02T02:04:05.000Z")
    assert lake.anchor
    assert (lake.anchor.prefix, lake.anchor.suffix) == ("the ", "is")
    assert (sea.color, sea.created) == (Color.YELLOW, "")


def test_a_row_without_words_is_named_by_its_line() -> None:
    found = read('quote,note\n"two\nlines",x\n,\n  ,\n,a note alone\n""," "\nlast,\n')
    assert [mark.quote for mark in found.annotations] == ["two\nlines", "", "last"]
    assert found.problems == ()
    named = read("quote,note,title\n,,T\n")
    assert named.problems == ("line 2: has neither words to find the passage by nor a note",)


@pytest.mark.parametrize("data", [b"", b"{}", b"[1,2]", b"one line of prose, with a comma", b"a,b\n", b"\0\1\2,\0"])
def test_what_is_no_table_is_not_taken_for_one(data: bytes) -> None:
    assert not csv_reader.recognises(Given(data))


def test_a_table_that_breaks_off_is_named_with_its_line() -> None:
    with pytest.raises(InterchangeError, match="line"):
        read('quote,note\none,two\n"three,four\n')


@any_(st.lists(st.tuples(st.text(max_size=20), st.text(max_size=20)), min_size=1, max_size=8))
def test_whatever_cells_hold_nothing_breaks(rows: list[tuple[str, str]]) -> None:
    cells = [[cell.replace('"', '""') for cell in row] for row in rows]
    text = "quote,note\r\n" + "".join(f'"{a}","{b}"\r\n' for a, b in cells)
    try:
        found = csv_reader.read(Given(text.encode("utf-8", "surrogatepass")))
    except InterchangeError:
        return
    assert len(found.annotations) + len(found.problems) <= len(rows)


@any_(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    given = Given(data)
    if tables.looks_like_table(given):
        with suppress(InterchangeError):
            csv_reader.read(given)


@pytest.mark.parametrize(
    ("cells", "wanted"),
    [
        (["14.03.2024 09:30"], ["2024-03-14T09:30"]),
        (["1.3.24"], ["2024-03-01T00:00"]),
        (["2024/03/14", "2024-03-14 09:30:00 UTC"], ["2024-03-14T00:00", "2024-03-14T09:30"]),
        (["3/4/2024 9:30 PM", "3/14/24"], ["2024-03-04T21:30", "2024-03-14T00:00"]),
        (["3/4/2024", "14/3/2024 9:30"], ["2024-04-03T00:00", "2024-03-14T09:30"]),
        (["Mar 14, 2024", "14 mars 2024 à 09:30"], ["2024-03-14T00:00", "2024-03-14T09:30"]),
        (["3/4/2024"], [""]),
        (["3/14/2024", "14/3/2024"], ["", ""]),
        (["31.02.2024", "0/0/0", "soon", "٣.٣.٢٠٢٤"], ["", "", "", ""]),
    ],
)
def test_dates_as_spreadsheets_write_them(cells: list[str], wanted: list[str]) -> None:
    found = read("quote;created\n" + "".join(f"words {n};{cell}\n" for n, cell in enumerate(cells)))
    assert [mark.created[:16] for mark in found.annotations] == wanted


def test_what_a_spreadsheet_and_a_program_put_round_a_table() -> None:
    told = read("sep=;\r\nQuote;Note\r\nthe lake;deep\r\n;\r\n")
    assert [(mark.quote, mark.note) for mark in told.annotations] == [("the lake", "deep")]
    numbered = read(",Quote,Note,Note\n0,the lake,deep,cold\n")
    assert [(mark.quote, mark.note) for mark in numbered.annotations] == [("the lake", "deep")]
    named = tables.table(Given(b",Quote,Note,Note\n0,the lake,deep,cold\n")).names
    assert named == ("Column 1", "Quote", "Note", "Note (column 4)")
    for text in (
        "sep=;\nQuote;Note\nthe lake;deep\n",
        ",Quote,Note,Note\n0,the lake,deep,cold\n",
        "Highlight\nthe lake\n",
    ):
        assert csv_reader.recognises(Given(text.encode()))
    with pytest.raises(InterchangeError, match="line 3"):
        read('sep=;\nQuote;Note\n"the lake;deep\n')


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "cp1251"])
def test_other_languages_in_other_encodings(encoding: str) -> None:
    found = read("Цитата;Заметка;Книга\nВода стоит у подножия стены и молчит;верно;Озеро\n", encoding)
    assert [(mark.quote, mark.note) for mark in found.annotations] == [
        ("Вода стоит у подножия стены и молчит", "верно")
    ]
    assert found.documents[0].metadata.title == "Озеро"
