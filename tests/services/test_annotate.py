"""Marking: each verb is one committed step, and the change tells what the rows are afterwards."""

import pytest

from reader.model.annotation import AnchorState, Color, Style
from reader.model.change import Change
from reader.model.errors import ReaderError
from reader.services.library import Library
from tests.store.helpers import TEXT, Clock, add_text


@pytest.fixture
def uid(library: Library) -> str:
    return add_text(library)


def mark(library: Library, uid: str, start: int = 4, end: int = 13, **more: object) -> str:
    change = library.annotate.highlight(uid, TEXT, start, end, **more)  # type: ignore[arg-type]
    return change.annotations_added[0].uid


def test_a_mark_is_described_and_told(library: Library, uid: str) -> None:
    heard: list[Change] = []
    library.bus.subscribe(heard.append)
    change = library.annotate.highlight(
        uid, TEXT, 4, 13, color=Color.ORANGE, style=Style.UNDERLINE, note="A *note*",
        tags=["Water", " water ", "a / b"],
    )  # fmt: skip
    (made,) = change.annotations_added
    assert made == library.annotate.get(made.uid) == library.annotate.of_document(uid)[0]
    assert made.anchor
    assert (made.anchor.start, made.anchor.end, made.quote) == (4, 13, "reservoir")
    assert (made.anchor.prefix, made.anchor.suffix) == ("The ", TEXT[13:45])
    assert (made.color, made.style, made.note) == (Color.ORANGE, Style.UNDERLINE, "A *note*")
    assert made.tags == ("Water", "a/b")
    assert made.created == made.modified == "2026-11-21T16:02:00.000Z"
    assert (made.state, made.score) == (AnchorState.EXACT, 1.0)
    assert change.documents_updated[0].annotations == 1
    assert change.tags
    assert heard == [change]


def test_the_label_names_the_category(library: Library, uid: str) -> None:
    library.categories.rename(Color.GREEN, "Proof")
    assert library.annotate.highlight(uid, TEXT, 0, 3, color=Color.GREEN).label == "Proof added"
    assert library.annotate.highlight(uid, TEXT, 0, 3, style=Style.UNDERLINE).label == "Underline added"


@pytest.mark.parametrize(("start", "end"), [(3, 3), (5, 4), (-1, 3), (0, 10_000)])
def test_no_passage_is_no_mark(library: Library, uid: str, start: int, end: int) -> None:
    with pytest.raises(ReaderError, match="select some text"):
        library.annotate.highlight(uid, TEXT, start, end)
    assert library.annotate.of_document(uid) == []


def test_a_mark_in_a_document_that_is_gone_says_so(library: Library) -> None:
    with pytest.raises(ReaderError, match="not in the library"):
        library.annotate.highlight("nowhere", TEXT, 0, 3)
    assert library.history.list() == []


def test_marks_come_in_text_order_after_notes_on_the_document(library: Library, uid: str) -> None:
    outer = mark(library, uid, 4, 30)
    later = mark(library, uid, 20, 30)
    inner = mark(library, uid, 4, 13)
    library.annotate.note_document(uid, "On the whole.")
    found = library.annotate.of_document(uid)
    assert found[0].anchor is None
    assert [m.uid for m in found[1:]] == [inner, outer, later]


def test_an_empty_note_on_the_document_is_refused(library: Library, uid: str) -> None:
    with pytest.raises(ReaderError, match="empty"):
        library.annotate.note_document(uid, "  \n")


def test_bulk_verbs_are_one_step_each(library: Library, uid: str) -> None:
    marks = [mark(library, uid, n, n + 5) for n in range(3)]
    change = library.annotate.recolor(marks, Color.PINK)
    assert [m.color for m in change.annotations_updated] == [Color.PINK] * 3
    assert change.label == "3 marks changed to Question"
    change = library.annotate.add_tags(marks, ["b", "a"])
    assert {m.tags for m in change.annotations_updated} == {("b", "a")}
    change = library.annotate.delete(marks)
    assert len(change.annotations_removed) == 3
    assert change.documents_updated[0].annotations == 0
    for expected in ("3 marks deleted", "Tagged", "3 marks changed to Question"):
        assert library.history.undo_label() == expected
        library.history.undo()
    assert [(m.uid, m.color, m.tags) for m in library.annotate.of_document(uid)] == [
        (marked, Color.YELLOW, ()) for marked in marks
    ]


