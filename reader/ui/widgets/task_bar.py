"""The thin bar of a long piece of work: what, how far, and a stop."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from reader.ui.theme import Theme, icon
from reader.ui.widgets.elided import ElidedLabel

_STEPS = 1000
_WORTH_SAYING = 1_000_000


class TaskBar(QFrame):
    """Hidden while nothing runs, and for the first quarter of a second: short work should not flicker."""

    stop_requested = Signal()

    def __init__(self, parent: QWidget | None = None, *, delay: int = 250) -> None:
        super().__init__(parent)
        self.setVisible(False)
        self.setAccessibleName("Work under way")
        self._label = ""
        self._text = ElidedLabel(self)
        self._text.setObjectName("task")
        self._progress = QProgressBar(self)
        self._progress.setTextVisible(False)
        self._progress.setAccessibleName("Progress")
        self._stop = QPushButton("Stop", self)
        self._stop.setFlat(True)
        self._stop.setAccessibleName("Stop this work")
        self._stop.setToolTip("What is done stays")
        self._stop.clicked.connect(self._stop_clicked)
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(delay)
        self._delay.timeout.connect(self.show)
        self._arrange()

    def set_theme(self, theme: Theme) -> None:
        self._stop.setIcon(icon("stop", theme, 16))

    def start(self, label: str, total: int) -> None:
        """Begin `label` ("Adding"); a `total` of 0 means that it is not known yet."""
        self._label = label
        self._stop.setEnabled(True)
        self._stop.setText("Stop")
        self.advance(0, total, "")
        self._delay.start()

    def advance(self, done: int, total: int, name: str, bytes_done: int = 0, bytes_total: int = 0) -> None:
        """`done` of `total` are finished, `name` is what is at work now; the bar goes by bytes where they are known."""
        known = bytes_total > 0
        # Qt counts in 32 bits, files in more.
        self._progress.setRange(0, _STEPS if known else max(0, total))
        self._progress.setValue(min(_STEPS, bytes_done * _STEPS // bytes_total) if known else done)
        count = f" {done:,} of {total:,}" if total else "…"
        amount = f", {megabytes(bytes_done)} of {megabytes(bytes_total)} MB" if bytes_total >= _WORTH_SAYING else ""
        self._text.setText(f"{self._label}{count}{amount}" + (f" · {name}" if name else ""))
        self._text.updateGeometry()

    def finish(self, summary: str = "") -> None:
        """The work is over; `summary` is what a screen reader hears of it."""
        self._delay.stop()
        self.hide()
        self._text.setText(summary)
        self.setAccessibleDescription(summary)

    def text(self) -> str:
        """The line as it stands."""
        return self._text.text()

    def _stop_clicked(self) -> None:
        self._stop.setEnabled(False)
        self._stop.setText("Stopping…")
        self.stop_requested.emit()

    def _arrange(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(12, 2, 8, 2)
        row.setSpacing(8)
        row.addWidget(self._text, 1)
        row.addStretch(0)
        row.addWidget(self._stop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._progress)
        column.addLayout(row)


def megabytes(count: int) -> str:
    """A number of bytes in megabytes: with a decimal up to ten of them."""
    amount = count / 1_000_000
    return f"{amount:.1f}" if amount < 9.95 else f"{round(amount):,}"
