"""Work off the interface's thread: one pool, results delivered on the interface's thread, in order of arrival."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from reader.faults import one_line
from reader.model.errors import ReaderError
from reader.ui.threads import Threads


class Task:
    """One piece of work under way. `cancelled` is asked by the work itself, between its steps."""

    def __init__(self, done: Callable[[Any], None], failed: Callable[[ReaderError], None]) -> None:
        self.done, self.failed = done, failed
        self._stop = False

    def cancel(self) -> None:
        self._stop = True

    def cancelled(self) -> bool:
        return self._stop


class Tasks(QObject):
    """Runs functions in a pool of `threads`. Owned by the window, which closes it before the library.

    `faulted` carries the sentence for a fault of the program in any of them.
    """

    _arrived = Signal(object, object)
    _progressed = Signal(object, object)
    faulted = Signal(str)
    idle = Signal()

    def __init__(self, parent: QObject | None = None, *, threads: int = 3) -> None:
        super().__init__(parent)
        self._threads = Threads(threads)
        self._running: set[Task] = set()
        self._arrived.connect(self._deliver)
        self._progressed.connect(self._report)

    def start(
        self,
        work: Callable[[Task], object],
        done: Callable[[Any], None] = lambda _result: None,
        failed: Callable[[ReaderError], None] = lambda _error: None,
    ) -> Task:
        """Run `work(task)` in the pool, then `done(result)` or, for a `ReaderError`, `failed(error)` here.

        Any other exception is a fault of the program: `failed` gets a sentence that says so, that whoever waits for
        the work comes to rest, and the exception itself is raised here, where the interpreter reports it.
        A cancelled task's result is still delivered, so that what was done so far can be said.
        """
        task = Task(done, failed)
        self._running.add(task)

        def run() -> None:
            try:
                result: object = work(task)
            except BaseException as error:
                result = _Raised(error)
            self._arrived.emit(task, result)

        self._threads.run(run)
        return task

    def report(self, call: Callable[..., None], *values: object) -> None:
        """From a worker: have `call(*values)` run on the interface's thread."""
        self._progressed.emit(call, values)

    def busy(self) -> bool:
        return bool(self._running)

    def close(self) -> None:
        """Cancel what runs and wait for it; nothing is delivered afterwards."""
        for task in self._running:
            task.cancel()
        self._arrived.disconnect(self._deliver)
        self._progressed.disconnect(self._report)
        self._threads.close()
        self._running.clear()

    def _report(self, call: Callable[..., None], values: tuple[object, ...]) -> None:
        call(*values)

    def _deliver(self, task: Task, result: object) -> None:
        self._running.discard(task)
        try:
            if not isinstance(result, _Raised):
                task.done(result)
            elif isinstance(result.error, ReaderError):
                task.failed(result.error)
            else:
                self._fault(task, result.error)
        finally:
            if not self._running:
                self.idle.emit()

    def _fault(self, task: Task, error: BaseException) -> None:
        sentence = one_line(error)
        try:
            self.faulted.emit(sentence)
            task.failed(ReaderError(sentence))
        finally:
            raise error


def while_open(dialog: QObject, call: Callable[..., None]) -> Callable[..., None]:
    """`call`, but nothing once the dialog is closed: the work it asked for may end after it."""

    def guarded(*values: object) -> None:
        if isValid(dialog):
            call(*values)

    return guarded


class _Raised:
    def __init__(self, error: BaseException) -> None:
        self.error = error
