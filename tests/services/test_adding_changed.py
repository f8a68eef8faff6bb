"""Adding files that have changed since they were added: their marks and their details."""

from pathlib import Path

from reader.model.annotation import AnchorState
from reader.model.document import Metadata
from reader.services.adding import AddResult
from reader.services.library import Library
from tests.store.helpers import TEXT, Clock, dump, write_file


def add(library: Library, *paths: Path) -> list[AddResult]:
    return list(library.adding.add(paths))


def test_a_changed_file_carries_its_marks(library: Library, tmp_path: Path) -> None:
    path = write_file(tmp_path, "a.txt", TEXT)
    (first,) = add(library, path)
    assert first.document
    uid = first.document.uid
    library.annotate.highlight(uid, TEXT, TEXT.index("full in 1988"), TEXT.index(". Nobody"), note="kept")
    library.annotate.highlight(uid, TEXT, TEXT.index("Nobody asked"), TEXT.index(" the residents"))
    library.annotate.highlight(uid, TEXT, 0, 3)
    before = dump(library.store)
    path.write_text("A new first line that was not there.\n\n" + TEXT.replace("Nobody asked", "XXXX"), encoding="utf-8")
    (changed,) = add(library, path)
    assert changed.status == "changed"
    assert changed.reason == "0 exact, 2 moved, 1 lost"
    document = library.documents.open(uid)
    assert document.document.text.startswith("A new first line")
    for mark in document.annotations:
        assert mark.anchor
        found = document.document.text[mark.anchor.start : mark.anchor.end]
        assert (found == mark.anchor.exact) == (mark.state is not AnchorState.LOST)
    assert {m.quote: m.note for m in document.annotations}["full in 1988"] == "kept"
    assert library.search.search("first line", scope="text").total == 1
    assert library.search.search("nobody asked", scope="text").total == 0
    library.history.undo()
    assert dump(library.store) == before
    assert library.documents.open(uid).document.text == TEXT
    assert library.search.search("nobody asked", scope="text").total == 1
    library.history.redo()
    path.write_text(TEXT, encoding="utf-8")
    (back,) = add(library, path)
    assert back.status == "changed"
    assert back.reason == "3 exact, 0 moved, 0 lost"  # each in its own surroundings again
    for mark in library.annotate.of_document(uid):
        assert mark.anchor
        assert TEXT[mark.anchor.start : mark.anchor.end] == mark.quote
    assert len(library.store.rows("SELECT 1 FROM text_version")) == 2


def test_a_changed_file_is_compared_with_the_text_it_had(library: Library, tmp_path: Path) -> None:
    refrain = "The council noted the letter and passed on to the next item without a vote. "
    before = "Minutes\n\nRead and agreed.\n" + refrain * 30
    path = write_file(tmp_path, "minutes.txt", before)
    (result,) = add(library, path)
    assert result.document
    start = before.index(refrain) + 12 * len(refrain)
    library.annotate.highlight(result.document.uid, before, start, start + 40)
    inserted = "A correction, read out at the request of two members. " * 100
    path.write_text(before.replace("Read", inserted + "Read"), encoding="utf-8")
    (changed,) = add(library, path)
    assert (changed.status, changed.reason) == ("changed", "0 exact, 1 moved, 0 lost")
    (mark,) = library.annotate.of_document(result.document.uid)
    assert mark.anchor
    assert mark.anchor.start == start + len(inserted)


def test_a_changed_file_keeps_the_details_that_were_edited(library: Library, tmp_path: Path, clock: Clock) -> None:
    path = write_file(tmp_path, "a.txt", TEXT)
    (first,) = add(library, path)
    assert first.document
    clock.now += 60
    library.documents.edit(first.document.uid, metadata=Metadata("My title"), tags=["mine"])
    path.write_text("Another heading\n\nAnd other words.", encoding="utf-8")
    (changed,) = add(library, path)
    assert changed.document
    assert (changed.document.title, changed.document.tags) == ("My title", ("mine",))


def test_a_changed_file_brings_its_details_where_nobody_edited_them(library: Library, tmp_path: Path) -> None:
    path = write_file(tmp_path, "a.txt", "The old heading\n\nWords.")
    add(library, path)
    path.write_text("The new heading\n\nOther words.", encoding="utf-8")
    (changed,) = add(library, path)
    assert changed.document
    assert changed.document.title == "The new heading"
    library.history.undo()
    assert library.documents.list()[0].title == "The old heading"
