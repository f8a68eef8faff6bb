"""A file that was imported, edited in its own program, and imported again: the edit comes, all else stays."""

from pathlib import Path

import pytest

from reader.model.annotation import AnchorState
from reader.services.import_preview import Stands
from reader.services.library import Library
from tests.interchange.foreign_samples import ABSENT, ADDRESS, COST, DAM, SAMPLES, js
from tests.services.test_foreign_imports import dam
from tests.store.helpers import Clock

HEAD, DAY = "quote,note,tags,url,created\n", "2026-01-01T10:00:00Z"
ROWS = (
    f"{COST},Whose million?,money,{ADDRESS},{DAY}",
    f"{COST},Twice,,{ADDRESS},{DAY}",
    f"Nowhere in it,a,,,{DAY}",
    "",
)
PLAIN = (HEAD + "\n".join(ROWS)).encode()
EDITED = {name: one.data for name, one in SAMPLES.items() if b"Whose million?" in one.data}
FILES = {**EDITED, "table": PLAIN}


@pytest.fixture
def uid(library: Library, tmp_path: Path) -> str:
    return dam(library, tmp_path)


def notes(library: Library) -> list[str]:
    return sorted(mark.note for mark in library.annotate.select())


@pytest.mark.parametrize("data", FILES.values(), ids=FILES)
def test_an_edited_note_takes_the_place_of_the_old_one(library: Library, uid: str, data: bytes) -> None:
    edited = data.replace(b"Whose million?", b"Whose billion?")
    library.exchange.import_file(data)
    before = notes(library)
    assert (library.exchange.preview(edited).new, library.exchange.preview(edited).newer) == (0, 1)
    report = library.exchange.import_file(edited)
    assert (report.added, report.updated) == (0, 1)
    assert notes(library) == sorted(note.replace("Whose million?", "Whose billion?") for note in before)
    again = library.exchange.import_file(edited)
    assert (again.added, again.updated) == (0, 0)
    library.history.undo()
    assert notes(library) == before


def test_what_no_id_and_no_time_tells_apart_is_kept_twice(library: Library, uid: str) -> None:
    """Two people may have marked the same words in tables of their own: neither note takes the place of the other."""
    for note in ("Whose million?", "Of which year?"):
        report = library.exchange.import_file(f"quote,note,url\n{COST},{note},{ADDRESS}\n".encode())
        assert (report.added, report.updated) == (1, 0)
    assert notes(library) == ["Of which year?", "Whose million?"]


def test_what_was_written_here_meanwhile_stays(library: Library, clock: Clock, uid: str) -> None:
    library.exchange.import_file(PLAIN)
    (mark,) = (one for one in library.annotate.select() if one.note == "Whose million?")
    clock.now += 60
    library.annotate.edit_note(mark.uid, "Mine")
    library.tags.rename("money", "Money matters")
    report = library.exchange.import_file(PLAIN.replace(b"Whose million?", b"Theirs"))
    assert (report.added, report.updated) == (0, 0)
    assert "Mine" in notes(library)
    assert library.annotate.get(mark.uid).tags == ("Money matters",)


def test_what_was_placed_by_hand_here_stays_there(library: Library, uid: str) -> None:
    target = {"source": ADDRESS, "selector": {"type": "TextQuoteSelector", "exact": ABSENT}}
    when = "2026-01-01T00:00:00Z"
    data = js([{"type": "Annotation", "id": "urn:x", "modified": when, "bodyValue": "a", "target": target}])
    library.exchange.import_file(data)
    (mark,) = library.annotate.select()
    assert mark.state is AnchorState.LOST
    start = DAM.index(COST)
    library.annotate.move_range(mark.uid, DAM, start, start + len(COST))
    edited = data.replace(b'"bodyValue": "a"', b'"bodyValue": "b"').replace(b"2026-01-01", b"2099-01-01")
    preview = library.exchange.preview(edited)
    assert (preview.newer, preview.count(Stands.EXACTLY)) == (1, 1)
    assert library.exchange.import_file(edited).lost == ()
    (now,) = library.annotate.select()
    assert (now.note, now.state, now.quote) == ("b", AnchorState.EXACT, COST)
