"""Sorted ranges answer as a plain search through all of them would."""

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from reader.ui.reading.intervals import LONG, Intervals


@dataclass(frozen=True)
class Stretch:
    start: int
    end: int
    name: int = 0


stretches = st.lists(
    st.builds(
        lambda start, length, name: Stretch(start, start + length, name),
        st.integers(0, 20_000),
        st.one_of(st.integers(1, 60), st.integers(LONG - 1, 3 * LONG)),
        st.integers(0, 3),
    ),
    max_size=40,
)


@given(stretches, st.integers(0, 20_000), st.integers(1, 3_000))
def test_overlapping_finds_what_a_search_through_all_finds(items: list[Stretch], start: int, length: int) -> None:
    found = Intervals(items).overlapping(start, start + length)
    expected = [item for item in items if item.start < start + length and item.end > start]
    assert sorted(found, key=repr) == sorted(expected, key=repr)
    assert [item.start for item in found] == sorted(item.start for item in found)


@given(stretches, stretches)
def test_adding_and_removing_leaves_what_building_anew_gives(kept: list[Stretch], gone: list[Stretch]) -> None:
    intervals = Intervals([*kept, *gone[: len(gone) // 2]])
    for item in gone[len(gone) // 2 :]:
        intervals.add(item)
    for item in gone:
        intervals.remove(item)
    assert sorted(intervals, key=repr) == sorted(kept, key=repr)
    assert len(intervals) == len(kept)


def test_at_gives_the_shortest_first() -> None:
    inner, outer, beside = Stretch(10, 14), Stretch(5, 30), Stretch(14, 20)
    assert Intervals([outer, inner, beside]).at(12) == [inner, outer]
    assert Intervals([outer, inner, beside]).at(14) == [beside, outer]
