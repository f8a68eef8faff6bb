"""The small things that float over the text: the bar, the tag entry, the note editor, the chooser."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QWidget

from reader.model.annotation import Annotation, Color
from reader.ui.asking import Asking
from reader.ui.widgets.selection_bar import SelectionBar

if TYPE_CHECKING:
    from reader.ui.reading.pane import ReadingPane
    from reader.ui.session import Session
    from reader.ui.theme import Theme
    from reader.ui.widgets.floating import Popup


class Popups(Asking):
    """Makes each pop-up when it is first wanted, and places it at a passage of the pane."""

    def __init__(self, parent: QWidget, pane: "ReadingPane", session: "Session") -> None:
        super().__init__(parent, pane.viewport(), session)
        self._pane = pane
        self._names: dict[Color, str] = {}
        self._mark = ""
        self._wanted = self._reachable = False
        self.bar = SelectionBar(pane.viewport())
        self.bar.closed.connect(self.hide_bar)

    def set_theme(self, theme: "Theme") -> None:
        super().set_theme(theme)
        self.bar.set_theme(theme)

    def set_category_names(self, names: dict[Color, str]) -> None:
        self._names = names
        self.bar.set_category_names(names)

    def bar_for_selection(self) -> None:
        """Offer to mark what is selected."""
        self._mark, self._wanted = "", True
        self._place()

    def bar_for_mark(self, mark: Annotation) -> None:
        """Offer to change a mark."""
        self._mark, self._wanted = mark.uid, True
        self._place()

    def hide_bar(self) -> None:
        self._wanted = False
        self._put_away()

    def place_again(self) -> None:
        """Follow the text when it moves; while its passage is out of view, the bar waits unseen."""
        if self._wanted:
            self._place()

    def _place(self) -> None:
        if not self._reachable:
            self._reachable = True
            for before, after in pairwise([self._pane, *self.bar.stops()]):
                QWidget.setTabOrder(before, after)
        mark, view = self._session.annotations.get(self._mark), self._pane.viewport().rect()
        rect = self._pane.annotation_rect(self._mark) if self._mark else self._pane.selection_rect()
        if not rect.intersects(view):
            self._put_away()
        elif mark:
            self.bar.show_for_annotation(rect, view, mark)
        elif self._pane.selection():
            self.bar.show_for_selection(rect, view)
        else:
            self.hide_bar()

    def _put_away(self) -> None:
        inside = self.bar.isAncestorOf(QApplication.focusWidget() or self._pane)
        self.bar.hide()
        if inside:
            self._pane.setFocus()

    def choose(self, marks: Sequence[Annotation], where: QPoint, chosen: Callable[[str], None]) -> None:
        """Ask which of several overlapping marks is meant; `where` is a point of the viewport."""
        from reader.ui.widgets.chooser import AnnotationChooser

        chooser = AnnotationChooser(self._parent)
        chooser.set_theme(self._theme)
        chooser.set_annotations(marks, self._names)
        chooser.chosen.connect(chosen)
        self._open(chooser)
        chooser.popup_at(self._pane.viewport().mapToGlobal(where))

    def _open(self, popup: "Popup") -> None:
        self.hide_bar()
        super()._open(popup)
