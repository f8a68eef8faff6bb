"""The heads of the columns: width, place and whether each is shown, all of it remembered."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QHeaderView, QMenu, QWidget

from reader.model.workspace import Order
from reader.ui.workspace.list_columns import ORDERS, SHARES, WIDTHS, Column, title

LEAST, MOST = 40, 2000


class ListHeader(QHeaderView):
    """`order_chosen` carries the order that a click asks for; `laid_out` says that the user changed the columns.

    Until the user gives a column another width, those that are in view share out the width of the list.
    """

    order_chosen = Signal(object)
    laid_out = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsMovable(True)
        self.setFirstSectionMovable(True)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(LEAST)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._menu)
        self.sectionClicked.connect(lambda section: self.order_chosen.emit(ORDERS[Column(section)]))
        self._restoring, self._own_widths, self._room = False, False, 0
        self._settled = QTimer(self, singleShot=True, interval=300)
        self._settled.timeout.connect(self.laid_out)
        self.sectionMoved.connect(lambda *_: self._changed())
        self.sectionResized.connect(self._resized)

    def lay_out(self, remembered: Mapping[str, Any] | None = None) -> None:
        """Put the columns as they are remembered, else as they are at first."""
        found = remembered or {}
        self._restoring = True
        names = _names(found.get("order"))
        widths, hidden = found.get("widths"), _names(found.get("hidden"))
        wide = cast("dict[str, Any]", widths) if isinstance(widths, dict) else {}
        self._own_widths = bool(wide)
        order = [*names, *(column for column in Column if column not in names)]
        for place, column in enumerate(order):
            self.moveSection(self.visualIndex(column), place)
            width = wide.get(column.name.lower())
            self.resizeSection(column, min(MOST, max(LEAST, width)) if isinstance(width, int) else WIDTHS[column])
            self.setSectionHidden(column, column in hidden and len(hidden) < len(Column))
        self._restoring = False
        self.fit(self._room)

    def fit(self, room: int) -> None:
        """Share out so many pixels among the columns that have room in them, unless the user has chosen widths."""
        self._room = room
        if self._own_widths or not room:
            return
        shown = [column for column in self._in_order() if not self.isSectionHidden(column)]
        self._restoring = True
        for column, width in fitted(shown, room).items():
            self.resizeSection(column, width)
        self._restoring = False

    def layout_now(self) -> dict[str, Any]:
        """What `lay_out` takes to put the columns as they are."""
        hidden = [column.name.lower() for column in Column if self.isSectionHidden(column)]
        widths = {column.name.lower(): self.sectionSize(column) for column in Column if self.sectionSize(column)}
        order = [column.name.lower() for column in self._in_order()]
        return {"order": order, "widths": widths if self._own_widths else {}, "hidden": hidden}

    def show_order(self, order: Order, *, descending: bool) -> None:
        """Show which column the list is sorted by."""
        column = next(column for column, sorts in ORDERS.items() if sorts is order)
        # Qt hides it where a header is given to a table that does not sort its rows itself.
        self.setSortIndicatorShown(True)
        direction = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        self.setSortIndicator(column, direction)

    def first_shown(self) -> int:
        """The column furthest to the left."""
        return next((column for column in self._in_order() if not self.isSectionHidden(column)), Column.CATEGORY)

    def _in_order(self) -> list[Column]:
        """The columns from the left, those that are not shown, too."""
        return [Column(self.logicalIndex(place)) for place in range(len(Column))]

    def fill(self, menu: QMenu) -> None:
        """Offer to show and hide each column, and to put all back."""
        for column in Column:
            action = menu.addAction(title(column))
            action.setCheckable(True)
            shown = not self.isSectionHidden(column)
            action.setChecked(shown)
            action.setEnabled(not shown or self.count() - self.hiddenSectionCount() > 1)
            action.triggered.connect(lambda shown=False, column=column: self.show_column(column, shown=shown))
        menu.addSeparator()
        menu.addAction("As at first", self._as_at_first)

    def show_column(self, column: Column, *, shown: bool) -> None:
        self._restoring = True
        self.setSectionHidden(column, not shown)
        if shown and self.sectionSize(column) < LEAST:
            self.resizeSection(column, WIDTHS[column])
        self._restoring = False
        self.fit(self._room)
        self._changed()

    def _as_at_first(self) -> None:
        self.lay_out()
        self._changed()

    def _menu(self, where: QPoint) -> None:
        menu = QMenu(self)
        self.fill(menu)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.mapToGlobal(where))

    def _resized(self) -> None:
        self._own_widths = self._own_widths or not self._restoring
        self._changed()

    def _changed(self) -> None:
        if not self._restoring:
            self._settled.start()


def fitted(columns: Sequence[Column], room: int) -> dict[Column, int]:
    """Widths for columns from the left: those that have room side by side fill it, the others follow out of view."""
    widths = {column: WIDTHS[column] for column in columns}
    left, seen = room, list[Column]()
    for column in columns:
        if widths[column] > left:
            break
        left -= widths[column]
        seen.append(column)
    growing = [column for column in seen if column in SHARES]
    shares = sum(SHARES[column] for column in growing)
    for column in growing:
        part = left * SHARES[column] // shares
        widths[column] += part
        left, shares = left - part, shares - SHARES[column]
    return widths


def _names(value: object) -> list[Column]:
    """The columns of a remembered list of names; what is no column is left out."""
    names = cast("list[object]", value) if isinstance(value, list) else []
    known = {column.name.lower(): column for column in Column}
    return list(dict.fromkeys(known[name] for name in names if isinstance(name, str) and name in known))
