"""The line above the list in which the filter stands in words, and under it what is to be said of them."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from reader.model.filters import Filter
from reader.text.filter_words import FilterError, parse, written
from reader.ui.panels.framed_field import FramedField
from reader.ui.theme import Theme, icon, load_theme
from reader.ui.typography import interface_font
from reader.ui.workspace.inquiry import Inquiry

_EXAMPLE = "Filter: words, tag:cost, category:figure, since:2026-01, no:note"
FROM_LAST_TIME = "This filter is still on from last time; Esc in the line above clears it."


class FilterLine(QWidget):
    """The words are the truth: what is chosen elsewhere is written here, what is typed here is asked at once."""

    down_pressed = Signal()

    def __init__(self, inquiry: Inquiry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._inquiry, self._wrong = inquiry, ""
        self._refused = ""
        self._of_last_time: Filter | None = None
        self._theme = load_theme("light")
        self.field = FramedField(_EXAMPLE, "Filter annotations by words and conditions", self._theme)
        self.clear_button = _clear_button()
        self.field.row.addWidget(self.clear_button)
        self.sentence = QLabel()
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self.sentence.setWordWrap(True)
        self.sentence.setFont(interface_font(12))
        self.sentence.hide()
        self._row = QHBoxLayout()
        self._row.setSpacing(6)
        self._row.addWidget(self.field, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 6)
        layout.setSpacing(4)
        layout.addLayout(self._row)
        layout.addWidget(self.sentence)
        self.setFocusProxy(self.field)
        self.field.line.textChanged.connect(lambda text: self.clear_button.setVisible(bool(text)))
        self.field.text_changed.connect(self._typed)
        self.clear_button.clicked.connect(self._clear)
        self.field.down_pressed.connect(self.down_pressed)
        self.field.entered.connect(self.down_pressed)
        inquiry.asked.connect(self._asked)
        inquiry.listed.connect(self._listed)
        inquiry.refused.connect(self._refuse)

    def add_buttons(self, buttons: Iterable[QPushButton]) -> None:
        """Put buttons after the line."""
        for button in buttons:
            self._row.addWidget(button)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.field.set_theme(theme)
        self.clear_button.setIcon(icon("close", theme, 16))
        self._say()

    def say_of_last_time(self, wanted: Filter | None) -> None:
        """Say that this filter, if it asks for anything, was not chosen now, for as long as it is the one asked for."""
        self._of_last_time = wanted or None
        self._say()

    def select_words(self) -> None:
        """Take the keyboard, with all words selected, so that typing asks for something else."""
        self.field.setFocus()
        self.field.line.selectAll()

    def _typed(self, text: str) -> None:
        try:
            wanted = parse(text)
        except FilterError as error:
            self._wrong = str(error)
        else:
            self._wrong = ""
            if wanted != self._inquiry.view.filter:
                self._inquiry.ask_for(wanted)
        self._say()

    def _asked(self) -> None:
        """Another filter was chosen elsewhere: its words are written here."""
        self._refused = ""
        wanted = self._inquiry.view.filter
        if wanted != self._of_last_time:
            self._of_last_time = None
        if self._read() != wanted:
            self._wrong = ""
            self.field.line.blockSignals(True)
            self.field.set_text(written(wanted))
            self.field.line.blockSignals(False)
            self.clear_button.setVisible(bool(wanted))
        self._say()

    def _clear(self) -> None:
        # The keyboard first: the button goes with the words.
        self.field.setFocus()
        self.field.line.clear()

    def _read(self) -> Filter | None:
        try:
            return parse(self.field.text())
        except FilterError:
            return None

    def _listed(self) -> None:
        self._refused = ""
        self._say()

    def _refuse(self, sentence: str) -> None:
        self._refused = sentence
        self._say()

    def _say(self) -> None:
        wrong = self._wrong or self._refused
        said = wrong or self._inquiry.listing.said or (FROM_LAST_TIME if self._of_last_time else "")
        palette = self.sentence.palette()
        palette.setColor(QPalette.ColorRole.WindowText, QColor(self._theme.error if wrong else self._theme.muted))
        self.sentence.setPalette(palette)
        self.sentence.setText(said)
        self.sentence.setVisible(bool(said))


def _clear_button() -> QToolButton:
    button = QToolButton()
    button.setAccessibleName("Clear the filter")
    button.setToolTip("Clear the filter (Esc in the line)")
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    button.setFixedSize(24, 24)
    button.hide()
    return button
