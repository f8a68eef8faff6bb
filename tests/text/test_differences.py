"""Where two texts differ."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model.errors import Cancelled
from reader.text.differences import changed, differences, word_differences

OLD = "The lake\n\nThe board met at seven. The dam will cost 41 million.\nNobody asked.\nسد بر دره 🌊 ساخته شد."
NEW = OLD.replace("seven", "eight").replace("\nNobody", "\nA line between.\nNobody").replace("ساخته ", "ساخته ن")


def words_of(before: str, after: str) -> list[tuple[str, str]]:
    return [
        (before[slice(*one)], after[slice(*other)])
        for found in differences(before, after)
        for one, other in found.words
    ]


def test_equal_texts_have_no_difference() -> None:
    assert differences(OLD, OLD) == []
    assert differences("", "") == []


def test_words_that_differ_are_told_and_no_others() -> None:
    assert words_of(OLD, NEW) == [("seven", "eight"), ("", "\nA line between."), ("شد", "نشد")]


def test_a_paragraph_belongs_to_a_difference_whole() -> None:
    first = differences(OLD, NEW)[0]
    assert OLD[slice(*first.before)] == "The board met at seven. The dam will cost 41 million."
    assert NEW[slice(*first.after)] == "The board met at eight. The dam will cost 41 million.\nA line between."


def test_spaces_and_cases_are_differences_too() -> None:
    assert word_differences("a b", "a  B") == [((1, 3), (1, 4))]


LINES = st.lists(st.sampled_from(["", "a", "a b", "b a", "🌊 c", "c"]), max_size=12).map("\n".join)


@given(before=LINES, after=LINES)
def test_what_is_outside_the_words_is_the_same_in_both(before: str, after: str) -> None:
    """Put the words of the new text into the old one, and it is the new one."""
    found = differences(before, after)
    rebuilt = before
    for one in reversed(found):
        assert one.words
        for (start, end), (first, last) in reversed(one.words):
            assert one.before[0] <= start <= end <= one.before[1]
            assert one.after[0] <= first <= last <= one.after[1]
            assert before[start:end] != after[first:last]
            rebuilt = rebuilt[:start] + after[first:last] + rebuilt[end:]
    assert rebuilt == after


@given(old=st.lists(st.integers(0, 5), max_size=40), new=st.lists(st.integers(0, 5), max_size=40))
def test_what_is_not_changed_is_what_both_have(old: list[int], new: list[int]) -> None:
    rest = list(old)
    for low, high, first, last in reversed(changed(old, new)):
        rest[low:high] = new[first:last]
    assert rest == new


def test_large_texts_are_compared_by_what_they_have_but_once() -> None:
    rng = random.Random(7)
    lines = [f"Line {n} of the story, with some words of its own." if n % 3 else "A refrain." for n in range(60_000)]
    edited = list(lines)
    for at in sorted(rng.sample(range(60_000), 200), reverse=True):
        edited[at] = edited[at].replace("words", "phrases") if at % 2 else edited[at] + " And more."
    found = differences("\n".join(lines), "\n".join(edited))
    assert sum(len(one.words) for one in found) == sum(one != other for one, other in zip(lines, edited, strict=True))


def test_texts_with_nothing_in_common_are_one_difference() -> None:
    before, after = "\n".join(["x"] * 9_000), "\n".join(["y"] * 9_000)
    (found,) = differences(before, after)
    assert (found.before, found.after) == ((0, len(before)), (0, len(after)))


def test_it_can_be_stopped() -> None:
    with pytest.raises(Cancelled):
        differences(OLD, NEW, lambda: True)
