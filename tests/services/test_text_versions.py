"""The texts of a document: listed, shown again, dropped, brought back, and forgotten for good."""

from pathlib import Path

import pytest

from reader.model.annotation import AnchorState
from reader.model.change import Change
from reader.model.errors import ReaderError
from reader.resources import samples
from reader.services.library import Library
from reader.services.sweeping import sweep_texts
from reader.services.text_versions import Fare
from tests.store.helpers import TEXT, Clock, dump, write_file

SECOND = "A line of the second edition.\n\n" + TEXT.replace("Nobody asked", "Nobody questioned")


def add(library: Library, path: Path) -> str:
    (result,) = library.adding.add([path])
    assert result.document, result
    return result.document.uid


@pytest.fixture
def uid(library: Library, tmp_path: Path, clock: Clock) -> str:
    """A document of two texts, the second shown, with marks that stand in both, in one and in the other."""
    path = write_file(tmp_path, "a.txt", TEXT)
    uid = add(library, path)
    library.annotate.highlight(uid, TEXT, TEXT.index("full in 1988"), TEXT.index(". Nobody"))
    library.annotate.highlight(uid, TEXT, TEXT.index("Nobody asked"), TEXT.index(" the residents"))
    clock.now += 60
    path.write_text(SECOND, encoding="utf-8")
    assert add(library, path) == uid
    start = SECOND.index("second edition")
    library.annotate.highlight(uid, SECOND, start, start + len("second edition"))
    return uid


def text_of(library: Library, uid: str) -> str:
    return library.documents.open(uid).document.text


def numbers(library: Library, uid: str) -> list[int]:
    return [version.number for version in library.texts.list(uid)]


def test_the_texts_are_listed_the_newest_first(library: Library, uid: str) -> None:
    new, old = library.texts.list(uid)
    assert (new.shown, old.shown) == (True, False)
    assert (new.length, old.length) == (len(SECOND), len(TEXT))
    assert new.created > old.created
    assert (old.file_size, old.file_suffix, old.reader) == (len(TEXT.encode()), ".txt", "plain")
    assert library.texts.text(uid, old.number) == TEXT
    assert library.texts.former(uid) == old.number
    assert library.texts.former(uid, since=old.created) == old.number
    assert library.texts.former(uid, since=new.created) == 0


def test_how_the_marks_stand_is_told_of_each_text(library: Library, uid: str) -> None:
    new, old = numbers(library, uid)
    before = dump(library.store)
    assert library.texts.fare(uid, new) == Fare(exact=1, moved=1, lost=1)
    assert library.texts.fare(uid, old) == Fare(exact=2, moved=0, lost=1)
    assert dump(library.store) == before, "looking writes nothing"


def test_an_old_text_is_shown_with_its_marks_and_undo_brings_the_new_one_back(library: Library, uid: str) -> None:
    old = numbers(library, uid)[1]
    before = dump(library.store)
    result = library.texts.show(uid, old)
    assert (result.status, result.reason) == ("changed", "2 exact, 0 moved, 1 lost")
    assert text_of(library, uid) == TEXT
    for mark in library.annotate.of_document(uid):
        assert mark.anchor
        stands = TEXT[mark.anchor.start : mark.anchor.end] == mark.quote
        assert stands == (mark.state is not AnchorState.LOST)
    assert library.texts.show(uid, old).status == "known"
    library.history.undo()
    assert dump(library.store) == before
    assert text_of(library, uid) == SECOND


def test_the_shown_text_is_never_dropped(library: Library, uid: str) -> None:
    new, old = numbers(library, uid)
    with pytest.raises(ReaderError, match="show another one first"):
        library.texts.drop(uid, new)
    library.texts.drop(uid, old)
    assert numbers(library, uid) == [new]
    with pytest.raises(ReaderError, match="has no text of the number"):
        library.texts.show(uid, old)
    library.history.undo()
    assert numbers(library, uid) == [new, old]


def test_dropping_and_its_undo_are_told(library: Library, uid: str) -> None:
    heard: list[Change] = []
    library.bus.subscribe(heard.append)
    library.texts.drop(uid, numbers(library, uid)[1])
    library.history.undo()
    library.history.redo()
    assert [[found.uid for found in change.documents_updated] for change in heard] == [[uid]] * 3


