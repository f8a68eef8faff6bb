"""What the window says of the pages of a document, and the menu entries that change how they are shown."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from reader.model.change import Change
from reader.model.document import PageBreak
from reader.ui.citation import page_words

if TYPE_CHECKING:
    from reader.ui.main_window import MainWindow
    from reader.ui.panels.thumbnails import Thumbnails
    from reader.ui.side_tabs import SideTabs


class Folio(QObject):
    """Keeps page field, menus and thumbnails with what the pane shows; `page_wanted` carries a page, from 0."""

    page_wanted = Signal(int)

    def __init__(self, window: "MainWindow", tabs: "SideTabs") -> None:
        super().__init__(window)
        self._window, self._session, self._pane, self._tabs = window, window.session, window.pane, tabs
        self._pictures: Thumbnails | None = None
        self._page = -1

    # -- what happened

    def shown(self) -> None:
        """Another document is in the pane, or the same one in another form."""
        paged = self._paged()
        if paged or self._pictures:
            self._show_pictures()
        self._page = -1
        if paged:
            self.page_changed(self._pane.page_at_top())
        else:
            self.position_changed(self._pane.top_position() if self._has_sheets() else 0, 0.0)
        self.set_checks()

    def page_changed(self, page: int) -> None:
        """The reader is on another page."""
        self._page = page
        if self._pictures:
            self._pictures.set_page(page)
        self._say()

    def position_changed(self, position: int, _share: float) -> None:
        """The reader is at another place of the text, which may have pages though it is shown as text."""
        if self._paged():
            return
        from reader.ui.citation import page_at

        page = page_at(self._breaks(), position) if self._has_sheets() else None
        self._page = self._breaks().index(page) if page else -1
        self._say()

    def fit_changed(self, _fit: str, _zoom: float) -> None:
        """Pages are larger or smaller, or fitted otherwise."""
        self.set_checks()
        self._say()

    def changed(self, change: Change) -> None:
        """Marks that were taken over from the file are not drawn twice."""
        document = self._session.document
        touched = change.annotations_added or change.annotations_removed or change.everything
        if touched and document and document.document.comments and self._paged():
            self._window.paging.marks_changed()

    def set_checks(self) -> None:
        """Have the menus say how the document is shown."""
        actions, paged = self._window.actions_, self._paged()
        mode = self._window.paging.mode() if self._has_sheets() else None
        actions["as_text"].setChecked(self._has_sheets() and not paged)
        actions["fit_width"].setChecked(paged and mode is not None and mode.fit == "width")
        actions["fit_page"].setChecked(paged and mode is not None and mode.fit == "page")
        actions["two_pages"].setChecked(paged and mode is not None and mode.per_row == 2)

    # -- what is asked

    def read_as_text(self) -> None:
        self._window.paging.read_as_text(self._window.actions_["as_text"].isChecked())
        self.set_checks()

    def fit(self, fit: str) -> None:
        self._window.paging.fit(fit)
        self.set_checks()

    def two_pages(self) -> None:
        self._window.paging.two_pages(self._window.actions_["two_pages"].isChecked())
        self.set_checks()

    def rotate(self, degrees: int) -> None:
        self._window.paging.rotate(degrees)

    def zoom(self, steps: int) -> None:
        """Larger (1), smaller (-1), at its size (0): pages where there are some, else the text."""
        if not (self._paged() and self._window.paging.zoom(steps)):
            self._window.appearance.zoom(steps)

    def to_pictures(self) -> None:
        """Show the pictures of all pages and give them the keyboard."""
        if not self._paged():
            from reader.ui.paging import AS_TEXT, NO_PAGES

            self._session.say(AS_TEXT if self._has_sheets() else NO_PAGES)
            return
        self._show_pictures()
        self._tabs.to_pages()

    # -- inside

    def _paged(self) -> bool:
        return self._pane.view.stage is not None

    def _has_sheets(self) -> bool:
        document = self._session.document
        return bool(document and document.document.sheets)

    def _breaks(self) -> "tuple[PageBreak, ...]":
        document = self._session.document
        return document.document.pages if document else ()

    def _show_pictures(self) -> None:
        if self._pictures is None:
            from reader.ui.panels.thumbnails import Thumbnails

            self._pictures = Thumbnails()
            self._pictures.page_chosen.connect(self.page_wanted)
            self._pictures.set_theme(self._window.appearance.theme)
            self._window.appearance.theme_changed.connect(self._pictures.set_theme)
            self._tabs.set_pages(self._pictures)
        pages = self._window.paging.pages if self._paged() else None
        document = self._session.document
        self._tabs.show_pages(shown=pages is not None)
        self._pictures.set_pages(pages, document.document.pages if document and pages else ())

    def _say(self) -> None:
        breaks = self._breaks()
        words = page_words(breaks, self._page) if 0 <= self._page < len(breaks) and self._has_sheets() else ""
        if words and self._paged():
            words = f"{words} · {round(self._pane.zoom() * 100)} %"
        self._window.status.set_page(words)
