"""Marks carried over to another text."""

from dataclasses import replace

import pytest

from reader.model.annotation import AnchorState, Annotation
from reader.model.mask import Mask, MaskState
from reader.services.carrying import carry, mask_stands
from reader.text.anchoring import describe

REFRAIN = "The council noted the letter and passed to the next item of the agenda without a vote. "
BEFORE = "Minutes of the water board.\n" + "Nobody spoke of the dam. " * 40 + REFRAIN * 30
INSERTED = "A correction of the minutes, read out at the request of two members. " * 300
AFTER = BEFORE.replace("Nobody", INSERTED + "Nobody", 1)


def mark(number: int, start: int, end: int, state: AnchorState = AnchorState.EXACT) -> Annotation:
    return Annotation(f"mark-{number}", "document", describe(BEFORE, start, end), state=state)


def refrain(number: int) -> int:
    return BEFORE.index(REFRAIN) + number * len(REFRAIN)


@pytest.mark.parametrize("order", [1, -1])
def test_repeated_passages_outside_the_edits_keep_their_places(order: int) -> None:
    marks = [mark(n, refrain(n), refrain(n) + 40) for n in (3, 11, 12, 27)]
    carried = carry(marks[::order], AFTER, before=BEFORE)
    shift = len(INSERTED)
    assert [place[:3] for place in carried.places] == [
        (refrain(n) + shift, refrain(n) + 40 + shift, "moved") for n in (3, 11, 12, 27)
    ]
    assert carried.marks == tuple(marks[::order])
    assert carried.report == "0 exact, 4 moved, 0 lost"


def test_what_stands_in_another_view_with_all_that_was_around_it_is_exact() -> None:
    marks = [mark(1, 0, 7), mark(2, 20, 27), mark(3, 28, 34), mark(4, len(BEFORE) - 9, len(BEFORE))]
    other = "A menu.\n" + BEFORE + "\nComments."
    carried = carry(marks, other, before=BEFORE, same_file=True)
    assert carried.of_marks == "4 exact, 0 moved, 0 lost"
    assert [place[:2] for place in carried.places] == [
        (found.anchor.start + 8, found.anchor.end + 8) for found in marks if found.anchor
    ]
    # The line above it is another here: somebody may want to look.
    assert carry(marks[2:3], "Mi" + BEFORE[28:], before=BEFORE, same_file=True).of_marks == "0 exact, 1 moved, 0 lost"


def test_where_a_lost_mark_once_stood_proves_nothing() -> None:
    """Its position is kept for the order of lists only, even if its words stand there by chance."""
    lost = mark(1, refrain(11), refrain(11) + 40, AnchorState.LOST)
    (place,) = carry([lost], AFTER, before=BEFORE).places
    assert place[2] == "lost"


def test_a_mark_that_does_not_stand_in_the_older_text_is_looked_for() -> None:
    moved = mark(1, 8, 27)
    assert moved.anchor
    moved = replace(moved, anchor=replace(moved.anchor, start=100, end=119))
    (place,) = carry([moved], AFTER, before=BEFORE).places
    assert place[:2] == (8, 27)


def test_a_mark_on_words_that_are_written_otherwise_stands_there() -> None:
    words = BEFORE[28:52].upper().replace(" ", "\n        ")
    after = BEFORE[:28] + words + BEFORE[52:]
    found = mark(1, 28, 52)
    (place,) = carry([found], after, before=BEFORE).places
    assert place[:3] == (28, 28 + len(words), "moved")
    assert found.anchor
    carried = replace(found, anchor=replace(found.anchor, end=place[1]), state=AnchorState.MOVED, score=place[3])
    assert carry([carried], after, same_text=True).places == (place,)


def test_masks_go_with_the_marks_and_only_lost_ones_are_told() -> None:
    hidden = Mask("mask-1", "document", describe(BEFORE, refrain(3), refrain(3) + 40), MaskState.HIDDEN)
    gone = Mask("mask-2", "document", describe(BEFORE, 0, 27), MaskState.KEPT)
    carried = carry([mark(1, refrain(3), refrain(3) + 40)], AFTER[28:], masks=[hidden, gone], before=BEFORE)
    shift = len(INSERTED) - 28
    assert [place[:3] for place in carried.places] == [(refrain(3) + shift, refrain(3) + 40 + shift, "moved")]
    assert [(*place[:3], place[4]) for place in carried.mask_places] == [
        (0, 27, "lost", "mask-2"),
        (refrain(3) + shift, refrain(3) + 40 + shift, "moved", "mask-1"),
    ]
    assert carried.report == "0 exact, 1 moved, 0 lost, 1 hidden passage lost"


def test_a_mask_that_stands_stays_as_it_is_in_the_very_same_text() -> None:
    anchor = describe(BEFORE, refrain(3), refrain(3) + 40)
    moved = Mask("mask-1", "document", anchor, anchor_state=AnchorState.MOVED)
    assert mask_stands(moved, BEFORE)
    assert not mask_stands(replace(moved, anchor_state=AnchorState.EXACT), BEFORE[5:])
    assert carry([], BEFORE, masks=[moved], same_text=True).mask_places == (
        (refrain(3), refrain(3) + 40, "moved", 0.0, "mask-1"),
    )


def test_a_mark_that_had_moved_is_exact_again_in_its_own_surroundings() -> None:
    """There and back again: the old text is opened, or the file has its former contents."""
    quote = BEFORE.index("Nobody", 400)
    there = mark(1, quote, quote + 19)
    assert there.anchor
    newer = "A new line.\n" + BEFORE
    (place,) = carry([there], newer, before=BEFORE).places
    assert place[:4] == (quote + 12, quote + 31, "moved", 1.0)
    moved = replace(there, anchor=replace(there.anchor, start=place[0], end=place[1]), state=AnchorState.MOVED)
    (back,) = carry([moved], BEFORE, before=newer).places
    assert back[:4] == (quote, quote + 19, "exact", 1.0)
