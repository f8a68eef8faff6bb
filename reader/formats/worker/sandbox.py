"""What a process that reads files of others is kept from: the network, other files, other programs, much memory.

It holds what a parser might do by design or by a fault of its logic, and, by the system's own limits, much of what
one might do that was taken over. What only one system has is done where it is there.
"""

import os
import sys
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module

_NETWORK = 0x40000000  # CLONE_NEWNET
_OWN_USER = 0x10000000  # CLONE_NEWUSER, without which nobody but root may have a network of its own
_FILES = 64
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND

_CHANGING = frozenset(
    "os.mkdir os.rename os.remove os.rmdir os.link os.symlink os.truncate os.chmod os.chown os.chflags os.lockf "
    "os.utime os.setxattr os.removexattr os.mkfifo os.mknod".split()
)
_REFUSED = frozenset(
    "os.system os.exec os.posix_spawn os.spawn os.fork os.forkpty os.startfile os.startfile/2 pty.spawn os.kill "
    "os.killpg resource.setrlimit resource.prlimit sqlite3.connect webbrowser.open syslog.openlog "
    "_winapi.CreateProcess _winapi.CreateFile _winapi.CreateNamedPipe signal.pthread_kill".split()
)
_DIVIDING = frozenset({"os.fork", "resource.setrlimit"})
_REFUSED_FAMILIES = ("socket.", "ctypes.", "winreg.", "urllib.", "ftplib.", "smtplib.", "imaplib.", "poplib.", "http.")

# Looking at one's own bytes as an array of C's: what a library that is allowed is called with.
_VIEWS = frozenset({"ctypes.cdata", "ctypes.cdata/buffer"})

_PART_OF_MEMORY = 4
"""A process that is divided off may take at most one part in so many of what is left to the first."""

_programs: set[str] = set()
_libraries: set[str] = set()


@dataclass(slots=True)
class _Inside:
    """Whether this process is confined, and whether it is just being divided."""

    entered: bool = False
    dividing: bool = False


_inside = _Inside()


def allow_program(path: str | os.PathLike[str]) -> None:
    """Let this very program be started from here, by `subprocess` and with a list of arguments."""
    _programs.add(os.fspath(path))


def allow_library(path: str) -> None:
    """Let this very library be loaded here, and its functions be called."""
    _libraries.add(path)


def can_divide() -> bool:
    """Whether this process is a worker that may go on as two, and there are cores for both."""
    return _inside.entered and hasattr(os, "sched_getaffinity") and len(os.sched_getaffinity(0)) > 1


def divide() -> int:
    """Go on as two processes: 0 in the new one, its number in the first. OSError when the system refuses.

    The new one is confined as this one is, belongs to the same group, and may take only a part of the memory left.
    """
    _inside.dividing = True
    try:
        number = os.fork()
        if not number:
            _become_the_other()
        return number
    finally:
        _inside.dividing = False


def enter(memory: int, folder: str) -> None:
    """Give up, for good, what reading a file does not need. `memory` in bytes, 0 for no limit of the system's.

    Writing stays allowed below `folder`, as far as the system lets this process write at all.
    """
    # Libraries in C are called through it; it cannot be loaded any more once this has been done.
    import_module("ctypes")
    if sys.platform.startswith("linux"):
        _leave_network()
        _confine(folder)
    _limit(memory)
    root = os.path.realpath(folder) + os.sep

    def refuse(event: str, arguments: tuple[object, ...]) -> None:
        if _is_refused(event, arguments, root):
            raise PermissionError(f"a reader may not do this: {event}")

    sys.addaudithook(refuse)
    _inside.entered = True


def _is_refused(event: str, arguments: tuple[object, ...], root: str) -> bool:
    if event == "open":
        return _writes(arguments) and not _is_inside(arguments[0], root)
    if event in _DIVIDING and _inside.dividing:
        return False
    if event == "subprocess.Popen":
        return arguments[0] not in _programs
    if event in _CHANGING:
        paths = arguments[:2] if event in ("os.rename", "os.link", "os.symlink") else arguments[:1]
        return not all(_is_inside(path, root) for path in paths)
    if event in ("ctypes.dlopen", "ctypes.dlsym"):
        return getattr(arguments[0], "_name", arguments[0]) not in _libraries
    if event in _VIEWS:
        return not _libraries
    return event in _REFUSED or event.startswith(_REFUSED_FAMILIES)


def _writes(arguments: tuple[object, ...]) -> bool:
    _, mode, flags = (*arguments, None, None)[:3]
    if isinstance(mode, str) and set(mode) & set("wax+"):
        return True
    return isinstance(flags, int) and bool(flags & _WRITING)


def _is_inside(path: object, root: str) -> bool:
    """Whether a path is below the folder; what is open already, and the null device, count as such."""
    if isinstance(path, int):
        return True
    if not isinstance(path, str | bytes):
        return False  # such as are paths have become text by now
    name = os.fsdecode(path)
    return name == os.devnull or os.path.realpath(name).startswith(root)


def _limit(memory: int) -> None:
    """Have the system limit what this process may take; Windows has nothing of the kind."""
    try:
        import resource
    except ImportError:
        return
    limits = {resource.RLIMIT_CORE: 0, resource.RLIMIT_FSIZE: 0, resource.RLIMIT_NOFILE: _FILES}
    if memory:
        limits[resource.RLIMIT_AS] = memory
    for name, value in limits.items():
        with suppress(ValueError, OSError):
            resource.setrlimit(name, (value, value))


def _become_the_other() -> None:
    """Limit the memory of this process to a part of what is left to it; where that fails, it ends."""
    try:
        _take_less()
    except BaseException:
        os._exit(1)


def _take_less() -> None:
    import resource

    limit = resource.getrlimit(resource.RLIMIT_AS)[0]
    if limit == resource.RLIM_INFINITY:
        return
    with open("/proc/self/statm", "rb") as numbers:
        used = int(numbers.read().split()[0]) * resource.getpagesize()
    limit = used + max(limit - used, 0) // _PART_OF_MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def _leave_network() -> None:
    """Go where there is no network, on a Linux that lets everybody do so."""
    with suppress(Exception):
        import ctypes

        ctypes.CDLL(None).unshare(_OWN_USER | _NETWORK)


def _confine(folder: str) -> None:
    """Have Linux itself see to it that nothing is written elsewhere."""
    with suppress(Exception):
        from reader.formats.worker.landlock import confine

        confine(folder)
