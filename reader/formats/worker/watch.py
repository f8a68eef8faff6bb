"""An eye on the processes at work: one that is out of time, out of memory or not wanted any more is ended."""

import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from time import monotonic

from reader.formats.worker.process import Process

TIME, MEMORY, CANCELLED = "time", "memory", "cancelled"

_SECONDS = 0.02
"""How long it takes at most until a stop is noticed."""


@dataclass(frozen=True, slots=True)
class _Watched:
    process: Process
    until: float
    cancelled: Callable[[], bool]
    memory: int


class Watch:
    """Its one thread is there only while something is watched."""

    def __init__(self) -> None:
        self._watched: list[_Watched] = []
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    @contextmanager
    def over(self, process: Process, seconds: float, cancelled: Callable[[], bool], memory: int = 0) -> Generator[None]:
        """Within this a process is ended with the reason TIME, CANCELLED or MEMORY, if there is one.

        `memory` (bytes) is given where the system does not limit what a process takes; 0: do not look.
        """
        entry = _Watched(process, monotonic() + seconds, cancelled, memory)
        with self._lock:
            self._watched.append(entry)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="worker watch", daemon=True)
                self._thread.start()
        try:
            yield
        finally:
            with self._lock:
                self._watched.remove(entry)

    def _run(self) -> None:
        pause = threading.Event()
        while True:
            with self._lock:
                watched = list(self._watched)
                if not watched:
                    self._thread = None
                    return
            for entry in watched:
                if reason := _reason(entry):
                    entry.process.end(reason)
            pause.wait(_SECONDS)


def _reason(entry: _Watched) -> str:
    try:
        if entry.cancelled():
            return CANCELLED
    except Exception:
        # Whoever is asked is gone: nobody waits for this any more.
        return CANCELLED
    if monotonic() > entry.until:
        return TIME
    return MEMORY if entry.memory and _used(entry.process.pid) > entry.memory else ""


def _used(pid: int) -> int:
    """Bytes of memory that a process and those it started hold."""
    import psutil

    total = 0
    with suppress(psutil.Error):
        process = psutil.Process(pid)
        for one in (process, *process.children(recursive=True)):
            with suppress(psutil.Error):
                total += one.memory_info().rss
    return total
