"""A long piece of work that the window waits for: what is done, how far it is, and a stop."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from reader.ui.dialogs.base import PassageDialog, text
from reader.ui.widgets.work_line import WorkLine


class WorkDialog(PassageDialog):
    """`stop_requested` asks for the end of the work, as Escape does; the owner closes the dialog when it is over."""

    stop_requested = Signal()

    def __init__(self, title: str, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent, width=460)
        self.body.addWidget(text(title, "title"))
        self.body.addWidget(text(hint, "quiet"))
        self.line = WorkLine()
        self.body.addWidget(self.line)
        self.body.addStretch(0)
        self.line.stop_requested.connect(self.stop_requested)
        self.line.start(title)

    def reject(self) -> None:
        """Escape and the window's own button stop the work; the dialog goes when it has stopped."""
        if self.line.stop_button.isEnabled():
            self.line.stop_button.click()

    def finish(self) -> None:
        """Close the dialog: the work has come to an end."""
        self.accept()
