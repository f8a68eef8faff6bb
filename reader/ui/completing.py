"""The marks of the open document completed while it is read: rectangles on pages not looked at, pictures of areas."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from reader.model.annotation import Annotation
from reader.model.change import Change

if TYPE_CHECKING:
    from reader.ui.main_window import MainWindow
    from reader.ui.tasks import Task


# An area that is moved key by key is drawn when it has come to rest.
_PAUSE = 250


class CompletingMarks(QObject):
    """One piece of work at a time; marks that change meanwhile come after it."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window, self._session = window, window.session
        self._task: Task | None = None
        self._waiting: set[str] = set()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._begin)
        # What the pages could not tell is not asked again before the document is shown anew.
        self._hopeless: set[str] = set()

    def shown(self) -> None:
        """A document is in the pane, or the same one in another form."""
        self.stop()
        self._hopeless.clear()
        self._look_at(self._session.annotations)

    def changed(self, change: Change) -> None:
        """Marks were made, moved or brought back."""
        if change.everything:
            self._look_at(self._session.annotations)
        else:
            self._look_at(mark.uid for mark in (*change.annotations_added, *change.annotations_updated))

    def stop(self) -> None:
        """Ask for nothing more."""
        self._waiting.clear()
        self._pause.stop()
        if self._task:
            self._task.cancel()

    def _look_at(self, uids: Iterable[str]) -> None:
        document = self._session.document
        if document and document.document.sheets and not self._session.library.read_only:
            self._waiting.update(uid for uid in uids if uid not in self._hopeless)
            self._pause.start()

    def _begin(self) -> None:
        marks = [mark for uid in self._waiting if (mark := self._session.annotations.get(uid))]
        if marks and self._task is None:
            self._waiting.clear()
            self._task = self._work(marks)

    def _work(self, marks: Sequence[Annotation]) -> "Task":
        opened, library, shown = self._session.document, self._session.library, self._window.paging.pages
        assert opened

        def work(task: "Task") -> set[str]:
            from reader.ui.reading.pages.extract import picture_of

            def cancelled() -> bool:
                return task.cancelled() or (shown is not None and shown.closed)

            uid, document = opened.summary.uid, opened.document
            return library.completing.complete(uid, document, marks, shown=shown, draw=picture_of, cancelled=cancelled)

        return self._session.tasks.start(work, self._done, lambda _error: self._done(set()))

    def _done(self, hopeless: set[str]) -> None:
        self._task = None
        self._hopeless |= hopeless
        self._begin()
