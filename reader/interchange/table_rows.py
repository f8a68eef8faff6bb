"""The rows of a table that another program wrote, each by the names in its first line."""

import csv
from collections.abc import Mapping

from reader.interchange.given import Given
from reader.interchange.tables import table

Row = Mapping[str, str]

_LONGEST = 1 << 16


def head(given: Given) -> tuple[str, ...]:
    """The names of the columns in lower case, which other programs write in ASCII; none where the file is no table."""
    if given.looks_like_json:
        return ()
    text = given.text or given.head.decode("latin-1")
    first = text[: text.find("\n") if "\n" in text[:_LONGEST] else _LONGEST].strip("\r ")
    try:
        names = next(csv.reader([first], delimiter=max(",\t;", key=first.count)), None) or ()
    except csv.Error:
        return ()
    return tuple(name.strip().lower() for name in names)


def rows(given: Given) -> list[tuple[str, Row]]:
    """Each row with its place ("line 12"), its cells by those names; `InterchangeError` when the table breaks off."""
    found = table(given)
    names = [name.lower() for name in found.names]
    return [(f"line {line}", dict(zip(names, cells, strict=False))) for line, cells in found.rows]
