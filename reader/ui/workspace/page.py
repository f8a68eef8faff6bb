"""The workspace: what is asked at the left, the list in the middle, the passage at the right."""

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QMenu,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from reader.model.filters import Filter
from reader.ui.workspace.columns import Column
from reader.ui.workspace.filter_line import FilterLine
from reader.ui.workspace.inquiry import Inquiry
from reader.ui.workspace.list_page import ListPage
from reader.ui.workspace.list_verbs import RowVerbs
from reader.ui.workspace.page_verbs import FROM_TEXT, ROW_MENU, verbs
from reader.ui.workspace.remembering import remember, remembered, remembered_tab
from reader.ui.workspace.seeing.part import SeeingPart
from reader.ui.workspace.seeing.ways import add_ways
from reader.ui.workspace.sides import Sides

if TYPE_CHECKING:
    from collections.abc import Callable

    from reader.ui.main_window import MainWindow
    from reader.ui.parts import Parts
    from reader.ui.theme import Theme


class WorkspacePage(QWidget):
    """A page of the window. `verbs` are the window's actions that are done here in another way, by their names.

    What stands in the columns is added to them, what shows the annotations in the middle is added with `add_view`,
    a button after the filter with `filter.add_buttons`; whichever of it has a `set_theme` is told of the theme.
    """

    def __init__(self, window: "MainWindow", parts: "Parts") -> None:
        super().__init__()
        self.setObjectName("workspace")
        self._window, self._parts, self._session = window, parts, window.session
        self.inquiry = Inquiry(window.session, self)
        self.left, self.centre, self.right = Column("left"), Column("centre"), Column("right")
        self.filter = FilterLine(self.inquiry)
        self.list = ListPage(self.inquiry, window.session)
        self.export_button = QPushButton("E&xport…")
        self.filter.add_buttons((self.export_button,))
        self.tabs, self.views = QTabBar(), QStackedWidget()
        self._shown: list[ListPage | SeeingPart] = []
        self.tabs.setObjectName("sideTabs")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName("How the annotations are shown")
        self.rows = RowVerbs(window, self.inquiry, self.list)
        self.verbs: dict[str, Callable[[], object]] = verbs(self, parts, window)
        self._place()
        self._connect()
        remembered(self, window.session.library.settings)
        self.sides = Sides(self, window, parts)
        self.ways = add_ways(self, window.session)
        self._order_stops()
        remembered_tab(self, window.session.library.settings)

    def _place(self) -> None:
        self.centre.add(self.filter)
        self.centre.add(self.tabs)
        self.centre.add(self.views, stretch=1)
        self.add_view("List", self.list)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        for column in (self.left, self.centre, self.right):
            self.splitter.addWidget(column)
        self.splitter.setStretchFactor(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.splitter)

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self._turn)
        self.filter.down_pressed.connect(self.to_list)
        self.list.text_wanted.connect(self._window.show_reading)
        self.list.menu_wanted.connect(self._row_menu)
        self.export_button.clicked.connect(self.export)
        table = self.list.table
        table.open_requested.connect(self.open_row)
        table.note_requested.connect(self.rows.note)
        table.dropped.connect(self.rows.give)

    def add_view(self, name: str, view: ListPage | SeeingPart) -> None:
        """Another way to show what the filter finds, behind a tab of that name."""
        self._shown.append(view)
        self.views.addWidget(view)
        self.tabs.addTab(name)
        self.tabs.setVisible(self.tabs.count() > 1)

    def enter(self, wanted: Filter | None) -> None:
        """Take the keyboard and ask anew; for what `wanted` finds, as a list, or what was asked last."""
        if wanted is not None:
            self.filter.say_of_last_time(None)
            self.tabs.setCurrentIndex(0)
            self.inquiry.ask_for(wanted)
        self.inquiry.wake()
        self.to_list()

    def do(self, name: str, slot: "Callable[[], object]") -> None:
        """Carry out an action of the window: here, or in the text, which is shown for it."""
        if name in self.verbs:
            self.verbs[name]()
            return
        if name in FROM_TEXT:
            self.leave()
        slot()

    def leave(self) -> None:
        """Show the text again."""
        self._window.show_reading()

    def open_row(self, row_id: int) -> None:
        """Show an annotation in its text; going back there leads here again."""
        row = self.list.model.row_of(row_id)
        if row:
            self._parts.open_from_workspace(row.mark.document_uid, row.mark.uid)

    def to_list(self) -> None:
        """Put the keyboard into what shows the annotations."""
        self._shown[self.tabs.currentIndex()].take_keyboard()

    def _turn(self, at: int) -> None:
        """Show what a tab stands for; the keyboard goes along, where it was in what was shown."""
        focus = self.focusWidget()
        inside = focus is not None and self.views.isAncestorOf(focus)
        self.views.setCurrentIndex(at)
        if inside:
            self.to_list()

    def _order_stops(self) -> None:
        """By Tab: the filter, what shows the annotations, and then what stands at the left and at the right."""
        shown = [stop for view in self._shown for stop in view.stops()]
        for before, after in pairwise([self.export_button, self.sides.save_button, self.tabs, *shown]):
            QWidget.setTabOrder(before, after)

    def event(self, event: QEvent) -> bool:
        """Bare keys are verbs of the rows, and do nothing to them while the keyboard is elsewhere on the page."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_bare(event):
            focus = self._window.focusWidget()
            at_rows = focus is not None and (self.views.isAncestorOf(focus) or self.right.isAncestorOf(focus))
            if not at_rows or isinstance(focus, QAbstractButton):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self.inquiry.sleep()
        super().hideEvent(event)

    def set_theme(self, theme: "Theme") -> None:
        """Put the theme on all that is drawn here."""
        shown = [self.views.widget(number) for number in range(self.views.count())]
        for part in (*self.left.parts(), *self.centre.parts(), *self.right.parts(), *shown):
            if set_theme := getattr(part, "set_theme", None):
                set_theme(theme)
        self.rows.asking.set_theme(theme)

    def shut(self) -> None:
        """Ask nothing any more; the window is about to close."""
        if not self._session.library.read_only:
            remember(self, self._session.library.settings)
        self.inquiry.shut()
        self.sides.shut()
        for way in self.ways:
            way.shut()
        self.list.shut()

    def export(self) -> None:
        """Ask how to export the selected annotations, where there are several, else what the filter finds."""
        ask = self._parts.exchange.ask_export
        if len(self.inquiry.rows) > 1:
            self.rows.with_uids(lambda uids: ask(selection=uids))
        else:
            ask(filter=self.inquiry.listing.shown)

    def _row_menu(self, where: QPoint) -> None:
        actions = self._window.actions_
        menu = actions.menu_of(QMenu(self), ROW_MENU)
        self.rows.fill(menu, after=actions["tag"])
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(where)


def _is_bare(event: QKeyEvent) -> bool:
    """Whether it is a letter, a figure or Del, without Ctrl or Alt."""
    held = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
    letter = len(event.text()) == 1 and event.text().isprintable()
    return not held and (letter or event.key() == Qt.Key.Key_Delete)
