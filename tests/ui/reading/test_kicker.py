"""The line above an article says source and date as they are said."""

import pytest

from reader.model.document import Metadata
from reader.ui.reading.kicker import kicker_of, spoken_date


@pytest.mark.parametrize(
    ("date", "spoken"),
    [
        ("2026-04-02", "2 April 2026"),
        ("2026-04-02T10:00:00Z", "2 April 2026"),
        ("2026-04", "April 2026"),
        ("2026", "2026"),
        ("", ""),
        ("last spring", "last spring"),
        ("2026-13-01", "2026-13-01"),
    ],
)
def test_dates_are_spoken(date: str, spoken: str) -> None:
    assert spoken_date(date) == spoken


def test_what_is_not_known_leaves_no_dot() -> None:
    assert kicker_of(Metadata(source="Harlow Courier", date="2026")) == "Harlow Courier · 2026"
    assert kicker_of(Metadata(source="Harlow Courier")) == "Harlow Courier"
    assert kicker_of(Metadata()) == ""
    assert kicker_of(Metadata(authors=("T. Lee",), date="2011-09-01")) == "T. Lee · 1 September 2011"
    assert kicker_of(Metadata(source="Harlow Courier", authors=("T. Lee",))) == "Harlow Courier"


def test_a_book_names_who_made_it() -> None:
    book = Metadata("Water", ("A. Lee", "B. Roe"), date="2024-05-01", publisher="Lenn Press")
    assert kicker_of(book) == "A. Lee, B. Roe · Lenn Press · 2024"
    many = Metadata("Water", ("A", "B", "C", "D"), publisher="Lenn Press")
    assert kicker_of(many) == "A and others · Lenn Press"
    assert kicker_of(Metadata(source="Harlow Courier", publisher="Lenn Press")) == "Harlow Courier"
