"""Areas of pages become marks, and are changed; a picture of what each looks like comes to it by itself."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRectF

if TYPE_CHECKING:
    from reader.ui.main_window import MainWindow
    from reader.ui.marking import Marking

DRAW = "Draw a rectangle on the page; Escape draws none."


class AreaMarking(QObject):
    """Makes marks of rectangles that are drawn on pages."""

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
        from reader.ui.reading.pages.extract import page_rect

        document = self._session.document
        if not document:
            return
        uid, text = document.summary.uid, document.document.text
        position, annotate = self._pane.area_position(page, fractions), self._session.library.annotate
        change = self._session.perform(lambda: annotate.mark_area(uid, text, position, page_rect(page, fractions)))
        if change:
            self._marking.show_new(change.annotations_added[0].uid)

    def change(self, uid: str, page: int, fractions: QRectF, by_key: bool) -> None:
        """Let an area mark another rectangle; what keys do one after another is one step."""
        from reader.ui.reading.pages.extract import page_rect

        document = self._session.document
        if document:
            text, annotate = document.document.text, self._session.library.annotate
            position, area = self._pane.area_position(page, fractions), page_rect(page, fractions)
            self._session.perform(lambda: annotate.move_area(uid, text, position, area, picture=None, together=by_key))
