"""Unix sockets for the window to hear at, without Qt's network: that takes 3 MB."""

import os
from collections.abc import Callable
from contextlib import suppress
from socket import AF_UNIX, SOCK_STREAM, socket

from PySide6.QtCore import QObject, QSocketNotifier

from reader.ui.ear import Hear

_ONLY_OWN = 0o600
_PIECE = 1 << 16
_WAITING = 16


class SocketEar:
    """The `Ear` of systems with Unix sockets; its names are absolute paths."""

    def __init__(self, hear: Hear, parent: QObject) -> None:
        self._hear, self._parent = hear, parent
        self._socket: socket | None = None
        self._notifier: QSocketNotifier | None = None
        self._path = ""
        self._callers: set[_Caller] = set()

    def listen(self, name: str) -> bool:
        """Begin at the path `name`; what stands there is removed."""
        ear = socket(AF_UNIX, SOCK_STREAM)
        try:
            with suppress(FileNotFoundError):
                os.unlink(name)
            ear.bind(name)
            # Until it listens, nobody can connect.
            os.chmod(name, _ONLY_OWN)
            ear.listen(_WAITING)
            ear.setblocking(False)
        except OSError:
            ear.close()
            return False
        self._socket, self._path = ear, name
        self._notifier = _notifier(ear, self._greet, self._parent)
        return True

    def close(self) -> None:
        """Hang up on everybody and remove the socket."""
        for caller in list(self._callers):
            caller.answer(b"")
        if self._socket and self._notifier:
            _end(self._socket, self._notifier)
            self._socket = self._notifier = None
            with suppress(OSError):
                os.unlink(self._path)

    def _greet(self) -> None:
        while self._socket:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return  # there is nobody else, or they are gone again
            connection.setblocking(False)
            self._callers.add(_Caller(connection, self._hear, self._callers.discard, self._parent))


class _Caller:
    """One connection: all that was said on it so far."""

    def __init__(self, connection: socket, hear: Hear, gone: "Callable[[_Caller], None]", parent: QObject) -> None:
        self._connection, self._hear, self._gone = connection, hear, gone
        self._heard = b""
        self._notifier = _notifier(connection, self._listen, parent)

    def answer(self, reply: bytes) -> None:
        """Say this, if anything, and hang up; who does not listen any more misses it."""
        _end(self._connection, self._notifier, reply)
        self._gone(self)

    def _listen(self) -> None:
        try:
            piece = self._connection.recv(_PIECE)
        except BlockingIOError:
            return
        except OSError:
            piece = b""
        if piece:
            self._heard += piece
            self._hear(self._heard, self.answer)
        else:
            self.answer(b"")


def _notifier(watched: socket, ready: Callable[[], None], parent: QObject) -> QSocketNotifier:
    """Calls `ready` whenever there is something to read."""
    notifier = QSocketNotifier(watched.fileno(), QSocketNotifier.Type.Read, parent)
    notifier.activated.connect(ready)
    return notifier


def _end(watched: socket, notifier: QSocketNotifier, last: bytes = b"") -> None:
    notifier.setEnabled(False)
    notifier.deleteLater()
    with suppress(OSError):
        watched.sendall(last)
    watched.close()
