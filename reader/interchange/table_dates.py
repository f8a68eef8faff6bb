"""Dates in tables, as spreadsheets write them anew in the way of their country: 14.03.2024, 3/14/24, March 14, 2024."""

import re
from collections.abc import Iterable

from reader.interchange import kindle_dates
from reader.interchange.foreign import instant

_NUMBERS = re.compile(r"(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})\.?(?:[,T]?\s*(\d{1,2}:.*))?", re.ASCII)
_UTC = re.compile(r"\s*(?:UTC|GMT)$", re.IGNORECASE)
_MONTHS = 12
_CENTURY = 2000


class Dates:
    """Reads the dates of one column. Which of two numbers is the month, the column as a whole has to tell: a date that
    may be one or the other is none.
    """

    def __init__(self, cells: Iterable[str]) -> None:
        found = [
            (int(one[1]), int(one[3])) for one in map(_matched, cells) if one and one[2] != "." and len(one[1]) < 3
        ]
        days_first = any(first > _MONTHS for first, _ in found)
        months_first = any(second > _MONTHS for _, second in found)
        self._month_at = None if days_first == months_first else 1 if months_first else 3

    def instant(self, cell: str) -> str:
        """The moment (2026-11-21T16:02:00.000Z), what says no zone taken for UTC; empty when it is not understood."""
        words = _UTC.sub("+00:00", cell.strip())
        numbers = _matched(words)
        return instant(words) or (self._by_numbers(numbers) if numbers else kindle_dates.instant(words))

    def _by_numbers(self, found: re.Match[str]) -> str:
        first, sign, second, last, clock = found.groups()
        if len(first) == 4:
            year, month, day = first, second, last
        elif sign == "." or self._month_at == 3:
            day, month, year = first, second, last
        elif self._month_at == 1:
            month, day, year = first, second, last
        else:
            return ""
        full = int(year) + (_CENTURY if len(year) < 3 else 0)
        if not 1 <= int(month) <= _MONTHS:
            return ""
        # Said so, it is a date in any language.
        return kindle_dates.instant(f"{full}年{month}月{day}日 {clock or ''}")


def _matched(cell: str) -> re.Match[str] | None:
    return _NUMBERS.fullmatch(cell.strip())
