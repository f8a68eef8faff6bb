"""Tells those who listen what was written, after it was written."""

from collections import deque
from collections.abc import Callable
from threading import local

from reader.model.change import Change

Listener = Callable[[Change], object]


class _Queue(local):
    """What the present thread has still to deliver."""

    def __init__(self) -> None:
        self.waiting: deque[Change] = deque()
        self.delivering = False


class Bus:
    """Delivers changes in the thread that publishes them.

    A change published while another is being delivered waits its turn, so that every listener sees the same order.
    """

    def __init__(self) -> None:
        self._listeners: tuple[Listener, ...] = ()
        self._queue = _Queue()

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` with each change from now on; the result ends that."""
        self._listeners = (*self._listeners, listener)

        def unsubscribe() -> None:
            self._listeners = tuple(known for known in self._listeners if known is not listener)

        return unsubscribe

    def publish(self, change: Change) -> Change:
        """Deliver a change, which is also the result; an empty one is not delivered."""
        if not change:
            return change
        queue = self._queue
        queue.waiting.append(change)
        if queue.delivering:
            return change
        queue.delivering = True
        try:
            while queue.waiting:
                self._deliver(queue.waiting.popleft())
        finally:
            queue.delivering = False
        return change

    def _deliver(self, change: Change) -> None:
        for listener in self._listeners:
            listener(change)
