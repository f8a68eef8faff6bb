"""Where a quote comes from, with the printed page."""

import pytest

from reader.model.document import Metadata, PageBreak
from reader.ui.citation import citation, page_at, page_named, pages_of

PAGES = (PageBreak("xii", 10), PageBreak("xiii", 50), PageBreak("1", 90))


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [(0, 5, ""), (10, 20, "p. xii"), (40, 50, "p. xii"), (40, 51, "pp. xii–xiii"), (95, 99, "p. 1"), (5, 20, "")],
)
def test_pages(start: int, end: int, words: str) -> None:
    assert pages_of(PAGES, start, end) == words


def test_a_text_without_pages_names_none() -> None:
    assert pages_of((), 3, 9) == ""
    assert page_at((), 3) is None


@pytest.mark.parametrize(("asked", "found"), [("XII", "xii"), (" 1 ", "1"), ("p. 1", "1"), ("2", None), ("", None)])
def test_a_page_by_its_label(asked: str, found: str | None) -> None:
    page = page_named(PAGES, asked)
    assert (page.label if page else None) == found


def test_a_book_is_cited_with_publisher_and_page() -> None:
    book = Metadata("Water", ("A. Lee",), "", "2024", subtitle="A history", publisher="Lenn Press")
    assert citation("dear", book, "p. xii") == "“dear”\n— A. Lee, “Water: A history”, Lenn Press, 2024, p. xii"


def test_of_an_instant_the_day_is_said() -> None:
    assert citation("x", Metadata("Seepage", date="2026-09-01T00:00:00+00:00")) == "“x”\n— “Seepage”, 2026-09-01"
