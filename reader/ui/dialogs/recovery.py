"""A library that cannot be opened: what is wrong, and the backups that can take its place."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from reader.ui.dialogs.base import PassageDialog, say, text
from reader.ui.dialogs.restore import BackupList


class RecoveryDialog(PassageDialog):
    """`backups` are pairs of words ("21 November 2026, 16:02 · 31 documents") and a path, the newest first.

    Nothing happens to the damaged file without a button: `restore_requested` asks to set it aside and put the
    chosen backup in its place, `other_requested` for another library; closing leaves everything as it is.
    """

    restore_requested = Signal(str)
    other_requested = Signal()

    def __init__(
        self, library: Path, problem: str, backups: Sequence[tuple[str, Path]], parent: QWidget | None = None
    ) -> None:
        super().__init__("The library cannot be opened", parent, width=560)
        self.body.addWidget(text("The library cannot be opened", "title"))
        self.body.addWidget(text(problem))
        self.body.addWidget(text(str(library), "quiet", selectable=True))
        self.body.addWidget(text("Nothing has been changed. The damaged file is kept beside the one put in its place."))
        self.list = BackupList(backups)
        self.body.addWidget(text("Backups" if backups else "There is no backup of this library yet.", "heading"))
        self.body.addWidget(self.list, 1)
        self._error = text("", "error")
        say(self._error, "")
        self.body.addWidget(self._error)
        self.body.addStretch(0)
        other = self.add_button("Open another library…", left=True)
        other.clicked.connect(self.other_requested)
        quit_button = self.add_close("Quit", default=not backups)
        self.restore_button = self.add_button("Restore this backup", default=bool(backups))
        self.restore_button.setEnabled(bool(backups))
        self.restore_button.clicked.connect(self._restore)
        if backups:
            self.list.setFocus()
        else:
            quit_button.setFocus()

    def show_error(self, sentence: str) -> None:
        """The backup could not be put in place; another one may be chosen."""
        say(self._error, sentence)
        self.restore_button.setEnabled(True)
        self.fit()

    def _restore(self) -> None:
        if path := self.list.chosen():
            self.restore_button.setEnabled(False)
            self.restore_requested.emit(path)
