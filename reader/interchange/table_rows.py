"""The rows of a table in a file, each by the names in its first line."""

import csv
from collections.abc import Mapping
from io import StringIO

from reader.interchange.given import Given
from reader.interchange.json_file import InterchangeError

Row = Mapping[str, str]

_LONGEST_HEAD = 1 << 16


def head(given: Given) -> tuple[str, ...]:
    """The names of the columns in lower case; none where the file is no text."""
    if given.text is None or given.looks_like_json:
        return ()
    try:
        found = next(csv.reader(StringIO(given.text[:_LONGEST_HEAD], newline="")), None) or ()
    except csv.Error:
        return ()
    return tuple(name.strip().lower() for name in found)


def rows(given: Given) -> list[tuple[str, Row]]:
    """Each row with its place ("line 12"), its cells by those names; `InterchangeError` when the table is broken."""
    names = head(given)
    reader = csv.reader(StringIO(given.text or "", newline=""), strict=True)
    found: list[tuple[str, Row]] = []
    try:
        next(reader, None)
        line = reader.line_num + 1
        for cells in reader:
            if any(cell.strip() for cell in cells):
                found.append((f"line {line}", dict(zip(names, cells, strict=False))))
            line = reader.line_num + 1
    except csv.Error as error:
        raise InterchangeError(
            f"The table cannot be read from line {reader.line_num} on ({error}); export it again."
        ) from None
    return found
