"""A list model over rows of data in one order, of which a filter shows some; every change is said row by row."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

AnyIndex = QModelIndex | QPersistentModelIndex

ROW_ROLE = Qt.ItemDataRole.UserRole
"""The whole row, as the frozen object it is."""

# More runs of rows than this come or go at once: views are quicker told to look again.
_MOST_RUNS = 64
_MOST_SINGLE = 500


class HasUid(Protocol):
    @property
    def uid(self) -> str: ...


Row = TypeVar("Row", bound=HasUid)


class RowsModel(QAbstractListModel, Generic[Row]):
    """Rows in the order of `key`, shown where `accepts` says so.

    Nothing is computed for rows that nobody asks about: a list given in order is taken as it is, places are
    found by bisection and the table of uids is made when a row is first looked up by its uid.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: list[Row] = []
        self._shown: list[Row] = self._all
        self._uids: dict[str, Row] | None = {}
        self._accepts: Callable[[Row], bool] | None = None

    # What a kind of row says of itself.

    def key(self, row: Row) -> Any:
        """What rows are ordered by; unique, so that two rows never tie."""
        raise NotImplementedError

    def text(self, row: Row) -> str:
        """What is shown and read aloud for a row."""
        raise NotImplementedError

    # Reading.

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - an invalid index is a constant
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._shown):
            return None
        row = self._shown[index.row()]
        if role == ROW_ROLE:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.text(row)
        return None

    def total(self) -> int:
        """How many rows there are, shown or not."""
        return len(self._all)

    def shown_rows(self) -> Sequence[Row]:
        return self._shown

    def all_rows(self) -> Sequence[Row]:
        """The rows, shown or not."""
        return self._all

    def by_uid(self, uid: str) -> Row | None:
        """The row of that uid, shown or not."""
        return self._table().get(uid)

    def row_of(self, uid: str) -> int:
        """The place among the shown rows, -1 when it is not shown."""
        row = self.by_uid(uid)
        if row is None or not self._accepted(row):
            return -1
        return self._place(self._shown, row)

    def index_of(self, uid: str) -> QModelIndex:
        row = self.row_of(uid)
        return self.index(row, 0) if row >= 0 else QModelIndex()

    # Changing.

    def set_rows(self, rows: Iterable[Row]) -> None:
        """Another list altogether, given in order; the filter stays."""
        self.beginResetModel()
        self._all = list(rows)
        self._uids = None
        self._shown = self._filtered()
        self.endResetModel()

    def change(self, added: Iterable[Row] = (), updated: Iterable[Row] = (), removed: Iterable[Row] = ()) -> None:
        """Put in, replace and take out single rows. Known rows are replaced and unknown ones put in, whatever they
        were called, so that a change may arrive twice. Very many at once are taken as another list."""
        added, updated, removed = list(added), list(updated), list(removed)
        if len(added) + len(updated) + len(removed) > _MOST_SINGLE:
            self._change_many([*added, *updated], removed)
            return
        for row in removed:
            self._take_out(row.uid)
        for row in (*added, *updated):
            known = self.by_uid(row.uid)
            if known is None:
                self._put_in(row)
            else:
                self._replace(known, row)

    def _change_many(self, present: list[Row], removed: list[Row]) -> None:
        table = dict(self._table())
        for row in removed:
            table.pop(row.uid, None)
        table.update((row.uid, row) for row in present)
        self.set_rows(sorted(table.values(), key=self.key))

    def set_filter(self, accepts: Callable[[Row], bool] | None) -> None:
        """Show only the rows that `accepts` says yes to; all of them for None."""
        self._accepts = accepts
        self._show(self._filtered())

    def _filtered(self) -> list[Row]:
        accepts = self._accepts
        return self._all if accepts is None else [row for row in self._all if accepts(row)]

    def _accepted(self, row: Row) -> bool:
        return self._accepts is None or self._accepts(row)

    def _table(self) -> dict[str, Row]:
        if self._uids is None:
            self._uids = {row.uid: row for row in self._all}
        return self._uids

    def _place(self, rows: list[Row], row: Row) -> int:
        """Where a row that is in `rows` is; looked for one by one should the list not be in order."""
        place = bisect_left(rows, self.key(row), key=self.key)
        if place < len(rows) and rows[place] is row:
            return place
        return next((n for n, other in enumerate(rows) if other is row), -1)

    def _put_in(self, row: Row) -> None:
        shown, all_shown = self._accepted(row), self._shown is self._all
        place = bisect_left(self._shown, self.key(row), key=self.key)
        if shown:
            self.beginInsertRows(QModelIndex(), place, place)
            self._shown.insert(place, row)
        if not all_shown:
            self._all.insert(bisect_left(self._all, self.key(row), key=self.key), row)
        self._table()[row.uid] = row
        if shown:
            self.endInsertRows()

    def _take_out(self, uid: str) -> None:
        row = self.by_uid(uid)
        if row is None:
            return
        place, all_shown = self.row_of(uid), self._shown is self._all
        if place >= 0:
            self.beginRemoveRows(QModelIndex(), place, place)
            del self._shown[place]
        if not all_shown:
            del self._all[self._place(self._all, row)]
        del self._table()[uid]
        if place >= 0:
            self.endRemoveRows()

    def _replace(self, old: Row, new: Row) -> None:
        if self.key(old) != self.key(new) or not (self._accepted(old) and self._accepted(new)):
            self._move(old, new)
            return
        place = self._place(self._shown, old)
        if self._shown is not self._all:
            self._all[self._place(self._all, old)] = new
        self._shown[place] = new
        self._table()[new.uid] = new
        index = self.index(place, 0)
        self.dataChanged.emit(index, index)

    def _move(self, old: Row, new: Row) -> None:
        """Replace a row whose place or visibility changes: moved where it stays shown, else put in or taken out."""
        place = self.row_of(old.uid)
        if place < 0 or not self._accepted(new):
            self._take_out(old.uid)
            self._put_in(new)
            return
        rest = [row for row in self._shown if row is not old]
        target = bisect_left(rest, self.key(new), key=self.key)
        moved = target != place and self.beginMoveRows(
            QModelIndex(), place, place, QModelIndex(), target + (target > place)
        )
        rest.insert(target, new)
        if self._shown is self._all:
            self._all = self._shown = rest
        else:
            del self._all[self._place(self._all, old)]
            self._all.insert(bisect_left(self._all, self.key(new), key=self.key), new)
            self._shown = rest
        self._table()[new.uid] = new
        if moved:
            self.endMoveRows()
        index = self.index(target, 0)
        self.dataChanged.emit(index, index)

    def _reorder(self) -> None:
        """Sort by a `key` that has changed; selected and current rows stay so at their new places."""
        self.layoutAboutToBeChanged.emit()
        old = self.persistentIndexList()
        uids = [self._shown[index.row()].uid for index in old]
        self._all.sort(key=self.key)
        self._shown = self._filtered()
        self.changePersistentIndexList(old, [self.index_of(uid) for uid in uids])
        self.layoutChanged.emit()

    def _show(self, rows: list[Row]) -> None:
        """Make `rows`, which are in order, the shown ones."""
        kept = {id(row) for row in rows}
        gone = _runs(n for n, row in enumerate(self._shown) if id(row) not in kept)
        before = {id(row) for row in self._shown}
        come = _runs(n for n, row in enumerate(rows) if id(row) not in before)
        if len(gone) + len(come) > _MOST_RUNS:
            self.beginResetModel()
            self._shown = rows
            self.endResetModel()
            return
        shown = list(self._shown)
        for first, last in reversed(gone):
            self.beginRemoveRows(QModelIndex(), first, last)
            del shown[first : last + 1]
            self._shown = shown
            self.endRemoveRows()
        for first, last in come:
            self.beginInsertRows(QModelIndex(), first, last)
            shown[first:first] = rows[first : last + 1]
            self._shown = shown
            self.endInsertRows()
        self._shown = rows


def _runs(places: Iterable[int]) -> list[tuple[int, int]]:
    """Increasing numbers as first and last of each unbroken run."""
    runs: list[tuple[int, int]] = []
    for place in places:
        if runs and runs[-1][1] == place - 1:
            runs[-1] = (runs[-1][0], place)
        else:
            runs.append((place, place))
    return runs
