"""The line above the list in which the filter stands in words, and under it what is to be said of them."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from reader.model.filters import Filter
from reader.text.filter_words import FilterError, parse, written
from reader.ui.panels.framed_field import FramedField
from reader.ui.theme import Theme, load_theme
from reader.ui.typography import interface_font
from reader.ui.workspace.inquiry import Inquiry

_EXAMPLE = "Filter: words, tag:cost, category:figure, since:2026-01, no:note"


class FilterLine(QWidget):
    """The words are the truth: what is chosen elsewhere is written here, what is typed here is asked at once."""

    down_pressed = Signal()

    def __init__(self, inquiry: Inquiry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._inquiry, self._wrong = inquiry, ""
        self._refused = ""
        self._theme = load_theme("light")
        self.field = FramedField(_EXAMPLE, "Filter annotations by words and conditions", self._theme)
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
        self.field.text_changed.connect(self._typed)
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
        if self._read() != wanted:
            self._wrong = ""
            self.field.line.blockSignals(True)
            self.field.set_text(written(wanted))
            self.field.line.blockSignals(False)
        self._say()

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
        said = wrong or self._inquiry.listing.said
        palette = self.sentence.palette()
        palette.setColor(QPalette.ColorRole.WindowText, QColor(self._theme.error if wrong else self._theme.muted))
        self.sentence.setPalette(palette)
        self.sentence.setText(said)
        self.sentence.setVisible(bool(said))
