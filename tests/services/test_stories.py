"""Failures that readers of other programs tell of, tried here: see tests/FAILURES.md for all of them."""

import hashlib
import os
import shutil
import sqlite3
from pathlib import Path

import pytest

from reader.model.annotation import AnchorState
from reader.services.checking import check
from reader.services.library import Library
from tests.store.helpers import TEXT, add_text, open_library, write_file

WORSE = {
    "rectangles that are no JSON": "page_rects = '[[0, 0.1'",
    "rectangles of another shape": "page_rects = '[[0, 0.1], {\"page\": 1}]'",
    "rectangles of words": 'page_rects = \'[["a", "b", "c", "d", "e"]]\'',
    "rectangles that are none": "page_rects = '7'",
    "rectangles that are nowhere": "page_rects = '[[0, NaN, -Infinity, 1e999, 2]]'",
    "no end": "end_position = NULL",
    "an end before its start": "start_position = 9, end_position = 3",
    "before the text": "start_position = -9, end_position = -3",
    "far behind the text": "start_position = 1000000, end_position = 2000000",
    "larger than any number of Qt": "start_position = 9007199254740993, end_position = 9007199254740999",
    "a colour, style and state of another program": "color = 'mauve', style = 'wavy', state = 'orphan'",
    "a score that is none": "score = -1e308, state = 'moved'",
    "times that are none": "created = 'yesterday', modified = ''",
}
"""What another program might leave in the row of one mark."""


def spoil(path: Path, mark: str, columns: str) -> None:
    """Write nonsense into the row of a mark as any other program may."""
    other = sqlite3.connect(path)
    with other:
        assert other.execute(f"UPDATE annotation SET {columns} WHERE uid = ?", (mark,)).rowcount == 1
    other.close()


def files(folder: Path) -> dict[str, str]:
    """The sha256 of each file in a folder and below it, by its path there."""
    found = [path for path in folder.rglob("*") if path.is_file()]
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in found}


def test_a_file_that_was_moved_and_renamed_is_the_document_that_it_was(library: Library, tmp_path: Path) -> None:
    path = write_file(tmp_path, "in/report.txt", TEXT)
    (first,) = library.adding.add([path])
    assert first.document
    library.annotate.highlight(first.document.uid, TEXT, 0, 13, note="Whose?")
    (tmp_path / "in").rename(tmp_path / "out")
    moved = (tmp_path / "out" / "report.txt").rename(tmp_path / "out" / "The last word.md.txt")
    assert library.documents.open(first.document.uid).document.text == TEXT
    (again,) = library.adding.add([moved])
    assert again.document
    assert (again.status, again.document.uid, again.document.path) == ("known", first.document.uid, str(moved))
    assert [mark.note for mark in library.annotate.of_document(again.document.uid)] == ["Whose?"]
    assert len(library.documents.list()) == 1


def test_nothing_is_kept_anywhere_but_in_the_library(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    library = open_library(tmp_path / "home")
    path = write_file(tmp_path, "papers/report.txt", TEXT)
    before = files(tmp_path / "papers"), path.stat()
    (result,) = library.adding.add([path])
    assert result.document
    library.annotate.highlight(result.document.uid, TEXT, 0, 13, note="Whose?", tags=["water"])
    exported = library.exchange.dumps()
    library.close()
    # Neither the document's file nor anything about it or beside it was written to.
    assert (files(tmp_path / "papers"), path.stat().st_mtime_ns) == (before[0], before[1].st_mtime_ns)
    assert not hasattr(os, "listxattr") or os.listxattr(path) == []
    # The one file, carried elsewhere by any means, is all of it.
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "library.sqlite").write_bytes((tmp_path / "home" / "library.sqlite").read_bytes())
    shutil.rmtree(tmp_path / "home")
    shutil.rmtree(tmp_path / "papers")
    carried = open_library(tmp_path / "elsewhere")
    assert carried.exchange.dumps() == exported
    assert carried.documents.open(result.document.uid).document.text == TEXT
    carried.close()


def test_marks_at_the_same_place_are_deleted_one_by_one(library: Library) -> None:
    uids = [add_text(library, f"{TEXT}{ending}") for ending in ("One.", "Two.")]
    for uid in uids:
        text = library.documents.open(uid).document.text
        for note in ("first", "second", "third"):
            library.annotate.highlight(uid, text, 4, 13, note=note)
    library.annotate.delete([library.annotate.of_document(uids[0])[1].uid])
    assert [[mark.note for mark in library.annotate.of_document(uid)] for uid in uids] == [
        ["first", "third"],
        ["first", "second", "third"],
    ]


@pytest.mark.parametrize("columns", WORSE.values(), ids=WORSE)
def test_a_malformed_mark_hides_no_other(library: Library, columns: str) -> None:
    uid = add_text(library)
    marks = [library.annotate.highlight(uid, TEXT, at, at + 9, note=f"n{at}").annotations_added[0] for at in (0, 20)]
    spoil(library.path, marks[0].uid, columns)
    opened = library.documents.open(uid)
    assert sorted(mark.note for mark in opened.annotations) == ["n0", "n20"]
    bad = library.annotate.get(marks[0].uid)
    assert bad.quote == marks[0].quote
    assert library.annotate.get(marks[1].uid) == marks[1]
    assert [mark.uid for mark in library.annotate.select(query="n0")] == [marks[0].uid]
    assert '"n0"' in library.exchange.dumps()
    assert library.integrity() == []
    # It is said, where its words are not at its place and it does not say so itself.
    anchor = bad.anchor
    assert anchor
    wrong = bad.state is AnchorState.EXACT and TEXT[anchor.start : anchor.end] != bad.quote
    assert any(bad.uid in problem for problem in check(library).problems) == wrong
    # It is put right as any other mark, and taken back to nothing worse than it was.
    library.annotate.move_range(bad.uid, TEXT, 0, 9)
    assert library.annotate.get(bad.uid).quote == TEXT[0:9]
    library.history.undo()
    assert library.annotate.get(bad.uid) == bad
