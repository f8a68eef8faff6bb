"""A backup merged into the library: what vanished comes back whole, nothing goes, one undo takes it back."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.model.annotation import AnchorState
from reader.services.comparing import preview
from reader.services.library import Library
from reader.services.merging import Merging
from reader.store.errors import LibraryDamaged
from tests.store.helpers import TEXT, Clock, add_text, dump, open_library, write_file

OTHER = "# Another report\n\n" + "The dam will cost 41 million, said the engineer. " * 30 + "\n\nThe end of it.\n"


def marks(library: Library) -> list[tuple[str, str, tuple[str, ...]]]:
    return sorted((mark.quote, mark.note, mark.tags) for mark in library.annotate.select())


def merging(library: Library) -> Merging:
    return Merging(library.store, library.bus)


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    """A backup of another library: two documents with marks and tags, one with a picture and a heading."""
    (tmp_path / "other").mkdir()
    other = open_library(tmp_path / "other")
    other.store.new_uid.count = 5000  # type: ignore[attr-defined]
    (result,) = other.adding.add([write_file(tmp_path / "other", "report.md", OTHER)])
    assert result.document
    text = other.documents.open(result.document.uid).document.text
    for number in range(8):
        start = text.index("41 million", number * 40)
        other.annotate.highlight(result.document.uid, text, start, start + 10, note=f"n{number}", tags=["cost/dam"])
    add_text(other, "A second text of few words.", "Second")
    path = other.backups.write(tmp_path / "backup.sqlite")
    other.close()
    return path


def test_documents_that_vanished_come_back_whole_and_one_undo_takes_them_back(
    library: Library, backup: Path, tmp_path: Path
) -> None:
    uid = add_text(library)
    library.annotate.highlight(uid, TEXT, 0, 3)
    before = dump(library.store)
    report = merging(library).merge(backup)
    assert (report.documents, report.added, report.updated) == (2, 8, 0)
    assert report.words == "2 documents and 8 annotations added"
    by_title = {summary.title: summary for summary in library.documents.list()}
    opened = library.documents.open(by_title["Another report"].uid)
    assert (
        opened.document.text == OTHER.removeprefix("# ").replace("\n\n", "\n").rstrip("\n")
        or "41 million" in opened.document.text
    )
    assert [block.kind for block in opened.document.blocks][:1] == [
        library.documents.open(opened.summary.uid).document.blocks[0].kind
    ]
    assert all(mark.state is AnchorState.EXACT for mark in opened.annotations)
    assert library.search.search("engineer").groups
    assert library.documents.original(opened.summary.uid)
    assert library.integrity() == []
    assert library.history.undo_label().startswith("Backup merged: 2 documents")
    library.history.undo()
    assert dump(library.store) == before
    library.history.redo()
    assert len(library.documents.list()) == 3


def test_merging_twice_adds_nothing(library: Library, backup: Path) -> None:
    merging(library).merge(backup)
    before = dump(library.store)
    report = merging(library).merge(backup)
    assert (report.documents, report.added, report.updated, bool(report.change)) == (0, 0, 0, False)
    assert report.words == "the library lacked nothing of it"
    assert dump(library.store) == before


def test_what_is_here_stays_and_what_was_deleted_comes_back(library: Library, clock: Clock, tmp_path: Path) -> None:
    uid = add_text(library)
    for start in (0, 10, 20):
        library.annotate.highlight(uid, TEXT, start, start + 5, note=str(start))
    path = library.backups.write(tmp_path / "copy.sqlite")
    first, second, _ = library.annotate.of_document(uid)
    clock.now += 60
    library.annotate.delete([first.uid])
    library.annotate.edit_note(second.uid, "changed since")
    library.annotate.highlight(uid, TEXT, 40, 45, note="new")
    seen = preview(library.store, path)
    assert len(seen.merge.annotations.added) == 1
    assert seen.merge.annotations.changed == seen.merge.annotations.gone == ()
    assert (len(seen.replace.annotations.added), len(seen.replace.annotations.changed)) == (1, 1)
    assert seen.replace.annotations.gone == (f"“{TEXT[40:45].strip()}”",)
    assert merging(library).merge(path).added == 1
    assert sorted(mark.note for mark in library.annotate.of_document(uid)) == ["0", "20", "changed since", "new"]


def test_the_preview_names_what_would_come_and_go(library: Library, backup: Path) -> None:
    uid = add_text(library, TEXT, "Here alone")
    library.annotate.highlight(uid, TEXT, 0, 13, tags=["mine"])
    seen = preview(library.store, backup)
    assert sorted(seen.merge.documents.added) == ["Another report", "Second"]
    assert seen.merge.documents.gone == ()
    assert seen.replace.documents.gone == ("Here alone",)
    assert seen.merge.tags.added == ("cost/dam",)
    assert seen.replace.tags.gone == ("mine",)
    assert seen.replace.annotations.gone == ("“The reservoir”",)
    assert seen.merge.words == ("2 documents added", "8 annotations added", "1 tag added")
    assert seen.replace.words[0] == "2 documents added, 1 would vanish"
    assert seen.holds == "2 documents, 8 annotations, 1 tag"


def test_the_preview_is_what_then_happens(library: Library, backup: Path) -> None:
    seen = preview(library.store, backup)
    report = merging(library).merge(backup)
    assert len(seen.merge.documents.added) == report.documents
    assert len(seen.merge.annotations.added) == report.added
    again = preview(library.store, backup)
    assert again.merge.words == again.replace.words == ()


def test_a_document_whose_text_is_missing_gets_it(library: Library, backup: Path, tmp_path: Path) -> None:
    other = Library.open(tmp_path / "other" / "library.sqlite")
    library.exchange.import_file(other.exchange.dumps().encode())
    other.close()
    assert all(not library.documents.open(s.uid).document.text for s in library.documents.list())
    report = merging(library).merge(backup)
    assert (report.documents, report.texts, report.added) == (0, 2, 0)
    (uid,) = [s.uid for s in library.documents.list() if s.annotations]
    assert "41 million" in library.documents.open(uid).document.text
    assert {mark.state for mark in library.annotate.of_document(uid)} == {AnchorState.EXACT}
    library.history.undo()
    assert not library.documents.open(uid).document.text


def test_a_document_added_again_under_another_id_is_the_same(library: Library, backup: Path, tmp_path: Path) -> None:
    (result,) = library.adding.add([tmp_path / "other" / "report.md"])
    assert result.status == "added"
    report = merging(library).merge(backup)
    assert (report.documents, report.added) == (1, 8)
    assert len(library.documents.list()) == 2


def test_stopped_while_texts_are_brought_it_leaves_nothing(library: Library, backup: Path) -> None:
    asked = 0

    def cancelled() -> bool:
        nonlocal asked
        asked += 1
        return asked > 2

    before = dump(library.store)
    report = merging(library).merge(backup, cancelled=cancelled)
    assert report.stopped
    assert dump(library.store) == before
    assert library.store.rows("SELECT count(*) FROM document") == [(0,)]
    assert library.store.rows("SELECT count(*) FROM passage") == [(0,)]


def test_the_backup_itself_is_not_touched(library: Library, backup: Path) -> None:
    data = backup.read_bytes()
    preview(library.store, backup)
    merging(library).merge(backup)
    assert backup.read_bytes() == data
    assert not list(library.path.parent.rglob("*.part*"))


def test_a_damaged_backup_is_refused(library: Library, backup: Path) -> None:
    data = bytearray(backup.read_bytes())
    data[4096:20000] = bytes(20000 - 4096)
    backup.write_bytes(data)
    with pytest.raises(LibraryDamaged):
        preview(library.store, backup)
    with pytest.raises(LibraryDamaged):
        merging(library).merge(backup)


step = st.tuples(
    st.sampled_from(["mark", "delete", "note", "tags", "bin", "undo", "add", "hide"]),
    st.integers(0, 40),
    st.integers(1, 9),
)


def act(library: Library, steps: list[tuple[str, int, int]]) -> None:
    """Do what the steps say, where there is something to do it to."""
    for what, where, number in steps:
        shown = library.documents.list()
        marks = sorted(library.annotate.select(), key=lambda mark: mark.uid)
        document = shown[where % len(shown)].uid if shown else ""
        mark = marks[where % len(marks)].uid if marks else ""
        library.store.clock.now += 1  # type: ignore[attr-defined]
        if what == "add":
            add_text(library, f"{TEXT}And number {where}.", f"Text {where}")
        elif what == "undo":
            library.history.undo()
        elif what in ("mark", "hide") and not TEXT[where : where + number].strip():
            continue
        elif document and what == "mark":
            library.annotate.highlight(document, TEXT, where, where + number, note=str(number))
        elif document and what == "hide":
            library.masks.hide(document, library.documents.open(document).document.text, [(where, where + number)])
        elif document and what == "bin":
            library.documents.remove([document])
        elif mark and what == "delete":
            library.annotate.delete([mark])
        elif mark and what == "note":
            library.annotate.edit_note(mark, f"note {number}")
        elif mark and what == "tags":
            library.annotate.set_tags(mark, [f"tag {number}"])


@settings(max_examples=25)
@given(st.lists(step, min_size=3, max_size=12), st.lists(step, max_size=8))
def test_whatever_was_done_a_merge_loses_nothing_and_is_undone(
    before: list[tuple[str, int, int]], after: list[tuple[str, int, int]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        library = open_library(Path(folder))
        act(library, [("add", 0, 1), *before])
        saved = {mark.uid: mark for mark in library.annotate.select()}
        shown = {summary.uid for summary in library.documents.list()}
        path = library.backups.write(Path(folder) / "copy.sqlite")
        act(library, after)
        here = {mark.uid: mark for mark in library.annotate.select()}
        rows = dump(library.store)
        report = merging(library).merge(path)
        merged = {mark.uid: mark for mark in library.annotate.select()}
        assert merged.keys() >= saved.keys() | here.keys()
        for uid in here:
            newest = max((here[uid], saved.get(uid, here[uid])), key=lambda mark: mark.modified)
            assert merged[uid].note == newest.note
        assert {summary.uid for summary in library.documents.list()} >= shown
        assert library.integrity() == []
        if report.change:
            library.history.undo()
        assert dump(library.store) == rows
        library.close()
