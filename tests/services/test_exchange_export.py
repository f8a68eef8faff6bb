"""What an export holds, and what becomes of the file it goes to."""

import errno
import json
import os
from pathlib import Path
from threading import Thread

import pytest

from reader.model.annotation import Color
from reader.model.errors import ReaderError
from reader.services.export_counting import Count
from reader.services.library import Library
from reader.store.exchange import Choice
from tests.services.exchange_helpers import add, mark
from tests.store.helpers import add_text, open_library


@pytest.fixture
def two(library: Library, tmp_path: Path) -> tuple[str, str]:
    """Two documents: one with marks in two colours, one with a note on all of it and a tag."""
    first = add(library, tmp_path / "a.txt")
    second = add(library, tmp_path / "b.txt", "Upper Lenn\n\nThe dam saves the valley.\n")
    mark(library, first, "41 million", color=Color.ORANGE, tags=["cost/dam"])
    mark(library, first, "2031")
    library.annotate.note_document(second, "Where from?", ["later"])
    library.documents.edit(second, tags=["editorial"])
    library.tags.edit("later", color="#112233", description="To be done")
    return first, second


def test_a_file_appears_whole_and_with_what_was_counted(library: Library, two: tuple[str, str], tmp_path: Path) -> None:
    target = tmp_path / "out" / "export.json"
    target.parent.mkdir()
    seen: list[tuple[int, int]] = []
    report = library.exchange.export(target, progress=lambda done, total: seen.append((done, total)))
    assert (report.path, report.documents, report.annotations) == (target, 2, 3)
    assert target.read_text("utf-8") == library.exchange.dumps()
    assert seen[-1] == (3, 3)
    assert list(target.parent.iterdir()) == [target]


def test_two_exports_are_equal(library: Library, two: tuple[str, str]) -> None:
    assert library.exchange.dumps() == library.exchange.dumps()


def test_an_export_that_is_stopped_leaves_the_file_that_was_there(library: Library, two, tmp_path: Path) -> None:
    target = tmp_path / "export.json"
    target.write_text("mine", "utf-8")
    report = library.exchange.export(target, cancelled=lambda: True)
    assert report.path is None
    assert target.read_text("utf-8") == "mine"
    assert not list(tmp_path.glob(".export*"))


def no_room(_file: int) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_an_export_that_fails_leaves_the_file_that_was_there(
    library: Library, two: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "export.json"
    target.write_text("old", "utf-8")
    with monkeypatch.context() as full:
        full.setattr(os, "fsync", no_room)
        with pytest.raises(ReaderError, match="could not be written"):
            library.exchange.export(target)
    assert target.read_text("utf-8") == "old"
    (tmp_path / "folder").mkdir()
    with pytest.raises(ReaderError, match="is a folder"):
        library.exchange.export(tmp_path / "folder")
    with pytest.raises(ReaderError, match="could not be written"):
        library.exchange.export(tmp_path / "nowhere" / "export.json")
    assert not list(tmp_path.glob(".*.part"))


def chosen(library: Library, **choice: object) -> tuple[list[str], list[str], list[str]]:
    """Titles, quotes (or notes) and tags of an export."""
    value = json.loads(library.exchange.dumps(**choice))  # type: ignore[arg-type]
    marks = [one["anchor"]["exact"] if one["anchor"] else one["note"] for one in value["annotations"]]
    return [one["title"] for one in value["documents"]], marks, [one["name"] for one in value["tags"]]


def test_everything(library: Library, two: tuple[str, str]) -> None:
    library.annotate.set_tags(mark(library, two[0], "engineer", tags=["unused"]).uid, [])
    titles, marks, tags = chosen(library)
    assert titles == ["Minutes of the water board", "Upper Lenn"]
    assert marks == ["41 million", "engineer", "2031", "Where from?"]
    assert tags == ["cost/dam", "editorial", "later", "unused"]


def test_some_documents(library: Library, two: tuple[str, str]) -> None:
    assert chosen(library, documents=[two[1]]) == (["Upper Lenn"], ["Where from?"], ["editorial", "later"])


def test_a_tag_with_those_nested_in_it(library: Library, two: tuple[str, str]) -> None:
    assert chosen(library, tags=["COST"]) == (["Minutes of the water board"], ["41 million"], ["cost/dam"])
    assert chosen(library, tags=["cost", "later"])[1] == ["41 million", "Where from?"]
    assert chosen(library, tags=["cos"]) == ([], [], [])


def test_a_colour(library: Library, two: tuple[str, str]) -> None:
    assert chosen(library, color=Color.ORANGE)[1] == ["41 million"]


def test_the_marks_that_a_list_shows(library: Library, two: tuple[str, str]) -> None:
    shown = [found.uid for found in library.annotate.select(query="2031")]
    assert chosen(library, annotations=shown)[:2] == (["Minutes of the water board"], ["2031"])
    assert chosen(library, annotations=[]) == ([], [], [])


def test_what_is_in_the_bin_stays_here(library: Library, two: tuple[str, str]) -> None:
    library.documents.remove([two[0]])
    assert chosen(library)[:2] == (["Upper Lenn"], ["Where from?"])


def test_what_is_written_meanwhile_is_not_half_in_it(library: Library, two: tuple[str, str]) -> None:
    before = library.exchange.dumps()
    pieces = library.exchange.pieces()
    head = next(pieces)
    other = Thread(target=lambda: mark(library, two[0], "engineer", tags=["new"]))
    other.start()
    other.join()
    assert head + "".join(pieces) == before
    assert "engineer" in library.exchange.dumps(documents=[two[0]])


def test_an_export_given_up_lets_others_write(library: Library, two: tuple[str, str]) -> None:
    pieces = library.exchange.pieces()
    next(pieces)
    pieces.close()
    mark(library, two[0], "engineer")
    assert "engineer" in library.exchange.dumps()


def test_an_export_that_is_left_in_the_middle_reads_nothing_more(tmp_path: Path) -> None:
    library = open_library(tmp_path)
    text = "Water and a dam. " * 40
    uid = add_text(library, text)
    for start in range(300):
        library.annotate.highlight(uid, text, start, start + 5)
    with library.exchange.outgoing(Choice(), Count()) as outgoing:
        marks = outgoing.marks()
        assert next(marks).number == 1
    library.close()
    assert list(marks) == []
