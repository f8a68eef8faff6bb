"""How a file is read on: how far it is gets told, and whether it was given up gets asked, every so many steps."""

from collections.abc import Callable

from reader.model.errors import Cancelled

_EVERY = 1024


class Watch:
    """Goes with the reading of a file. `progress` gets steps done and their number, 0 where nobody knows it.

    Cancelled is raised out of both methods once `cancelled` says so.
    """

    def __init__(
        self,
        progress: Callable[[int, int], object] = lambda _done, _total: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> None:
        self._progress, self._cancelled = progress, cancelled
        self._done = self._total = 0

    def begin(self, total: int = 0) -> None:
        """Another part of the work begins, of so many steps."""
        self._done, self._total = 0, total
        self._tell()

    def step(self) -> None:
        """One step is done."""
        self._done += 1
        if self._done % _EVERY == 0:
            self._tell()

    def _tell(self) -> None:
        if self._cancelled():
            raise Cancelled
        self._progress(min(self._done, self._total), self._total)
