"""The history lets go of its oldest steps, never of the last ones, and of what only they could bring back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.model.annotation import Picture
from reader.services.library import Library
from reader.services.pruning import KEPT_BYTES, KEPT_DAYS, KEPT_STEPS, Bounds, Pruning
from reader.store import pictures
from reader.store.journal import action
from tests.store.helpers import START, TEXT, Clock, add_text, dump, write_file

YEAR = 366 * 86_400


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def library(tmp_path: Path, clock: Clock) -> Iterator[Library]:
    opened = Library.open(tmp_path / "library.sqlite", clock=clock)
    yield opened
    opened.close()


def prune(library: Library, steps: int, *, days: int = KEPT_DAYS, size: int = KEPT_BYTES) -> int:
    return Pruning(library.store, Bounds(steps, days, size)).run()


def marks(library: Library, uid: str, count: int) -> None:
    for at in range(count):
        library.annotate.highlight(uid, TEXT, at % 20, at % 20 + 3)


def test_the_bounds_are_those_that_are_promised() -> None:
    assert (KEPT_STEPS, KEPT_DAYS, KEPT_BYTES) == (10_000, 365, 200_000_000)


def test_a_year_later_all_but_the_last_steps_go(library: Library, clock: Clock) -> None:
    marks(library, add_text(library), 20)
    assert prune(library, 5) == 0
    clock.now += YEAR
    before = dump(library.store)
    assert prune(library, 5) == 16
    assert dump(library.store) == before
    reach = library.pruning.reach()
    assert (reach.steps, reach.pruned) == (5, 16)
    assert reach.pruned_until.startswith("2026-11-21")
    for _ in range(5):
        assert library.history.undo()
    assert library.history.undo() is None
    assert prune(library, 0) == 0  # what could be done again stays
    for _ in range(5):
        assert library.history.redo()
    assert dump(library.store) == before
    assert not library.store.rows("SELECT id FROM change WHERE action_id NOT IN (SELECT id FROM action)")


def test_young_steps_go_only_when_there_is_too_much(library: Library) -> None:
    uid = add_text(library)
    note = library.annotate.highlight(uid, TEXT, 0, 5).annotations_added[0].uid
    for at in range(30):
        library.annotate.edit_note(note, f"{at}" * 20_000)
        library.annotate.set_tags(note, [f"t{at}"])
    assert prune(library, 3, size=50_000_000) == 0
    # Each step keeps the note before and after it: about 80 KB.
    gone = prune(library, 3, size=1_000_000)
    assert 30 < gone < 57
    assert library.annotate.get(note).tags == ("t29",)
    size = library.store.row("SELECT sum(length(coalesce(before, '')) + length(coalesce(after, ''))) FROM change")[0]
    assert size <= 1_000_000


def test_a_clock_that_was_wrong_for_a_while_loses_no_young_step(library: Library, clock: Clock) -> None:
    uid = add_text(library)
    clock.now = START - 10 * YEAR
    marks(library, uid, 5)
    clock.now = START
    marks(library, uid, 5)
    assert prune(library, 2) == 0  # the oldest step is young
    clock.now = START + YEAR
    assert prune(library, 2) == 9


def test_a_long_step_goes_in_pieces(library: Library, clock: Clock) -> None:
    uid = add_text(library)
    with action(library.store, "many") as step:
        step.connection.execute(
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1700) "
            "INSERT INTO annotation (uid, document_id, note) SELECT 'u' || i, 1, 'x' FROM n"
        )
    marks(library, uid, 2)
    clock.now += YEAR
    stops = iter([False, True])
    pruning = Pruning(library.store, Bounds(2))
    assert pruning.run(lambda: next(stops, True)) <= 1
    assert pruning.run() <= 2
    assert pruning.reach().pruned == 2
    assert len(library.annotate.of_document(uid)) == 1702
    assert library.history.undo()


def test_pictures_and_dropped_texts_go_with_the_steps_that_held_them(
    library: Library, clock: Clock, tmp_path: Path
) -> None:
    file = write_file(tmp_path, "a.txt", TEXT)
    (result,) = library.adding.add([file])
    assert result.document
    uid = result.document.uid
    with action(library.store, "Area marked") as step:
        kept = pictures.keep(step.connection, Picture("image/png", b"shown"))
        gone = pictures.keep(step.connection, Picture("image/png", b"deleted"))
        step.connection.executemany(
            "INSERT INTO annotation (uid, document_id, style, picture) VALUES (?, 1, 'area', ?)",
            [("kept", kept), ("gone", gone)],
        )
    library.annotate.delete(["gone"])
    write_file(tmp_path, "a.txt", TEXT + "More.\n")
    (result,) = library.adding.add([file])
    assert result.status == "changed"
    versions = library.texts.list(uid)
    library.texts.drop(uid, next(version.number for version in versions if not version.shown))
    count = "SELECT count(*) FROM text_part"
    assert library.store.row(count)[0] == 2
    assert prune(library, 2) == 0
    clock.now += YEAR
    marks(library, uid, 2)
    assert prune(library, 2) > 0
    assert library.store.rows("SELECT sha256 FROM annotation_picture") == [(kept,)]
    assert library.store.row(count)[0] == 1
    assert not library.integrity()


@given(ages=st.lists(st.integers(0, 800), min_size=1, max_size=25), kept=st.integers(0, 12), undone=st.integers(0, 4))
@settings(max_examples=25, deadline=None)
def test_what_is_left_is_the_newest_steps_and_all_young_ones(
    tmp_path_factory: pytest.TempPathFactory, ages: list[int], kept: int, undone: int
) -> None:
    clock = Clock()
    library = Library.open(tmp_path_factory.mktemp("pruning") / "l.sqlite", clock=clock)
    uid = ""
    for age in ages:
        clock.now = START - age * 86_400
        if uid:
            library.annotate.note_document(uid, "n")
        else:
            uid = add_text(library)
    for _ in range(undone):
        library.history.undo()
    before = library.history.list(100)
    clock.now = START
    prune(library, kept)
    left = library.history.list(100)
    assert left == before[: len(left)]
    assert len(left) >= min(kept, len(before))
    young = [at for at, age in enumerate(reversed(ages)) if age < 365]
    assert len(left) > max(young, default=-1)
    assert sum(step.undone for step in left) == sum(step.undone for step in before)
    oldest_young = max([*young, kept - 1, min(undone, len(ages)) - 1], default=-1)
    assert len(left) == min(oldest_young + 1, len(ages))
    library.close()
