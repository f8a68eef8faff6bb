"""Which category a colour of another program becomes."""

import pytest

from reader.interchange.colors import nearest
from reader.model.annotation import Color


@pytest.mark.parametrize("color", Color)
def test_ours_stay_what_they_are(color: Color) -> None:
    assert nearest(color.value) is nearest(f" {color.value.title()} ") is color


@pytest.mark.parametrize(
    ("value", "color"),
    [
        ("#ffd400", "yellow"),
        ("#ff6666", "pink"),
        ("#5fb236", "green"),
        ("#2ea8e5", "blue"),
        ("#a28ae5", "purple"),
        ("#e56eee", "pink"),
        ("#f19837", "orange"),
        ("#aaaaaa", "yellow"),
        ("#FD0", "yellow"),
        ("00ff00cc", "green"),
        ("red", "pink"),
        ("olive", "yellow"),
        ("cyan", "blue"),
        ("gray", "yellow"),
        ("violet", "purple"),
        ("wavy", "yellow"),
        ("", "yellow"),
        ("#12", "yellow"),
        (None, "yellow"),
        (7, "yellow"),
        (["red"], "yellow"),
    ],
)
def test_others_become_the_nearest(value: object, color: str) -> None:
    assert nearest(value) == color
