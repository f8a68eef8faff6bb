"""The workspace: what is asked at the left, the list in the middle, the passage at the right."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from reader.model.filters import Filter
from reader.ui.workspace.inquiry import Inquiry

if TYPE_CHECKING:
    from reader.ui.main_window import MainWindow
    from reader.ui.parts import Parts
    from reader.ui.theme import Theme

LEFT, RIGHT = 240, 320


class WorkspacePage(QWidget):
    """A page of the window. `verbs` are the window's actions that are done here in another way, by their names."""

    def __init__(self, window: "MainWindow", parts: "Parts") -> None:
        super().__init__()
        self.setObjectName("workspace")
        self._window, self._parts, self._session = window, parts, window.session
        self.inquiry = Inquiry(window.session, self)
        self.verbs: dict[str, Callable[[], object]] = {}
        self.left, self.centre, self.right = _column("left"), _column("centre"), _column("right")
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

    def enter(self, wanted: Filter | None) -> None:
        """Take the keyboard and ask anew; for what `wanted` finds, or what was asked last."""
        if wanted is not None:
            self.inquiry.ask_for(wanted)
        self.inquiry.wake()

    def hideEvent(self, event: QHideEvent) -> None:
        self.inquiry.sleep()
        super().hideEvent(event)

    def set_theme(self, theme: "Theme") -> None:
        """Put the theme on all that is drawn here."""

    def shut(self) -> None:
        """Ask nothing any more; the window is about to close."""
        self.inquiry.shut()


def _column(name: str) -> QWidget:
    column = QWidget()
    column.setObjectName(name)
    column.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    layout = QVBoxLayout(column)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    return column
