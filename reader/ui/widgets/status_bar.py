"""The status bar: what has just happened, with an Undo beside it; how far the reading has come."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLabel, QStatusBar, QToolButton, QWidget

from reader.ui.theme import Theme
from reader.ui.widgets.elided import ElidedLabel

if TYPE_CHECKING:
    from reader.ui.reading_progress import Progress


PATIENCE_MS = 15_000
"""How long a message stays that nothing takes the place of; what it says to undo can be undone by its key later."""


class PassageStatus(QStatusBar):
    """A message on the left for a while, or until the next one comes; on the right the reading.

    Errors stay, and so does what is under way, that is, a message that ends with "…".
    """

    undo_requested = Signal()
    page_requested = Signal()

    def __init__(self, parent: QWidget | None = None, *, patience: int = PATIENCE_MS) -> None:
        """`patience`: milliseconds."""
        super().__init__(parent)
        self._patience = QTimer(self, singleShot=True, interval=patience)
        self._patience.timeout.connect(self._had_its_time)
        self.setSizeGripEnabled(False)
        self.setContentsMargins(10, 0, 12, 0)
        self._message = ElidedLabel(self)
        self._message.setObjectName("message")
        self._undo = QToolButton(self)
        self._undo.setObjectName("undo")
        self._undo.setProperty("role", "link")
        self._undo.setText("Undo")
        self._undo.setAccessibleName("Undo what was just done")
        self._undo.setCursor(Qt.CursorShape.PointingHandCursor)
        self._undo.setVisible(False)
        self._undo.clicked.connect(self._undo_clicked)
        self._reading = QLabel(self)
        self._reading.setObjectName("reading")
        self._reading.setProperty("role", "quiet")
        self._reading.setAccessibleName("Reading progress")
        self.addWidget(self._message)
        self.addWidget(self._undo)
        self.addPermanentWidget(self._reading)

    def set_theme(self, theme: Theme) -> None:
        """The style sheet does all of it but an error's colour."""
        self._error_color = theme.error
        self._paint_message()

    def show_message(self, text: str, undo: bool = False) -> None:
        """Say `text` for a while or until something else is said; `undo` puts the link beside it."""
        self._say(text, undo=undo, error=False)

    def show_error(self, text: str) -> None:
        """Say what went wrong, in the colour of errors."""
        self._say(text, undo=False, error=True)

    def move_on(self) -> None:
        """Something else happens: a message about what was done before goes."""
        if self._passes:
            self._say("", undo=False, error=False)

    def set_reading(self, progress: "Progress") -> None:
        """How far the reading is; the whole document's rest is told by the tooltip where chapters are counted."""
        share, whole = progress.share, time_left(progress.share, progress.minutes)
        in_chapter = progress.chapter_minutes is not None and bool(whole)
        left = chapter_time_left(progress.chapter_minutes or 0) if in_chapter else whole
        parts = [f"{round(share * 100)} %", left, f"{progress.words:,} word{'' if progress.words == 1 else 's'}"]
        self._reading.setText("      ".join(part for part in parts if part))
        self._reading.setToolTip(f"In the whole document: {whole}" if in_chapter else "")

    def set_page(self, words: str) -> None:
        """Say which page is shown ("page xii (12 of 300)"); a click asks for another. Nothing where there are none."""
        if words and self._page is None:
            self._page = QToolButton(self)
            self._page.setObjectName("page")
            self._page.setProperty("role", "link")
            self._page.setToolTip("Go to another page")
            self._page.setCursor(Qt.CursorShape.PointingHandCursor)
            self._page.clicked.connect(self.page_requested)
            self.removeWidget(self._reading)
            self.addPermanentWidget(self._page)
            self.addPermanentWidget(self._reading)
            self._reading.show()
        if self._page:
            self._page.setText(words)
            self._page.setAccessibleName(f"Go to another page; this is {words}" if words else "Go to another page")
            self._page.setVisible(bool(words))

    def page(self) -> str:
        """What is said of the page."""
        return self._page.text() if self._page else ""

    def show_reading_progress(self, *, shown: bool) -> None:
        """Whether it is said how far the reading is: not where something else than the text is shown."""
        self._reading.setVisible(shown)
        if self._page:
            self._page.setVisible(shown and bool(self._page.text()))

    def clear_reading(self) -> None:
        """Nothing is open."""
        self._reading.setText("")
        self._reading.setToolTip("")
        self.set_page("")

    def message(self) -> str:
        """What is said at the moment."""
        return self._message.text()

    def _say(self, text: str, *, undo: bool, error: bool) -> None:
        self._is_error = error
        self._message.setText(text)
        self._message.setAccessibleName(text)
        self._message.updateGeometry()
        self._undo.setVisible(undo and bool(text))
        self._paint_message()
        self._passes = bool(text) and not error and not text.endswith("…")
        self._patience.start() if self._passes else self._patience.stop()
        _announce(self._message, text)

    def _had_its_time(self) -> None:
        if self._undo.hasFocus() or self._undo.underMouse():
            # Nothing goes from under the hand.
            self._patience.start()
        else:
            self.move_on()

    def _paint_message(self) -> None:
        self._message.set_color(self._error_color if self._is_error else "")

    def _undo_clicked(self) -> None:
        self._undo.setVisible(False)
        self.undo_requested.emit()

    _is_error = False
    _passes = False
    _page: QToolButton | None = None
    _error_color = ""


def time_left(progress: float, minutes: int) -> str:
    """The reading time left in words; nothing at the end."""
    if progress >= 0.995:
        return ""
    if minutes < 1:
        return "less than a minute left"
    if minutes == 1:
        return "1 minute left"
    if minutes < 60:
        return f"{minutes} minutes left"
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest} min left" if rest else f"{hours} h left"


def chapter_time_left(minutes: int) -> str:
    """The reading time left in the present chapter, in words."""
    if minutes < 1:
        return "less than a minute left in this chapter"
    return f"about {time_left(0, minutes)} in this chapter"


def _announce(widget: QWidget, text: str) -> None:
    """Have a screen reader say it. The class is made late: it takes 3 ms, and most have no screen reader."""
    from PySide6.QtGui import QAccessible, QAccessibleEvent

    if text and QAccessible.isActive():
        widget.setAccessibleDescription(text)
        QAccessible.updateAccessibility(QAccessibleEvent(widget, QAccessible.Event.Alert))
