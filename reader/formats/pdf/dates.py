"""Dates as PDF writes them: D:20240625182229-07'00'."""

import re
from datetime import datetime

_DATE = re.compile(
    r"\s*(?:D:)?(?P<year>\d{4})(?P<month>\d\d)?(?P<day>\d\d)?(?P<hour>\d\d)?(?P<minute>\d\d)?(?P<second>\d\d)?"
    r"(?:(?P<sign>[+-])(?P<zone>\d\d)'?(?P<minutes>\d\d)?'?|(?P<utc>[Zz]).*)?"
)


def iso_instant(text: str) -> str:
    """The instant as ISO 8601, with its zone where it is told; empty when the text is no date."""
    found = _DATE.match(text)
    if not found:
        return ""
    year, month, day, hour, minute, second = (int(found[name] or least) for name, least in _LEAST.items())
    try:
        moment = datetime(year, month, day, hour, minute, second)
    except ValueError:
        return ""
    zone = ""
    if found["sign"]:
        hours, minutes = int(found["zone"]), int(found["minutes"] or 0)
        zone = f"{found['sign']}{hours:02}:{minutes:02}" if hours < 24 and minutes < 60 else ""
    elif found["utc"]:
        zone = "+00:00"
    return moment.isoformat() + zone


def pdf_instant(iso: str) -> str:
    """A UTC instant such as 2026-11-21T16:02:00.000Z as PDF writes it; empty when it is none."""
    try:
        moment = datetime.fromisoformat(iso)
    except ValueError:
        return ""
    return moment.strftime("D:%Y%m%d%H%M%SZ")


_LEAST = {"year": 1, "month": 1, "day": 1, "hour": 0, "minute": 0, "second": 0}
