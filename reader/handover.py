"""One window per library: a second start hands its files to the window that runs, before Qt is imported, and ends.

The window listens on a local socket, `address(library)`: a Unix socket by its absolute path, on Windows the name of
a named pipe. Both are what `QLocalServer.listen` takes. The socket's options must let only this user connect.

A client sends one message and reads one line:

    library=/absolute/path NUL token=TEXT NUL place=UID NUL file=/absolute/path NUL ... NUL

Each field is `name=value` in UTF-8 (file names that are not UTF-8 keep their bytes) and ends with NUL, which no path
can hold; an empty field, so two NULs, ends the message. `library` comes first, `token` is what the desktop gave to let
the window come to the front (it may be missing), `place` is the uid of a document or an annotation to go to instead
of opening files (it may be missing; what is no uid is passed over), each `file` is to be opened, in order; without
any, the window only comes to the front. Names that are not known are passed over.

The window answers `ok` and a line end as soon as it has taken the files (not when it has opened them), or `no` and a
line end when the message is not for its library. It closes the connection then.

This module is on the way of each start, so it imports next to nothing (`socket` or `json` would cost as much as half
a start of Python).
"""

from __future__ import annotations

import os
import sys
from zlib import crc32

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

TAKEN = "taken"
"""The window that runs took the files."""
ABSENT = "absent"
"""No window has this library open."""
SILENT = "silent"
"""A window has it open and does not answer."""

PATIENCE_S = 10.0
LONGEST_MESSAGE = 1 << 20
"""Bytes that a window reads at most from one client."""
LINK = "passage://annotation/"
"""How the address of an annotation begins; its uid follows, and nothing else."""

_LONGEST_UNIX_ADDRESS = 100
_NAME = "passage-"
_SETTLED_S = 60.0
"""Seconds after which a socket on which nobody answers is not just being made."""
_OK = b"ok\n"
_NO = b"no\n"
_END = b"\0\0"


class Request:
    """What a client asks: to open `files` (absolute paths) in the window of `library`, with the desktop's `token`.

    `place` is the uid of a document or an annotation to go to, or empty.
    """

    __slots__ = ("files", "library", "place", "token")

    def __init__(self, library: str, files: list[str] | tuple[str, ...] = (), token: str = "", place: str = "") -> None:
        self.library = library
        self.files = tuple(files)
        self.token = token
        self.place = place if is_uid(place) else ""


def address(library: str) -> str:
    """Where the window of the library file `library` listens; the same for every way to write its path."""
    path = os.path.normcase(os.path.realpath(library))
    name = f"{_NAME}{crc32(os.fsencode(path)):08x}-{len(path)}"
    if sys.platform == "win32":
        return f"{name}-{os.environ.get('USERNAME', '')}"
    for folder in (os.environ.get("XDG_RUNTIME_DIR", ""), os.environ.get("TMPDIR", "")):
        full = os.path.join(folder, name)
        if os.path.isabs(full) and os.path.isdir(folder) and len(os.fsencode(full)) <= _LONGEST_UNIX_ADDRESS:
            return full
    return f"/tmp/{name}-{os.getuid()}"


def is_uid(text: str) -> bool:
    """Whether `text` is a uid as the library gives them: a UUID in lower case, and nothing beside it."""
    groups = text.split("-")
    return [len(group) for group in groups] == [8, 4, 4, 4, 12] and not "".join(groups).strip("0123456789abcdef")


def uid_of_link(text: str) -> str:
    """The uid in the address of an annotation; empty for anything else."""
    uid = text[len(LINK) :].lower() if text.startswith(LINK) else ""
    return uid if is_uid(uid) else ""


def hand_over(library: str, files: list[str], *, place: str = "", patience: float = PATIENCE_S) -> str:
    """Ask the window of `library` to open `files` (any paths), or to go to `place` (a uid).

    TAKEN, ABSENT, or SILENT after `patience` seconds.
    """
    token = os.environ.get("XDG_ACTIVATION_TOKEN") or os.environ.get("DESKTOP_STARTUP_ID") or ""
    request = Request(os.path.realpath(library), [os.path.abspath(file) for file in files], token, place)
    send = _send_to_pipe if sys.platform == "win32" else _send_to_socket
    return send(address(library), encode(request), patience)


