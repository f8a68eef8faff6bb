"""A codebook as a table: one row a tag, with its colour and the three parts of its description."""

import csv
from collections.abc import Sequence
from io import StringIO

from reader.interchange.rows import FORMULA, head, pieces
from reader.model.codebook import Code, Description, description_of
from reader.model.errors import ReaderError

COLUMNS = ("tag", "color", "description", "not", "example")
_NAMES = {"tag": 0, "name": 0, "code": 0, "color": 1, "colour": 1, "description": 2, "not": 3, "example": 4}
"""Which of the columns a file of others means by the head of one."""
_GUARD = "'"


def written(codes: Sequence[Code]) -> str:
    """The table with commas, after a byte order mark; what a spreadsheet would run stands behind an apostrophe."""
    rows = [[_guarded(cell) for cell in _row(code)] for code in codes]
    return "\ufeff" + head(COLUMNS, delimiter=",") + "".join(pieces(rows, delimiter=","))


def read(text: str) -> list[Code]:
    """The tags of a table with commas, semicolons or tabs. ReaderError when it has no column of tags."""
    text = text.removeprefix("\ufeff")
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    try:
        rows = list(csv.reader(StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise ReaderError(f"The file is no table that can be read ({error}); save it as CSV again.") from error
    places = {_NAMES[name]: at for at, cell in enumerate(rows[0] if rows else ()) if (name := _head(cell)) in _NAMES}
    if 0 not in places:
        raise ReaderError("The table has no column “tag”; write the names of its columns into its first row.")
    return [code for row in rows[1:] if (code := _code(row, places)).name.strip()]


def _head(cell: str) -> str:
    return cell.strip().lower()


def _row(code: Code) -> tuple[str, ...]:
    parts = description_of(code.description)
    return (code.name, code.color, parts.belongs, parts.excluded, parts.example)


def _code(row: Sequence[str], places: dict[int, int]) -> Code:
    cells = [_bare(row[places[at]]) if at in places and places[at] < len(row) else "" for at in range(len(COLUMNS))]
    name, color, *parts = cells
    return Code(name, color.strip(), Description(*parts).text())


def _guarded(cell: str) -> str:
    """Guarded also where it looks as if it had been: reading takes one apostrophe away."""
    return _GUARD + cell if _is_formula(cell.lstrip(_GUARD)) else cell


def _bare(cell: str) -> str:
    return cell[1:] if cell.startswith(_GUARD) and _is_formula(cell.lstrip(_GUARD)) else cell


def _is_formula(text: str) -> bool:
    return bool(text) and text[0] in FORMULA
