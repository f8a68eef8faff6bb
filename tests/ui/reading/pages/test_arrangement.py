"""Where pages stand: nothing overlaps, everything is found again, at any zoom and any rotation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect

from reader.ui.reading.pages.arrangement import GAP, LEAST, MARGIN, MOST, POINT, arrange, fitting
from reader.ui.reading.pages.mode import stepped
from reader.ui.reading.pages.targets import target_of
from reader.ui.reading.pages.turn import Turn

SIZES = st.lists(st.tuples(st.floats(20, 3000), st.floats(20, 3000)), min_size=1, max_size=30)


@given(SIZES, st.floats(0.13, 10), st.sampled_from([1, 2]), st.integers(50, 2000))
def test_pages_lie_on_the_canvas_and_never_on_each_other(
    sizes: list[tuple[float, float]], scale: float, per_row: int, room: int
) -> None:
    made = arrange(sizes, scale, per_row, room)
    rects = [QRect(*edges) for edges in zip(made.lefts, made.tops, made.widths, made.heights, strict=True)]
    canvas = QRect(0, 0, made.width, made.height).adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
    assert made.width >= room
    for number, rect in enumerate(rects):
        assert canvas.contains(rect)
        assert number in made.pages_of(made.row_at(rect.center().y()))
        assert not any(rect.intersects(other) for other in rects[number + 1 :])


def test_pages_of_a_row_stand_side_by_side_in_the_middle() -> None:
    made = arrange([(100, 200), (100, 100), (100, 200)], 1.0, 2, 400)
    assert made.lefts[1] - made.lefts[0] == 100 + GAP
    assert made.tops[1] == made.tops[0] + 50
    assert made.lefts[0] == (400 - 200 - GAP) // 2
    assert made.lefts[2] == 150


@given(SIZES, st.sampled_from([1, 2]), st.integers(100, 3000), st.integers(100, 3000))
def test_what_is_fitted_fits(sizes: list[tuple[float, float]], per_row: int, width: int, height: int) -> None:
    same = [sizes[0]] * len(sizes)
    wide = fitting(same, per_row, (width, height), whole=False)
    whole = fitting(same, per_row, (width, height), whole=True)
    assert LEAST * POINT <= whole <= wide <= MOST * POINT
    if whole > LEAST * POINT:
        assert sizes[0][1] * whole <= height - 2 * MARGIN + 1
    if wide > LEAST * POINT:
        assert arrange(same, wide, per_row, width).width <= width + per_row


def test_one_wide_page_among_many_does_not_make_all_of_them_small() -> None:
    many = [(600.0, 800.0)] * 20
    assert fitting([*many, (3000.0, 800.0)], 1, (800, 600), whole=False) == fitting(many, 1, (800, 600), whole=False)


@given(
    st.sampled_from([0, 90, 180, 270]),
    st.integers(20, 4000),
    st.integers(20, 4000),
    st.floats(0, 1),
    st.floats(0, 1),
)
def test_points_and_pixels_are_each_others_way_back(rotation: int, across: int, down: int, x: float, y: float) -> None:
    turn = Turn(300.0, 400.0, rotation, across, down)
    pixel = turn.to_pixels(x * 300, y * 400)
    assert -0.001 <= pixel[0] <= across + 0.001
    assert turn.to_points(*pixel) == pytest.approx((x * 300, y * 400), abs=1e-6)


@pytest.mark.parametrize(("rotation", "corner"), [(0, (0, 0)), (90, (200, 0)), (180, (100, 200)), (270, (0, 100))])
def test_turning_is_clockwise(rotation: int, corner: tuple[int, int]) -> None:
    across, down = (200, 100) if rotation in (90, 270) else (100, 200)
    assert Turn(10.0, 20.0, rotation, across, down).to_pixels(0, 0) == pytest.approx(corner)


def test_a_rectangle_and_its_fractions() -> None:
    turn = Turn(300.0, 400.0, 90, 800, 600)
    found = turn.fractions(turn.of_fractions(0.25, 0.5, 0.5, 0.75))
    assert (found.left(), found.top(), found.right(), found.bottom()) == pytest.approx(
        (0.25, 0.5, 0.5, 0.75), abs=0.002
    )
    assert turn.fractions(QRect(-50, -50, 2000, 2000)).getRect() == pytest.approx((0, 0, 1, 1))


@given(st.floats(LEAST, MOST), st.sampled_from([-1.0, 1.0, 0.25, -3.0]))
def test_steps_of_zoom_stay_within_limits_and_stop_at_the_whole(zoom: float, steps: float) -> None:
    found = stepped(zoom, steps)
    assert LEAST <= found <= MOST
    assert not (zoom < 1.0 < found)
    assert not (found < 1.0 < zoom)


@pytest.mark.parametrize(
    ("href", "target"),
    [("#page=3&y=120.5", (3, 120.5)), ("#page=0", (0, 0.0)), ("#page=1&y=-4", (1, 0.0)), ("#chapter", None), ("", None),
     ("https://a.org/#page=3", None), ("#page=3&y=1&z=2", None), ("#page=99999999999", None)],
)  # fmt: skip
def test_links_inside_are_understood(href: str, target: tuple[int, float] | None) -> None:
    assert target_of(href) == target
