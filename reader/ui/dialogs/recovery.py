"""A library that cannot be opened: what is wrong, and the ways to go on.

A damaged one is made whole or its backup takes its place; one that is in use or out of reach is tried again.
"""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from reader.ui.dialogs.base import PassageDialog, say, text
from reader.ui.dialogs.restore import BackupList
from reader.ui.widgets.work_line import WorkLine

_HINT = (
    "Nothing has been changed. “Recover” reads what can be read and fills in the rest from the newest backup. The "
    "damaged file is kept beside the one put in its place."
)


class RecoveryDialog(PassageDialog):
    """`backups` are pairs of words ("21 November 2026, 16:02 · 31 documents") and a path, the newest first.

    One that is not `damaged` is never replaced: it can only be tried again, or another one opened.
    Nothing happens to the damaged file without a button: `recover_requested` asks to make the library whole,
    `restore_requested` to put the chosen backup in its place, `other_requested` for another library, `stop_requested`
    to give up what is being done, `open_requested` to go on with what was recovered. Closing changes nothing.
    """

    recover_requested = Signal()
    restore_requested = Signal(str)
    other_requested = Signal()
    stop_requested = Signal()
    open_requested = Signal()

    def __init__(
        self,
        library: Path,
        problem: str,
        backups: Sequence[tuple[str, Path]],
        parent: QWidget | None = None,
        *,
        damaged: bool = True,
    ) -> None:
        super().__init__("The library cannot be opened", parent, width=600)
        self._title, self._problem = text("The library cannot be opened", "title"), text(problem)
        self._hint = text(_HINT)
        self.list = BackupList(backups)
        self._heading = text("Backups" if backups else "There is no backup of this library yet.", "heading")
        self._error = text("", "error")
        self.report = text("", selectable=True)
        self.report.hide()
        self.line = WorkLine()
        for widget in (self._title, self._problem, text(str(library), "quiet", selectable=True), self._hint):
            self.body.addWidget(widget)
        self.body.addWidget(self._heading)
        self.body.addWidget(self.list, 1)
        for widget in (self.report, self._error, self.line):
            self.body.addWidget(widget)
        say(self._error, "")
        self.body.addStretch(0)
        self._add_buttons(bool(backups))
        self.damaged = damaged
        if not damaged:
            self._only_try_again()
        self.line.stop_requested.connect(self.stop_requested)

    def _add_buttons(self, some: bool) -> None:
        self.other_button = self.add_button("&Open another library…", left=True)
        self.other_button.clicked.connect(self.other_requested)
        self.quit_button = self.add_close("Quit", default=False)
        self.restore_button = self.add_button("Restore this &backup")
        self.restore_button.setEnabled(some)
        self.restore_button.clicked.connect(self._restore)
        self.recover_button = self.add_button("&Recover", default=True)
        self.recover_button.clicked.connect(self.recover_requested)
        self.open_button = self.add_button("Open the &library")
        self.open_button.hide()
        self.open_button.clicked.connect(self.open_requested)
        self.recover_button.setFocus()

    def _only_try_again(self) -> None:
        for widget in (self._hint, self._heading, self.list, self.restore_button, self.recover_button):
            widget.hide()
        self.open_button.setText("Try again")
        self.open_button.show()
        self.set_default(self.open_button)
        self.open_button.setFocus()

    def show_error(self, sentence: str) -> None:
        """Why it did not work; another way may be tried."""
        self.line.finish()
        say(self._error, sentence)
        self._set_busy(busy=False)
        self.fit()

    def start_work(self, what: str) -> None:
        """It is being worked on."""
        say(self._error, "")
        self._set_busy(busy=True)
        self.line.start(what)
        self.fit()

    def show_report(self, lines: Sequence[str]) -> None:
        """The library is whole again: what came from where."""
        self.line.finish()
        self._title.setText("The library was recovered")
        self.setWindowTitle(self._title.text())
        self.setAccessibleName(self._title.text())
        for widget in (self._problem, self._hint, self._heading, self.list, self.restore_button, self.recover_button):
            widget.hide()
        self.report.setText("\n\n".join(lines))
        self.report.show()
        self._set_busy(busy=False)
        self.other_button.hide()
        self.open_button.show()
        self.set_default(self.open_button)
        self.open_button.setFocus()
        self.fit()

    def reject(self) -> None:
        """While it is being worked on, Escape stops the work instead of leaving it alone."""
        if self.quit_button.isEnabled():
            super().reject()
        elif self.line.stop_button.isEnabled():
            self.line.stop_button.click()

    def _set_busy(self, *, busy: bool) -> None:
        for widget in (self.list, self.recover_button, self.quit_button, self.other_button):
            widget.setEnabled(not busy)
        self.restore_button.setEnabled(not busy and bool(self.list.chosen()))

    def _restore(self) -> None:
        if path := self.list.chosen():
            self.restore_button.setEnabled(False)
            self.restore_requested.emit(path)
