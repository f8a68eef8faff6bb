"""Back and forward."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from reader.ui.navigation import LIMIT, Place, Trail

places = st.builds(Place, st.sampled_from(["a", "b"]), st.integers(0, 9))


def test_back_and_forward_are_each_others_reverse() -> None:
    trail = Trail()
    one, two, three = Place("a", 1), Place("a", 2), Place("b", 3)
    trail.leave(one)
    trail.leave(two)
    assert trail.back(three) == two
    assert trail.back(two) == one
    assert trail.back(one) is None
    assert trail.forward(one) == two
    assert trail.forward(two) == three
    assert trail.forward(three) is None


def test_a_new_jump_forgets_what_lay_ahead() -> None:
    trail = Trail()
    trail.leave(Place("a", 1))
    trail.back(Place("a", 2))
    trail.leave(Place("a", 5))
    assert trail.forward(Place("a", 9)) is None


@given(st.lists(places, max_size=LIMIT + 20))
def test_the_trail_stays_short_and_repeats_nothing(left: list[Place]) -> None:
    trail = Trail()
    for place in left:
        trail.leave(place)
    here, seen = Place("z", 0), []
    while (place := trail.back(here)) is not None:
        seen.append(place)
        here = place
    assert len(seen) <= LIMIT
    assert all(a != b for a, b in pairwise(seen))


def test_a_removed_document_leaves_the_trail() -> None:
    trail = Trail()
    trail.leave(Place("a", 1))
    trail.leave(Place("b", 1))
    trail.forget("b")
    assert trail.back(Place("a", 9)) == Place("a", 1)
