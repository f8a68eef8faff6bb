"""The reading face: what goes into the settings comes out again, and senseless values do no harm."""

import math

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication

from reader.ui.typography import (
    LINE_HEIGHT_RANGE,
    SIZE_RANGE,
    WIDTH_RANGE,
    ZOOM_RANGE,
    Typography,
    column_width,
    heading_size,
    reading_font,
    typography_from,
    typography_values,
    zoomed,
)


def test_values_come_back() -> None:
    typography = Typography("sans", 22, 1.8, 72, 1.3)
    assert typography_from(typography_values(typography)) == typography


@given(
    st.dictionaries(
        st.sampled_from(["family", "size_px", "line_height", "width_chars", "zoom"]),
        st.one_of(st.none(), st.text(max_size=4), st.floats(), st.integers(), st.lists(st.integers(), max_size=2)),
    )
)
def test_whatever_the_settings_hold_is_in_range(values: dict[str, object]) -> None:
    made = typography_from(values)
    assert made.family in ("serif", "sans")
    assert SIZE_RANGE[0] <= made.size_px <= SIZE_RANGE[1]
    assert LINE_HEIGHT_RANGE[0] <= made.line_height <= LINE_HEIGHT_RANGE[1]
    assert WIDTH_RANGE[0] <= made.width_chars <= WIDTH_RANGE[1]
    assert ZOOM_RANGE[0] <= made.zoom <= ZOOM_RANGE[1]
    assert math.isfinite(made.line_height)


def test_no_settings_are_the_default() -> None:
    assert typography_from(None) == typography_from({}) == Typography()


def test_zoom_goes_up_and_down_and_stops() -> None:
    assert zoomed(Typography(), 2).zoom == 1.2
    assert zoomed(zoomed(Typography(), 3), -3) == Typography()
    assert zoomed(Typography(), 1000).zoom == ZOOM_RANGE[1]
    assert zoomed(Typography(), -1000).zoom == ZOOM_RANGE[0]


def test_headings_are_a_step_apart() -> None:
    assert [heading_size(Typography(), level) for level in (1, 2, 3, 4)] == [29, 23, 19, 18]


def test_font_is_zoomed_and_the_column_grows_with_it(qapp: QApplication) -> None:
    plain, large = Typography(), zoomed(Typography(), 10)
    assert reading_font(plain).pixelSize() == 18
    assert reading_font(large).pixelSize() == 36
    assert 1.9 < column_width(large) / column_width(plain) < 2.1
    assert 450 < column_width(plain) < 750
