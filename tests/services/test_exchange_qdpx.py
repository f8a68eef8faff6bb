"""REFI-QDA projects out of a library and into one: with texts that are here, and with those that are brought along."""

from pathlib import Path

import pytest

from reader.model.annotation import Color
from reader.services.import_preview import Stands
from reader.services.library import Library
from tests.interchange.qdpx_helpers import opened, project
from tests.interchange.test_qdpx_reader import CODES, WORDS, selection, source
from tests.services.exchange_helpers import MINUTES, add, mark, quotes

FILE = project(
    CODES + source(selection(1, 4, 7) + selection(2, 18, 28)).replace('"Interview"', '"Interview.docx"'),
    {"Sources/t.txt": WORDS.replace("\n", "\r\n").encode()},
)


@pytest.fixture
def other(tmp_path: Path):
    library = Library.open(tmp_path / "other.sqlite")
    yield library
    library.close()


@pytest.fixture
def minutes(library: Library, tmp_path: Path) -> str:
    uid = add(library, tmp_path / "minutes.txt", "🌊 " + MINUTES)
    mark(library, uid, "41 million", tags=["cost/dam"], color=Color.ORANGE, note="Says who?")
    mark(library, uid, "Residents")
    library.annotate.note_document(uid, "On all of it")
    return uid


def exported(library: Library, target: Path, **choice: object) -> bytes:
    library.exchange.export(target, form="qdpx", **choice)  # type: ignore[arg-type]
    return target.read_bytes()


def test_every_selection_is_its_quote(library: Library, minutes: str, tmp_path: Path) -> None:
    found = opened(exported(library, tmp_path / "a.qdpx"))
    marks = {one.uid: one.quote for one in library.annotate.select() if one.anchor}
    assert found.quotes() == marks
    assert found.texts() == {minutes: library.documents.open(minutes).document.text}


def test_only_what_is_chosen_goes_out(library: Library, minutes: str, tmp_path: Path) -> None:
    add(library, tmp_path / "unmarked.txt", "Not marked")
    found = opened(exported(library, tmp_path / "a.qdpx", tags=["cost"]))
    assert list(found.quotes().values()) == ["41 million"]
    assert list(found.texts()) == [minutes]
    assert len(opened(exported(library, tmp_path / "b.qdpx")).texts()) == 2


def test_a_library_comes_back_from_its_project(library: Library, other: Library, minutes: str, tmp_path: Path) -> None:
    data = exported(library, tmp_path / "a.qdpx")
    report = other.exchange.import_file(data)
    assert (report.added, report.problems) == (3, ())
    assert report.notes == ("1 text of the file added to the library.",)
    assert list(other.annotate.select()) == list(library.annotate.select())
    assert other.documents.open(minutes).document.text == library.documents.open(minutes).document.text
    assert [(one.title, one.tags) for one in other.documents.list()] == [
        (one.title, one.tags) for one in library.documents.list()
    ]
    assert not other.integrity()


def test_a_second_import_adds_nothing_and_one_undo_takes_all_back(library: Library) -> None:
    assert library.exchange.import_file(FILE).added == 2
    again = library.exchange.import_file(FILE)
    assert (again.added, again.updated, again.skipped, again.notes) == (0, 0, 2, ())
    assert [document.title for document in library.documents.list()] == ["Interview"]
    library.history.undo()
    assert library.documents.list() == []
    assert quotes(library) == []
    library.history.redo()
    assert quotes(library) == ["dam", "41 million"]


def test_looking_first_writes_nothing(library: Library) -> None:
    seen = library.exchange.preview(FILE)
    assert (seen.new, seen.documents_matched, seen.documents_new, seen.problems) == (2, 0, 1, ())
    assert seen.count(Stands.NOT_HERE) == 2
    assert library.documents.list() == []


def test_a_document_that_is_here_is_not_added_and_keeps_what_is_known_of_it(library: Library, tmp_path: Path) -> None:
    uid = add(library, tmp_path / "dam.txt", WORDS)
    before = library.documents.get(uid)
    assert before.title != "Interview.docx"
    report = library.exchange.import_file(FILE)
    assert (report.added, report.notes) == (2, ())
    (after,) = library.documents.list()
    assert after.title == before.title
    assert after.metadata == before.metadata
    assert [one.quote for one in library.annotate.of_document(after.uid)] == ["dam", "41 million"]


def test_stopped_it_leaves_what_one_undo_takes_back(library: Library) -> None:
    asked: list[int] = []

    def stop() -> bool:
        asked.append(1)
        return bool(library.documents.list())

    report = library.exchange.import_file(FILE, cancelled=stop)
    assert report.added == 0
    assert asked
    assert len(library.documents.list()) == 1
    library.history.undo()
    assert library.documents.list() == []


def test_a_text_that_is_empty_is_told_and_the_others_are_taken(library: Library) -> None:
    two = source(selection(1, 4, 7)).replace(
        "</Sources>",
        '<TextSource guid="01890000-0000-7000-8000-0000000000a9" name="Blank"><PlainTextContent>  </PlainTextContent>'
        "</TextSource></Sources>",
    )
    report = library.exchange.import_file(project(CODES + two, {"t.txt": WORDS.encode()}))
    assert report.added == 1
    assert any("empty" in note for note in report.notes)
