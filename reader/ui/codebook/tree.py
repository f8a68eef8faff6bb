"""The tree of the tags on the screen: one is the current one, and can be dragged onto another."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeView, QWidget

from reader.model.library import Tag
from reader.ui.codebook.tree_model import KEY, NAME, OWN, TOTAL, Level, TagTree
from reader.ui.theme import Theme

_SHOWN_OPEN = 60
"""So many tags are few enough to be seen at once; more come folded."""
_LEAST, _MOST, _PADDING = 48, 120, 18
"""Pixels of a column beside the names, and what stands round its words."""


class TagTreeView(QTreeView):
    """`current_changed` says that another tag is the current one; Enter or a double click asks for its marks, F2 for
    its name, Delete for it to go."""

    current_changed = Signal()
    marks_wanted = Signal()
    rename_wanted = Signal()
    delete_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tags = TagTree(theme, self)
        self.setModel(self.tags)
        self._open: set[str] = set()
        self._filter = ""
        self._filled = False
        self.setAccessibleName("Tags")
        self.setUniformRowHeights(True)
        self.setIconSize(QSize(14, 14))
        self.setIndentation(14)
        self.setExpandsOnDoubleClick(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(True)
        self.setDragDropOverwriteMode(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setAutoExpandDelay(600)
        self._columns()
        self.expanded.connect(lambda index: self._remember(index, is_open=True))
        self.collapsed.connect(lambda index: self._remember(index, is_open=False))
        # Qt paints again only as far as the range goes, and rows of inner levels are in none.
        self.tags.dataChanged.connect(lambda *_: self.viewport().update())
        self.doubleClicked.connect(lambda _index: self.marks_wanted.emit())

    def current(self) -> Level | None:
        """The current tag, or what only stands before others in their names."""
        return self.tags.level(self.currentIndex())

    def set_tags(self, tags: Sequence[Tag], keys: Mapping[str, str], current: str) -> None:
        """Show these, that of the name `current` as the current one; else one near the place of the last."""
        if self._filled and current.casefold() in ("", self._key()) and self.tags.renew(tags, keys):
            self._fit_columns()
            self.current_changed.emit()
            return
        place = self._place()
        if not self._filled and tags:
            self._filled = True
            if len(tags) <= _SHOWN_OPEN:
                names = [tag.name.casefold().split("/") for tag in tags]
                self._open = {"/".join(parts[:depth]) for parts in names for depth in range(1, len(parts))}
        self._rebuild(lambda: self.tags.set_tags(tags, keys), current, place)
        self._fit_columns()

    def _key(self) -> str:
        level = self.current()
        return level.key if level else ""

    def set_totals(self, totals: Mapping[str, int]) -> None:
        """How often each level is used with what is nested in it, by its name without case."""
        self.tags.set_totals(totals)
        self._fit_columns()

    def set_filter(self, words: str) -> None:
        """Only tags with these words; what they are nested in is unfolded."""
        level = self.current()
        self._filter = words.strip()
        self._rebuild(lambda: self.tags.set_filter(words), level.name if level else "", 0)

    def choose(self, name: str) -> None:
        """Make a tag the current one and bring it into view."""
        index = self.tags.index_of(name)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def _rebuild(self, build: Callable[[], None], current: str, place: int) -> None:
        scrolled = self.verticalScrollBar().value()
        self.blockSignals(True)
        build()
        if self._filter:
            self.expandAll()
        else:
            for key in self._open:
                index = self.tags.index_of(key)
                if index.isValid():
                    self.setExpanded(index, True)
        self.verticalScrollBar().setValue(scrolled)
        index = self.tags.index_of(current)
        if not index.isValid():
            index = self._at(place)
        self.setCurrentIndex(index)
        self.blockSignals(False)
        if index.isValid():
            self.scrollTo(index)
        self.current_changed.emit()

    def _place(self) -> int:
        """How many rows stand above the current one."""
        index, place = self.indexAbove(self.currentIndex()), 0
        while index.isValid():
            index, place = self.indexAbove(index), place + 1
        return place

    def _at(self, place: int) -> QModelIndex:
        index = self.tags.index(0, NAME)
        while place > 0 and (below := self.indexBelow(index)).isValid():
            index, place = below, place - 1
        return index

    def _remember(self, index: QModelIndex, *, is_open: bool) -> None:
        level = self.tags.level(index)
        if level and not self._filter:
            (self._open.add if is_open else self._open.discard)(level.key)

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        super().currentChanged(current, previous)
        if not self.signalsBlocked():
            self.current_changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.marks_wanted.emit()
            case Qt.Key.Key_F2:
                self.rename_wanted.emit()
            case Qt.Key.Key_Delete:
                self.delete_wanted.emit()
            case _:
                super().keyPressEvent(event)

    def _columns(self) -> None:
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionsMovable(False)
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        for column in (KEY, OWN, TOTAL):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
        self._fit_columns()

    def _fit_columns(self) -> None:
        """As wide as the longest words in them, without asking every row."""
        for column, words in self.tags.longest().items():
            wanted = self.fontMetrics().horizontalAdvance(words) + _PADDING
            self.header().resizeSection(column, min(max(wanted, _LEAST), _MOST))
