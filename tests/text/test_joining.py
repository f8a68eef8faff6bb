import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.text.joining import joined, joined_in_place, joined_with_map
from reader.text.variants import source_range
from tests.text.strategies import mixed_text

PIECES = (
    "inter-\nnational ",
    "- ",
    "\n",
    "\f",
    "\u00ad",
    "ﬁn ",
    "漢\n字",
    "Anglo-\fSaxon",
    "x-\n",
    " \t ",
    "2-\n3",
    "ﷺ",
)
page_text = st.lists(st.sampled_from(PIECES) | mixed_text, max_size=12).map("".join)


@pytest.mark.parametrize(
    ("raw", "read"),
    [
        ("the inter-\nnational law", "the international law"),
        ("the inter-\fnational law", "the international law"),
        ("the inter- \n  national law", "the international law"),
        ("the inter\u00ad\nnational law", "the international law"),
        ("co\u00adoperate", "cooperate"),
        ("one line\nand the next \f page", "one line and the next page"),
        ("the Anglo-\nSaxon", "the Anglo-Saxon"),
        ("1990-\n1995", "1990-1995"),
        ("an X-\nray of a 20-\nyear old", "an X-ray of a 20-year old"),
        ("state-of-\nthe-art", "state-of-the-art"),
        ("pre-\nand post-war", "pre- and post-war"),
        ("Ein-\nund Ausgang", "Ein- und Ausgang"),
        ("and -\nas said - so", "and - as said - so"),
        ("https://a.org/long-\npath", "https://a.org/long-path"),
        ("東京\n都庁", "東京都庁"),
        ("서울\n특별시", "서울 특별시"),
        ("e\ufb03cient \ufb01n", "efficient fin"),
        ("\ufefb \ufedf", "لا ل"),
        ("a   b\tc", "a b c"),
        ("\n lines \n", "lines"),
        ("", ""),
        (" \n\f", ""),
        ("nothing to do", "nothing to do"),
    ],
)
def test_lines_are_read_on(raw: str, read: str) -> None:
    assert joined(raw) == read


@given(page_text)
def test_joining_again_changes_nothing(text: str) -> None:
    once = joined(text)
    assert joined(once) == once
    assert not set(once) & {"\n", "\f", "\u00ad"}


@given(page_text, st.integers(0, 80), st.integers(0, 80))
def test_a_part_is_joined_like_the_same_text_alone(text: str, start: int, size: int) -> None:
    part, positions = joined_with_map(text, start, start + size)
    assert part == joined(text, start, start + size) == joined(text[start : start + size])
    assert len(positions) == len(part) + 1
    assert list(positions) == sorted(positions)


@given(page_text, st.data())
def test_the_map_leads_back_to_what_is_read(text: str, data: st.DataObject) -> None:
    read, positions = joined_with_map(text)
    for at, char in enumerate(read):
        source = text[positions[at]]
        assert char == source or char == " " or source in "ﬁﷺ" or source > "\ufb00"
    if read:
        low = data.draw(st.integers(0, len(read) - 1))
        high = data.draw(st.integers(low + 1, len(read)))
        start, end = source_range(positions, low, high)
        assert 0 <= start < end <= len(text)


@given(page_text)
def test_no_letter_is_lost(text: str) -> None:
    def letters(piece: str) -> list[str]:
        return [c for c in piece if c.isalnum() and c < "\ufb00"]

    kept = letters(joined(text.translate(dict.fromkeys(range(64256, 65280), " "))))
    assert kept == letters(text)


def test_long_runs_of_blanks_cost_little() -> None:
    assert joined("a" + " " * 200_000 + "b" + "-\n" * 100_000).startswith("a b- -")


@given(page_text)
def test_in_place_each_code_point_keeps_its_position(text: str) -> None:
    shown = joined_in_place(text, "\u2060")
    assert len(shown) == len(text)
    assert all(a == b or b in " \u2060" for a, b in zip(text, shown, strict=True))
    if not any(character > "\ufb00" or character == "\u2060" for character in text):
        assert shown.replace("\u2060", "") == joined(text)
