"""Pages that are asked for before they are there."""

from typing import cast

import pytest

from reader.model.document import Sheet
from reader.services.page_source import PageSource
from reader.ui.late_pages import LatePages

SHEETS = (Sheet(0, 400.0, 600.0, "i"),)


class Ticket:
    cancelled = False

    def cancel(self) -> None:
        self.cancelled = True

    def urge(self) -> None:
        pass


class Source:
    """Notes what it is asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, int]] = []
        self.annotations: list[bool] = []
        self.tickets: list[Ticket] = []
        self.closed = False

    def tile(self, page: int, *_how: object, annotations: bool, images: bool) -> Ticket:
        del images
        self.annotations.append(annotations)
        return self._note("tile", page)

    def glyphs(self, page: int, _done: object) -> Ticket:
        return self._note("glyphs", page)

    def links(self, page: int, _done: object) -> Ticket:
        return self._note("links", page)

    def close(self) -> None:
        self.closed = True

    def _note(self, what: str, page: int) -> Ticket:
        self.asked.append((what, page))
        self.tickets.append(Ticket())
        return self.tickets[-1]


@pytest.fixture
def source() -> Source:
    return Source()


def arrive(pages: LatePages, source: Source) -> bool:
    return pages.arrive(cast("PageSource", source))


def test_what_was_asked_meanwhile_is_passed_on_in_order_without_what_was_given_up(source: Source) -> None:
    pages = LatePages(SHEETS, annotations=False)
    pages.glyphs(3, print)
    given_up = pages.tile(4, 1.0, (0, 0, 1, 1), 0, print)
    kept = pages.tile(5, 1.0, (0, 0, 1, 1), 0, print)
    given_up.cancel()
    assert arrive(pages, source)
    assert source.asked == [("glyphs", 3), ("tile", 5)]
    pages.links(6, print)
    assert source.asked[-1] == ("links", 6)
    assert source.annotations == [False]
    kept.cancel()
    assert [ticket.cancelled for ticket in source.tickets] == [False, True, False]


def test_pages_that_come_when_nobody_reads_them_any_more_are_closed(source: Source) -> None:
    pages = LatePages(SHEETS)
    pages.glyphs(0, print)
    pages.retire()
    assert not arrive(pages, source)
    assert source.closed
    assert source.asked == []


def test_after_the_end_nothing_is_asked(source: Source) -> None:
    pages = LatePages(SHEETS)
    assert arrive(pages, source)
    pages.close()
    assert source.closed
    pages.glyphs(0, print)
    assert source.asked == []
