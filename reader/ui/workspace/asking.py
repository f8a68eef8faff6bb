"""Questions that take a while, one at a time."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from reader.model.errors import ReaderError
from reader.ui.tasks import Task, Tasks


class Asking:
    """One question at a time in one thread; of those that come meanwhile only the last is asked."""

    def __init__(self, parent: QObject) -> None:
        self.tasks = Tasks(parent, threads=1)
        self._running = False
        self._next: Callable[[], None] | None = None

    def ask(
        self,
        work: Callable[[Task], object],
        done: Callable[..., None],
        refused: Callable[[str], None],
    ) -> None:
        """Do the work once the thread is free; the answer is given to `done` unless another question came after it."""

        def begin() -> None:
            self._running, self._next = True, None
            self.tasks.start(work, finished, failed)

        def finished(answer: object) -> None:
            if self._goes_on():
                done(answer)

        def failed(error: ReaderError) -> None:
            if self._goes_on():
                refused(str(error))

        if self._running:
            self._next = begin
        else:
            begin()

    def _goes_on(self) -> bool:
        """Ask what came meanwhile; whether nothing did, so that the answer is wanted."""
        self._running = False
        if self._next is None:
            return True
        self._next()
        return False
