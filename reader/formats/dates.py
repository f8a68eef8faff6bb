"""Dates as documents write them -> ISO 8601."""

import re

_MONTHS = ("january february march april may june july august september october november december").split()
_ISO = re.compile(
    r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)\s*(Z|[+-]\d{2}:?\d{2})?)?)?)?"
)
_SLASHED = re.compile(r"(\d{4})[/.](\d{1,2})(?:[/.](\d{1,2}))?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_DAY_FIRST = re.compile(r"(?:[a-z]+,?\s+)?(\d{1,2})(?:st|nd|rd|th)?\.?\s+([a-z]{3,9})\.?,?\s+(\d{4})\b.*", re.I | re.S)
_MONTH_FIRST = re.compile(r"(?:[a-z]+,?\s+)?([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b.*", re.I | re.S)
_MONTH_ONLY = re.compile(r"([a-z]{3,9})\.?,?\s+(\d{4})", re.I)
_LONGEST = 60


def iso_date(written: str) -> str:
    """A year, month, day or instant as ISO 8601, or empty when `written` is no date that can be told for sure."""
    value = written.strip()
    if not value or len(value) > _LONGEST:
        return ""
    if match := _ISO.fullmatch(value):
        return _with_time(_joined(match[1], match[2], match[3]), match[4], match[5])
    if match := _SLASHED.fullmatch(value) or _COMPACT.fullmatch(value):
        return _joined(match[1], match[2], match[3])
    if match := _DAY_FIRST.fullmatch(value):
        return _joined(match[3], _month(match[2]), match[1])
    if match := _MONTH_FIRST.fullmatch(value):
        return _joined(match[3], _month(match[1]), match[2])
    if match := _MONTH_ONLY.fullmatch(value):
        return _joined(match[2], _month(match[1]), None)
    return ""


def _month(name: str) -> str:
    lowered = name.lower()
    return next((str(i) for i, month in enumerate(_MONTHS, 1) if month.startswith(lowered)), "0")


def _joined(year: str, month: str | None, day: str | None) -> str:
    """`2024-04-02` of the parts; empty when month or day cannot be."""
    if month is None:
        return year
    if not 1 <= int(month) <= 12:
        return ""
    if day is None:
        return f"{year}-{int(month):02}"
    if not 1 <= int(day) <= 31:
        return ""
    return f"{year}-{int(month):02}-{int(day):02}"


def _with_time(date: str, time: str | None, zone: str | None) -> str:
    return f"{date}T{time}{zone or ''}" if date and time else date
