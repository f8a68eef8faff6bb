"""A piece of work inside a dialog: what is being done, how far it is, and a way to stop it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from reader.ui.widgets.elided import ElidedLabel


class WorkLine(QWidget):
    """Hidden until work starts and after it has ended. `stop_requested` is sent once for each piece of work."""

    stop_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("plain", True)
        self.setAccessibleName("Work under way")
        self._text = ElidedLabel(self)
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("Progress")
        self.stop_button = QPushButton("Stop", self)
        self.stop_button.setAutoDefault(False)
        self.stop_button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.stop_button.setAccessibleName("Stop this work")
        self.stop_button.clicked.connect(self._stop)
        row = QHBoxLayout()
        row.addWidget(self._text, 1)
        row.addStretch(0)
        row.addWidget(self.stop_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        column.addWidget(self._bar)
        self.hide()

    def start(self, what: str) -> None:
        """Show that work has begun."""
        self.stop_button.setEnabled(True)
        self.stop_button.setText("Stop")
        self.advance(what, 0, 0)
        self.show()

    def advance(self, what: str, done: int, total: int) -> None:
        """`done` of `total` steps are finished; a total of 0 means that nobody knows."""
        # Qt counts in 32 bits.
        scale = max(1, total >> 30)
        self._bar.setRange(0, total // scale)
        self._bar.setValue(done // scale)
        self._text.setText(f"{what}…")

    def words(self) -> str:
        """What is being done."""
        return self._text.text()

    def finish(self) -> None:
        """The work has come to an end."""
        self.hide()

    def _stop(self) -> None:
        self.stop_button.setEnabled(False)
        self.stop_button.setText("Stopping…")
        self.stop_requested.emit()
