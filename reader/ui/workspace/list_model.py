"""The annotations that the filter finds, as a table of which only the rows that are looked at are read."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionRange,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)

from reader.model.annotation import Annotation, Color
from reader.model.filters import Filter
from reader.model.workspace import Listing, Row
from reader.ui.widgets.tip_text import tip_text
from reader.ui.workspace.list_columns import Column, spoken, text, tip, title
from reader.ui.workspace.list_lines import Head, Lines

AnyIndex = QModelIndex | QPersistentModelIndex

ITEM_ROLE = Qt.ItemDataRole.UserRole
"""What is on the line: a `Row`, a `Head`, or None for a row that is not read yet."""

KEPT = 4_000
"""So many rows are kept at most."""

_NOWHERE = QModelIndex()


class AnnotationTableModel(QAbstractTableModel):
    """Lines of a listing. `wanted` asks for rows that were looked at and are not here, or may have changed."""

    wanted = Signal(list)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines = Lines(Listing((), (), Filter()))
        self.was_reset = False
        """Whether the last other lines made the views forget what was selected."""
        self._rows: dict[int, Row] = {}
        self._row_ids: dict[str, int] = {}
        self._stale: set[int] = set()
        self._missing: dict[int, None] = {}
        self._ask = QTimer(self, singleShot=True, interval=0)
        self._ask.timeout.connect(self._ask_for_missing)

    # Reading.

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else self.lines.count

    def columnCount(self, parent: AnyIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else _COLUMNS

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return title(Column(section))
        return None

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        if isinstance(self.lines.at(index.row()), Head):
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsDropEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or role not in _ROLES:
            return None
        item = self.item(index.row())
        if role == ITEM_ROLE or item is None:
            return item
        if isinstance(item, Head):
            return None if role == Qt.ItemDataRole.ToolTipRole else head_words(item, index.column())
        column = Column(index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip_text(tip(item, column))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(item) if column is Column.CATEGORY else f"{title(column)}: {text(item, column)}"
        return text(item, column)

    def item(self, line: int) -> Row | Head | None:
        """What is on a line; a row that is not here is asked for."""
        at = self.lines.at(line)
        if isinstance(at, Head):
            return at
        row_id = self.lines.ids[at]
        row = self._rows.get(row_id)
        if row is None or row_id in self._stale:
            self._missing[row_id] = None
            self._ask.start()
        return row

    def row_id(self, line: int) -> int:
        """The row id of the annotation on a line; 0 for a head."""
        at = self.lines.at(line) if 0 <= line < self.lines.count else None
        return self.lines.ids[at] if isinstance(at, int) else 0

    def row_of(self, row_id: int) -> Row | None:
        """A row that has been read."""
        return self._rows.get(row_id)

    def line_of(self, row_id: int) -> int:
        """The first line that an annotation is on, or is folded under; -1 where it is on none."""
        try:
            return self.lines.line_of(self.lines.ids.index(row_id))
        except ValueError:
            return -1

    def whole_lines(self, first: int, last: int) -> QItemSelectionRange:
        """All columns from one line to another, which are there: Qt need not ask for each whether it is."""
        return QItemSelectionRange(self.createIndex(first, 0), self.createIndex(last, _COLUMNS - 1))

    def ids_on(self, first: int, last: int) -> list[int]:
        """The row ids of the annotations on the lines `first` to `last`."""
        ids = self.lines.ids
        if not self.lines.heads:
            return list(ids[first : last + 1])
        return [row_id for run in self.lines.places(first, last) for row_id in ids[run.start : run.stop]]

    def lines_of(self, row_ids: Sequence[int]) -> list[tuple[int, int]]:
        """The lines that these annotations are on, as runs of lines, first and last."""
        wanted, ids = frozenset(row_ids), self.lines.ids
        runs: list[tuple[int, int]] = []
        for first, places in self.lines.unfolded():
            part = ids[places.start : places.stop]
            if wanted.issuperset(part):
                runs.append((first, first + len(part) - 1))
                continue
            start = len(runs)
            for line in (line for line, row_id in enumerate(part, first) if row_id in wanted):
                if len(runs) > start and runs[-1][1] == line - 1:
                    runs[-1] = (runs[-1][0], line)
                else:
                    runs.append((line, line))
        return runs

    # Changing.

    def set_lines(self, lines: Lines) -> None:
        """Other lines. Where there are only more of the same, they come after those that are there."""
        have, more = self.lines, lines.count - self.lines.count
        self.was_reset = False
        same = more == 0 and (have.heads, have.folded) == (lines.heads, lines.folded)
        longer = more > 0 and have.count and not (have.heads or lines.heads)
        if (same or longer) and _begins(lines.ids, have.ids):
            if more:
                self.beginInsertRows(_NOWHERE, have.count, lines.count - 1)
            self.lines = lines
            if more:
                self.endInsertRows()
            return
        self.was_reset = True
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def take(self, certain: Sequence[int], found: Mapping[int, Row]) -> None:
        """Rows that have been read; those not in `certain` may be from before a change and are read again."""
        if len(self._rows) > KEPT:
            self._rows, self._row_ids, self._stale = {}, {}, set()
        self._stale.difference_update(certain)
        known = frozenset(certain)
        for row_id, row in found.items():
            if row_id not in known:
                self._stale.add(row_id)
                row = self._rows.get(row_id, row)
            self._rows[row_id] = row
            self._row_ids[row.mark.uid] = row_id
        self._repaint()

    def outdate(self) -> None:
        """Something was written: what is here is shown until it has been read again."""
        self._stale = set(self._rows)
        self._repaint()

    def put(self, marks: Sequence[Annotation], names: Mapping[Color, str]) -> None:
        """Annotations as they are now: those whose rows are here are shown so at once, unless they are very many.

        Those are sooner read again, as far as they are in view, than looked through.
        """
        for mark in marks if len(marks) <= KEPT else ():
            if (row_id := self._row_ids.get(mark.uid)) is not None and (row := self._rows.get(row_id)):
                quote = row.quote if row.mark.quote == mark.quote else mark.quote
                self._rows[row_id] = replace(row, mark=mark, quote=quote, category=names[mark.color])
        self._repaint()

    def _repaint(self) -> None:
        if self.lines.count:
            self.dataChanged.emit(self.index(0, 0), self.index(self.lines.count - 1, _COLUMNS - 1))

    def _ask_for_missing(self) -> None:
        missing, self._missing = list(self._missing), {}
        if missing:
            self.wanted.emit(missing)


def head_words(head: Head, column: int = 0) -> str:
    """What the line of a head says, in its first column."""
    return f"{head.label} ({head.total:,})" if column == 0 else ""


def _begins(ids: Sequence[int], begun: Sequence[int]) -> bool:
    return list(ids[: len(begun)]) == list(begun)


_COLUMNS = len(Column)
"""Counted once: Qt asks for it with each run of selected rows."""
_ROLES = frozenset(
    (
        ITEM_ROLE,
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.ToolTipRole,
        Qt.ItemDataRole.AccessibleTextRole,
    )
)
