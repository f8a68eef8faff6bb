"""The right panel: annotations, contents and search behind tabs, and the pictures of pages where there are some."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from reader.ui.panels.annotations import AnnotationsPanel
from reader.ui.panels.outline import OutlinePanel
from reader.ui.panels.search import SearchPanel

ANNOTATIONS, CONTENTS, SEARCH, PAGES = range(4)


class SideTabs(QWidget):
    """One page at a time. `wanted` says that a page was asked for by key, before it takes the keyboard."""

    wanted = Signal()

    def __init__(self, notes: AnnotationsPanel, outline: OutlinePanel, search: SearchPanel) -> None:
        super().__init__()
        self._bar = QTabBar()
        self._bar.setObjectName("sideTabs")
        self._bar.setDrawBase(False)
        self._bar.setExpanding(False)
        self._bar.setAccessibleName("Annotations, contents, search")
        self._pages = QStackedWidget()
        for name, page in (("Annotations", notes), ("Contents", outline), ("Search", search)):
            self._bar.addTab(name)
            self._pages.addWidget(page)
        self._bar.currentChanged.connect(self._pages.setCurrentIndex)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._bar)
        layout.addWidget(self._pages, 1)

    def set_count(self, shown: int, total: int) -> None:
        """How many marks the list holds, and how many of them the filter leaves."""
        count = f"{shown:,}" if shown == total else f"{shown:,} of {total:,}"
        self._bar.setTabText(ANNOTATIONS, f"Annotations {count}" if total else "Annotations")

    def to_annotations(self) -> None:
        self._to(ANNOTATIONS)

    def to_contents(self) -> None:
        self._to(CONTENTS)

    def to_search(self) -> None:
        self._to(SEARCH)

    def set_pages(self, pictures: QWidget) -> None:
        """Add the tab with the pictures of pages, hidden at first."""
        self._bar.addTab("Pages")
        self._bar.setTabVisible(PAGES, False)
        self._pages.addWidget(pictures)

    def show_pages(self, *, shown: bool) -> None:
        """Show the tab of the pages, or hide it."""
        if not shown and self._bar.currentIndex() == PAGES:
            self._bar.setCurrentIndex(ANNOTATIONS)
        self._bar.setTabVisible(PAGES, shown)

    def to_pages(self) -> None:
        self._to(PAGES)

    def _to(self, page: int) -> None:
        self._bar.setCurrentIndex(page)
        self.wanted.emit()
        shown = self._pages.currentWidget()
        if isinstance(shown, AnnotationsPanel):
            shown.take_keyboard()
        elif shown:
            shown.setFocus()
