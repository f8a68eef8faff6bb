"""Rows of cells as the text of a table, a few hundred rows at a time."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from itertools import islice

ROWS_A_PIECE = 500

FORMULA = frozenset("=+-@\t\r\n＝＋－＠")
"""What a cell begins with that some spreadsheet takes for a formula, or passes over on its way to one."""


def pieces(rows: Iterable[Sequence[str | int | float]], *, delimiter: str) -> Iterator[str]:
    """The rows as text: quoted where that is needed, quotes doubled, lines ended by CR LF as RFC 4180 has it."""
    left = iter(rows)
    while batch := list(islice(left, ROWS_A_PIECE)):
        text = StringIO(newline="")
        csv.writer(text, delimiter=delimiter, lineterminator="\r\n").writerows(batch)
        yield text.getvalue()


def defused(text: str, guard: str = "'") -> str:
    """`text`, behind `guard` where a spreadsheet would take it for a formula and run what a document says."""
    return guard + text if text[:1] in FORMULA and text else text
