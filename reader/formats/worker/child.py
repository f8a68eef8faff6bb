"""The loop of a worker process: a job comes in, a function of the program answers it, until the pipe is closed."""

import gc
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from typing import Any, BinaryIO

from reader.formats.worker import frames, sandbox
from reader.formats.worker.frames import Message

MOST = 1 << 40
"""Bytes of a job: the parent is trusted."""
_FEW_CYCLES = 50_000
_SPENT = 4
"""A process that has ever used one part in so many of its memory makes room for a new one."""

Job = Callable[[dict[str, Any], list[bytes]], Message]


def serve(memory: int, folder: str) -> None:
    """Answer jobs until nobody asks any more. `memory` in bytes (0: not limited here); `folder` may be written to."""
    source, target = _own_pipes()
    sandbox.enter(memory, folder)
    # Elements and blocks are many and seldom point in circles: looking for such circles all the time costs a fifth.
    gc.set_threshold(_FEW_CYCLES, 20, 20)
    while (message := frames.read(source, MOST)) is not None:
        _end_with_parent(source, True)
        answer = _answer(message)
        # The answer says itself whether this process goes on; what it needed is given back before the next job.
        message = None
        spent = answer.header.get("error") == "memory" or _is_spent(memory)
        _end_with_parent(source, False)
        frames.write(target, Message({**answer.header, "spent": spent}, answer.frames))


def _own_pipes() -> tuple[BinaryIO, BinaryIO]:
    """The pipes to the parent, out of reach of whatever a parser prints or asks."""
    source, target = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    os.close(nothing)
    return source, target


def _answer(message: Message) -> Message:
    try:
        return _function(message.header["function"])(message.header, list(message.frames))
    except MemoryError:
        return Message({"error": "memory"})
    except RecursionError:
        return Message({"error": "depth"})
    except BaseException as error:
        if _is_for_the_user(error):
            return Message({"failed": str(error), "kind": type(error).__name__})
        if os.environ.get("PASSAGE_DEBUG"):
            sys.excepthook(type(error), error, error.__traceback__)
        return Message({"error": "fault", "what": type(error).__name__})


def _function(name: str) -> Job:
    module, _, function = name.partition(":")
    return getattr(import_module(module), function)


def _is_for_the_user(error: BaseException) -> bool:
    from reader.model.errors import ReaderError

    return isinstance(error, ReaderError)


def _end_with_parent(source: BinaryIO, watching: bool) -> None:
    """While a job is done, have the system end this process if its parent ends: nobody would read the answer.

    The parent sends nothing then, so that the only news there can be from the pipe is its end.
    """
    if not hasattr(signal, "SIGIO"):
        return
    import fcntl
    import select

    with suppress(OSError):
        flags = fcntl.fcntl(source, fcntl.F_GETFL)
        fcntl.fcntl(source, fcntl.F_SETOWN, os.getpid())
        fcntl.fcntl(source, fcntl.F_SETFL, flags | os.O_ASYNC if watching else flags & ~os.O_ASYNC)
        if watching and select.select([source], [], [], 0)[0]:
            sys.exit()


def _is_spent(memory: int) -> bool:
    """Whether so much was needed once that another job may not find enough in one piece."""
    return memory > 0 and _most_used() > memory // _SPENT


def _most_used() -> int:
    """The most bytes of memory that this process has ever had."""
    # Linux counts what the program that starts a process had in `ru_maxrss` of the new one.
    with suppress(OSError, ValueError), open("/proc/self/status", "rb") as status:
        for line in status:
            if line.startswith(b"VmHWM:"):
                return int(line.split()[1]) * 1024
    import resource

    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
