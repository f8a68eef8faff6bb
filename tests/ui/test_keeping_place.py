"""Another text of the same document is shown at the same words."""

from hypothesis import given
from hypothesis import strategies as st

from reader.ui.keeping_place import same_place


def test_what_is_new_at_the_beginning_moves_the_place_along() -> None:
    before = "One day.\n\nThe lake is dear.\n\nThe end."
    after = f"Menu\nHome\nSearch\n\n{before}"
    assert same_place(before, before.index("The lake"), after) == after.index("The lake")


def test_of_several_the_nearest_is_meant() -> None:
    before = "ab\n" * 10
    assert same_place(before, 15, before) == 15


@given(st.text(max_size=40), st.integers(0, 40), st.text(max_size=40))
def test_it_always_lies_in_the_text(before: str, position: int, after: str) -> None:
    assert 0 <= same_place(before, min(position, len(before)), after) <= len(after)


@given(st.text("abc \n", max_size=60), st.integers(0, 60))
def test_in_the_same_text_it_is_the_same_place_or_its_next_word(text: str, position: int) -> None:
    position = min(position, len(text))
    place = same_place(text, position, text)
    assert place >= position
    assert not text[position:place].strip()
