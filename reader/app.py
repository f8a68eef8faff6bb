"""The window's composition root: library, application, window, and the order in which they come up."""

# First of all: it makes every later import cheaper.
import reader.ui.plain_import  # noqa: F401, I001  # pyright: ignore[reportUnusedImport]

import gc
import os
import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from reader.crash_log import CrashLog
from reader.early import IDLE_WORKER_S, NOTHING_BEGUN, Begun, EarlyLook
from reader.model.errors import ReaderError
from reader.places import state_folder
from reader.services.library import Library
from reader.ui.crashes import Crashes, offer_logs
from reader.ui.ending import Ending
from reader.ui.main_window import MainWindow


def run(library_path: Path, files: list[Path], begun: Begun = NOTHING_BEGUN, place: str = "") -> int:
    """Open the window on a library, with `files` to be opened; the exit status of the program.

    `begun` is what was done before Qt was there. Without files, `place` is the uid of a document or an annotation that
    is shown first.
    """
    if _no_display():
        sys.stderr.write("There is no display to open a window on. Set DISPLAY, or run: reader demo\n")
        return 1
    log = CrashLog(Path(state_folder()))
    log.begin()
    app = application()
    library = begun.library or _open(library_path)
    if library is None:
        log.end()
        return 1
    library.idle_worker_seconds = IDLE_WORKER_S
    window = MainWindow(library, app)
    crashes, ending = Crashes(window), Ending(window)
    crashes.begin()
    ending.begin()
    starting = Starting(window, files, begun.look, log, place)
    starting.show()
    try:
        return app.exec()
    finally:
        starting.close()
        library.close()
        ending.end()
        crashes.end()
        log.end()


def application() -> QApplication:
    """The one application object, with the names that the desktop knows it by."""
    app = QApplication.instance()
    if isinstance(app, QApplication):
        return app
    app = QApplication(sys.argv[:1])
    app.setApplicationName("passage")
    app.setApplicationDisplayName("Passage")
    app.setDesktopFileName("passage")
    return app


class Starting:
    """Brings a window up: the known page first, everything else after it is painted.

    A page that another process is reading is waited for with everything else there already.
    """

    def __init__(
        self,
        window: MainWindow,
        files: list[Path],
        early: EarlyLook | None = None,
        log: CrashLog | None = None,
        place: str = "",
    ) -> None:
        self._window, self._files, self._early, self._log = window, files, early, log
        self._place = place
        self._server = None

    def show(self) -> None:
        """Put the page on the screen, known or new, and go on once it is there; without one, the panels at once."""
        window = self._window
        if self._page():
            window.pane.first_painted.connect(self._painted)
            window.show()
            return
        if self._early:
            self._wait_for(self._early)
        window.complete()
        QTimer.singleShot(0, window, self._go_on)
        window.show()

    def close(self) -> None:
        if self._server:
            self._server.close()

    def _page(self) -> bool:
        """Whether one file was asked for and its text is in the pane: from the library, else read from the file."""
        if len(self._files) != 1 or self._early:
            return False
        window, (file,) = self._window, self._files
        library = window.session.library
        known = library.documents.known(file)
        if known:
            return window.session.open(known)
        try:
            window.look_at(library.readings.look(file))
        except ReaderError:
            return False  # adding it says why
        return True

    def _wait_for(self, early: EarlyLook) -> None:
        from reader.ui.opening import Opening

        window, self._files = self._window, []
        opening = Opening(window, early.file.name, early.document, early.file)

        def painted() -> None:
            window.pane.first_painted.disconnect(painted)
            window.complete().adding.add([early.file], then_open=True)

        def locked(sentence: str) -> None:
            window.complete().adding.unlock(early.file, sentence)

        opening.arrived.connect(lambda: window.pane.first_painted.connect(painted))
        opening.locked.connect(locked)
        opening.start()

    def _painted(self) -> None:
        # Each later document says the same when it comes up.
        self._window.pane.first_painted.disconnect(self._painted)
        QTimer.singleShot(0, self._window, self._go_on)

    def _go_on(self) -> None:
        window = self._window
        parts = window.complete()
        resume_collector()
        if self._files and not window.session.document:
            parts.adding.add(self._files, then_open=True)
        elif self._place:
            self._go_to(self._place)
        elif not self._files and not self._early:
            parts.places.open_last()
        self._files = []
        self._listen()
        for notice in window.session.library.notices:
            window.session.say(notice)
        parts.library_actions.look_after()
        parts.exchange.keeping.begin()
        parts.looking_back.keep_in_bounds()
        if self._log:
            offer_logs(window, self._log)
        self._trim()

    def _trim(self) -> None:
        from reader.ui.trimming import Trimming

        window = self._window
        trimming = Trimming(window, window.session.library.let_go, window.tasks.busy)
        window.pane.first_painted.connect(trimming.begins)
        trimming.begins()

    def _listen(self) -> None:
        from reader.ui.server import HandoverServer

        self._server = HandoverServer(self._window.session.library.path, self._window)
        self._server.files_received.connect(self._received)
        self._server.place_asked.connect(self._go_to)
        self._server.listen()

    def _received(self, files: list[Path]) -> None:
        window = self._window
        known = window.session.library.documents.known(files[0]) if len(files) == 1 else None
        if known:
            window.complete().places.open(known)
        elif files:
            window.complete().adding.add(files, then_open=True)
        window.bring_up()

    def _go_to(self, uid: str) -> None:
        """Show a document, or an annotation in its document, and say so when there is none any more."""
        window = self._window
        parts, library = window.complete(), window.session.library
        mark = library.annotate.find(uid)
        if mark is None:
            parts.places.open(uid)
        elif mark.document_uid == window.session.uid or parts.places.open(mark.document_uid):
            parts.go_to_mark(uid)
        window.bring_up()


def resume_collector() -> None:
    """Free what is no longer needed again, without looking through all that there has been from the start.

    That takes 30 ms each time, for which every thread waits, and next to nothing of it is ever freed.
    """
    gc.freeze()
    gc.enable()


def _open(path: Path) -> Library | None:
    """The library at `path`; where it cannot be opened, whatever the reader puts in its place, or None."""
    try:
        return Library.open(path)
    except ReaderError as error:
        from reader.ui.recovery import recover

        return recover(path, error)


def _no_display() -> bool:
    return sys.platform.startswith("linux") and not any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    )
