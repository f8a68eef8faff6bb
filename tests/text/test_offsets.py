from hypothesis import given
from hypothesis import strategies as st

from reader.text.offsets import Utf16Map
from tests.text.strategies import mixed_text


def units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@given(mixed_text, st.integers(1, 3), st.sampled_from(["", "😀", "x" * 4095, "é" * 4096, "𝒜" * 4097]))
def test_both_ways_agree_with_the_encoder(text: str, times: int, before: str) -> None:
    whole = before + text * times
    table = Utf16Map(whole)
    for position in {0, len(before), len(whole), *range(max(0, len(whole) - 90), len(whole), 7)}:
        assert table.to_utf16(position) == units(whole[:position])
        assert table.to_code_point(table.to_utf16(position)) == position


def test_a_unit_inside_a_pair_belongs_to_its_character() -> None:
    table = Utf16Map("a😀b")
    assert [table.to_code_point(unit) for unit in range(5)] == [0, 1, 1, 2, 3]


def test_positions_outside_are_clamped() -> None:
    for text in ("abc", "a😀c"):
        table = Utf16Map(text)
        assert (table.to_utf16(-5), table.to_code_point(-5)) == (0, 0)
        assert (table.to_utf16(99), table.to_code_point(99)) == (units(text), 3)


def test_a_cached_encoding_does_not_hide_the_plane() -> None:
    text = "東京" * 5000
    text.encode()
    assert Utf16Map(text).to_utf16(7777) == 7777
    lone = "a\ud800b😀"
    assert Utf16Map(lone).to_utf16(4) == 5
    assert Utf16Map(lone).to_code_point(3) == 3
