"""Areas of pages become marks, each with a picture of what it looked like."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRectF

from reader.model.annotation import PageRect, Picture

if TYPE_CHECKING:
    from reader.ui.main_window import MainWindow
    from reader.ui.marking import Marking
    from reader.ui.reading.pane import ReadingPane

DRAW = "Draw a rectangle on the page; Escape draws none."


class AreaMarking(QObject):
    """Makes a mark of a rectangle that was drawn on a page, once the picture of what is in it has come."""

    def __init__(self, window: "MainWindow", marking: "Marking") -> None:
        super().__init__(window)
        self._session, self._pane, self._marking = window.session, window.pane, marking

    def begin(self) -> None:
        """Let the next drag draw an area."""
        if self._pane.view.stage is None:
            document = self._session.document
            from reader.ui.paging import AS_TEXT, NO_PAGES

            self._session.say(AS_TEXT if document and document.document.sheets else NO_PAGES)
            return
        self._pane.setFocus()
        self._pane.set_area_mode(True)
        self._session.say(DRAW)

    def mark(self, page: int, fractions: QRectF) -> None:
        """Mark an area of a page, given in fractions of it."""
        document = self._session.document
        if not document:
            return
        uid, text = document.summary.uid, document.document.text
        area = PageRect(page, fractions.left(), fractions.top(), fractions.right(), fractions.bottom())
        position = self._pane.area_position(page, fractions)
        annotate = self._session.library.annotate

        def write(picture: Picture | None) -> None:
            change = self._session.perform(lambda: annotate.mark_area(uid, text, position, area, picture=picture))
            if change and uid == self._session.uid:
                self._marking.show_new(change.annotations_added[0].uid)

        self._pane.picture_of_area(page, fractions, write)


def with_pictures(
    pane: "ReadingPane", areas: Sequence[PageRect], done: Callable[[dict[PageRect, Picture]], object]
) -> None:
    """Have areas of the pages that are shown drawn; `done` gets what could be, once each has been answered."""
    waiting, found = set(areas), dict[PageRect, Picture]()
    if not waiting:
        done(found)

    def come(area: PageRect, picture: Picture | None) -> None:
        waiting.discard(area)
        if picture:
            found[area] = picture
        if not waiting:
            done(found)

    for area in tuple(waiting):
        fractions = QRectF(area.left, area.top, area.right - area.left, area.bottom - area.top)
        pane.picture_of_area(area.page, fractions, partial(come, area))
