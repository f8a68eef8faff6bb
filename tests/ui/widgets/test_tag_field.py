"""A tag's name as it is kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.ui.widgets.tag_field import clean_tag


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  cost ", "cost"),
        ("board / promise", "board/promise"),
        ("/a//b/", "a/b"),
        ("two  words", "two words"),
        (" / ", ""),
        ("سد / دره", "سد/دره"),
    ],
)
def test_cleaned(typed: str, kept: str) -> None:
    assert clean_tag(typed) == kept


@given(st.text())
def test_cleaning_twice_changes_nothing(typed: str) -> None:
    assert clean_tag(clean_tag(typed)) == clean_tag(typed)
