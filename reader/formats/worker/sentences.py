"""What is said of a file that a worker process could not read."""

import signal

from reader.formats.errors import FormatError, OutOfMemory, OutOfTime
from reader.formats.request import Limits

_MEGABYTE = 1 << 20
_SETTINGS = "in the settings under Reading files"


def out_of_memory(name: str, limits: Limits) -> FormatError:
    """More memory was needed than is allowed."""
    allowed = limits.memory // _MEGABYTE
    return OutOfMemory(
        f"“{name}” needs more than {allowed:,} MB of memory to be read: split it, or allow more {_SETTINGS}."
    )


def out_of_time(name: str, limits: Limits, size: int) -> FormatError:
    """Reading a file of `size` bytes took longer than is allowed."""
    seconds = limits.allowed(size)
    shown = f"{seconds:,.0f} seconds" if seconds >= 2 else "a second"
    return OutOfTime(f"“{name}” was not read within {shown}: split it, or allow more time {_SETTINGS}.")


def too_deep(name: str) -> FormatError:
    """Its parts are nested in each other without end."""
    return FormatError(f"“{name}” is nested more deeply than any text is: get it from a source that you trust.")


def broken(name: str, number: int) -> FormatError:
    """The process that read it ended by the signal `number`, or (0) without an answer."""
    return FormatError(
        f"“{name}” broke the program that reads such files ({_cause(number)}), which harmed nothing else: save it "
        "again with the program it came from, and add that file."
    )


def faulty(name: str, what: str) -> FormatError:
    """Its reader met with something it does not know; `what` names the error."""
    return FormatError(
        f"“{name}” is damaged, or made in a way that Passage does not know ({what}): save it again with the program it "
        "came from, and add that file."
    )


def not_started(name: str, reason: str) -> FormatError:
    """There was no process to read it in."""
    return FormatError(
        f"“{name}” could not be read, as no process could be started for it ({reason}): close other programs and add "
        "it again."
    )


def _cause(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return "it ended without an answer"