def test_what_changes_nothing_leaves_no_step(library: Library, uid: str, clock: Clock) -> None:
    marked = mark(library, uid, note="n", tags=["a"])
    label, steps = library.history.undo_label(), len(library.history.list())
    heard: list[Change] = []
    library.bus.subscribe(heard.append)
    clock.now += 1000
    for change in (
        library.annotate.recolor([marked], Color.YELLOW),
        library.annotate.edit_note(marked, "n"),
        library.annotate.set_tags(marked, ["A"]),
        library.annotate.add_tags([marked], ["a"]),
        library.annotate.delete([]),
    ):
        assert not change
    assert heard == []
    assert (library.history.undo_label(), len(library.history.list())) == (label, steps)
    assert library.annotate.get(marked).modified == "2026-11-21T16:02:00.000Z"


def test_modified_follows_every_change(library: Library, uid: str, clock: Clock) -> None:
    marked = mark(library, uid)
    for verb in (
        lambda: library.annotate.edit_note(marked, "new"),
        lambda: library.annotate.set_tags(marked, ["t"]),
        lambda: library.annotate.move_range(marked, TEXT, 0, 3),
        lambda: library.annotate.restyle([marked], Style.UNDERLINE),
    ):
        clock.now += 3600
        (updated,) = verb().annotations_updated
        assert updated.modified == library.store.now()
        assert updated.created == "2026-11-21T16:02:00.000Z"


def test_edits_of_a_note_within_a_minute_are_undone_together(library: Library, uid: str, clock: Clock) -> None:
    marked = mark(library, uid, note="first")
    for note in ("second", "third"):
        clock.now += 30
        library.annotate.edit_note(marked, note)
    clock.now += 61
    library.annotate.edit_note(marked, "much later")
    library.history.undo()
    assert library.annotate.get(marked).note == "third"
    library.history.undo()
    assert library.annotate.get(marked).note == "first"
    library.history.redo()
    assert library.annotate.get(marked).note == "third"


def test_edits_of_different_notes_are_not_merged(library: Library, uid: str) -> None:
    one, two = mark(library, uid), mark(library, uid, 20, 25)
    library.annotate.edit_note(one, "one")
    library.annotate.edit_note(two, "two")
    library.history.undo()
    assert (library.annotate.get(one).note, library.annotate.get(two).note) == ("one", "")


def test_an_edit_after_undo_is_a_step_of_its_own(library: Library, uid: str) -> None:
    marked = mark(library, uid)
    library.annotate.edit_note(marked, "one")
    library.history.undo()
    library.annotate.edit_note(marked, "two")
    assert library.history.redo() is None
    library.history.undo()
    assert library.annotate.get(marked).note == ""


def test_moving_the_range_makes_it_exact_there(library: Library, uid: str) -> None:
    marked = mark(library, uid, note="n", tags=["t"])
    library.store.connection.execute("UPDATE annotation SET state = 'lost', score = 0")
    (moved,) = library.annotate.move_range(marked, TEXT, 20, 30).annotations_updated
    assert moved.anchor
    assert (moved.anchor.start, moved.anchor.end, moved.quote) == (20, 30, TEXT[20:30])
    assert (moved.state, moved.score, moved.note, moved.tags) == (AnchorState.EXACT, 1.0, "n", ("t",))


def test_a_mark_that_is_gone_says_so(library: Library, uid: str) -> None:
    marked = mark(library, uid)
    library.annotate.delete([marked])
    for verb in (
        lambda: library.annotate.get(marked),
        lambda: library.annotate.edit_note(marked, "x"),
        lambda: library.annotate.set_tags(marked, ["x"]),
        lambda: library.annotate.move_range(marked, TEXT, 0, 3),
    ):
        with pytest.raises(ReaderError, match="does not exist any more"):
            verb()
    assert library.tags.list() == []


def test_notes_that_a_file_cannot_hold_are_cleaned(library: Library, uid: str) -> None:
    marked = mark(library, uid, note="a\0b\ud800c")
    assert library.annotate.get(marked).note == "a\ufffdb\ufffdc"
    library.annotate.delete([marked])
    library.history.undo()
    assert library.annotate.get(marked).note == "a\ufffdb\ufffdc"


