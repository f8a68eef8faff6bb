"""The window's three columns: two panels that fold away, and the text between them."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSplitter, QWidget

NARROW = 900
LEFT, RIGHT = 272, 322
LEAST = 180


class Frame(QWidget):
    """Holds the columns at their widths. At `NARROW` pixels and less the right panel floats over the text."""

    panels_changed = Signal(bool, bool)

    def __init__(self, left: QWidget, centre: QWidget, right: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._left, self._centre, self._right = left, centre, right
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self._splitter.setHandleWidth(1)
        self._splitter.setChildrenCollapsible(False)
        for column in (left, centre, right):
            self._splitter.addWidget(column)
        left.setMinimumWidth(LEAST)
        right.setMinimumWidth(LEAST)
        self._splitter.setStretchFactor(1, 1)
        self._widths = (LEFT, RIGHT)
        self._splitter.setSizes([LEFT, 2000, RIGHT])
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._splitter)
        self._splitter.splitterMoved.connect(lambda *_: self._remember())
        self._wanted = (True, True)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._keyboard_moved)

    def widths(self) -> tuple[int, int]:
        """The panels' widths in pixels, as the user last dragged them."""
        return self._widths

    def restore(self, widths: tuple[int, int], shown: tuple[bool, bool]) -> None:
        """Put the panels back as they were left."""
        self._widths = (max(LEAST, widths[0]), max(LEAST, widths[1]))
        self._splitter.setSizes([self._widths[0], max(200, self.width() - sum(self._widths)), self._widths[1]])
        self._wanted = shown
        self._left.setVisible(shown[0])
        self._right.setVisible(shown[1])

    def narrow(self) -> bool:
        return self.width() <= NARROW

    def shown(self) -> tuple[bool, bool]:
        """Which panels are wanted, the left and the right."""
        return self._wanted

    def show_left(self, shown: bool) -> None:
        self._wanted = (shown, self._wanted[1])
        self._left.setVisible(shown)
        self.panels_changed.emit(shown, self._right.isVisibleTo(self))

    def show_right(self, shown: bool) -> None:
        self._wanted = (self._wanted[0], shown)
        self._place_right()
        self._right.setVisible(shown)
        if shown and self._floating():
            self._right.raise_()
        self.panels_changed.emit(self._left.isVisibleTo(self), shown)

    def show_both(self, wanted: tuple[bool, bool]) -> None:
        """Have the panels wanted or not; a right one that would cover the text waits until it is asked for."""
        self.show_left(wanted[0])
        self.show_right(wanted[1] and not self._floating())
        self._wanted = wanted

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        was = self._floating()
        self._place_right()
        if self._floating() != was:
            shown = self._wanted[1] and not self._floating()
            self._right.setVisible(shown)
            self.panels_changed.emit(self._left.isVisibleTo(self), shown)

    def _keyboard_moved(self, before: QWidget | None, now: QWidget | None) -> None:
        """A panel that floats over the text goes when the reader goes from it into the text."""
        covers = self._floating() and self._right.isVisible()
        if covers and before and now and self._right.isAncestorOf(before) and self._centre.isAncestorOf(now):
            self._right.hide()
            self.panels_changed.emit(self._left.isVisibleTo(self), False)

    def _floating(self) -> bool:
        return self._right.parentWidget() is self

    def _place_right(self) -> None:
        if self.narrow() and not self._floating():
            self._right.setParent(self)
            self._edge(floating=True)
        elif not self.narrow() and self._floating():
            self._splitter.addWidget(self._right)
            self._edge(floating=False)
            self._splitter.setSizes([self._widths[0], max(200, self.width() - sum(self._widths)), self._widths[1]])
        if self._floating():
            width = min(self._widths[1], self.width() - 40)
            self._right.setGeometry(self.width() - width, 0, width, self.height())

    def _edge(self, *, floating: bool) -> None:
        """Over the text the panel wears a line at its edge; beside it the splitter's handle is one."""
        self._right.setContentsMargins(int(floating), 0, 0, 0)
        self._right.setProperty("floating", floating)
        self._right.style().unpolish(self._right)
        self._right.style().polish(self._right)

    def _remember(self) -> None:
        sizes = self._splitter.sizes()
        left = sizes[0] if self._left.isVisible() else self._widths[0]
        right = sizes[2] if len(sizes) == 3 and self._right.isVisible() else self._widths[1]
        self._widths = (left or self._widths[0], right or self._widths[1])
