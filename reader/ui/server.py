"""The running window's ear: takes the files that a second start hands over (protocol: `reader.handover`)."""

import os
import sys
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from reader.handover import LONGEST_MESSAGE, Request, address, answer, decode, remove_dead
from reader.ui.ear import Answer, Ear, Hear


class HandoverServer(QObject):
    """Listens for one library. `files_received` carries paths, perhaps none: then the window only comes up.

    `place_asked` carries the uid of a document or an annotation to go to.
    """

    files_received = Signal(list)
    place_asked = Signal(str)

    def __init__(self, library: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = str(library)
        self._ear = _ear(self._hear, self)

    def listen(self) -> bool:
        """Begin. Sockets left behind by windows that were killed are removed first: nobody answers on them."""
        remove_dead(self._library)
        return self._ear.listen(address(self._library))

    def close(self) -> None:
        self._ear.close()

    def _hear(self, heard: bytes, say: Answer) -> None:
        request = decode(heard)
        if request is None:
            if len(heard) > LONGEST_MESSAGE:
                say(b"")
            return
        reply = answer(request, self._library)
        say(reply)
        if reply.startswith(b"ok"):
            self._pass_on(request)

    def _pass_on(self, request: Request) -> None:
        if request.token:
            os.environ["XDG_ACTIVATION_TOKEN"] = request.token
        if request.place:
            self.place_asked.emit(request.place)
        else:
            self.files_received.emit([Path(file) for file in request.files])


def _ear(hear: Hear, parent: QObject) -> Ear:
    if sys.platform == "win32":
        from reader.ui.pipe_ear import PipeEar

        return PipeEar(hear, parent)
    from reader.ui.socket_ear import SocketEar

    return SocketEar(hear, parent)
