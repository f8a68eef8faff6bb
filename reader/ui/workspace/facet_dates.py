"""From when to when: two fields for the dates of a filter."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from reader.text.filter_words import is_date
from reader.ui.panels.quiet import set_quiet_theme
from reader.ui.theme import Theme

_WRONG = "“{}” is no date; write a year, a month or a day, such as 2026-01-31."


class DateFields(QWidget):
    """`changed` carries both ends as they are written, each empty or a year, a month or a day."""

    changed = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.since, self.until = QLineEdit(), QLineEdit()
        self._ends = ("", "")
        self._labels = [QLabel("F&rom"), QLabel("t&o")]
        self.error = QLabel()
        self.error.setWordWrap(True)
        self.error.setProperty("role", "error")
        self.error.hide()
        row = QHBoxLayout()
        row.setSpacing(6)
        fields = ((self.since, "From when"), (self.until, "To when, that day, month or year included"))
        for label, (field, name) in zip(self._labels, fields, strict=True):
            label.setBuddy(field)
            field.setPlaceholderText("2026-01")
            field.setAccessibleName(name)
            field.setToolTip(f"{name}: a year, a month or a day")
            field.installEventFilter(self)
            field.editingFinished.connect(self._take)
            row.addWidget(label)
            row.addWidget(field, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 6, 12, 8)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self.error)

    def show_dates(self, since: str, until: str) -> None:
        """Show what the filter says; a field that is being written in keeps its words."""
        self._ends = (since, until)
        for field, text in zip((self.since, self.until), self._ends, strict=True):
            if not (field.hasFocus() and field.isModified()):
                field.setText(text)
        self._say("")

    def set_theme(self, theme: Theme) -> None:
        set_quiet_theme(self._labels, theme)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if escape and isinstance(watched, QLineEdit) and watched.isModified():
            # The first Escape takes back what was typed, wherever the next one leads.
            if event.type() == QEvent.Type.KeyPress:
                watched.setText(self._ends[watched is self.until])
                self._say("")
            event.accept()
            return True
        return super().eventFilter(watched, event)

    def _take(self) -> None:
        since, until = self.since.text().strip(), self.until.text().strip()
        if (since, until) == self._ends:
            self._say("")
            return
        for text in (since, until):
            if text and not is_date(text):
                self._say(_WRONG.format(text))
                return
        self.since.setModified(False)
        self.until.setModified(False)
        self._say("")
        self.changed.emit(since, until)

    def _say(self, sentence: str) -> None:
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))
