"""Marks on words that are there repeatedly."""

import random

import pytest

from reader.text.anchoring import Resolver, describe, resolve
from tests.text.anchors import LOST, MISTAKE, STORY, around, found, mark


@pytest.mark.parametrize("nth", [0, 1])
@pytest.mark.parametrize("inserted", ["", "x", "A whole new paragraph about the mill. " * 3, "word " * 2000])
def test_a_repeated_sentence_goes_to_the_right_occurrence(nth: int, inserted: str) -> None:
    anchor = mark(MISTAKE, nth=nth)
    result = resolve(inserted + STORY, anchor)
    assert (result.start, result.score) == (anchor.start + len(inserted), 1.0)


@pytest.mark.parametrize("nth", [0, 1])
def test_one_occurrence_goes_and_its_mark_is_not_given_to_the_other(nth: int) -> None:
    anchor = mark(MISTAKE, nth=nth)
    for new, expected in (
        ("The mayor said it was a misunderstanding.", ""),
        ("The mayor calls it a misunderstanding.", "same"),
    ):
        changed = STORY[: anchor.start] + new + STORY[anchor.end :]
        assert found(changed, anchor) == (new if expected else "")


def test_a_sentence_that_was_cut_and_pasted_is_found() -> None:
    anchor = mark("Nobody in Upper Lenn was asked, and nobody in Lower Lenn was told. ")
    assert found(STORY.replace(anchor.exact, "") + anchor.exact, anchor) == anchor.exact


def test_a_short_repeated_word_stays_with_its_context() -> None:
    for nth in range(STORY.count("the ")):
        anchor = mark("the ", nth=nth)
        assert resolve("Preface. " + STORY, anchor).start == anchor.start + 9


def test_where_nothing_tells_them_apart_the_mark_is_lost() -> None:
    chorus = "And no one heard the bell go down, and no one ever will again; so sing it with me. "
    text = chorus * 9
    anchor = describe(text, len(chorus) * 4 + 10, len(chorus) * 4 + 40)
    assert resolve("Sing along with me. It has " + "many verses, " * 2 + text, anchor).state is LOST


def test_a_small_shift_among_equal_neighbourhoods_is_followed() -> None:
    chorus = "And no one heard the bell go down, and no one ever will again; so sing it with me. " * 3
    text = chorus * 9
    place = len(chorus) * 4 + 100
    anchor = describe(text, place, place + 30)
    verse = 83
    assert resolve("Oh, " + text, anchor).start == place + 4
    assert verse == len(chorus) // 3


def test_the_older_text_tells_equal_neighbourhoods_apart() -> None:
    chorus = "And no one heard the bell go down, and no one ever will again; so sing it with me. "
    verses = [f"Verse {n}. " + "la " * 60 for n in range(9)]
    text = "".join(verse + chorus * 3 for verse in verses)
    place = text.index("Verse 4") + len(verses[4]) + len(chorus) + 10
    anchor = describe(text, place, place + 30)
    edited = "A new verse in front. " * 9 + text + " And an end."
    assert resolve(edited, anchor).state is LOST
    assert Resolver(edited, before=text).resolve(anchor).start == place + 198


def test_neighbours_that_have_moved_show_the_way() -> None:
    chorus = "And no one heard the bell go down, and no one ever will again; so sing it with me. "
    text = "First words of the song. " + chorus * 9 + "Last words of the song."
    place = text.index(chorus) + len(chorus) * 4 + 10
    anchors = [mark("First words", text), describe(text, place, place + 30), mark("Last words", text)]
    edited = "x" * 40 + text
    resolver = Resolver(edited)
    assert [resolver.resolve(anchors[n]).start for n in (0, 2, 1)] == [
        anchors[0].start + 40,
        anchors[2].start + 40,
        place + 40,
    ]


def test_a_letter_at_its_old_place_by_chance_is_not_the_mark() -> None:
    text = "".join(random.Random(5).choices("abcdefgh ", k=3000))
    for at in range(200, 2700, 25):
        anchor = describe(text, at, at + 1)
        edited = "zz" + text[:at] + "Z" + text[at + 1 :]
        result = resolve(edited, anchor)
        assert result.state is LOST or around(edited, result.start, result.end)[0::2] == around(text, at, at + 1)[0::2]
