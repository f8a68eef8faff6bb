"""The worker processes of the program: as many as there are cores, kept warm, replaced when they end.

Where a window is open one that has had nothing to do for a while is ended: it holds more memory than a document.
"""

import os
import sys
import threading
import weakref
from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING

from reader.formats.errors import FormatError, PasswordNeeded
from reader.formats.request import Limits
from reader.formats.worker import process as processes
from reader.formats.worker import sentences, watch
from reader.formats.worker.frames import Message
from reader.formats.worker.job import Job
from reader.formats.worker.process import Gone, Process, sweep
from reader.formats.worker.watch import Watch
from reader.model.errors import Cancelled, ReaderError

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

_PATIENCE = 0.05
"""Seconds after which somebody who waits for a free process asks again whether to go on."""


def cores() -> int:
    """How many processes can really run at once."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Pool:
    """Any thread may ask; it waits for its answer, and only that. Processes are started when they are first needed.

    `watched`: memory is looked at from outside, as is done where the system itself does not limit it. `lingers`:
    seconds that a process with nothing to do is kept, asked whenever one has become idle; 0 keeps them all.
    """

    def __init__(
        self, size: int = 0, *, watched: bool | None = None, lingers: Callable[[], float] = lambda: 0.0
    ) -> None:
        self.size = size or cores()
        self._watched = not sys.platform.startswith("linux") if watched is None else watched
        self._watch = Watch()
        self._lingers = lingers
        self._idle: list[Process] = []
        self._ending: threading.Timer | None = None
        self._busy = 0
        self._free = threading.Condition()
        self._closed = False
        self._processes: set[Process] = set()
        self._threads: ThreadPoolExecutor | None = None
        # Processes of a program that ends without closing its library.
        self._leftover = weakref.finalize(self, _clear_all, self._processes)

    def run(self, job: Job, cancelled: Callable[[], bool] = lambda: False, *, urgent: bool = False) -> Message:
        """The answer to a job, which is whatever its function gave.

        FormatError with one sentence when the file cannot be read, is out of its limits or has broken its process;
        Cancelled as soon as `cancelled` says so. An `urgent` job does not wait for those before it.
        """
        process = self._taken(job, cancelled, urgent=urgent)
        keep = False
        try:
            with self._watch.over(process, job.limits.allowed(job.size), cancelled, self._to_watch(job.limits)):
                answer = process.ask(_addressed(job), max(job.limits.memory, job.limits.unpacked))
            keep = answer.header.get("spent") is False and not process.reason
            return _checked(job, answer)
        except Gone:
            process.clear()
            raise _failure(job, process) from None
        finally:
            self._give_back(process, keep=keep)

    def warm(self, job: Job) -> None:
        """Start a process, if there is none, and have it do a job for practice; returns at once."""
        with self._free:
            if self._closed or self._processes:
                return
            self._busy += 1
        try:
            process = self._started(job.name, self._memory(job.limits))
        except FormatError:
            return  # the first real job says why
        process.begin(_addressed(job))
        self._give_back(process, keep=True)

    def submit(self, job: Job, cancelled: Callable[[], bool] = lambda: False) -> "Future[Message]":
        """Have a job done as soon as a process is free; the future gives or raises what `run` does."""
        from concurrent.futures import ThreadPoolExecutor

        with self._free:
            if self._threads is None:
                self._threads = ThreadPoolExecutor(self.size, "worker")
        return self._threads.submit(self.run, job, cancelled)

    def rest(self) -> None:
        """End all processes that have nothing to do but one, when much has been done."""
        with self._free:
            spare, self._idle = self._idle[1:], self._idle[:1]
        for process in spare:
            self._clear(process)

    def close(self) -> None:
        """End all processes at once; what is under way is cancelled. A closed pool takes no jobs."""
        with self._free:
            self._closed = True
            self._free.notify_all()
            processes = list(self._processes)
            if self._ending:
                self._ending.cancel()
        for process in processes:
            process.end(watch.CANCELLED)
        if self._threads:
            self._threads.shutdown(cancel_futures=True)
        with self._free:
            idle, self._idle = self._idle, []
        for process in idle:
            self._clear(process)

    def _taken(self, job: Job, cancelled: Callable[[], bool], *, urgent: bool) -> Process:
        """A process that is alive and limited as it should be, which nobody else uses."""
        memory = self._memory(job.limits)
        useless: list[Process] = []
        with self._free:
            while True:
                if self._closed or cancelled():
                    raise Cancelled
                if urgent or self._busy < self.size:
                    break
                self._free.wait(_PATIENCE)
            self._busy += 1
            process = None
            while self._idle and process is None:
                last = self._idle.pop()
                if last.memory == memory and last.alive:
                    process = last
                else:
                    useless.append(last)
        for one in useless:
            self._clear(one)
        return process or self._started(job.name, memory)

    def _started(self, name: str, memory: int) -> Process:
        if not self._processes:
            sweep()
        try:
            process = Process(memory)
        except OSError as error:
            with self._free:
                self._busy -= 1
            raise sentences.not_started(name, error.strerror or str(error)) from error
        with self._free:
            self._processes.add(process)
            if self._closed:
                process.end(watch.CANCELLED)
        return process

    def _give_back(self, process: Process, *, keep: bool) -> None:
        with self._free:
            self._busy -= 1
            keep = keep and not self._closed
            if keep:
                process.idle_since = monotonic()
                self._idle.append(process)
                self._end_later()
            self._free.notify()
        if not keep:
            self._clear(process)

    def _end_later(self) -> None:
        """Have the idle looked through after a while; called with the lock held."""
        seconds = self._lingers()
        if seconds and self._idle and not self._ending:
            self._ending = threading.Timer(seconds, self._end_idle, (seconds,))
            self._ending.daemon = True
            self._ending.start()

    def _end_idle(self, seconds: float) -> None:
        with self._free:
            self._ending = None
            if self._closed:
                return
            limit = monotonic() - seconds
            ended = [process for process in self._idle if process.idle_since <= limit]
            self._idle = [process for process in self._idle if process.idle_since > limit]
            self._end_later()
        for process in ended:
            self._clear(process)

    def _clear(self, process: Process) -> None:
        process.clear()
        with self._free:
            self._processes.discard(process)

    def _memory(self, limits: Limits) -> int:
        """What the system itself is to limit a process to."""
        return 0 if self._watched else limits.memory

    def _to_watch(self, limits: Limits) -> int:
        return limits.memory if self._watched else 0


def _clear_all(processes: set[Process]) -> None:
    for process in list(processes):
        process.clear()


def _addressed(job: Job) -> Message:
    return Message({**job.message.header, "function": job.function}, job.message.frames)


def _checked(job: Job, answer: Message) -> Message:
    """The answer, unless it says that the file could not be read."""
    header = answer.header
    if isinstance(said := header.get("failed"), str):
        raise (PasswordNeeded if header.get("kind") == PasswordNeeded.__name__ else FormatError)(" ".join(said.split()))
    match header.get("error"):
        case None:
            return answer
        case "memory":
            raise sentences.out_of_memory(job.name, job.limits)
        case "depth":
            raise sentences.too_deep(job.name)
        case _:
            raise sentences.faulty(job.name, str(header.get("what", ""))[:60])


def _failure(job: Job, process: Process) -> ReaderError:
    """Why a process is gone that was to do a job."""
    match process.reason:
        case watch.CANCELLED:
            return Cancelled()
        case watch.TIME:
            return sentences.out_of_time(job.name, job.limits, job.size)
        case watch.MEMORY:
            return sentences.out_of_memory(job.name, job.limits)
        case processes.NONSENSE:
            return sentences.broken(job.name, 0)
        case _:
            return sentences.broken(job.name, process.signal)
