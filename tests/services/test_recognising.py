"""Documents of other programs' files are recognised by what they are called, and by their words."""

import csv
from io import StringIO
from pathlib import Path
from random import Random

import pytest

from reader.model.annotation import AnchorState
from reader.model.document import Metadata
from reader.model.errors import Cancelled, ReaderError
from reader.services.import_plan import LEFT_OUT
from reader.services.import_preview import Becomes, ImportPreview, Stands
from reader.services.library import Library
from reader.services.recognising import How
from tests.bench.anchoring_texts import english
from tests.services.exchange_helpers import add

TEXT = english(Random(4), 6000)
QUOTES = [" ".join(TEXT[at : at + 90].split()) for at in range(600, 5000, 900)]


def table(*quotes: str, **columns: str) -> bytes:
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(["quote", "note", *columns])
    writer.writerows([quote, "", *columns.values()] for quote in quotes)
    return out.getvalue().encode()


@pytest.fixture
def here(library: Library, tmp_path: Path) -> str:
    add(library, tmp_path / "else.txt", english(Random(8), 3000))
    uid = add(library, tmp_path / "the lake.txt", TEXT)
    about = Metadata(
        "The Lake: A History", ("Ada Lee",), url="https://www.example.org/lake/", identifiers=("isbn:0306406152",)
    )
    library.documents.edit(uid, metadata=about)
    return uid


def how(preview: ImportPreview) -> tuple[str, How]:
    (document,) = preview.documents
    return document.here, document.how


@pytest.mark.parametrize(
    ("columns", "wanted"),
    [
        ({"url": "http://example.org/lake?utm_source=mail#top"}, How.ADDRESS),
        ({"url": "urn:isbn:978-0-306-40615-7"}, How.NUMBER),
        ({"title": "The lake", "authors": "Lee, Ada"}, How.TITLE),
        ({"title": "the_lake.txt", "url": "file:///elsewhere/the%20lake.txt"}, How.TITLE),
        ({"title": "Another name for it"}, How.QUOTES),
    ],
)
def test_a_document_is_recognised(library: Library, here: str, columns: dict[str, str], wanted: How) -> None:
    preview = library.exchange.preview(table(*QUOTES, **columns))
    assert how(preview) == (here, wanted)
    assert preview.count(Stands.EXACTLY) == len(QUOTES)


def test_a_title_alone_is_not_enough_where_the_words_are_others(library: Library, here: str) -> None:
    preview = library.exchange.preview(
        table("These are words of some other book", "and so are these", title="The Lake")
    )
    assert how(preview) == ("", How.NOT_HERE)
    assert [record.becomes for record in preview.records] == [Becomes.LEFT_OUT] * 2
    assert "is not in this library: 2 annotations were left out" in preview.problems[0]


def test_a_preview_says_of_each_record_what_an_import_then_does(library: Library, here: str) -> None:
    altered = QUOTES[1][:30] + "XY" + QUOTES[1][32:]
    data = table(QUOTES[0], altered, "words that nobody ever wrote in it", QUOTES[2], QUOTES[3], title="The Lake")
    before = library.exchange.dumps()
    file = library.exchange.read(data)
    told: list[tuple[int, int]] = []
    preview = library.exchange.preview(file, progress=lambda *counts: told.append(counts))
    assert library.exchange.dumps() == before
    assert told[-1] == (5, 5)
    stands = [record.stands for record in preview.records]
    assert stands == [Stands.EXACTLY, Stands.ROUGHLY, Stands.LOST, Stands.EXACTLY, Stands.EXACTLY]
    assert preview.records[1].there.endswith(QUOTES[1])
    assert preview.records[1].quote == altered
    report = library.exchange.import_file(file)
    assert report.lost == (preview.records[2].uid,)
    marks = {mark.uid: mark for mark in library.annotate.of_document(here)}
    states = [marks[record.uid].state for record in preview.records]
    assert states == [AnchorState.EXACT, AnchorState.MOVED, AnchorState.LOST, AnchorState.EXACT, AnchorState.EXACT]
    again = library.exchange.preview(data)
    assert (again.new, again.newer, again.same) == (0, 0, 5)


def test_a_document_may_be_chosen_or_left_out_and_what_is_lost_left_out(library: Library, here: str) -> None:
    data = table(QUOTES[0], "nowhere at all in this text", title="Unknown", url="https://example.org/unknown")
    file = library.exchange.read(data)
    (uid,) = [record.uid for record in file.parsed.documents]
    other = next(one.uid for one in library.documents.list() if one.uid != here)
    wrong = library.exchange.preview(file, choices={uid: other})
    assert (how(wrong), wrong.count(Stands.LOST)) == ((other, How.CHOSEN), 2)
    assert library.exchange.preview(file, choices={uid: LEFT_OUT}).new == 0
    right = library.exchange.preview(file, choices={uid: here})
    assert (right.count(Stands.EXACTLY), right.count(Stands.LOST)) == (1, 1)
    report = library.exchange.import_file(file, choices={uid: here}, keep_lost=False)
    assert (report.added, report.lost) == (1, ())
    assert "1 annotation was not found" in report.notes[0]
    assert report.notes[0].endswith("left out.")
    with pytest.raises(ReaderError, match="not in the library any more"):
        library.exchange.preview(file, choices={uid: "nobody"})


@pytest.mark.parametrize("times", [0, 1, 3, 7])
def test_a_preview_is_given_up_anywhere(library: Library, here: str, times: int) -> None:
    asked: list[int] = []

    def cancelled() -> bool:
        asked.append(1)
        return len(asked) > times

    with pytest.raises(Cancelled):
        library.exchange.preview(table(*QUOTES, title="The Lake"), cancelled=cancelled)


def test_what_is_deleted_meanwhile_is_told_and_nothing_is_written(library: Library, here: str) -> None:
    file = library.exchange.read(table(*QUOTES, title="The Lake"))
    library.exchange.preview(file)
    library.documents.remove([here])
    report = library.exchange.import_file(file)
    assert report.added == 0
    assert "is not in this library" in report.problems[0]