def test_selecting(library: Library, uid: str) -> None:
    other = add_text(library, "The dam is elsewhere.")
    first = mark(library, uid, 4, 13, tags=["water/level"], color=Color.BLUE)
    second = mark(library, uid, 20, 30, tags=["people"], note="about the Café")
    third = library.annotate.highlight(other, "The dam is elsewhere.", 4, 7).annotations_added[0].uid

    def found(**conditions: object) -> list[str]:
        return [m.uid for m in library.annotate.select(**conditions)]  # type: ignore[arg-type]

    assert found() == [first, second, third]
    assert found(document_uid=other) == [third]
    assert found(tag="WATER") == [first]
    assert found(tag="wat") == []
    assert found(color=Color.BLUE) == [first]
    assert found(query="cafe") == [second]
    assert found(query="peop") == [second]
    assert found(query="reserv", color=Color.PINK) == []
    assert found(query="!?") == []
    library.documents.remove([other])
    assert found() == [first, second]


def test_short_ids(library: Library, uid: str) -> None:
    marked = mark(library, uid)
    assert library.annotate.resolve_id(marked) == marked
    assert library.annotate.resolve_id(marked[-8:].upper()) == marked
    with pytest.raises(ReaderError, match="no mark"):
        library.annotate.resolve_id("zzz")
    mark(library, uid)
    with pytest.raises(ReaderError, match="more than one mark"):
        library.annotate.resolve_id(marked[:8])
    assert library.documents.resolve_id(uid[-8:]) == uid
    with pytest.raises(ReaderError, match="no document"):
        library.documents.resolve_id("")


def test_tags_are_taken_off_many_as_one_action(library: Library) -> None:
    uid = add_text(library)
    first = library.annotate.highlight(uid, TEXT, 4, 13, tags=["Water", "dam", "cost"]).annotations_added[0].uid
    second = library.annotate.highlight(uid, TEXT, 4, 13, tags=["dam"]).annotations_added[0].uid
    change = library.annotate.remove_tags([first, second], ["WATER", "cost", "nowhere"])
    assert [mark.tags for mark in change.annotations_updated] == [("dam",), ("dam",)]
    assert not library.annotate.remove_tags([first, second], ["water"])
    library.history.undo()
    assert library.annotate.get(first).tags == ("Water", "dam", "cost")


def test_tags_come_and_go_as_one_action(library: Library) -> None:
    uid = add_text(library, TEXT)
    marks = [library.annotate.highlight(uid, TEXT, at, at + 4, tags=tags).annotations_added[0].uid
             for at, tags in enumerate((["a", "B"], ["b"], []))]  # fmt: skip
    library.annotate.retag(marks, ["new", "A"], ["b", "absent"])
    assert [mark.tags for mark in library.annotate.of_document(uid)] == [("a", "new"), ("new", "a"), ("new", "a")]
    library.history.undo()
    assert [mark.tags for mark in library.annotate.of_document(uid)] == [("a", "B"), ("B",), ()]


def test_a_change_tells_what_is_in_which_document(library: Library, uid: str) -> None:
    other = library.adding.add_text("Another text about a weir.\n", "Weir").document
    assert other
    uids = [mark(library, uid), library.annotate.highlight(other.uid, "Another text", 0, 7).annotations_added[0].uid]
    change = library.annotate.recolor(uids, Color.PURPLE)
    for found in (uid, other.uid):
        added, updated, removed = change.in_document(found)
        assert ([one.document_uid for one in updated], added, removed) == ([found], [], [])
    assert change.in_document("elsewhere") == ([], [], [])
    assert library.annotate.delete(uids).in_document(uid)[2][0].uid == uids[0]


def test_very_many_are_not_told_one_by_one(library: Library, uid: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text = library.documents.open(uid).document.text
    uids = [library.annotate.highlight(uid, text, 0, end).annotations_added[0].uid for end in (3, 4, 5)]
    monkeypatch.setattr("reader.services.annotate.MANY", 2)
    change = library.annotate.recolor(uids, Color.GREEN)
    assert (change.everything, change.annotations_updated) == (True, ())
    assert {library.annotate.get(uid).color for uid in uids} == {Color.GREEN}
    assert not library.annotate.recolor(uids, Color.GREEN), "nothing was to be changed"
    two = library.annotate.add_tags(uids[:2], ["cost"])
    assert [mark.tags for mark in two.annotations_updated] == [("cost",), ("cost",)]
    assert not two.everything
    with pytest.raises(ReaderError, match="does not exist any more"):
        library.annotate.recolor(["a", "b", "c"], Color.BLUE)
