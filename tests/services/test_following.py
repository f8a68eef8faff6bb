"""What another program writes to the same file is told as if it had been done here."""

import shutil
import tempfile
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from threading import Event, Thread

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from reader.model.annotation import Annotation, Color
from reader.model.change import Change
from reader.services.library import Library
from reader.store.journal import action
from tests.store.helpers import TEXT, Clock, add_text


class Two:
    """Two programs at one library: `here` follows, `there` writes. `heard` is what `here` was told."""

    def __init__(self, folder: Path, clock: Clock | None = None) -> None:
        path, clock = folder / "library.sqlite", clock or Clock()
        self.here, self.there = Library.open(path, clock=clock), Library.open(path, clock=clock)
        self.heard: list[Change] = []
        self.following = self.here.following
        assert self.following.look() is None
        self.here.bus.subscribe(self.heard.append)

    def look(self) -> Change:
        found = self.following.look()
        assert found
        return found

    def close(self) -> None:
        self.here.close()
        self.there.close()


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Two]:
    made = Two(tmp_path)
    yield made
    made.close()


def mark(library: Library, uid: str, start: int = 0, end: int = 5, **more: object) -> Annotation:
    return library.annotate.highlight(uid, TEXT, start, end, **more).annotations_added[0]  # type: ignore[arg-type]


def test_a_document_and_its_mark_arrive(two: Two) -> None:
    uid = add_text(two.there)
    change = two.look()
    assert [found.uid for found in change.documents_added] == [uid]
    assert change.label.startswith("In another program: ")
    made = mark(two.there, uid, tags=["water"])
    change = two.look()
    assert change.annotations_added == (made,) == tuple(two.there.annotate.of_document(uid))
    assert change.tags
    assert [found.annotations for found in change.documents_updated] == [1]
    assert not change.documents_added
    assert two.heard[-1] is change
    assert two.following.look() is None


