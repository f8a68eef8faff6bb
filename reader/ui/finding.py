"""Finding: in the open document by the bar, in the library by the panel. Both run in the pool, the last wins."""

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, QTimer, Signal

from reader.model.change import Change
from reader.model.errors import ReaderError
from reader.text.find import Finder, FindOptions, FindResult
from reader.text.paged_find import PagedFinder
from reader.ui.tasks import Task

if TYPE_CHECKING:
    from reader.services.search import Scope, SearchResult
    from reader.ui.panels.search import SearchPanel
    from reader.ui.reading.pane import ReadingPane
    from reader.ui.session import Session
    from reader.ui.widgets.find_bar import FindBar


PATIENCE_MS = 150
NOT_YET = "The text is still being read: this is looked for once it is there."


class FindInDocument(QObject):
    """Keeps the hits of the bar's query and the current one; each key asks again and drops what ran before.

    `leaving` is said before the first hit is gone to since the bar was opened.
    """

    leaving = Signal()

    def __init__(self, session: "Session", pane: "ReadingPane", bar: "FindBar") -> None:
        super().__init__(bar)
        self._session, self._pane, self._bar = session, pane, bar
        self._finder: Finder | PagedFinder | None = None
        self._searched = ""
        self._task: Task | None = None
        self._hits: list[tuple[int, int]] = []
        self._index = -1
        self._from = 0
        self._has_left = False
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._patience.timeout.connect(self._still_at_it)
        bar.query_changed.connect(self._ask)
        bar.next_requested.connect(lambda: self.step(1))
        bar.previous_requested.connect(lambda: self.step(-1))
        bar.closed.connect(self.close)
        session.changed.connect(self._changed)
        session.opened.connect(lambda _document: self._forget())
        session.closed.connect(self._forget)

    def open(self) -> None:
        """Show the bar, with a short selection as its query, and start from the top of the page."""
        selected = self._pane.selected_text()
        selection = self._pane.selection()
        self._from = selection[0] if selection else self._pane.top_position()
        self._has_left = False
        if finder := self._ready():
            self._session.tasks.start(lambda _task: finder.prepare())
        self._bar.open(selected if 0 < len(selected) <= 80 and "\n" not in selected else "")

    def close(self) -> None:
        """Hide the bar, select the current hit in the text, and give the keyboard back to it."""
        hit = self._hits[self._index] if self._hits else None
        self._stop()
        self._hits, self._index = [], -1
        self._pane.set_find_hits([], -1)
        self._bar.hide()
        if hit:
            self._pane.select(*hit)
        self._pane.setFocus()

    def shown(self) -> None:
        """Show the hits again after the same text was put into the pane in another form."""
        if self._hits and self._searched is self._pane.view.document.text:
            self._pane.set_find_hits(self._hits, self._index)

    def step(self, by: int) -> None:
        """Go to the next or previous hit, round the end. While a search is under way, its answer comes first."""
        if self._task:
            return
        if self._hits:
            self._go((self._index + by) % len(self._hits))

    def _ask(self, query: str, options: FindOptions) -> None:
        self._stop()
        if query and self._pane.view.document.sheets and not self._session.document:
            self._show(FindResult([], error=NOT_YET))
            return
        finder = self._ready()
        if not query or not finder:
            self._show(FindResult([]))
            return
        self._task = self._session.tasks.start(
            lambda task: (task, finder.find(query, options, cancelled=task.cancelled)), self._answered, self._sorry
        )
        self._patience.start()

    def _ready(self) -> Finder | PagedFinder | None:
        """What searches the text on the screen; None when there is none."""
        document = self._pane.view.document
        text = document.text
        if text and not self._finder:
            self._searched = text
            self._finder = PagedFinder(text) if document.sheets else Finder(text)
        return self._finder

    def _answered(self, answer: tuple[Task, FindResult]) -> None:
        task, result = answer
        if task is self._task:
            self._task = None
            self._patience.stop()
            self._show(result)

    def _sorry(self, error: ReaderError) -> None:
        self._stop()
        self._show(FindResult([], error=str(error)))

    def _show(self, result: FindResult) -> None:
        self._hits, self._index = self._visible(result.hits), -1
        self._bar.set_error(result.error)
        if self._hits:
            self._go(next((i for i, (start, _) in enumerate(self._hits) if start >= self._from), 0), result.truncated)
        else:
            self._pane.set_find_hits([], -1)
            self._bar.set_count(0, 0, False)

    def _visible(self, hits: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """What is hidden at present is not found."""
        hidden = self._session.hidden
        if not hidden:
            return hits
        from reader.text.masks import visible_hits

        return visible_hits(hits, hidden)

    def _changed(self, change: Change) -> None:
        if self._session.uid in change.masks and self._bar.isVisible():
            self._bar.ask_again()

    def _go(self, index: int, truncated: bool = False) -> None:
        self._index = index
        if not self._has_left:
            self._has_left = True
            self.leaving.emit()
        self._pane.set_find_hits(self._hits, index)
        self._bar.set_count(index + 1, len(self._hits), truncated)

    def _stop(self) -> None:
        self._patience.stop()
        if self._task:
            self._task.cancel()
            self._task = None

    def _still_at_it(self) -> None:
        if self._task:
            self._bar.set_busy()

    def _forget(self) -> None:
        self._stop()
        self._finder = None
        self._hits, self._index = [], -1
        if self._bar.isVisible():
            self._from = 0
            self._bar.ask_again()


class FindInLibrary(QObject):
    """Answers the search panel, as one types."""

    def __init__(self, session: "Session", panel: "SearchPanel") -> None:
        super().__init__(panel)
        self._session, self._panel = session, panel
        self._task: Task | None = None
        panel.search_requested.connect(self._ask)
        session.changed.connect(self._changed)

    def _changed(self, change: Change) -> None:
        """Documents that came or went belong into the answer, or no longer."""
        moved = change.everything or change.documents_added or change.documents_removed
        if moved and self._panel.isVisible() and self._panel.query().strip():
            self._ask(self._panel.query(), self._panel.scope())

    def _ask(self, query: str, scope: str) -> None:
        if self._task:
            self._task.cancel()
            self._task = None
        self._panel.set_busy(bool(query.strip()))
        if query.strip():
            search = self._session.library.search.search
            self._task = self._session.tasks.start(
                lambda task: (task, query, search(query, scope=cast("Scope", scope), cancelled=task.cancelled)),
                self._answered,
                self._sorry,
            )

    def _answered(self, answer: "tuple[Task, str, SearchResult]") -> None:
        task, query, result = answer
        if task is self._task:
            self._task = None
            self._panel.set_busy(False)
            self._panel.set_result(result, query)

    def _sorry(self, error: ReaderError) -> None:
        self._task = None
        self._panel.set_busy(False)
        self._session.failed.emit(str(error))
