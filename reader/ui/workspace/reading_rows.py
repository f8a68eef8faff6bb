"""Rows of the list, read from the library a page at a time, in a thread."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from reader.model.workspace import Row
from reader.ui.tasks import Task, Tasks

if TYPE_CHECKING:
    from reader.services.workspace import Workspace

MOST = 120
"""How many rows are read at once; the others wait for the next time, or are not wanted any more by then."""


class RowReader(QObject):
    """Reads what was asked for last first.

    `arrived` carries the row ids that were read and what they are; where something was written meanwhile, no row ids,
    since what is there may be from before.
    """

    arrived = Signal(object, object)

    def __init__(self, workspace: "Workspace", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._tasks = Tasks(self, threads=1)
        self._wanted: dict[int, None] = {}
        self._running = self._doubted = False

    def want(self, ids: Iterable[int]) -> None:
        """Read these rows; what was wanted before and is not read yet is not wanted any more."""
        self._wanted = dict.fromkeys(ids)
        if self._wanted and not self._running:
            self._next()

    def doubt(self) -> None:
        """Something was written: what is being read now may be from before."""
        self._doubted = self._running

    def busy(self) -> bool:
        return self._running

    def shut(self) -> None:
        """Read nothing any more, and wait for what is being read."""
        self._wanted = {}
        self._tasks.close()

    def _next(self) -> None:
        ids = list(self._wanted)[:MOST]
        for row_id in ids:
            del self._wanted[row_id]
        self._running = True
        workspace = self._workspace

        def work(_task: Task) -> Mapping[int, Row]:
            return workspace.by_id(ids)

        def done(found: Mapping[int, Row]) -> None:
            certain = [] if self._doubted else ids
            self._running = self._doubted = False
            self.arrived.emit(certain, found)
            if self._wanted and not self._running:
                self._next()

        def failed(_error: object) -> None:
            # What cannot be read now is asked for again when it is painted the next time.
            self._running = self._doubted = False

        self._tasks.start(work, done, failed)
