"""The pages of a long file before its text has been read: to be looked at, with a bar that says what is missing."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from reader.model.document import Block, BlockKind, Document, Metadata, Sheet
from reader.ui.widgets.task_bar import TaskBar

if TYPE_CHECKING:
    from reader.services.page_source import PageSource
    from reader.ui.main_window import MainWindow
    from reader.ui.reading.pages.page_flow import Place

_LABEL = "Reading the text, to select, find and mark words"


class EarlyPages(QObject):
    """Puts them in the place of the text while `wanted`; nothing happens where they cannot be had.

    Nothing can be marked on them: there are no words yet that a mark would stand on, and no document in the library.
    `came` says that they are on the screen, `stop_requested` that their reader does not want to wait.
    """

    came = Signal()
    stop_requested = Signal()

    def __init__(self, window: "MainWindow", file: Path, wanted: Callable[[], bool]) -> None:
        super().__init__(window)
        self._window, self._file, self._wanted = window, file, wanted
        self._bar: TaskBar | None = None

    @property
    def shown(self) -> bool:
        """Whether they are on the screen."""
        return self._bar is not None

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
        self._bar = bar = TaskBar(window.centre, delay=0)
        bar.set_theme(window.appearance.theme)
        bar.stop_requested.connect(self.stop_requested)
        window.centre_layout().insertWidget(0, bar)
        bar.start(_LABEL, 0)
        self.came.emit()
        window.reading.show()
        window.pane.set_document(document, (), pages=pages)
        window.pane.setFocus()


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
