import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.formats.titles import TITLE_LENGTH, UNTITLED, first_sentence, shortened, title_of


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("The reservoir\n\nFor eleven years the board has promised.", "The reservoir"),
        ("The reservoir\n=============\nText", "The reservoir"),
        ("# The reservoir #\nText", "The reservoir"),
        ("=====\n\nThe reservoir\n\nText", "The reservoir"),
        ("Were we asked?\n\nNobody came.", "Were we asked?"),
        ("It rained. Then it stopped.", "It rained."),
        ("It rained all day, and\nthe Lenn rose. It stopped.", "It rained all day, and the Lenn rose."),
        ("Mr. A. Brandt said no. He left.", "Mr. A. Brandt said no."),
        ("水库的争论。第二句。", "水库的争论。"),
        ("سد ساخته شد. مردم ماندند.", "سد ساخته شد."),
        ("one line only", "one line only"),
        ("\n \n***\n", UNTITLED),
        ("", UNTITLED),
    ],
)
def test_title(text: str, title: str) -> None:
    assert title_of(text) == title


def test_long_sentence_is_cut_at_a_word() -> None:
    sentence = "The board promised the town a lake " * 6
    title = title_of(sentence)
    assert title.endswith("…")
    assert len(title) <= TITLE_LENGTH + 1
    assert sentence.startswith(title[:-1].rstrip())
    assert sentence[len(title[:-1].rstrip())] == " "


def test_a_short_first_line_in_verse_is_no_heading() -> None:
    verse = "The water came up to the door\nand asked for nothing more\nthan what the door had swore"
    assert title_of(verse).startswith("The water came up to the door and asked")


@given(st.text(max_size=600))
def test_title_is_one_line_and_never_empty(text: str) -> None:
    title = title_of(text)
    assert title
    assert "\n" not in title
    assert len(title) <= TITLE_LENGTH + 25


@given(st.text(max_size=300))
def test_first_sentence_begins_the_paragraph(text: str) -> None:
    assert " ".join(text.split()).startswith(first_sentence(text))
    assert shortened(text)


@pytest.mark.parametrize("line", ["Chapter 1. The Solid Hour", "IV. Of water", "12) The board answers"])
def test_a_numbered_heading_is_one_title(line: str) -> None:
    assert title_of(f"{line}\n\nIt rained. It rained again.") == line
