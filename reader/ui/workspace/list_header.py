"""The heads of the columns: width, place and whether each is shown, all of it remembered."""

from collections.abc import Mapping
from typing import Any, cast

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QHeaderView, QMenu, QWidget

from reader.model.workspace import Order
from reader.ui.workspace.list_columns import ORDERS, WIDTHS, Column, title

LEAST, MOST = 40, 2000


class ListHeader(QHeaderView):
    """`order_chosen` carries the order that a click asks for; `laid_out` says that the user changed the columns."""

    order_chosen = Signal(object)
    laid_out = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsMovable(True)
        self.setFirstSectionMovable(True)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSortIndicatorShown(True)
        self.setMinimumSectionSize(LEAST)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._menu)
        self.sectionClicked.connect(lambda section: self.order_chosen.emit(ORDERS[Column(section)]))
        self._restoring = False
        self._settled = QTimer(self, singleShot=True, interval=300)
        self._settled.timeout.connect(self.laid_out)
        self.sectionMoved.connect(lambda *_: self._changed())
        self.sectionResized.connect(lambda *_: self._changed())

    def lay_out(self, remembered: Mapping[str, Any] | None = None) -> None:
        """Put the columns as they are remembered, else as they are at first."""
        found = remembered or {}
        self._restoring = True
        names = _names(found.get("order"))
        widths, hidden = found.get("widths"), _names(found.get("hidden"))
        wide = cast("dict[str, Any]", widths) if isinstance(widths, dict) else {}
        order = [*names, *(column for column in Column if column not in names)]
        for place, column in enumerate(order):
            self.moveSection(self.visualIndex(column), place)
            width = wide.get(column.name.lower())
            self.resizeSection(column, min(MOST, max(LEAST, width)) if isinstance(width, int) else WIDTHS[column])
            self.setSectionHidden(column, column in hidden and len(hidden) < len(Column))
        self._restoring = False

    def layout_now(self) -> dict[str, Any]:
        """What `lay_out` takes to put the columns as they are."""
        shown = [Column(self.logicalIndex(place)) for place in range(len(Column))]
        hidden = [column.name.lower() for column in Column if self.isSectionHidden(column)]
        widths = {column.name.lower(): self.sectionSize(column) for column in Column if self.sectionSize(column)}
        return {"order": [column.name.lower() for column in shown], "widths": widths, "hidden": hidden}

    def show_order(self, order: Order, *, descending: bool) -> None:
        """Show which column the list is sorted by."""
        column = next(column for column, sorts in ORDERS.items() if sorts is order)
        direction = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        self.setSortIndicator(column, direction)

    def first_shown(self) -> int:
        """The column furthest to the left."""
        shown = (self.logicalIndex(place) for place in range(len(Column)))
        return next((section for section in shown if not self.isSectionHidden(section)), 0)

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
        self.setSectionHidden(column, not shown)
        if shown and self.sectionSize(column) < LEAST:
            self.resizeSection(column, WIDTHS[column])
        self._changed()

    def _as_at_first(self) -> None:
        self.lay_out()
        self._changed()

    def _menu(self, where: QPoint) -> None:
        menu = QMenu(self)
        self.fill(menu)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.mapToGlobal(where))

    def _changed(self) -> None:
        if not self._restoring:
            self._settled.start()


def _names(value: object) -> list[Column]:
    """The columns of a remembered list of names; what is no column is left out."""
    names = cast("list[object]", value) if isinstance(value, list) else []
    known = {column.name.lower(): column for column in Column}
    return list(dict.fromkeys(known[name] for name in names if isinstance(name, str) and name in known))
