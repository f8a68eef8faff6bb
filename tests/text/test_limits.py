import textwrap
import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from uniseg.graphemecluster import grapheme_cluster_boundaries
from uniseg.sentencebreak import SentenceBreak, sentence_boundaries, sentence_break
from uniseg.wordbreak import word_boundaries

from reader.text import limits
from reader.text.limits import (
    count_words,
    cut_at_word,
    next_paragraph,
    next_sentence,
    next_word,
    paragraph_at,
    previous_paragraph,
    previous_sentence,
    previous_word,
    sentence_at,
    snap_to_graphemes,
    word_at,
)
from reader.text.sentences import sentence_ends
from tests.text.strategies import any_text, mixed_text

TEXT = "“We were never asked,” said Dr. Noor. The dam’s 3.5 m wall isn't new!\n\nNo. 7 again… and so on"
STEPS = (next_word, next_sentence, next_paragraph)
BACK_STEPS = (previous_word, previous_sentence, previous_paragraph)


def part(text: str, found: tuple[int, int]) -> str:
    return text[slice(*found)]


@pytest.mark.parametrize(
    ("inside", "word"),
    [("We", "We"), ("ever", "never"), ("dam", "dam’s"), ("3.5", "3.5"), ("isn", "isn't"), (",", "asked"), ("!", "new")],
)
def test_the_word_at_a_place(inside: str, word: str) -> None:
    assert part(TEXT, word_at(TEXT, TEXT.index(inside))) == word


@pytest.mark.parametrize(
    ("text", "pos", "word"),
    [
        ("", 0, ""),
        ("end", 3, "end"),
        ("a  b", 2, "  "),
        ("סלום עולם", 6, "עולם"),
        ("می‌شود دید", 1, "می‌شود"),
        ("カタカナ語", 2, "カタカナ"),
        ("हिन्दी में", 3, "हिन्दी"),
        ("x 👩‍👩‍👧‍👦 y", 4, "👩‍👩‍👧‍👦"),
        ("12\u202f000 m", 1, "12\u202f000"),
    ],
)
def test_words_of_many_scripts(text: str, pos: int, word: str) -> None:
    assert part(text, word_at(text, pos)) == word


def walk(step: Callable[[str, int], int], text: str) -> list[int]:
    """The places that a step forward visits from before the text."""
    places, at = [], -1
    while at < len(text):
        at = step(text, at)
        places.append(at)
    return places


def test_steps_by_word() -> None:
    text = "“We, who … were\n\n never” asked."
    assert [text[at : at + 2] for at in walk(next_word, text)] == ["We", "wh", "we", "ne", "as", ""]
    assert previous_word(text, len(text)) == text.index("asked")
    assert previous_word(text, text.index("never") + 2) == text.index("never")
    assert previous_word(text, text.index("never")) == text.index("were")
    assert previous_word("…  ", 3) == 0


def test_steps_by_sentence() -> None:
    starts = [TEXT.index(piece) for piece in ("Noor", "The", "No.")]
    assert walk(next_sentence, TEXT) == [0, *starts, len(TEXT)]
    assert previous_sentence(TEXT, len(TEXT)) == TEXT.index("No.")
    assert previous_sentence(TEXT, TEXT.index("No.")) == TEXT.index("The")
    assert previous_sentence(TEXT, TEXT.index("No.") + 1) == TEXT.index("No.")
    assert part(TEXT, sentence_at(TEXT, TEXT.index("wall"))) == "The dam’s 3.5 m wall isn't new!"
    assert part(TEXT, sentence_at(TEXT, len(TEXT))) == "No. 7 again… and so on"


def test_a_sentence_goes_on_over_the_line_ends_of_wrapped_text() -> None:
    text = "Title\n\nThe board met\nin March. It did\nnot vote.\n\nNext"
    assert part(text, sentence_at(text, text.index("met"))) == "The board met"
    assert part(text, sentence_at(text, text.index("met"), hard_wrapped=True)) == "The board met\nin March."
    assert part(text, sentence_at(text, text.index("did"), hard_wrapped=True)) == "It did\nnot vote."
    assert part(text, sentence_at(text, 2, hard_wrapped=True)) == "Title"
    assert next_sentence(text, text.index("It"), hard_wrapped=True) == text.index("Next")


def test_steps_by_paragraph() -> None:
    text = "\n\nOne\nTwo\n \n  Three\n"
    assert walk(next_paragraph, text) == [2, 6, text.index("  Three"), len(text)]
    assert part(text, paragraph_at(text, 7)) == "Two"
    assert part(text, paragraph_at(text, text.index("Three"))) == "  Three"
    assert paragraph_at(text, 1) == (1, 1)
    assert previous_paragraph(text, text.index("Three")) == text.index("  Three")
    assert previous_paragraph(text, text.index("  Three")) == 6
    assert previous_paragraph(text, 6) == 2
    assert previous_paragraph(text, 2) == 0


