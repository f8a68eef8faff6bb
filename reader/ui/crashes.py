"""Errors that nobody expected, wherever they are raised: told once, counted after that, and the window goes on."""

import sys
import threading
import traceback
from collections import Counter
from contextlib import suppress
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication

from reader.faults import one_line
from reader.model.errors import ReaderError

if TYPE_CHECKING:
    from reader.crash_log import CrashLog
    from reader.ui.dialogs.crash import FaultDialog
    from reader.ui.main_window import MainWindow


class Crashes(QObject):
    """Hears of every error in the window's process between `begin` and `end`, in slots, paints, timers and threads."""

    _raised = Signal(object)

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._times: Counter[str] = Counter()
        self._dialog: FaultDialog | None = None
        # Never within the paint or the slot that failed, and always on the interface's thread.
        self._raised.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def begin(self) -> None:
        self._former = sys.excepthook, threading.excepthook, sys.unraisablehook
        sys.excepthook = self._hook
        threading.excepthook = self._thread_hook
        sys.unraisablehook = self._unraisable_hook

    def end(self) -> None:
        """Leave errors to whoever heard of them before."""
        sys.excepthook, threading.excepthook, sys.unraisablehook = self._former

    # -- heard in any thread

    def _hook(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        # The terminal hears of it as always; a program without one has no such stream.
        if sys.stderr and not isinstance(error, ReaderError):
            sys.__excepthook__(kind, error, trace)
        with suppress(RuntimeError):  # the window is gone
            self._raised.emit(error)

    def _thread_hook(self, heard: threading.ExceptHookArgs) -> None:
        if heard.exc_value is not None and heard.exc_type is not SystemExit:
            self._hook(heard.exc_type, heard.exc_value, heard.exc_traceback)

    def _unraisable_hook(self, heard: "sys.UnraisableHookArgs") -> None:
        if heard.exc_value is not None:
            self._hook(heard.exc_type, heard.exc_value, heard.exc_traceback)

    # -- told on the interface's thread

    def _tell(self, error: BaseException) -> None:
        if isinstance(error, KeyboardInterrupt):
            self._window.close()
        elif isinstance(error, ReaderError):
            # Something to act on, that only nobody was there to say: the file is gone, or its drive.
            self._window.session.failed.emit(str(error))
        else:
            self._tell_fault(error)

    def _tell_fault(self, error: BaseException) -> None:
        trace = "".join(traceback.format_exception(error))
        place = _place(error)
        self._times[place] += 1
        if self._dialog:
            if self._times[place] == 1:
                self._dialog.add(trace)
            self._dialog.set_count(self._times.total() - self._before)
        elif self._times[place] == 1:
            self._ask(error, trace)
        else:
            self._window.session.failed.emit(f"{one_line(error)} ({self._times[place]:,} times by now)")

    def _ask(self, error: BaseException, trace: str) -> None:
        from reader.ui.dialogs.crash import FaultDialog

        self._before = self._times.total() - 1
        parent = QApplication.activeModalWidget() or self._window
        self._dialog = dialog = FaultDialog(f"{type(error).__name__}: {error}", self._saved(), trace, parent)
        dialog.quit_requested.connect(self._window.close)
        dialog.finished.connect(self._answered)
        dialog.open()

    def _answered(self) -> None:
        self._dialog = None

    def _saved(self) -> str:
        """What is on the disk, in a sentence or two."""
        from reader.ui.dialogs.history import local_time

        session = self._window.session
        try:
            newest = next(iter(session.library.history.list(1)), None)
        except ReaderError as error:
            return str(error)
        until = f" up to {local_time(newest.when)} (“{newest.label}”)" if newest else ""
        safe = f"Everything{until} is in the library. You can go on; if the window is odd, quit and start it again."
        return f"{safe} What could not be saved stays where you typed it." if session.unsaved else safe

    _before = 0


def _place(error: BaseException) -> str:
    """What an error is told apart by: its kind, and the line that raised it."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else str(error)
    return f"{type(error).__name__} {where}"


def offer_logs(window: "MainWindow", log: "CrashLog") -> None:
    """Show what earlier programs left when they broke down, if there is anything."""
    paths = log.left_behind()
    if not paths:
        return
    from reader.ui.dialogs.crash import BreakdownDialog

    logs = [(path, path.read_text("utf-8", "replace")) for path in paths]
    dialog = BreakdownDialog(logs, window)

    def delete() -> None:
        for path in paths:
            path.unlink(missing_ok=True)

    dialog.delete_requested.connect(delete)
    dialog.folder_requested.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(log.folder))))
    dialog.finished.connect(lambda _code: [log.seen(path) for path in paths])
    dialog.open()
