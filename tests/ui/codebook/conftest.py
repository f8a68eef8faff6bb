"""The codebook window over a library with some tags."""

from collections.abc import Callable

import pytest

from reader.ui.codebook.window import CodebookWindow
from tests.ui.conftest import Desk

Book = Callable[..., CodebookWindow]


@pytest.fixture
def book(desk: Desk) -> Book:
    """Mark the text with tags, and open the codebook at one of them."""

    def opened(current: str = "") -> CodebookWindow:
        return open_book(desk, current)

    mark(desk, "forty million", "cost", "money/spent")
    mark(desk, "ninety-two", "cost", "board")
    mark(desk, "a lake", "water/level", "costs")
    return opened


def mark(desk: Desk, words: str, *tags: str) -> str:
    change = desk.library.annotate.highlight(desk.uid, desk.text, *desk.span(words), tags=tags)
    return change.annotations_added[0].uid


def open_book(desk: Desk, current: str = "") -> CodebookWindow:
    desk.trigger("tags")
    window = desk.window.findChild(CodebookWindow)
    assert isinstance(window, CodebookWindow)
    desk.qtbot.waitUntil(window.isActiveWindow)
    desk.wait_idle()
    if current:
        window.choose(current)
        assert window.current() == current
    return window
