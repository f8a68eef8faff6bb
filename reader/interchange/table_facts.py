"""What a table that this program wrote says of the texts in which its positions count."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from reader.interchange.records import NOWHERE, TextFacts, Where
from reader.interchange.table import OFFSET_UNIT
from reader.interchange.tables import Table
from reader.model.annotation import Style

_SHA256 = re.compile(r"[0-9a-f]{64}")
_DIGITS = re.compile(r"\d{1,12}")


@dataclass(frozen=True, slots=True)
class Facts:
    """The numbers of its columns; -1 for one that was not exported."""

    start: int
    unit: int
    length: int
    sha256: int
    style: int

    @classmethod
    def of(cls, table: Table) -> Facts | None:
        """Those of a table; None for one that this program did not write."""
        found = cls(*map(table.column, ("start", "offset_unit", "text_length", "text_sha256", "style")))
        return found if found.unit >= 0 and found.sha256 >= 0 else None

    def is_area(self, cells: Sequence[str]) -> bool:
        """Whether the mark of a row is an area of a page, of which a table has neither the place nor the picture."""
        return _cell(cells, self.style) == Style.AREA

    def where(self, cells: Sequence[str]) -> Where:
        """Where the mark of a row begins."""
        start = _cell(cells, self.start)
        known = _DIGITS.fullmatch(start) and _cell(cells, self.unit) == OFFSET_UNIT
        return Where((int(start),), unit=OFFSET_UNIT) if known else NOWHERE

    def text(self, cells: Sequence[str]) -> TextFacts | None:
        """The text of a row's document; None where it is not told."""
        sha256, length = _cell(cells, self.sha256), _cell(cells, self.length)
        if not _SHA256.fullmatch(sha256):
            return None
        return TextFacts(sha256, int(length) if _DIGITS.fullmatch(length) else 0, "", 0, 0)


def _cell(cells: Sequence[str], column: int) -> str:
    return cells[column].strip() if 0 <= column < len(cells) else ""
