"""Somebody ends the window from outside (the desktop at logout, a terminal that closes, Ctrl+C): it closes in order."""

import signal
from contextlib import suppress
from socket import socketpair

from PySide6.QtCore import QObject, QSocketNotifier
from PySide6.QtWidgets import QWidget

_NAMES = ("SIGTERM", "SIGHUP", "SIGINT")
_MORE_THAN_ENOUGH = 64


class Ending(QObject):
    """Closes a window, as its close button does, when its process is told to end: what is being typed is written.

    Python runs a handler only between its own instructions, of which a window at rest executes none: the signal writes
    a byte into a socket, as `signal.set_wakeup_fd` has it, and Qt wakes up for that. For the main thread.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._heard, self._told = socketpair()
        self._notifier = QSocketNotifier(self._heard.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._close)
        self._numbers = [getattr(signal, name) for name in _NAMES if hasattr(signal, name)]

    def begin(self) -> None:
        """Hear signals from now on."""
        self._heard.setblocking(False)
        self._told.setblocking(False)
        self._former_wakeup = signal.set_wakeup_fd(self._told.fileno(), warn_on_full_buffer=False)
        self._former = [signal.signal(number, _nothing) for number in self._numbers]

    def end(self) -> None:
        """Leave signals to whoever heard them before."""
        for number, handler in zip(self._numbers, self._former, strict=True):
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._former_wakeup)
        self._notifier.setEnabled(False)
        self._heard.close()
        self._told.close()

    def _close(self) -> None:
        with suppress(BlockingIOError):
            self._heard.recv(_MORE_THAN_ENOUGH)
        self._window.close()


def _nothing(_number: int, _frame: object) -> None:
    """Without a handler of Python's, the default of the system would end the process at once."""
