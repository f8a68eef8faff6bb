"""Rows of cells as the text of a table, a few hundred rows at a time."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from itertools import islice

ROWS_A_PIECE = 500

FORMULA = frozenset("=+-@\t\r\n＝＋－＠")
"""What a cell begins with that some spreadsheet takes for a formula, or passes over on its way to one."""


_AWKWARD = re.compile(r'[",;\t\r\n]')


def head(names: Iterable[str], *, delimiter: str) -> str:
    """The names of the columns as the first line, plain as far as they can be: a byte order mark may stand before."""
    cells = (f'"{name.replace(chr(34), chr(34) * 2)}"' if _AWKWARD.search(name) else name for name in names)
    return delimiter.join(cells) + "\r\n"


def pieces(rows: Iterable[Sequence[str | int | float]], *, delimiter: str) -> Iterator[str]:
    """The rows as text: all but numbers in quotes, quotes doubled, lines ended by CR LF as RFC 4180 has it.

    LibreOffice cuts at commas, semicolons and tabs alike where nobody tells it not to; within quotes it does not.
    """
    left = iter(rows)
    while batch := list(islice(left, ROWS_A_PIECE)):
        text = StringIO(newline="")
        writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n", quoting=csv.QUOTE_NONNUMERIC)
        writer.writerows(batch)
        yield text.getvalue()


def defused(text: str, guard: str = "'") -> str:
    """`text`, behind `guard` where a spreadsheet would take it for a formula and run what a document says."""
    return guard + text if text[:1] in FORMULA and text else text
