import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.formats.dates import iso_date


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2024", "2024"),
        ("2024-4", "2024-04"),
        ("2024-04-02", "2024-04-02"),
        ("2024-04-02T08:30:00Z", "2024-04-02T08:30:00Z"),
        ("2024-04-02 08:30:00 +02:00", "2024-04-02T08:30:00+02:00"),
        ("2024/04/02", "2024-04-02"),
        ("20240402", "2024-04-02"),
        ("2 April 2024", "2024-04-02"),
        ("Tue, 02 Apr 2024 08:30:00 GMT", "2024-04-02"),
        ("April 2nd, 2024", "2024-04-02"),
        ("April 2024", "2024-04"),
        ("2024-13-01", ""),
        ("32 April 2024", ""),
        ("02/04/2024", ""),
        ("last Tuesday", ""),
        ("", ""),
    ],
)
def test_dates(written: str, date: str) -> None:
    assert iso_date(written) == date


@given(st.text(max_size=80))
def test_any_text_is_a_date_or_nothing(written: str) -> None:
    date = iso_date(written)
    assert not date or date[:4].isdecimal()
