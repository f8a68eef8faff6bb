"""What was deleted is listed, and comes back whole, in one step that can be taken back."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.model.annotation import Annotation
from reader.model.errors import ReaderError
from reader.services.library import Library
from tests.store.helpers import TEXT, Clock, add_text, dump


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    opened = Library.open(tmp_path / "library.sqlite", clock=Clock())
    yield opened
    opened.close()


def mark(library: Library, uid: str, start: int = 0, tags: tuple[str, ...] = ()) -> Annotation:
    return library.annotate.highlight(uid, TEXT, start, start + 5, tags=tags, note="n").annotations_added[0]


def same(marks: list[Annotation]) -> list[tuple[object, ...]]:
    return [(one.uid, one.anchor, one.note, one.tags, one.color, one.created) for one in marks]


def test_nothing_was_deleted(library: Library) -> None:
    uid = add_text(library)
    mark(library, uid)
    library.history.undo()
    assert not library.deleted.list()


def test_marks_come_back_with_their_tags_though_their_rows_are_taken(library: Library) -> None:
    uid = add_text(library)
    made = [mark(library, uid, at, ("water", "people")[: at + 1]) for at in range(3)]
    library.annotate.delete([one.uid for one in made[1:]])
    library.tags.rename("people", "residents")
    other = mark(library, uid, 9, ("other",))
    found = library.deleted.list()
    assert sorted(one.mark.uid for one in found.marks) == [one.uid for one in made[1:]]
    assert {one.mark.tags for one in found.marks} == {("water", "residents")}
    assert {(one.title, one.action.label) for one in found.marks} == {
        ("The reservoir was full in 1988.", "2 marks deleted")
    }
    before = dump(library.store)
    change = library.deleted.restore(marks=[one.uid for one in made[1:]])
    assert {one.uid for one in change.annotations_added} == {one.uid for one in made[1:]}
    assert [one.annotations for one in change.documents_updated] == [4]
    now = {one.uid: one for one in library.annotate.of_document(uid)}
    assert now[made[1].uid].tags == ("water", "residents")
    assert now[other.uid].tags == ("other",)
    assert not library.deleted.list()
    library.history.undo()
    assert dump(library.store) == before
    assert len(library.deleted.list().marks) == 2


def test_a_deletion_taken_back_is_none(library: Library) -> None:
    made = mark(library, add_text(library))
    library.annotate.delete([made.uid])
    assert library.deleted.list().marks[0].mark == made
    library.history.undo()
    assert not library.deleted.list()
    library.history.redo()
    assert library.deleted.list().marks


@pytest.mark.parametrize("how", ["deleted", "merged"])
def test_a_tag_comes_back_to_what_it_was_on(library: Library, how: str) -> None:
    uid = add_text(library)
    first, second, third = (mark(library, uid, at, tags) for at, tags in enumerate([("a", "b"), ("a",), ("b",)]))
    library.documents.edit(uid, tags=["a"])
    library.tags.edit("a", color="#123456", description="why")
    before = [one for one in library.tags.list() if one.name == "a"]
    library.tags.delete("a") if how == "deleted" else library.tags.merge("a", "b")
    library.annotate.delete([second.uid])
    fourth = mark(library, uid, 9)  # has the row that the second had
    (found,) = library.deleted.list().tags
    assert (found.name, found.uses) == ("a", 3)
    dumped = dump(library.store)
    library.deleted.restore(tags=[found.uid])
    (now,) = [one for one in library.tags.list() if one.name == "a"]
    assert (now.uid, now.color, now.description, now.uses) == (before[0].uid, "#123456", "why", 2)
    tags = {one.uid: set(one.tags) for one in library.annotate.of_document(uid)}
    assert tags == {first.uid: {"a", "b"}, third.uid: {"b"}, fourth.uid: set()}
    library.history.undo()
    assert dump(library.store) == dumped


def test_a_tag_of_that_name_is_there_again(library: Library) -> None:
    uid = add_text(library)
    mark(library, uid, 0, ("a",))
    library.tags.delete("a")
    (found,) = library.deleted.list().tags
    mark(library, uid, 3, ("A",))
    assert not library.deleted.list().tags
    with pytest.raises(ReaderError, match="again"):
        library.deleted.restore(tags=[found.uid])


def test_a_mark_brings_its_document_out_of_the_bin(library: Library) -> None:
    uid = add_text(library)
    made = mark(library, uid)
    library.annotate.delete([made.uid])
    library.documents.remove([uid])
    found = library.deleted.list()
    assert [one.uid for one in found.documents] == [uid]
    change = library.deleted.restore(marks=[made.uid], binned=[])
    assert [one.uid for one in change.documents_added] == [uid]
    assert same(library.annotate.of_document(uid)) == same([made])
    library.history.undo()
    assert [one.uid for one in library.documents.list(removed=True)] == [uid]


def test_what_is_no_more_to_be_had_changes_nothing(library: Library) -> None:
    uid = add_text(library)
    made = mark(library, uid)
    library.documents.remove([uid])
    dumped = dump(library.store)
    with pytest.raises(ReaderError):
        library.deleted.restore(marks=[made.uid], binned=[uid])
    assert dump(library.store) == dumped
