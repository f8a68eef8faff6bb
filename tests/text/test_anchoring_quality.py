"""A small slice of the bench: how well marks find their passages in texts edited in every way it knows."""

import pytest

from tests.bench.anchoring import Results, measured, summed
from tests.bench.anchoring_edits import EDITS, unedited
from tests.bench.anchoring_truth import Outcome, Survival, Truth, marks, outcome, truths


@pytest.fixture(scope="module")
def results() -> Results:
    return measured(range(100, 101), size=5000, count=16, plain_runs=0)


def test_a_mark_is_hardly_ever_on_other_words(results: Results) -> None:
    tally = summed(results["with before"])
    assert tally.total > 3000
    assert tally.wrong <= 2
    assert summed(results["alone"]).wrong <= tally.total / 1000


@pytest.mark.parametrize("kind", EDITS)
def test_each_kind_of_edit_leaves_nearly_all_marks_right(results: Results, kind: str) -> None:
    first, *_ = EDITS[kind][1]
    tally = summed(results["with before"], lambda cell: cell[1:] == (kind, first))
    assert (tally.share(Outcome.RIGHT, Survival.WHOLE) or 0) >= 98
    near = tally.share(Outcome.RIGHT, Survival.NEARLY)
    assert near is None or near >= 50


def test_marks_survive_as_wanted(results: Results) -> None:
    tally = summed(results["with before"])
    assert (tally.share(Outcome.RIGHT, Survival.WHOLE) or 0) >= 99
    assert (tally.share(Outcome.RIGHT, Survival.NEARLY) or 0) >= 95


def test_the_plain_methods_do_worse() -> None:
    results = measured([1], size=1500, count=8, plain_runs=1)
    ours = summed(results["with before"])
    for plain in ("difflib", "quote only"):
        theirs = summed(results[plain])
        assert theirs.wrong > 20 * ours.wrong + 20
        assert (theirs.share(Outcome.RIGHT) or 0) < (ours.share(Outcome.RIGHT) or 0)


# --- the truth itself -------------------------------------------------------------------------------------


def test_the_truth_follows_each_code_point() -> None:
    from random import Random

    text = "The dam is full. The mill burned. Nobody saw it, and nobody asked.\n\nThe river rose in May."
    for kind, (edit, strengths) in EDITS.items():
        for strength in strengths:
            edited = edit(Random(f"{kind} {strength}"), unedited(text), strength)
            assert len(edited.text) == len(edited.origins), kind
            kept = [origin for origin in edited.origins if origin >= 0]
            assert len(kept) == len(set(kept)), kind
            assert all(0 <= origin < len(text) for origin in kept), kind


def test_outcomes() -> None:
    before, edited = "abc def ghi", unedited("abc def ghi")
    (truth,) = truths(before, edited, [(4, 7)])
    assert truth == Truth((4, 7), frozenset({4, 5, 6}), Survival.WHOLE)
    assert outcome(truth, (4, 7), before, edited) is Outcome.RIGHT
    assert outcome(truth, (3, 8), before, edited) is Outcome.RIGHT
    assert outcome(truth, (0, 3), before, edited) is Outcome.WRONG
    assert outcome(truth, None, before, edited) is Outcome.LOST


def test_a_deleted_mark_is_rightly_lost_and_wrong_anywhere() -> None:
    before = "abc def ghi"
    whole = unedited(before)
    edited = type(whole)(before[:3] + before[8:], [*whole.origins[:3], *whole.origins[8:]])
    (truth,) = truths(before, edited, [(4, 7)])
    assert truth.survival is Survival.GONE
    assert outcome(truth, None, before, edited) is Outcome.RIGHT
    assert outcome(truth, (0, 3), before, edited) is Outcome.WRONG


def test_which_of_two_equal_neighbours_went_nobody_can_tell() -> None:
    before = "One. Same words here. Same words here. Two."
    whole = unedited(before)
    edited = type(whole)(before[:5] + before[22:], [*whole.origins[:5], *whole.origins[22:]])
    (truth,) = truths(before, edited, [(5, 15)])
    assert truth.survival is Survival.GONE
    assert outcome(truth, (5, 15), before, edited) is Outcome.RIGHT


def test_equal_neighbours_that_both_stay_are_told_apart() -> None:
    before = "One. Same words here. Same words here. Two."
    edited = unedited(before)
    (truth,) = truths(before, edited, [(22, 32)])
    assert outcome(truth, (5, 15), before, edited) is Outcome.WRONG


def test_another_copy_is_no_answer_unless_clearly_more_round_it_is_as_it_was() -> None:
    before = "abc the def, ghi the jkl"
    edited = unedited(before).rewritten("abX the Xef, ghi the jkl")
    (truth,) = truths(before, edited, [(4, 7)])
    assert outcome(truth, (17, 20), before, edited) is Outcome.WRONG


def test_marks_are_words() -> None:
    from random import Random

    text = "The dam is full. The mill burned."
    assert all(not text[start:end].startswith(" ") and start < end for start, end in marks(Random(1), text, 20))
    assert marks(Random(1), "", 20) == []
