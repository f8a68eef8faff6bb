"""The pages of a long file before its text has been read: to be looked at, with a bar that says what is missing."""

from collections.abc import Callable, Sequence
from os.path import abspath
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from reader.model.document import Block, BlockKind, Document, Metadata, Sheet
from reader.ui.widgets.task_bar import TaskBar

if TYPE_CHECKING:
    from reader.services.documents import OpenedDocument
    from reader.services.page_source import PageSource
    from reader.ui.main_window import MainWindow
    from reader.ui.parts import Parts
    from reader.ui.reading.pages.page_flow import Place

_LABEL = "Reading the text, to select, find and mark words"


class EarlyPages(QObject):
    """Puts them in the place of the text while `wanted`; nothing happens where they cannot be had.

    Nothing can be marked on them: there are no words yet that a mark would stand on, and no document in the library.
    `came` says that they are on the screen, `stop_requested` that their reader does not want to wait.
    """

    came = Signal()
    stop_requested = Signal()

    def __init__(self, window: "MainWindow", file: Path, wanted: Callable[[], bool], *, says_so: bool = True) -> None:
        """Without `says_so` somebody else shows that the text is being read."""
        super().__init__(window)
        self._window, self._file, self._wanted, self._says_so = window, file, wanted, says_so
        self._bar: TaskBar | None = None
        self.shown = False

    def start(self) -> None:
        """Ask for the pages, if the file is a long one that has some."""
        from reader.services.pages import may_keep_waiting

        if may_keep_waiting(self._file):
            self._window.paging.ask_early(self._file, self._came)

    def place(self) -> "Place | None":
        """Where the reader is on them."""
        return self._window.pane.page_place() if self.shown else None

    def clear(self) -> None:
        """Take away the bar; the pages stay until something else takes their place."""
        bar, self._bar = self._bar, None
        self.shown = False
        if bar:
            self._window.centre_layout().removeWidget(bar)
            bar.finish()
            bar.deleteLater()

    def _came(self, source: "PageSource", sizes: Sequence[tuple[float, float]]) -> None:
        window = self._window
        if not self._wanted():
            window.tasks.start(lambda _task: source.close())
            return
        document = _without_text(self._file.stem, sizes)
        pages = window.paging.take_early(self._file, source, document.sheets)
        self.shown = True
        if self._says_so:
            self._show_bar()
        self.came.emit()
        window.reading.show()
        window.pane.set_document(document, (), pages=pages)
        window.pane.setFocus()

    def _show_bar(self) -> None:
        window = self._window
        self._bar = bar = TaskBar(window.centre, delay=0)
        bar.set_theme(window.appearance.theme)
        bar.stop_requested.connect(self.stop_requested)
        window.centre_layout().insertWidget(0, bar)
        bar.start(_LABEL, 0)


class EarlyWhileAdding(QObject):
    """Shows the pages of a file that is being added to be opened, where no other document is open."""

    def __init__(self, window: "MainWindow", parts: "Parts") -> None:
        super().__init__(window)
        self._window, self._session, self._parts = window, window.session, parts
        self._early: EarlyPages | None = None
        self._file = ""
        self._place: Place | None = None
        parts.adding.begun.connect(self._begun)
        parts.adding.ended.connect(self._ended)
        self._session.turned.connect(self._turned)
        self._session.opened.connect(self._opened)

    def _begun(self, file: Path) -> None:
        session = self._session
        if session.document or self._window.pane.view.document.text or session.library.documents.known(file):
            return
        early = EarlyPages(self._window, file, lambda: self._early is early and not session.document, says_so=False)
        early.came.connect(self._parts.nothing.hide)
        self._early, self._file = early, abspath(file)
        early.start()

    def _turned(self) -> None:
        self._place = self._early.place() if self._early else None

    def _opened(self, opened: "OpenedDocument") -> None:
        place, self._place = self._place, None
        if self._early:
            self._early.clear()
            self._early = None
        if place and opened.summary.path == self._file and self._window.pane.view.stage:
            self._window.pane.go_to_place(place)

    def _ended(self) -> None:
        """Nothing was opened: what was shown of the file goes."""
        early, self._early = self._early, None
        if early and early.shown:
            early.clear()
            self._parts.document_closed()
            self._window.paging.leave()


def _without_text(title: str, sizes: Sequence[tuple[float, float]]) -> Document:
    """What a file would be whose pages have no text at all."""
    text = "\f" * (len(sizes) - 1)
    return Document(
        text,
        blocks=(Block(BlockKind.PARAGRAPH, 0, len(text)),),
        metadata=Metadata(title),
        hard_wrapped=True,
        sheets=tuple(
            Sheet(start, round(width, 3), round(height, 3), "") for start, (width, height) in enumerate(sizes)
        ),
    )