def test_a_dropped_text_comes_back_when_its_file_does(library: Library, uid: str, tmp_path: Path) -> None:
    new, old = numbers(library, uid)
    library.texts.drop(uid, old)
    write_file(tmp_path, "a.txt", TEXT)
    assert add(library, tmp_path / "a.txt") == uid
    assert text_of(library, uid) == TEXT
    assert numbers(library, uid) == [new, old]


def test_a_dropped_text_elsewhere_is_a_document_of_its_own(library: Library, uid: str, tmp_path: Path) -> None:
    library.texts.drop(uid, numbers(library, uid)[1])
    other = add(library, write_file(tmp_path, "elsewhere.txt", TEXT))
    assert other != uid
    assert text_of(library, other) == TEXT


def test_a_text_is_forgotten_only_when_no_step_can_bring_it_back(library: Library, uid: str) -> None:
    new, old = numbers(library, uid)
    library.texts.drop(uid, old)
    assert sweep_texts(library.store) == 0, "undo may want it"
    while library.history.undo():
        pass
    assert sweep_texts(library.store) == 0, "and redo"
    while library.history.redo():
        pass
    with library.store.transaction() as connection:
        connection.execute("DELETE FROM change")
        connection.execute("DELETE FROM action")
    assert sweep_texts(library.store) == 1
    assert numbers(library, uid) == [new]
    for table in ("text_part", "passage", "structure_part"):
        assert not library.store.rows(f"SELECT 1 FROM {table} WHERE text_version_id = ?", (old,))
    indexed = library.store.rows("SELECT id FROM passage_search_docsize ORDER BY id")
    assert indexed == library.store.rows("SELECT id FROM passage ORDER BY id")
    assert library.search.search("Nobody questioned", scope="text").total == 1
    assert library.integrity() == []


def test_the_copy_of_a_forgotten_file_goes_too(library: Library, tmp_path: Path, clock: Clock) -> None:
    path = write_file(tmp_path, "long.txt", "A long story. " * 8000)
    uid = add(library, path)
    copy = library.documents.original(uid)
    assert copy
    assert copy.exists()
    clock.now += 60
    path.write_text("A short one.", encoding="utf-8")
    add(library, path)
    library.texts.drop(uid, numbers(library, uid)[1])
    with library.store.transaction() as connection:
        connection.execute("DELETE FROM change")
    sweep_texts(library.store)
    assert not copy.exists()


def test_a_file_of_another_format_in_its_place_says_so(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "news.htm"
    path.write_bytes(b"<!doctype html><title>News</title><p>The lake is full.")
    uid = add(library, path)
    assert library.documents.get(uid).format == "html"
    (old,) = numbers(library, uid)
    path.write_bytes(b"{\\rtf1 The lake is full again, and nobody asked why it was.}")
    (result,) = library.adding.add([path])
    if result.status == "failed":
        pytest.skip("pandoc is not here")
    assert library.documents.get(uid).format == "rtf"
    library.texts.show(uid, old)
    assert library.documents.get(uid).format == "html"
    library.history.undo()
    assert library.documents.get(uid).format == "rtf"


def test_a_pdf_that_was_saved_again_with_the_same_words_is_the_same_document(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    data = (samples() / "seepage-under-the-east-bank.pdf").read_bytes()
    path.write_bytes(data)
    uid = add(library, path)
    text = text_of(library, uid)
    start = text.index("seepage")
    library.annotate.highlight(uid, text, start, start + 7)
    path.write_bytes(data + b"\n% saved again\n")
    (result,) = library.adding.add([path])
    assert (result.status, result.reason) == ("changed", "1 exact, 0 moved, 0 lost")
    assert result.document
    assert result.document.uid == uid
    assert len(library.documents.list()) == 1
    original = library.documents.original(uid)
    assert original
    assert original.read_bytes() == path.read_bytes()
    library.history.undo()
    original = library.documents.original(uid)
    assert original
    assert original.read_bytes() == data
