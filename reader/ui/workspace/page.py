"""The workspace: what is asked at the left, the list in the middle, the passage at the right."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QPushButton, QSplitter, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from reader.model.filters import Filter
from reader.ui.workspace.filter_line import FilterLine
from reader.ui.workspace.inquiry import Inquiry
from reader.ui.workspace.list_page import ListPage
from reader.ui.workspace.seeing.ways import add_ways
from reader.ui.workspace.sides import Sides

if TYPE_CHECKING:
    from reader.ui.main_window import MainWindow
    from reader.ui.parts import Parts
    from reader.ui.theme import Theme

LEFT, RIGHT = 240, 320


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
        self.verbs: dict[str, Callable[[], object]] = {}
        self.left, self.centre, self.right = Column("left"), Column("centre"), Column("right")
        self.filter = FilterLine(self.inquiry)
        self.list = ListPage(self.inquiry, window.session)
        self.export_button = QPushButton("&Export…")
        self.filter.add_buttons((self.export_button,))
        self.tabs, self.views = QTabBar(), QStackedWidget()
        self.tabs.setObjectName("sideTabs")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName("How the annotations are shown")
        self._place()
        self._connect()
        self.sides = Sides(self, window)
        self.ways = add_ways(self, window.session)

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
        self.splitter.setSizes([LEFT, 2000, RIGHT])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.splitter)

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self.views.setCurrentIndex)
        self.filter.down_pressed.connect(self.to_list)
        self.list.text_wanted.connect(self._window.show_reading)
        self.export_button.clicked.connect(self._export)

    def add_view(self, name: str, view: QWidget) -> None:
        """Another way to show what the filter finds, behind a tab of that name."""
        self.views.addWidget(view)
        self.tabs.addTab(name)
        self.tabs.setVisible(self.tabs.count() > 1)

    def enter(self, wanted: Filter | None) -> None:
        """Take the keyboard and ask anew; for what `wanted` finds, or what was asked last."""
        if wanted is not None:
            self.inquiry.ask_for(wanted)
        self.inquiry.wake()
        self.to_list()

    def to_list(self) -> None:
        """Put the keyboard into what shows the annotations."""
        shown = self.views.currentWidget() or self.list
        if shown is self.list and self.list.table.currentIndex().row() < 0:
            self.list.table.go_to_line(0)
        shown.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._window.show_reading()
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

    def shut(self) -> None:
        """Ask nothing any more; the window is about to close."""
        self.inquiry.shut()
        self.sides.shut()
        for way in self.ways:
            way.shut()
        self.list.shut()

    def _export(self) -> None:
        self._parts.exchange.ask_export()


class Column(QWidget):
    """Parts one under the other, without gaps."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)

    def add(self, part: QWidget, *, stretch: int = 0) -> None:
        """Put a part under the others; those with a `stretch` share what room there is."""
        self._layout.addWidget(part, stretch)

    def parts(self) -> list[QWidget]:
        """What stands in the column, from above."""
        items = (self._layout.itemAt(number) for number in range(self._layout.count()))
        return [part for item in items if item and (part := item.widget())]
