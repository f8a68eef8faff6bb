"""An error that nobody expected, and what a breakdown left behind: the text to look at, to copy, and ways to go on."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QPushButton, QWidget

from reader.ui.dialogs.base import PassageDialog, say, text

_PRIVATE = "The text may hold words of yours. Read it before you send it to anybody."
_FRAMES_ONLY = "It names places in the program, and nothing of what you read or wrote. It has been sent to nobody."
_LINES = 10


class FaultDialog(PassageDialog):
    """`what` in one line, `saved` what is safe, `trace` for who can use it. `quit_requested` asks to end the program.

    Closing it is going on.
    """

    quit_requested = Signal()

    def __init__(self, what: str, saved: str, trace: str, parent: QWidget | None = None) -> None:
        super().__init__("Something went wrong", parent, width=620)
        self.body.addWidget(text("Something went wrong in Passage", "title"))
        self.body.addWidget(text(f"This is a fault of the program itself: {what}", selectable=True))
        self.saved = text(saved)
        self.body.addWidget(self.saved)
        self.count = text("", "quiet")
        say(self.count, "")
        self.trace = _Shown(trace, "What happened where")
        self.body.addWidget(self.trace, 1)
        self.body.addWidget(self.count)
        self.body.addWidget(text(_PRIVATE, "quiet"))
        _copying(self, self.trace)
        self.add_button("Quit").clicked.connect(self._quit)
        go_on = self.add_close("Continue", default=True)
        go_on.setFocus()

    def add(self, trace: str) -> None:
        """Another one came before this was answered."""
        self.trace.appendPlainText(f"\n{trace}")

    def set_count(self, times: int) -> None:
        """How often errors came by now."""
        say(self.count, f"This has happened {times:,} times.")
        self.fit()

    def _quit(self) -> None:
        self.accept()
        self.quit_requested.emit()


class BreakdownDialog(PassageDialog):
    """Logs that were left behind, with their files. `delete_requested` and `folder_requested`; closing keeps them."""

    delete_requested = Signal()
    folder_requested = Signal()

    def __init__(self, logs: Sequence[tuple[Path, str]], parent: QWidget | None = None) -> None:
        super().__init__("Passage broke down", parent, width=620)
        times = "the last time" if len(logs) == 1 else f"{len(logs):,} times"
        self.body.addWidget(text(f"Passage broke down {times}", "title"))
        self.body.addWidget(text("What you had marked and saved is in your library. This was left behind:"))
        self.log = _Shown("\n\n".join(words.strip() for _path, words in logs), "What was left behind")
        self.body.addWidget(self.log, 1)
        self.body.addWidget(text("\n".join(str(path) for path, _words in logs), "quiet", selectable=True))
        self.body.addWidget(text(_FRAMES_ONLY, "quiet"))
        _copying(self, self.log)
        self.add_button("Open its folder", left=True).clicked.connect(self.folder_requested)
        self.add_button("Delete").clicked.connect(self._delete)
        self.add_close("Keep it", default=True).setFocus()

    def _delete(self) -> None:
        self.delete_requested.emit()
        self.accept()


class _Shown(QPlainTextEdit):
    """Text to be read and copied, not changed."""

    def __init__(self, words: str, name: str) -> None:
        super().__init__(words)
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setAccessibleName(name)
        self.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setMinimumHeight(_LINES * self.fontMetrics().lineSpacing())


def _copying(dialog: PassageDialog, shown: _Shown) -> QPushButton:
    button = dialog.add_button("Copy", left=True)

    def copy() -> None:
        QApplication.clipboard().setText(shown.toPlainText())
        button.setText("Copied")

    button.clicked.connect(copy)
    return button
