"""The running window's ear: takes the files that a second start hands over (protocol: `reader.handover`)."""

import os
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from reader.handover import LONGEST_MESSAGE, address, answer, decode, remove_dead


class HandoverServer(QObject):
    """Listens for one library. `files_received` carries paths, perhaps none: then the window only comes up.

    `place_asked` carries the uid of a document or an annotation to go to.
    """

    files_received = Signal(list)
    place_asked = Signal(str)

    def __init__(self, library: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = str(library)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._greet)
        self._read: dict[QLocalSocket, bytes] = {}

    def listen(self) -> bool:
        """Begin. Sockets left behind by windows that were killed are removed first: nobody answers on them."""
        remove_dead(self._library)
        name = address(self._library)
        if self._server.listen(name):
            return True
        QLocalServer.removeServer(name)
        return self._server.listen(name)

    def close(self) -> None:
        self._server.close()
        for socket in list(self._read):
            socket.abort()
        self._read.clear()

    def _greet(self) -> None:
        while socket := self._server.nextPendingConnection():
            self._read[socket] = b""
            socket.readyRead.connect(self._hear)
            socket.disconnected.connect(self._forget)
            self._take(socket)

    def _hear(self) -> None:
        socket = self.sender()
        if isinstance(socket, QLocalSocket):
            self._take(socket)

    def _forget(self) -> None:
        socket = self.sender()
        if isinstance(socket, QLocalSocket):
            self._read.pop(socket, None)
            socket.deleteLater()

    def _take(self, socket: QLocalSocket) -> None:
        heard = self._read.get(socket, b"") + socket.readAll().data()
        self._read[socket] = heard
        request = decode(heard)
        if request is None:
            if len(heard) > LONGEST_MESSAGE:
                socket.abort()
            return
        reply = answer(request, self._library)
        socket.write(reply)
        socket.flush()
        socket.disconnectFromServer()
        if reply.startswith(b"ok"):
            if request.token:
                os.environ["XDG_ACTIVATION_TOKEN"] = request.token
            if request.place:
                self.place_asked.emit(request.place)
            else:
                self.files_received.emit([Path(file) for file in request.files])