def remove_dead(library: str) -> None:
    """Remove the sockets of windows that were killed, of any library, beside the address of `library`."""
    if sys.platform == "win32":
        return
    folder = os.path.dirname(address(library))
    try:
        found = [entry for entry in os.scandir(folder) if entry.name.startswith(_NAME)]
    except OSError:
        return
    for entry in found:
        if _is_dead(entry):
            try:
                os.unlink(entry.path)
            except OSError:
                continue  # another window was faster


def _is_dead(entry: os.DirEntry[str]) -> bool:
    """Whether it is a socket of this user's on which nobody listens any more."""
    import stat
    import time
    from _socket import AF_UNIX, SOCK_STREAM, socket

    try:
        status = entry.stat(follow_symlinks=False)
        is_own = stat.S_ISSOCK(status.st_mode) and status.st_uid == os.getuid()
        if not is_own or time.time() - status.st_mtime < _SETTLED_S:
            return False
        connection = socket(AF_UNIX, SOCK_STREAM)
        try:
            connection.settimeout(0)
            connection.connect(entry.path)
        finally:
            connection.close()
    except ConnectionRefusedError:
        return True
    except OSError:
        return False
    return False


def encode(request: Request) -> bytes:
    """The message for `request`."""
    place = [f"place={request.place}"] if request.place else []
    files = [f"file={file}" for file in request.files]
    fields = [f"library={request.library}", f"token={request.token}", *place, *files]
    return b"\0".join(map(os.fsencode, fields)) + _END


def decode(data: bytes) -> Request | None:
    """The request in a message that has come so far as `data`; None while its end is missing."""
    message, end, _ = data.partition(_END)
    if not end:
        return None
    fields = [os.fsdecode(field).partition("=") for field in message.split(b"\0")]
    values = {name: value for name, _, value in fields}
    files = [value for name, _, value in fields if name == "file" and value]
    return Request(values.get("library", ""), files, values.get("token", ""), values.get("place", ""))


def answer(request: Request, library: str) -> bytes:
    """What the window of `library` answers to `request`."""
    return _OK if same_file(request.library, library) else _NO


def same_file(one: str, other: str) -> bool:
    """Whether two paths name one file, which need not exist."""
    return os.path.normcase(os.path.realpath(one)) == os.path.normcase(os.path.realpath(other))


def _send_to_socket(path: str, message: bytes, patience: float) -> str:
    # `socket` itself costs 6 ms at import (selectors, enum); the class it wraps is all that is needed.
    from _socket import AF_UNIX, SOCK_STREAM, socket

    try:
        if os.stat(path).st_uid != os.getuid():
            return ABSENT
    except OSError:
        return ABSENT
    connection = socket(AF_UNIX, SOCK_STREAM)
    try:
        connection.settimeout(patience)
        try:
            connection.connect(path)
        except (ConnectionError, FileNotFoundError):
            return ABSENT
        connection.sendall(message)
        return _outcome(_read_line(connection.recv))
    except OSError:
        return SILENT
    finally:
        connection.close()


def _send_to_pipe(name: str, message: bytes, patience: float) -> str:
    # A pipe opened as a file knows no time-out, so a thread that may be left behind does the waiting.
    from threading import Thread

    outcome = [SILENT]
    thread = Thread(target=_talk_to_pipe, args=(name, message, outcome), daemon=True)
    thread.start()
    thread.join(patience)
    return outcome[0]


def _talk_to_pipe(name: str, message: bytes, outcome: list[str]) -> None:
    try:
        with open(rf"\\.\pipe\{name}", "r+b", buffering=0) as pipe:
            pipe.write(message)
            outcome[0] = _outcome(_read_line(pipe.read))
    except FileNotFoundError:
        outcome[0] = ABSENT
    except OSError:
        outcome[0] = SILENT


def _read_line(read: Callable[[int], bytes]) -> bytes:
    line = b""
    while not line.endswith(b"\n") and (piece := read(16)):
        line += piece
    return line


def _outcome(line: bytes) -> str:
    if line == _OK:
        return TAKEN
    return ABSENT if line == _NO else SILENT