@pytest.mark.parametrize("few", [5_000, 0])
def test_a_look_tells_steps_of_others_among_ours_however_many_there_are(
    two: Two, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.store.following._FEW", few)
    uid = add_text(two.here)
    mark(two.here, uid)
    theirs = mark(two.there, uid, 6, 9)
    mark(two.here, uid, 10, 12)
    assert [found.uid for found in two.look().annotations_added] == [theirs.uid]


def test_a_look_does_not_go_through_the_history(two: Two) -> None:
    uid = add_text(two.there)
    uids = [mark(two.there, uid, start, start + 2).uid for start in range(20)]
    two.look()
    colors, connection = cycle((Color.PINK, Color.BLUE)), two.here.store.connection

    def cost() -> int:
        steps: list[None] = []
        two.there.annotate.recolor(uids[:1], next(colors))
        connection.set_progress_handler(lambda: steps.append(None), 10)
        two.look()
        connection.set_progress_handler(None, 0)
        return len(steps)

    first = min(cost() for _ in range(3))
    for color in (Color.GREEN, Color.ORANGE) * 25:
        two.there.annotate.recolor(uids, color)
    two.look()
    assert min(cost() for _ in range(3)) < 2 * first


def test_changed_deleted_and_brought_back(two: Two) -> None:
    uid = add_text(two.there)
    made = mark(two.there, uid)
    two.look()
    two.there.annotate.recolor([made.uid], Color.PINK)
    two.there.annotate.edit_note(made.uid, "why?")
    change = two.look()
    assert [(found.color, found.note) for found in change.annotations_updated] == [(Color.PINK, "why?")]
    assert "2 steps" in change.label
    two.there.annotate.delete([made.uid])
    change = two.look()
    assert [found.uid for found in change.annotations_removed] == [made.uid]
    assert change.annotations_removed[0].note == "why?"
    assert change.annotations_removed[0].document_uid == uid
    two.there.history.undo()
    change = two.look()
    assert change.annotations_added == tuple(two.there.annotate.of_document(uid))
    assert change.label == "In another program: Undone: 1 mark deleted"
    two.there.history.redo()
    assert [found.uid for found in two.look().annotations_removed] == [made.uid]


def test_documents_go_to_the_bin_and_back(two: Two) -> None:
    uid = add_text(two.there)
    two.look()
    two.there.documents.remove([uid])
    change = two.look()
    assert [found.uid for found in change.documents_removed] == [uid]
    two.there.documents.restore([uid])
    assert [found.uid for found in two.look().documents_added] == [uid]
    for _ in range(3):
        two.there.history.undo()
    change = two.look()
    assert [found.uid for found in change.documents_removed] == [uid]
    assert "3 steps" in change.label


def test_a_tag_renamed_and_a_category(two: Two) -> None:
    uid = add_text(two.there)
    made = mark(two.there, uid, tags=["water"])
    two.look()
    two.there.tags.rename("water", "wells")
    change = two.look()
    assert change.tags
    assert [found.tags for found in change.annotations_updated] == [("wells",)]
    assert [found.uid for found in change.annotations_updated] == [made.uid]
    two.there.categories.rename(Color.PINK, "Doubt")
    assert two.look().categories


def test_hidden_passages_are_told(two: Two) -> None:
    uid = add_text(two.there)
    two.look()
    two.there.masks.hide(uid, TEXT, [(0, 5)])
    assert two.look().masks == (uid,)


def test_places_and_settings_are_nobodys_business(two: Two) -> None:
    uid = add_text(two.there)
    two.look()
    two.there.documents.set_position(uid, 3, 0.5)
    two.there.settings.set("theme", "dark")
    assert two.following.look() is None


def test_own_steps_are_not_told_twice(two: Two) -> None:
    uid = add_text(two.here)
    made = mark(two.here, uid)
    two.here.history.undo()
    two.here.history.redo()
    two.heard.clear()
    two.there.documents.set_position(uid, 3, 0.5)
    assert two.following.look() is None
    theirs = mark(two.there, uid, 6, 9)
    assert two.look().annotations_added == (theirs,)
    assert [found.uid for found in two.here.annotate.of_document(uid)] == [made.uid, theirs.uid]


def test_another_takes_back_what_was_done_here(two: Two) -> None:
    uid = add_text(two.here)
    made = mark(two.here, uid)
    two.there.history.undo()
    change = two.look()
    assert [found.uid for found in change.annotations_removed] == [made.uid]
    assert change.label == f"In another program: Undone: {two.here.history.redo_label()}"


def test_undo_names_what_another_program_did(two: Two) -> None:
    uid = add_text(two.here)
    mark(two.there, uid)
    two.look()
    change = two.here.history.undo()
    assert change
    assert change.label.endswith("(made by another program)")
    assert not two.here.annotate.of_document(uid)
    change = two.here.history.undo()
    assert change
    assert "another program" not in change.label


def test_taken_back_and_done_otherwise_between_two_looks(two: Two) -> None:
    uid = add_text(two.there)
    first = mark(two.there, uid)
    two.look()
    two.there.history.undo()
    second = mark(two.there, uid, 6, 9)  # in the very row that became free
    change = two.look()
    assert [found.uid for found in change.annotations_removed] == [first.uid]
    assert change.annotations_added == (second,)


def test_too_much_has_everything_read_again(two: Two) -> None:
    uid = add_text(two.there)
    for at in range(70):
        mark(two.there, uid, at % 40, at % 40 + 2)
    two.look()
    for _ in range(70):
        two.there.history.undo()
    assert two.look().everything


def test_what_was_written_before_following_began(tmp_path: Path) -> None:
    two = Two(tmp_path)
    try:
        late = Library.open(two.here.path)
        add_text(two.there)
        change = late.following.look()
        assert change
        assert change.everything
        assert late.following.look() is None
        late.close()
    finally:
        two.close()


def test_another_computer_is_named(two: Two) -> None:
    uid = add_text(two.there)
    two.look()
    with two.there.store.transaction() as connection:
        connection.execute("INSERT INTO action (label, at, state, device) VALUES ('Note edited', '', 'open', 'attic')")
        connection.execute("UPDATE document SET title = 'New'")
        connection.execute("UPDATE action SET state = 'done'")
    change = two.look()
    assert change.label == "On “attic”: Note edited"
    assert [(found.uid, found.title) for found in change.documents_updated] == [(uid, "New")]


def test_a_restored_backup_has_everything_read_again(two: Two, tmp_path: Path) -> None:
    uid = add_text(two.there)
    two.there.backups.write(tmp_path / "copy.sqlite")
    made = mark(two.there, uid)
    two.look()
    two.there.backups.restore(tmp_path / "copy.sqlite")
    change = two.look()
    assert change.everything or [found.uid for found in change.annotations_removed] == [made.uid]


def test_edits_of_two_programs_are_two_steps(two: Two) -> None:
    uid = add_text(two.here)
    made = mark(two.here, uid)
    two.here.annotate.edit_note(made.uid, "mine")
    two.there.annotate.edit_note(made.uid, "theirs")
    two.there.annotate.edit_note(made.uid, "theirs, too")
    assert two.here.history.undo()
    assert two.here.annotate.get(made.uid).note == "mine"


def test_a_clock_set_back_merges_nothing(tmp_path: Path) -> None:
    clock = Clock()
    library = Library.open(tmp_path / "library.sqlite", clock=clock)
    made = mark(library, add_text(library))
    library.annotate.edit_note(made.uid, "late")
    clock.now -= 3600
    library.annotate.edit_note(made.uid, "early")
    assert [step.label for step in library.history.list(2)] == ["Note edited", "Note edited"]
    library.history.undo()
    assert library.annotate.get(made.uid).note == "late"
    library.close()


def test_a_step_that_goes_on_is_told_bit_by_bit(two: Two) -> None:
    uid = add_text(two.there)
    two.look()
    step_id = None
    for at in range(3):
        with action(two.there.store, "Imported", continues=step_id) as step:
            step_id = step.id
            step.connection.execute("INSERT INTO annotation (uid, document_id, note) VALUES (?, 1, 'x')", (f"u{at}",))
        mark(two.here, uid, at)  # a step of ours in between
        assert [found.uid for found in two.look().annotations_added] == [f"u{at}"]
    two.there.history.undo()
    two.there.history.undo()
    two.there.history.undo()
    two.there.history.undo()
    assert {found.uid for found in two.look().annotations_removed} >= {"u0", "u1", "u2"}
    assert not two.here.annotate.of_document(uid)


def test_what_threads_of_ours_write_is_not_another_programs(two: Two) -> None:
    uid = add_text(two.here)

    def work() -> None:
        for at in range(60):
            made = two.here.annotate.note_document(uid, f"{at}").annotations_added[0]
            if at % 9 == 0:
                two.here.annotate.delete([made.uid])

    worker = Thread(target=work)
    worker.start()
    told: list[Change | None] = []
    while worker.is_alive():
        told.append(two.following.look())
    told.append(two.following.look())
    assert not any(told)
    assert len(two.here.annotate.of_document(uid)) == 53


class Walk(RuleBasedStateMachine):
    """Both programs do what they like; whoever only listens always knows the marks and documents of the file."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        path = self.folder / "library.sqlite"
        self.libraries = [Library.open(path), Library.open(path)]
        self.followers = [library.following for library in self.libraries]
        self.known: list[dict[str, Annotation]] = [{}, {}]
        self.documents: list[set[str]] = [set(), set()]
        for at, library in enumerate(self.libraries):
            library.bus.subscribe(lambda change, at=at: self._hear(at, change))

    def _hear(self, at: int, change: Change) -> None:
        library, known, documents = self.libraries[at], self.known[at], self.documents[at]
        if change.everything:
            documents.clear()
            documents.update(found.uid for found in library.documents.list())
            known.clear()
            known.update((mark.uid, mark) for uid in self._all(library) for mark in library.annotate.of_document(uid))
        for mark in change.annotations_removed:
            known.pop(mark.uid, None)  # it may have come from the other program since the last look
        for mark in (*change.annotations_added, *change.annotations_updated):
            known[mark.uid] = mark
        documents -= {found.uid for found in change.documents_removed}
        documents |= {found.uid for found in change.documents_added}

    def _all(self, library: Library) -> list[str]:
        return [found.uid for found in (*library.documents.list(), *library.documents.list(removed=True))]

    @initialize()
    def begin(self) -> None:
        add_text(self.libraries[0])
        self._look()

    @rule(at=st.integers(0, 1), data=st.data(), verb=st.sampled_from(["mark", "tag", "delete", "bin", "back", "add"]))
    def do(self, at: int, data: st.DataObject, verb: str) -> None:
        library = self.libraries[at]
        uids = self._all(library)
        marks = [mark.uid for uid in uids for mark in library.annotate.of_document(uid)]
        if verb == "add":
            add_text(library, f"{TEXT} {len(uids)} {at}")
        elif verb == "mark" and uids:
            start = data.draw(st.integers(0, 20))
            uid = data.draw(st.sampled_from(uids))
            text = library.documents.open(uid).document.text
            library.annotate.highlight(uid, text, start, start + 3, tags=["a"] if start > 10 else [])
        elif verb == "tag" and marks:
            tags = data.draw(st.lists(st.sampled_from("abc"), max_size=2))
            library.annotate.set_tags(data.draw(st.sampled_from(marks)), tags)
        elif verb == "delete" and marks:
            library.annotate.delete(data.draw(st.lists(st.sampled_from(marks), min_size=1, unique=True)))
        elif verb == "bin":
            library.documents.remove(uids[:1])
        elif verb == "back":
            library.documents.restore(uids)

    @rule(at=st.integers(0, 1), times=st.integers(1, 3))
    def undo(self, at: int, times: int) -> None:
        # A window looks before it takes anything back.
        self.followers[at].look()
        for _ in range(times):
            self.libraries[at].history.undo()

    @rule(at=st.integers(0, 1), times=st.integers(1, 3))
    def redo(self, at: int, times: int) -> None:
        self.followers[at].look()
        for _ in range(times):
            self.libraries[at].history.redo()

    @rule(at=st.integers(0, 1))
    def look(self, at: int) -> None:
        self.followers[at].look()

    @rule()
    def all_know(self) -> None:
        self._look()
        for at, library in enumerate(self.libraries):
            marks = {mark.uid: mark for uid in self._all(library) for mark in library.annotate.of_document(uid)}
            assert self.known[at] == marks
            assert self.documents[at] == {found.uid for found in library.documents.list()}

    def _look(self) -> None:
        for follower in self.followers:
            follower.look()

    def teardown(self) -> None:
        self.all_know()
        for library in self.libraries:
            library.close()
        shutil.rmtree(self.folder)


TestWalk = Walk.TestCase
TestWalk.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)


def test_a_step_that_is_taken_back_in_another_thread_is_not_taken_for_another_programs(
    two: Two, monkeypatch: pytest.MonkeyPatch
) -> None:
    uid = add_text(two.here)
    made = mark(two.here, uid)
    assert two.following.look() is None
    written, looked, left = Event(), Event(), two.here.store.ours.left

    def later(action_id: int, *, done: bool) -> None:
        written.set()
        assert looked.wait(10)
        left(action_id, done=done)

    monkeypatch.setattr(two.here.store.ours, "left", later)
    two.heard.clear()
    thread = Thread(target=two.here.history.undo)
    thread.start()
    assert written.wait(10)
    early = two.following.look()
    looked.set()
    thread.join()
    assert early is None
    assert two.following.look() is None
    assert [found.uid for change in two.heard for found in change.annotations_removed] == [made.uid]
    mark(two.there, uid)
    assert two.look().annotations_added
