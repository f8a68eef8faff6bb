"""The small line above a text: where an article is from and when, who made a book."""

from reader.model.document import Metadata

_MONTHS = ("January February March April May June July August September October November December").split()


def kicker_of(metadata: Metadata) -> str:
    """Source and date of an article, authors, publisher and year of a book, as far as they are known.

    What comes from nowhere names its authors instead.
    """
    if metadata.publisher and not metadata.source:
        people = (_people(metadata.authors), metadata.publisher, metadata.date[:4])
        return " · ".join(part for part in people if part)
    origin = metadata.source or _people(metadata.authors)
    return " · ".join(part for part in (origin, spoken_date(metadata.date)) if part)


def spoken_date(date: str) -> str:
    """An ISO 8601 date as it is said ("2 April 2026", "April 2026", "2026"); anything else as it is."""
    parts = date[:10].split("-")
    if not all(part.isdigit() for part in parts) or not 1 <= len(parts) <= 3:
        return date
    numbers = [int(part) for part in parts]
    if len(numbers) > 1 and not 1 <= numbers[1] <= 12:
        return date
    words = [parts[0]] if len(numbers) == 1 else [_MONTHS[numbers[1] - 1], parts[0]]
    return " ".join([str(numbers[2]), *words] if len(numbers) == 3 else words)


def _people(names: tuple[str, ...], limit: int = 3) -> str:
    """The names of some; of more than `limit` the first, and that there are others."""
    return ", ".join(names) if len(names) <= limit else f"{names[0]} and others"
