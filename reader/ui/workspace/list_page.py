"""The list as one of the views of the workspace: how it is ordered, the table, and what is said when it is empty."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from reader.model.change import Change
from reader.model.filters import Filter
from reader.model.workspace import Grouping, Order, View
from reader.ui.panels.empty import EmptyState
from reader.ui.panels.quiet import set_quiet_theme
from reader.ui.theme import Theme, load_theme
from reader.ui.workspace.inquiry import Inquiry
from reader.ui.workspace.list_lines import Lines
from reader.ui.workspace.list_model import AnnotationTableModel
from reader.ui.workspace.list_view import AnnotationTable
from reader.ui.workspace.reading_rows import RowReader

if TYPE_CHECKING:
    from reader.ui.session import Session

COLUMNS_KEY = "workspace_columns"
NO_ANNOTATIONS = "There are no annotations yet. Mark a passage in a text; all marks of all documents will stand here."
NO_MATCH = "No annotation meets the filter."
WAITING = "Looking…"


class ListPage(QWidget):
    """Shows what an inquiry was answered.

    `text_wanted` asks for the text, where there is nothing to list; `menu_wanted` for the menu of the selected rows,
    at a point of the screen.
    """

    text_wanted = Signal()
    menu_wanted = Signal(QPoint)

    def __init__(self, inquiry: Inquiry, session: "Session") -> None:
        super().__init__()
        self._inquiry, self._session = inquiry, session
        self.model = AnnotationTableModel(self)
        self.table = AnnotationTable(self.model, load_theme("light"))
        self.reader = RowReader(session.library.workspace, self)
        self.empty = EmptyState()
        self.count = QLabel()
        self.count.setTextFormat(Qt.TextFormat.PlainText)
        self.sort_button = _menu_button("Sor&t", self._fill_orders)
        self.group_button = _menu_button("Grou&p", self._fill_groups)
        self.columns_button = _menu_button("Col&umns", self.table.header.fill)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.table)
        self._pages.addWidget(self.empty)
        self._place()
        self._connect()
        remembered = session.library.settings.get(COLUMNS_KEY, {})
        self.table.header.lay_out(cast("dict[str, Any]", remembered) if isinstance(remembered, dict) else None)
        self._asked()

    def _place(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(12, 2, 12, 4)
        row.setSpacing(6)
        row.addWidget(self.count, 1)
        for button in (self.sort_button, self.group_button, self.columns_button):
            row.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(row)
        layout.addWidget(self._pages, 1)

    def _connect(self) -> None:
        inquiry, model = self._inquiry, self.model
        inquiry.asked.connect(self._asked)
        inquiry.listed.connect(self._listed)
        inquiry.refused.connect(lambda _sentence: self._refused())
        model.wanted.connect(self.reader.want)
        self.reader.arrived.connect(model.take)
        self.table.chosen.connect(inquiry.select)
        self.table.header.order_chosen.connect(self.sort_by)
        self.table.header.laid_out.connect(self._remember_columns)
        self.empty.chosen.connect(self._choose)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._menu)
        self._session.changed.connect(self._changed)

    def take_keyboard(self) -> None:
        """Let the keyboard go on in the rows, at the first where it was at none."""
        if self.table.currentIndex().row() < 0:
            self.table.go_to_line(0)
        self.table.setFocus()

    def stops(self) -> list[QWidget]:
        """What has the keyboard by Tab, in order."""
        return [self.sort_button, self.group_button, self.columns_button, self.table]

    # What is asked.

    def sort_by(self, order: Order) -> None:
        """Sort by that; where the list is sorted so already, turn it round."""
        view = self._inquiry.view
        self._inquiry.ask(replace(view, order=order, descending=order is view.order and not view.descending))

    def group_by(self, grouping: Grouping | None) -> None:
        self._inquiry.ask(replace(self._inquiry.view, group=grouping))

    def select_all(self) -> None:
        """Select everything that the filter finds; where only its beginning is here yet, as soon as the rest is."""
        self._all_wanted = not self._inquiry.whole
        self.table.selectAll()

    _all_wanted = False

    def _fill_orders(self, menu: QMenu) -> None:
        view = self._inquiry.view
        for order in Order:
            words = "By document and place" if order is Order.DOCUMENT else f"By {order.value}"
            action = menu.addAction(words, lambda order=order: self.sort_by(order))
            action.setCheckable(True)
            action.setChecked(order is view.order)
        menu.addSeparator()
        turned = menu.addAction("The other way round", lambda: self.sort_by(self._inquiry.view.order))
        turned.setCheckable(True)
        turned.setChecked(view.descending)

    def _fill_groups(self, menu: QMenu) -> None:
        for grouping in (None, *Grouping):
            words = f"By {grouping.value}" if grouping else "Not grouped"
            action = menu.addAction(words, lambda grouping=grouping: self.group_by(grouping))
            action.setCheckable(True)
            action.setChecked(grouping is self._inquiry.view.group)
        if self._inquiry.view.group:
            menu.addSeparator()
            menu.addAction("Fold all", lambda: self.table.refold_all(folded=True))
            menu.addAction("Unfold all", lambda: self.table.refold_all(folded=False))

    # What is shown.

    def set_theme(self, theme: Theme) -> None:
        self.table.set_theme(theme)
        self.empty.set_theme(theme)
        set_quiet_theme((self.count,), theme)

    def shut(self) -> None:
        """Read nothing any more."""
        self.reader.shut()

    def _asked(self) -> None:
        view = self._inquiry.view
        self.table.header.show_order(view.order, descending=view.descending)

    def _listed(self) -> None:
        inquiry, before, group = self._inquiry, self._view, self._inquiry.view.group
        self._view = inquiry.view
        self.table.tags_take_drops = group is Grouping.TAG
        lines = Lines(inquiry.listing, group, self.model.lines.folded if before.group is group else ())
        self.table.show_lines(lines, inquiry.rows, inquiry.current, other=before != inquiry.view)
        if self._all_wanted and inquiry.whole:
            self.select_all()
        self._count()

    _view = View()

    def _count(self) -> None:
        inquiry = self._inquiry
        count = len(set(inquiry.listing.ids)) if inquiry.listing.groups else len(inquiry.listing.ids)
        self.count.setText(f"{count:,} annotation{'' if count == 1 else 's'}" if inquiry.whole else WAITING)
        self._say_nothing() if inquiry.whole and not self.model.lines.count else self._show_table()

    def _refused(self) -> None:
        """What was listed before stays; where nothing was yet, nothing will come."""
        if self._inquiry.whole:
            self._count()
        else:
            self.count.setText("")
            self._say_nothing()

    def _show_table(self) -> None:
        focused = any(button.hasFocus() for button in self.empty.buttons())
        self._pages.setCurrentWidget(self.table)
        if focused:
            self.table.setFocus()
        if self.table.hasFocus() and self.table.currentIndex().row() < 0:
            self.table.go_to_line(0)

    def _say_nothing(self) -> None:
        if self._inquiry.view.filter:
            self.empty.say(NO_MATCH, ("Clear the filter",))
        else:
            self.empty.say(NO_ANNOTATIONS, ("Go to the text",))
        focused = self.table.hasFocus()
        self._pages.setCurrentWidget(self.empty)
        if focused:
            self.empty.buttons()[0].setFocus()

    def _choose(self, _number: int) -> None:
        if self._inquiry.view.filter:
            self._inquiry.ask_for(Filter())
        else:
            self.text_wanted.emit()

    def _changed(self, change: Change) -> None:
        if not change:
            return
        self.reader.doubt()
        self.model.outdate()
        if self.isVisible():
            self.model.put(change.annotations_updated, self._session.library.categories.names())

    def _menu(self, where: QPoint) -> None:
        if self._inquiry.rows:
            self.menu_wanted.emit(self.table.viewport().mapToGlobal(where))

    def _remember_columns(self) -> None:
        if not self._session.library.read_only:
            self._session.library.settings.set(COLUMNS_KEY, self.table.header.layout_now())


def _menu_button(words: str, fill: Callable[[QMenu], None]) -> QPushButton:
    button = QPushButton(words)
    menu = QMenu(button)
    menu.aboutToShow.connect(lambda: (menu.clear(), fill(menu)))
    button.setMenu(menu)
    return button
