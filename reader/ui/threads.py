"""Threads that stay: what a service keeps for the thread that asked is there at the next question too."""

from collections.abc import Callable
from queue import SimpleQueue
from threading import Lock, Thread


class Threads:
    """Runs calls in up to `most` threads, in the order in which they come.

    Those of a QThreadPool stay too, but to Python each call in them is in a new thread: a connection to the library
    would be opened for each, and the sorted rows that belong to it be lost.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._calls: SimpleQueue[Callable[[], object] | None] = SimpleQueue()
        self._threads: list[Thread] = []
        self._pending = 0
        self._lock = Lock()

    def run(self, call: Callable[[], object]) -> None:
        """Call it as soon as a thread is free. The call must not raise."""
        with self._lock:
            self._pending += 1
            if self._pending > len(self._threads) < self._most:
                # None of them holds up the end of the program, should they not have been closed.
                thread = Thread(target=self._work, daemon=True)
                self._threads.append(thread)
                thread.start()
        self._calls.put(call)

    def close(self) -> None:
        """Wait for all calls; the threads end, and with them what was kept for them."""
        for _ in self._threads:
            self._calls.put(None)
        for thread in self._threads:
            thread.join()
        self._threads.clear()

    def _work(self) -> None:
        while (call := self._calls.get()) is not None:
            try:
                call()
            finally:
                with self._lock:
                    self._pending -= 1
