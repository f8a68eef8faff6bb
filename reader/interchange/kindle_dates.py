"""When a clipping was made, as Kindles say it in the languages that they speak."""

import re
from datetime import UTC, datetime

_MONTHS = (
    "january januar janvier enero gennaio janeiro januari января jan stycznia ocak يناير जनवरी",
    "february februar février febrero febbraio fevereiro februari февраля feb lutego şubat فبراير फ़रवरी फरवरी",
    "march märz mars marzo março maart марта mar mart marca مارس मार्च",
    "april avril abril aprile апреля apr kwietnia nisan أبريل अप्रैल",
    "may mai mayo maggio maio mei мая maja maj mayıs مايو मई",
    "june juni juin junio giugno junho июня jun czerwca haziran يونيو जून",
    "july juli juillet julio luglio julho июля jul lipca temmuz يوليو जुलाई",
    "august août agosto augustus августа aug sierpnia ağustos augusti أغسطس अगस्त",
    "september septembre septiembre setiembre settembre setembro сентября sep sept września eylül سبتمبر सितंबर सितम्बर",
    "october oktober octobre octubre ottobre outubro октября oct października ekim أكتوبر अक्टूबर अक्तूबर",
    "november novembre noviembre novembro ноября nov listopada kasım نوفمبر नवंबर नवम्बर",
    "december dezember décembre diciembre dicembre dezembro декабря dec grudnia aralık ديسمبر दिसंबर दिसम्बर",
)
_NUMBERS = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}

_EASTERN = re.compile(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]")
_YEAR = re.compile(r"\b((?:19|20)\d\d)\b")
_DAY = re.compile(r"\b(\d{1,2})\b")
_TIME = re.compile(r"(\d{1,2}):(\d\d)(?::(\d\d))?")
_AFTERNOON = re.compile(r"下午|午後|오후|\d\s*p\.?\s?m\b", re.IGNORECASE)
_MORNING = re.compile(r"上午|午前|오전|\d\s*a\.?\s?m\b", re.IGNORECASE)


def instant(words: str) -> str:
    """The moment (2026-11-21T16:02:00.000Z), the Kindle's clock taken for UTC; empty when it is not understood."""
    clock = _TIME.search(words)
    day = _day(words[: clock.start()] + words[clock.end() :] if clock else words)
    if day is None:
        return ""
    hour, minute, second = (int(part or 0) for part in clock.groups()) if clock else (0, 0, 0)
    if _AFTERNOON.search(words) and hour < 12:
        hour += 12
    elif _MORNING.search(words) and hour == 12:
        hour = 0
    try:
        moment = datetime(*day, hour, minute, second, tzinfo=UTC)
    except ValueError:
        return ""
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _day(words: str) -> tuple[int, int, int] | None:
    """Year, month and day of words without a time of day."""
    if found := _EASTERN.search(words):
        return int(found[1]), int(found[2]), int(found[3])
    year, day = _YEAR.search(words), _DAY.search(words)
    month = next((_NUMBERS[word] for word in re.findall(r"[^\s\d.,،/年]+", words.casefold()) if word in _NUMBERS), 0)
    return (int(year[1]), month, int(day[1])) if year and day and month else None
