"""What is drawn of the annotations, as tables for other programs."""

from collections.abc import Sequence

from reader.interchange.rows import defused, head, pieces
from reader.interchange.table import BOM
from reader.model.seeing import Matrix, Pair, Weeks


def matrix(found: Matrix, *, corner: str, symmetric: bool = False) -> str:
    """A row for each row, a column for each column, and their counts; `symmetric`: a cell stands at both places."""
    heads = [corner, "all", *(defused(column.label) for column in found.columns)]
    rows: list[list[str | int]] = []
    for i, row in enumerate(found.rows):
        cells = (_cell(found, i, j, symmetric) for j in range(len(found.columns)))
        rows.append([defused(row.label), row.count, *cells])
    return _table(heads, rows)


def pairs(found: Sequence[Pair]) -> str:
    """A row for each pair of tags."""
    rows = [[defused(pair.first.label), defused(pair.second.label), pair.count, f"{pair.share:.4f}"] for pair in found]
    return _table(["tag", "other tag", "together", "share"], rows)


def weeks(found: Weeks) -> str:
    """A row for each week, which its Monday names, with a column for each category."""
    heads = ["week from", "all", *(defused(name) for name in found.names.values())]
    rows = [
        [week.monday.isoformat(), week.count, *(week.colors.get(color, 0) for color in found.names)]
        for week in found.weeks
    ]
    return _table(heads, rows)


def _cell(found: Matrix, i: int, j: int, symmetric: bool) -> int:
    return found.cells.get((min(i, j), max(i, j)) if symmetric else (i, j), 0)


def _table(names: Sequence[str], rows: Sequence[Sequence[str | int]]) -> str:
    return BOM + head(names, delimiter=",") + "".join(pieces(rows, delimiter=","))
