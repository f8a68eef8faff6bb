"""Several marks on one passage in one file, what is no mark at all, and values nested too deep."""

import json
from itertools import permutations

import pytest

from reader.interchange import incoming
from reader.interchange.json_file import InterchangeError
from reader.model.annotation import Annotation

HEAD = "Highlight,Book Title,Book Author,Amazon Book ID,Note,Color,Tags,Location Type,Location,Highlighted at"
FIRST = "the dam,The Dam,Ada,,Who pays?,yellow,,location,40,2026-03-01 09:30:00"
SECOND = "the dam,The Dam,Ada,,Who built it?,blue,,location,40,2026-03-02 09:30:00"
THIRD = 'the dam,The Dam,Ada,,,pink,"cost,dam",location,40,2026-03-02 09:30:00'


def marks(*rows: str) -> dict[str, Annotation]:
    """The marks of a table of Readwise, by their ids; nothing of it is left out."""
    parsed = incoming.parse("\r\n".join((HEAD, *rows, "")).encode(), "readwise")
    assert (parsed.problems, parsed.notes) == ((), ())
    assert len({mark.uid for mark in parsed.annotations}) == len(parsed.annotations)
    assert parsed.placeless == {mark.uid for mark in parsed.annotations}
    return {mark.uid: mark for mark in parsed.annotations}


def test_marks_on_one_passage_all_come_in_and_have_the_same_ids_in_any_order() -> None:
    wanted = marks(FIRST, SECOND, THIRD)
    assert sorted(mark.note for mark in wanted.values()) == ["", "Who built it?", "Who pays?"]
    for rows in permutations((FIRST, SECOND, THIRD)):
        assert marks(*rows) == wanted


def test_the_first_mark_of_a_passage_keeps_its_id_when_others_join_it() -> None:
    (alone,) = marks(FIRST).values()
    assert marks(SECOND, FIRST)[alone.uid] == alone


def test_what_stands_twice_to_the_last_word_is_one_mark() -> None:
    assert len(marks(FIRST, SECOND, SECOND, FIRST, SECOND)) == 2


def test_rows_of_a_table_with_an_id_that_is_none_all_come_in() -> None:
    parsed = incoming.parse(b"id,quote,note,title\n7,the dam,a,T\n7,the dam,b,T\n7,the weir,c,T\n", "csv")
    assert parsed.problems == ()
    assert [mark.note for mark in parsed.annotations] == ["a", "b", "c"]


def test_two_records_with_one_id_of_their_program_are_named() -> None:
    item = {"key": "AAAA1111", "itemType": "annotation", "annotationType": "highlight", "annotationText": "the dam"}
    other = {**item, "annotationText": "the weir"}
    parsed = incoming.parse(json.dumps([item, other]).encode())
    assert [mark.quote for mark in parsed.annotations] == ["the dam"]
    assert parsed.problems == ("items[1]: has the id of another one in the file, and says something else",)


def test_of_two_states_of_one_record_the_later_holds() -> None:
    item = {"key": "AAAA1111", "itemType": "annotation", "annotationType": "highlight", "annotationText": "the dam"}
    first = {**item, "annotationComment": "first", "dateModified": "2026-01-01T00:00:00Z"}
    later = {**item, "annotationComment": "later", "dateModified": "2026-02-01T00:00:00Z"}
    for both in ([first, later], [later, first]):
        parsed = incoming.parse(json.dumps(both).encode())
        assert [mark.note for mark in parsed.annotations] == ["later"]


KINDLE = "T (A)\n- Your {} on Location {} | Added on Sunday, 1 March 2026 21:30:15\n\n{}\n==========\n"
LIMIT = "<You have reached the clipping limit for this item>"


@pytest.mark.parametrize(
    ("clippings", "note"),
    [
        ([("Bookmark", 3, "")], "1 bookmark has no place here."),
        ([("Bookmark", 3, ""), ("Bookmark", 4, "")], "2 bookmarks have no place here."),
        ([("Highlight", 3, LIMIT)], "1 clipping has no words: the publisher’s limit was reached."),
        (
            [("Highlight", n, LIMIT) for n in range(1200)],
            "1,200 clippings have no words: the publisher’s limit was reached.",
        ),
        ([("Highlight", 3, ""), ("Note", 9, "")], "2 clippings have no words."),
    ],
)
def test_what_is_no_mark_is_told_and_is_no_fault(clippings: list[tuple[str, int, str]], note: str) -> None:
    data = "".join(KINDLE.format(*one) for one in [("Highlight", 1, "the dam"), *clippings])
    parsed = incoming.parse(data.encode())
    assert (len(parsed.annotations), parsed.problems, parsed.notes) == (1, (), (note,))


@pytest.mark.parametrize("form", ["", "passage", "w3c", "hypothesis", "zotero", "calibre", "readest", "koreader"])
def test_json_that_is_nested_too_deep_or_broken_is_called_so(form: str) -> None:
    for data in (b"[" * 10_000 + b"]" * 10_000, b'{"annotations":' + b'{"a":' * 10_000 + b"1" + b"}" * 10_001):
        with pytest.raises(InterchangeError, match="nested far too deep"):
            incoming.parse(data, form)
    with pytest.raises(InterchangeError, match=r"not valid JSON \(line 2, column 1\)"):
        incoming.parse(b'{"annotations":\n', form)
