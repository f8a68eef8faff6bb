"""Where other processes of this user are heard on Windows: a named pipe, which only Qt's network can listen at."""

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from reader.ui.ear import Hear


class PipeEar:
    """An `Ear` through Qt, for any system that Qt runs on."""

    def __init__(self, hear: Hear, parent: QObject) -> None:
        self._hear = hear
        self._server = QLocalServer(parent)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._greet)
        self._heard: dict[QLocalSocket, bytes] = {}

    def listen(self, name: str) -> bool:
        """Begin at the pipe `name`."""
        if self._server.listen(name):
            return True
        QLocalServer.removeServer(name)
        return self._server.listen(name)

    def close(self) -> None:
        """Hang up on everybody."""
        self._server.close()
        for socket in list(self._heard):
            socket.abort()
        self._heard.clear()

    def _greet(self) -> None:
        while socket := self._server.nextPendingConnection():
            self._heard[socket] = b""
            socket.readyRead.connect(partial(self._listen, socket))
            socket.disconnected.connect(partial(self._forget, socket))
            self._listen(socket)

    def _listen(self, socket: QLocalSocket) -> None:
        self._heard[socket] = heard = self._heard.get(socket, b"") + socket.readAll().data()
        self._hear(heard, partial(_answer, socket))

    def _forget(self, socket: QLocalSocket) -> None:
        self._heard.pop(socket, None)
        socket.deleteLater()


def _answer(socket: QLocalSocket, reply: bytes) -> None:
    if not reply:
        socket.abort()
        return
    socket.write(reply)
    socket.flush()
    socket.disconnectFromServer()
