"""Reading a document again, from the library's own copy of its file: another view of it, or a newer reader."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from reader.model.errors import ReaderError
from reader.ui.tasks import Task

if TYPE_CHECKING:
    from reader.services.adding import AddResult
    from reader.ui.session import Session
    from reader.ui.widgets.task_bar import TaskBar


class ReadingAgain(QObject):
    """One document at a time, off the interface's thread; the text on the screen stays until the new one is there.

    `done` says that it has come to an end, whatever it came to.
    """

    done = Signal()

    def __init__(self, session: "Session", bar: "TaskBar") -> None:
        super().__init__(bar)
        self._session, self._bar = session, bar
        self._task: Task | None = None
        bar.stop_requested.connect(self.stop)

    def read(self, *, view: str = "") -> None:
        """Read the open document again; `view` is "article" or "page" of a web page, else empty."""
        uid, title = self._session.uid, self._session.document.summary.title if self._session.document else ""
        if not uid:
            self._session.say("Open a document first.")
        elif self._task:
            self._session.say("A document is being read again already.")
        else:
            read_again = self._session.library.versions.read_again
            self._bar.start("Reading again", 0)
            self._bar.advance(0, 0, title)
            self._task = self._session.tasks.start(
                lambda task: read_again(uid, view=view, cancelled=task.cancelled),
                lambda result: self._done(result, view),
                self._failed,
            )

    def stop(self) -> None:
        """Give it up; the text stays as it is."""
        if self._task:
            self._task.cancel()

    def _done(self, result: "AddResult", view: str) -> None:
        self._end()
        if result.status == "failed":
            self._session.failed.emit(result.reason)
        else:
            self._session.said.emit(outcome(result, view), result.status == "changed")

    def _failed(self, error: ReaderError) -> None:
        self._end()
        self._session.failed.emit(str(error))

    def _end(self) -> None:
        self._task = None
        self._bar.finish("")
        self.done.emit()


def outcome(result: "AddResult", view: str) -> str:
    """What reading again came to, in one line, with how the marks fared."""
    done = {"article": "Only the article is shown", "page": "The whole page is shown"}.get(view, "Read again")
    if result.status == "known":
        return result.reason or "Read again: the text is the same as before."
    return f"{done}: {result.reason}" if result.reason else f"{done}."
