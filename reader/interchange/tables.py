"""A table in a text file of which nobody says how it is written: encoding and delimiter are read off what it holds."""

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import StringIO

from reader.interchange.given import Given
from reader.interchange.json_file import InterchangeError
from reader.interchange.limits import check_count

_DELIMITERS = (",", ";", "\t", "|")
_LOOKED_AT = 1 << 16
_ROWS_LOOKED_AT = 50
_REGULAR = 0.9
_ENCODING_LOOKED_AT = 1 << 20
_LARGEST_CELL = 1 << 30
_MOST_COLUMNS = 20_000
_CELLS_A_ROW = 40
_DAMAGED = 20
_SAYS_HOW = ("sep=", "SEP=", "Sep=", '"sep=')
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


@dataclass(frozen=True, slots=True)
class Table:
    """The names of the columns as they stand in the first line, and the other lines: cells with their line's number.

    A column without a name has its number, one with the name of another before it both.
    """

    names: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]

    def column(self, name: str) -> int:
        """The number of the column of this name, whatever its case; -1 for none."""
        wanted = name.strip().casefold()
        return next((at for at, own in enumerate(self.names) if own.casefold() == wanted), -1)


def looks_like_table(given: Given) -> bool:
    """Whether it is text with at least two columns in nearly every line, most of them with a name."""
    if given.looks_like_json or not given.data.strip():
        return False
    try:
        text = text_of(given)
    except InterchangeError:
        return False
    text = _bare(text)
    delimiter = _delimiter(text)
    if not delimiter:
        return False
    rows = _sample(text, delimiter)
    named = sum(1 for name in rows[0] if name.strip())
    return len(rows) > 1 and named > 1 and 2 * named >= len(rows[0])


def table(given: Given) -> Table:
    """The whole table, of one column where nothing cuts it; `InterchangeError` when it breaks off inside a cell."""
    text = text_of(given)
    begun = 1 + text.startswith(_SAYS_HOW)
    text = _bare(text)
    delimiter = _delimiter(text) or ","
    csv.field_size_limit(_LARGEST_CELL)  # a whole chapter may be quoted
    reader = csv.reader(_lines(text, delimiter), delimiter=delimiter, strict=True)
    rows: list[tuple[int, tuple[str, ...]]] = []
    count = 0
    try:
        names = _named(next(reader, list[str]()))
        line = reader.line_num + begun
        given.watch.begin()
        for cells in reader:
            given.watch.step()
            if any(cell.strip() for cell in cells):
                rows.append((line, tuple(cells)))
                count += len(cells)
                check_count(max(len(rows), count // _CELLS_A_ROW))
            line = reader.line_num + begun
    except csv.Error as error:
        raise InterchangeError(
            f"The table cannot be read from line {reader.line_num + begun - 1} on ({error}); mend it there or export "
            "it again."
        ) from None
    return Table(names, tuple(rows))


def _lines(text: str, delimiter: str) -> Iterator[str]:
    """The lines with their ends, whatever these are, one by one: a copy of a large text would take its memory again."""
    for found in _LINE.finditer(text):
        line = found[0]
        check_count(line.count(delimiter) if len(line) > _MOST_COLUMNS else 0, _MOST_COLUMNS)
        yield line


def text_of(given: Given) -> str:
    """The file as text, in whatever encoding it seems to be; `InterchangeError` when it is no text."""
    if given.text is not None:
        return given.text
    if b"\0" in given.head:
        raise InterchangeError("The file is no text; choose a table that was saved as CSV or TSV.")
    if found := _nearly_utf8(given.data):
        return found
    from charset_normalizer import from_bytes

    best = from_bytes(given.data[:_ENCODING_LOOKED_AT]).best()
    try:
        return given.data.decode(best.encoding if best else "cp1252")
    except (UnicodeDecodeError, LookupError):
        return given.data.decode("cp1252", "replace")


def _nearly_utf8(data: bytes) -> str:
    """The text of a file in UTF-8 of which a byte here and there is damaged; empty for one that is something else."""
    found = data.decode("utf-8-sig", "replace")
    damaged = found.count("\ufffd")
    sound = len(data) - len(found)  # bytes beyond the first of each letter, of which other encodings have none
    return found if damaged * _DAMAGED < sound else ""


def _bare(text: str) -> str:
    """The table without the line in which Excel is told what cuts it."""
    return text.partition("\n")[2] if text.startswith(_SAYS_HOW) else text


def _named(cells: Sequence[str]) -> tuple[str, ...]:
    names: list[str] = []
    taken: set[str] = set()
    for number, cell in enumerate(cells, 1):
        name = " ".join(cell.split()) or f"Column {number}"
        name = name if name.casefold() not in taken else f"{name} (column {number})"
        taken.add(name.casefold())
        names.append(name)
    return tuple(names)


def _delimiter(text: str) -> str:
    """What cuts the first lines into the most columns, as many in nearly all of them; empty when nothing does."""
    best, most = "", 1
    for delimiter in _DELIMITERS:
        rows = _sample(text, delimiter)
        if not rows or len(rows[0]) <= most:
            continue
        # The last one may be broken off.
        whole = rows[:-1] if len(rows) > 2 else rows
        if Counter(map(len, whole))[len(rows[0])] >= len(whole) * _REGULAR:
            best, most = delimiter, len(rows[0])
    return best


def _sample(text: str, delimiter: str) -> list[list[str]]:
    """The first rows that are not empty; a last one that the sample cuts is left out."""
    rows: list[list[str]] = []
    cut = len(text) > _LOOKED_AT
    try:
        for row in csv.reader(StringIO(text[:_LOOKED_AT], newline=""), delimiter=delimiter):
            if any(cell.strip() for cell in row):
                rows.append(row)
            if len(rows) > _ROWS_LOOKED_AT:
                break
    except csv.Error:
        return []
    return rows[:-1] if cut and len(rows) > 1 else rows