def test_paragraphs_of_wrapped_text() -> None:
    one = textwrap.fill("The residents of Upper Lenn were never asked what they think of the dam. " * 5)
    text = "\n\n".join([one] * 60)
    middle = len(one) * 30 + 60 + 100
    start, end = paragraph_at(text, middle, hard_wrapped=True)
    assert text[start:end] == one
    assert next_paragraph(text, middle, hard_wrapped=True) == end + 2
    assert previous_paragraph(text, middle, hard_wrapped=True) == start
    assert previous_paragraph(text, start, hard_wrapped=True) == start - len(one) - 2


@given(mixed_text | any_text, st.integers(0, 200))
def test_words_are_those_of_the_whole_text(text: str, pos: int) -> None:
    borders = list(word_boundaries(text))
    start, end = word_at(text, pos)
    assert start <= min(pos, len(text)) <= end
    assert not text or (start in borders and end in borders)
    assert len([border for border in borders if start < border < end]) == 0


@given(mixed_text | any_text, st.integers(0, 200), st.integers(0, 200))
def test_ranges_grow_to_whole_characters(text: str, one: int, other: int) -> None:
    start, end = min(one, other, len(text)), min(max(one, other), len(text))
    borders = list(grapheme_cluster_boundaries(text)) or [0]
    low = max(border for border in borders if border <= start)
    high = min(border for border in borders if border >= end) if end > start else low
    assert snap_to_graphemes(text, start, end) == (low, high)


def test_characters_stay_whole() -> None:
    text = "ae\u0301b👩‍👩‍👧‍👦🇩🇪🇫🇷"
    assert part(text, snap_to_graphemes(text, 2, 3)) == "e\u0301"
    assert part(text, snap_to_graphemes(text, 6, 7)) == "👩‍👩‍👧‍👦"
    assert part(text, snap_to_graphemes(text, 12, 13)) == "🇩🇪"


@given(mixed_text | any_text)
def test_sentences_are_those_of_uniseg(text: str) -> None:
    ours = sorted({0, len(text), *sentence_ends(text, 0, len(text))}) if text else []
    # uniseg misses that signs between a full stop and a small letter make it no end (rule SB8).
    if not any(sentence_break(letter) is SentenceBreak.OTHER for letter in text):
        assert ours == list(sentence_boundaries(text))


@given(mixed_text | any_text, st.integers(-2, 220), st.booleans())
def test_steps_go_on_and_stay_inside(text: str, pos: int, hard_wrapped: bool) -> None:
    for step in STEPS:
        options = {} if step is next_word else {"hard_wrapped": hard_wrapped}
        assert min(max(pos + 1, 0), len(text)) <= step(text, pos, **options) <= len(text)
    for step in BACK_STEPS:
        options = {} if step is previous_word else {"hard_wrapped": hard_wrapped}
        assert 0 <= step(text, pos, **options) <= max(0, min(pos - 1, len(text)))
    for around in (sentence_at, paragraph_at):
        start, end = around(text, pos, hard_wrapped=hard_wrapped)
        assert 0 <= start <= end <= len(text)


@pytest.mark.parametrize(
    "text", ["x" * 3_000_000, " " * 3_000_000, "x " * 1_500_000, "\n" * 3_000_000, "e\u0301" * 9999]
)
def test_one_step_never_costs_the_whole_text(text: str) -> None:
    middle = len(text) // 2
    for step in (*STEPS, *BACK_STEPS, word_at, sentence_at, paragraph_at):
        step(text, middle)
    started = time.perf_counter()
    for step in (*STEPS, *BACK_STEPS, word_at, sentence_at, paragraph_at):
        step(text, middle)
    assert time.perf_counter() - started < 1.5
    assert limits.snap_to_graphemes(text, middle, middle + 1)[1] > middle


@pytest.mark.parametrize(
    ("text", "limit", "cut"),
    [
        ("short", 5, "short"),
        ("The dam, the wall and the mill", 12, "The dam,…".replace(",", "")),
        ("The dam of Lenn", 8, "The dam…"),
        ("Donaudampfschifffahrt", 6, "Donau…"),
        ("e\u0301e\u0301e\u0301e\u0301", 6, "e\u0301e\u0301…"),
        ("abc", 0, ""),
        ("abc", 1, "…"),
    ],
)
def test_cut_at_a_word(text: str, limit: int, cut: str) -> None:
    assert cut_at_word(text, limit) == cut


@given(mixed_text, st.integers(0, 60))
def test_a_cut_text_is_no_longer_than_asked(text: str, limit: int) -> None:
    assert len(cut_at_word(text, limit)) <= max(limit, 0) or len(text) <= limit


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        (" \n ", 0),
        ("The dam’s wall — well-known — is 3.5 m “high”.", 8),
        ("a - b", 2),
        ("東京 tower と", 4),
        ("سلام دنيا می‌شود", 3),
        ("हिन्दी में", 2),
        ("😀", 1),
    ],
)
def test_words_are_counted(text: str, words: int) -> None:
    assert count_words(text) == words


@given(mixed_text, st.integers(1, 7))
def test_slices_do_not_change_the_count(text: str, size: int) -> None:
    whole = count_words(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("reader.text.counting._SLICE", size)
        assert count_words(text) == whole
