"""Who may write next: a person's action never waits behind a queue of background writes."""

from collections.abc import Generator
from contextlib import contextmanager
from threading import Condition, get_ident


class WriteGate:
    """A lock over the writes of this process. Waiting urgent writers go before patient ones.

    SQLite alone would let an import that writes without pause starve the window for seconds, because its busy
    handler sleeps while the import takes the lock again.
    """

    def __init__(self) -> None:
        self._condition = Condition()
        self._owner: int | None = None
        self._depth = 0
        self._urgent_waiting = 0

    @contextmanager
    def entered(self, *, urgent: bool) -> Generator[None]:
        """Hold the gate; the same thread may enter again."""
        self._enter(urgent)
        try:
            yield
        finally:
            self._leave()

    def _enter(self, urgent: bool) -> None:
        me = get_ident()
        with self._condition:
            if self._owner == me:
                self._depth += 1
                return
            self._urgent_waiting += urgent
            try:
                while self._owner is not None or (self._urgent_waiting and not urgent):
                    self._condition.wait()
            finally:
                self._urgent_waiting -= urgent
            self._owner = me
            self._depth = 1

    def _leave(self) -> None:
        with self._condition:
            self._depth -= 1
            if self._depth == 0:
                self._owner = None
                self._condition.notify_all()
