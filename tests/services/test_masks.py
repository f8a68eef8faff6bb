"""Hiding parts of a text: what is hidden afterwards, undo, and what everybody is told."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.model.annotation import AnchorState
from reader.model.change import Change
from reader.model.errors import ReaderError
from reader.model.mask import MaskState
from reader.services.library import Library
from reader.text.masks import hidden_ranges
from tests.store.helpers import TEXT, Clock, add_text, open_library, write_file

FIRST = (0, TEXT.index("."))
SECOND = (TEXT.index("Nobody"), TEXT.index("\n"))
CREATED = "2026-11-21T16:02:00.000Z"


def places(library: Library, uid: str) -> list[tuple[int, int, str]]:
    return [(mask.anchor.start, mask.anchor.end, mask.state.value) for mask in library.masks.of_document(uid)]


def test_hiding_is_one_step_that_everybody_hears_of(library: Library) -> None:
    uid = add_text(library)
    heard: list[Change] = []
    library.bus.subscribe(heard.append)
    change = library.masks.hide(uid, TEXT, [SECOND, FIRST])
    assert heard == [change]
    assert (change.label, change.masks, change.undoable) == ("2 passages hidden", (uid,), True)
    first, second = library.masks.of_document(uid)
    assert (first.anchor.start, first.anchor.exact, first.state) == (0, TEXT[: FIRST[1]], MaskState.HIDDEN)
    assert second.anchor.prefix == TEXT[: SECOND[0]][-32:]
    assert (first.created, first.modified, first.document_uid) == (CREATED, CREATED, uid)
    assert library.documents.open(uid).masks == (first, second)
    undone = library.history.undo()
    assert undone
    assert (undone.masks, undone.categories, library.masks.of_document(uid)) == ((uid,), False, ())
    redone = library.history.redo()
    assert redone
    assert (redone.masks, library.masks.of_document(uid)) == ((uid,), (first, second))


def test_hiding_never_moves_or_removes_a_mark(library: Library) -> None:
    uid = add_text(library)
    library.annotate.highlight(uid, TEXT, *SECOND, note="here")
    before = library.annotate.of_document(uid)
    library.masks.hide(uid, TEXT, [(0, len(TEXT))])
    assert library.annotate.of_document(uid) == before


def test_hidden_twice_is_hidden_once(library: Library) -> None:
    uid = add_text(library)
    library.masks.hide(uid, TEXT, [(10, 20)])
    label = library.history.undo_label()
    assert not library.masks.hide(uid, TEXT, [(12, 15)])
    assert library.history.undo_label() == label
    library.masks.hide(uid, TEXT, [(15, 30), (29, 31)])
    assert places(library, uid) == [(10, 31, "hidden")]


def test_showing_cuts_what_is_hidden(library: Library, clock: Clock) -> None:
    uid = add_text(library)
    library.masks.hide(uid, TEXT, [(0, 50)])
    library.masks.keep(uid, TEXT, [(60, 70)])
    clock.now += 60
    change = library.masks.show(uid, 20, 30)
    assert (change.label, change.masks) == ("Passage shown again", (uid,))
    assert places(library, uid) == [(0, 20, "hidden"), (30, 50, "hidden"), (60, 70, "kept")]
    assert {mask.created for mask in library.masks.of_document(uid)} == {CREATED}
    assert [mask.anchor.exact for mask in library.masks.of_document(uid)[:2]] == [TEXT[:20], TEXT[30:50]]
    assert not library.masks.show(uid, 20, 30)
    library.masks.show(uid, 0, len(TEXT))
    assert places(library, uid) == [(60, 70, "kept")]


def test_keeping_and_hiding_take_from_each_other(library: Library) -> None:
    uid = add_text(library)
    library.masks.hide(uid, TEXT, [(0, 40)])
    assert library.masks.keep(uid, TEXT, [(10, 20)]).label == "Passage kept"
    assert places(library, uid) == [(0, 10, "hidden"), (10, 20, "kept"), (20, 40, "hidden")]
    library.masks.hide(uid, TEXT, [(15, 25)])
    assert places(library, uid) == [(0, 10, "hidden"), (10, 15, "kept"), (15, 40, "hidden")]


@pytest.mark.parametrize("found", [[], [(5, 5)], [(0, 10_000)], [(TEXT.index("\n"), TEXT.index("\n") + 2)]])
def test_nothing_cannot_be_hidden(library: Library, found: list[tuple[int, int]]) -> None:
    uid = add_text(library)
    with pytest.raises(ReaderError, match="Nothing is selected"):
        library.masks.hide(uid, TEXT, found)
    assert library.masks.of_document(uid) == ()


def test_a_document_that_is_gone(library: Library) -> None:
    with pytest.raises(ReaderError, match="not in the library any more"):
        library.masks.hide("nobody", TEXT, [FIRST])
    assert library.masks.of_document("nobody") == ()


def test_masks_stay_with_their_document_in_the_bin(library: Library) -> None:
    uid = add_text(library)
    library.masks.hide(uid, TEXT, [FIRST])
    library.documents.remove([uid])
    library.documents.restore([uid])
    assert places(library, uid) == [(*FIRST, "hidden")]


def test_masks_are_carried_over_to_a_changed_file(library: Library, tmp_path: Path) -> None:
    path = write_file(tmp_path, "letter.txt", TEXT)
    (added,) = library.adding.add([path])
    assert added.document
    uid = added.document.uid
    library.masks.hide(uid, TEXT, [SECOND])
    before = library.masks.of_document(uid)
    write_file(tmp_path, "letter.txt", "A word before. " + TEXT)
    heard: list[Change] = []
    library.bus.subscribe(heard.append)
    (changed,) = library.adding.add([path])
    # The whole document is opened again, so nobody is told to hide parts of the text on the screen.
    assert (changed.status, heard[-1].masks) == ("changed", ())
    assert [found.uid for found in heard[-1].documents_updated] == [uid]
    (mask,) = library.masks.of_document(uid)
    assert (mask.anchor.start, mask.anchor_state, mask.anchor.exact) == (
        SECOND[0] + 15,
        AnchorState.MOVED,
        TEXT[slice(*SECOND)],
    )
    library.history.undo()
    assert library.masks.of_document(uid) == before


verbs = st.lists(
    st.tuples(st.sampled_from(["hide", "keep", "show"]), st.integers(0, 90), st.integers(1, 40)), min_size=1, max_size=6
)


@pytest.fixture(scope="module")
def lasting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    opened = open_library(tmp_path_factory.mktemp("masks"))
    yield opened
    opened.close()


@settings(max_examples=50, deadline=None)
@given(steps=verbs)
def test_masks_are_what_was_said_last_of_each_letter(lasting: Library, steps: list[tuple[str, int, int]]) -> None:
    uid = add_text(lasting)
    lasting.masks.show(uid, 0, len(TEXT))
    letters: dict[int, str] = {}
    for mask in lasting.masks.of_document(uid):
        letters.update(dict.fromkeys(range(mask.anchor.start, mask.anchor.end), "kept"))
    for verb, start, size in steps:
        end = min(start + size, len(TEXT))
        if verb == "show":
            lasting.masks.show(uid, start, end)
            letters = {at: state for at, state in letters.items() if state == "kept" or not start <= at < end}
        elif TEXT[start:end].strip():
            verb_of = lasting.masks.hide if verb == "hide" else lasting.masks.keep
            verb_of(uid, TEXT, [(start, end)])
            letters.update(dict.fromkeys(range(start, end), "hidden" if verb == "hide" else "kept"))
    found = lasting.masks.of_document(uid)
    told = {at: mask.state.value for mask in found for at in range(mask.anchor.start, mask.anchor.end)}
    assert sum(mask.anchor.end - mask.anchor.start for mask in found) == len(told)
    blank = {at for at, letter in enumerate(TEXT) if letter.isspace()}
    assert {at: s for at, s in told.items() if at not in blank} == {
        at: s for at, s in letters.items() if at not in blank
    }
    assert all(TEXT[mask.anchor.start : mask.anchor.end] == mask.anchor.exact for mask in found)
    assert sum(end - start for start, end in hidden_ranges(found)) == list(told.values()).count("hidden")
