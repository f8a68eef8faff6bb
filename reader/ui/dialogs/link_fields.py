"""Whether links to annotations are opened by this program: a field of the settings."""

from PySide6.QtCore import QObject, QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox

from reader.ui.dialogs.base import say, text

HINT = "They stand in exports, such as notes in Markdown, and lead back to the passage. Only your own desktop is told."


class LinkFields(QObject):
    """`chosen` carries what is wanted; `set_state` then says what came of it. Not offered where `opens` is None."""

    chosen = Signal(bool)

    def __init__(self, opens: bool | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.is_offered = opens is not None
        self.box = QCheckBox("&Open passage:// links with this program")
        self.box.setChecked(bool(opens))
        self.error = text("", "error")
        say(self.error, "")
        self.box.toggled.connect(self._turned)

    def set_state(self, opens: bool, sentence: str = "") -> None:
        """How it is now; with a sentence where that is not what was wanted."""
        with QSignalBlocker(self.box):
            self.box.setChecked(opens)
        self.box.setEnabled(True)
        say(self.error, sentence)

    def _turned(self, on: bool) -> None:
        self.box.setEnabled(False)
        say(self.error, "")
        self.chosen.emit(on)
