"""Words that ran together are found by capitals, figures, stops, and by the other words of the text."""

import pytest
from hypothesis import given

from reader.model.errors import Cancelled
from reader.text.editing import edited, settled
from reader.text.run_together import apart, ran_together
from tests.text.strategies import mixed_text

PROSE = (
    "The crisis came in 1988 and the water stood high. It was the water of the crisis. The board met about the crisis "
    "and the water. The board stood. Then it was high. In the board it was about the high water of the board. "
)


def corrected(words: str) -> str:
    text = PROSE * 2 + words
    found = ran_together(text)
    return edited(text, settled(text, [item.edit for item in found]))[len(PROSE) * 2 :]


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("The1988crisis", "The 1988 crisis"),
        ("The boardMet", "The board Met"),
        ("It was high.Then it was", "It was high. Then it was"),
        ("the crisis,the water", "the crisis, the water"),
        ("thewaterstood", "the water stood"),
        ("Itwashigh", "It was high"),
    ],
)
def test_words_are_written_apart(wrong: str, right: str) -> None:
    assert corrected(wrong) == right
    text = PROSE * 2 + wrong
    assert apart(text, len(PROSE) * 2, len(text)) == right


@pytest.mark.parametrize(
    "fine",
    (
        "H2O mp3 iPhone JavaScript 1980s 2nd A4 e.g. www.the.board https://the.board/high.Then a.board@water.Then "
        "McBoard 東京water رسيدwater thereafter waters 1988,the x.Then"
    ).split(),
)
def test_what_is_one_word_stays(fine: str) -> None:
    assert corrected(fine) == fine


def test_what_only_the_words_of_the_text_tell_is_not_sure() -> None:
    text = PROSE * 2 + "The1988crisis thewaterstood"
    assert [item.sure for item in ran_together(text)] == [True, False]


def test_a_year_parts_words_that_the_text_does_not_know() -> None:
    (found,) = ran_together("The1988killings were reported once, near the A2019 road.")
    assert (found.apart, found.sure) == ("The 1988 killings", False)


def test_it_can_be_stopped() -> None:
    with pytest.raises(Cancelled):
        ran_together(PROSE, lambda: True)


@given(mixed_text)
def test_only_spaces_are_put_in(text: str) -> None:
    found = ran_together(text)
    new = edited(text, settled(text, [item.edit for item in found]))
    assert new.replace(" ", "") == text.replace(" ", "")
    assert len(new) - len(text) >= len(found)
