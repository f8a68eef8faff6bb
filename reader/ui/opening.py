"""A new file whose page is not there yet: what the window shows meanwhile, and how that ends."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from reader.model.errors import Cancelled, ReaderError
from reader.ui.panels.empty import EmptyState
from reader.ui.tasks import Task

if TYPE_CHECKING:
    from pathlib import Path

    from reader.model.document import Document
    from reader.ui.early_pages import EarlyPages
    from reader.ui.main_window import MainWindow

ADD = "Add documents"


class Opening(QObject):
    """Says "Reading “name”…" in the place of the text until the page comes, the reader stops it, or it fails.

    Pages of fixed form may be there before their text is, see `EarlyPages`.
    `arrived` says that the page is in the pane; `ended` that there will be none; `locked`, with the sentence, that it
    needs a password first.
    """

    arrived = Signal()
    locked = Signal(str)
    ended = Signal()

    def __init__(
        self,
        window: "MainWindow",
        name: str,
        read: "Callable[[Callable[[], bool]], Document]",
        file: "Path | None" = None,
    ) -> None:
        """`read(cancelled)` waits for the document in `file`; it runs off the interface's thread."""
        super().__init__(window)
        self._window, self._name = window, name
        self.state = EmptyState(f"Reading “{name}”…", ("Stop",))
        self.state.set_theme(window.appearance.theme)
        self.state.chosen.connect(lambda _number: self._pressed())
        self._task: Task | None = None
        self._read, self._file = read, file
        self.early: EarlyPages | None = None

    def start(self) -> None:
        """Put the sentence where the text will be, and wait for it elsewhere."""
        window, read = self._window, self._read
        window.setWindowTitle(f"{self._name} — Passage")
        window.centre_layout().addWidget(self.state, 1)
        window.reading.hide()
        window.opening = self
        window.session.opened.connect(self._superseded)
        self._task = window.tasks.start(lambda task: read(task.cancelled), self._done, self._failed)
        if self._file:
            from reader.ui.early_pages import EarlyPages

            self.early = EarlyPages(window, self._file, lambda: self._task is not None)
            self.early.came.connect(self.state.hide)
            self.early.stop_requested.connect(self._pressed)
            self.early.start()

    def _pressed(self) -> None:
        if self._task:
            self._task.cancel()
            self._give_up("Stopped; the file is not added.")
        else:
            self._clear()
            self._window.complete().adding.ask_files()

    def _superseded(self, _document: object) -> None:
        """Another document was opened meanwhile; this one is not waited for any more."""
        if self._task:
            self._task.cancel()
        self._clear()
        self.ended.emit()

    def _done(self, document: "Document") -> None:
        if not self._task or self._task.cancelled():
            return
        place = self.early.place() if self.early else None
        self._clear()
        self._window.reading.show()
        self._window.look_at(document, self._file)
        if place and place.page < len(document.sheets):
            self._window.pane.go_to_place(place)
        self.arrived.emit()

    def _failed(self, error: ReaderError) -> None:
        from reader.services.pages import PasswordNeeded

        if self._task and isinstance(error, PasswordNeeded):
            self._give_up(str(error))
            self.locked.emit(str(error))
        elif self._task and not isinstance(error, Cancelled):
            self._task = None
            self._hide_pages()
            # It stays on the screen: it is the answer to what was asked for.
            self.state.say(str(error), (ADD,))
            self._window.session.failed.emit(str(error))
            self.ended.emit()

    def _hide_pages(self) -> None:
        """Take away the pages whose text will not come."""
        if self.early and self.early.shown:
            self.early.clear()
            self._window.pane.clear()
            self._window.paging.leave()
            self._window.reading.hide()
            self.state.show()

    def _give_up(self, sentence: str) -> None:
        self._hide_pages()
        self._clear()
        self._window.complete().document_closed()
        self._window.session.say(sentence)
        self.ended.emit()

    def _clear(self) -> None:
        """Take the sentence away."""
        window = self._window
        if window.opening is self:
            self._task, window.opening = None, None
            if self.early:
                self.early.clear()
            window.session.opened.disconnect(self._superseded)
            window.centre_layout().removeWidget(self.state)
            self.state.hide()
            self.state.deleteLater()
