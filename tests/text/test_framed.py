"""What stands between its contexts is found there, and nowhere else."""

from dataclasses import replace
from random import Random

import pytest

from reader.text.anchoring import describe, resolve
from reader.text.framed import framed, verbatim
from tests.bench.anchoring_texts import english

TEXT = english(Random(3), 60_000)
START, END = 30_000, 30_090


@pytest.mark.parametrize("off", [0, 977, -12_000, None])
def test_the_words_are_found_however_far_positions_are_off(off: int | None) -> None:
    anchor = describe(TEXT, START, END)
    found = framed(TEXT, anchor, None if off is None else START + off)
    assert found
    assert (found.start, found.end, found.score) == (START, END, 1.0)


def test_other_letters_and_blanks_are_found_as_the_whole_search_finds_them() -> None:
    anchor = describe(TEXT, START, END)
    edited = replace(anchor, exact=anchor.exact[:20] + "vw" + anchor.exact[22:])
    found, searched = framed(TEXT, edited, START), resolve(TEXT, edited)
    assert found
    assert (found.start, found.end) == (searched.start, searched.end) == (START, END)
    assert found.score == pytest.approx(searched.score, abs=0.01)


def test_where_anything_speaks_against_it_nothing_is_said() -> None:
    anchor = describe(TEXT, START, END)
    twice = TEXT[: START - 100] + TEXT[START - 32 : END + 32] + TEXT[START - 100 :]
    assert framed(twice, anchor, START) is None
    assert framed(TEXT, replace(anchor, prefix="short"), START) is None
    assert framed(TEXT, replace(anchor, exact="something else altogether than what stands there"), START) is None
    assert framed(TEXT, anchor, START + 20_000) is None
    other = replace(anchor, exact=TEXT[100:190])
    assert framed(TEXT, other, START) is None
    edited = TEXT[:START] + TEXT[START : START + 40] + "vw" + TEXT[START + 42 : END] + TEXT[END:] + anchor.exact
    assert framed(edited, anchor, START) is None


def test_the_very_words_with_their_contexts_are_found_if_they_stand_once() -> None:
    anchor = describe(TEXT, START, END)
    found = verbatim(TEXT, replace(anchor, start=5, end=9))
    assert found
    assert (found.start, found.end) == (START, END)
    assert verbatim(TEXT + TEXT, anchor) is None
    assert verbatim(TEXT, replace(anchor, exact=anchor.exact + "x")) is None
    assert verbatim(TEXT, replace(anchor, prefix="")) is None
