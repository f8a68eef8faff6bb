"""Floating pieces stand near their passage, in view, and not on it."""

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect, QSize

from reader.ui.widgets.placing import GAP, place_near

BOUNDS = QRect(0, 0, 800, 600)
BAR = QSize(380, 36)


def placed(near: QRect, bounds: QRect = BOUNDS, size: QSize = BAR) -> QRect:
    return QRect(place_near(size, near, bounds), size)


def test_under_the_end_of_the_selection() -> None:
    near = QRect(300, 100, 200, 30)
    bar = placed(near)
    assert bar.top() == near.bottom() + 1 + GAP
    assert abs(bar.center().x() - near.right()) <= 1


def test_over_it_where_there_is_no_room_under_it() -> None:
    near = QRect(300, 560, 200, 30)
    assert placed(near).bottom() + 1 == near.top() - GAP


def test_beside_a_tall_selection() -> None:
    near = QRect(0, 0, 300, 600)
    bar = placed(near)
    assert bar.left() > near.right()
    assert BOUNDS.contains(bar)


def test_a_selection_partly_scrolled_out_upwards() -> None:
    assert BOUNDS.contains(placed(QRect(0, -400, 700, 380)))


@given(
    st.integers(-200, 900),
    st.integers(-200, 700),
    st.integers(1, 900),
    st.integers(1, 700),
    st.integers(20, 800),
    st.integers(20, 600),
)
def test_always_in_view_and_off_the_passage_if_there_is_room(
    x: int, y: int, width: int, height: int, own_width: int, own_height: int
) -> None:
    near, size = QRect(x, y, width, height), QSize(own_width, own_height)
    bar = placed(near, size=size)
    assert BOUNDS.contains(bar)
    room_below = near.bottom() + 1 >= 0 and near.bottom() + 1 + GAP + own_height <= 600
    room_above = near.top() <= 600 and near.top() - GAP - own_height >= 0
    if room_below or room_above:
        assert not bar.intersects(near)
