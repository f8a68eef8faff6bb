"""What the ways of seeing have in common: they are counted when they are looked at, and can be saved."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from reader.model.errors import ReaderError
from reader.model.filters import Filter
from reader.text.filter_words import written
from reader.ui.export_places import FOLDER_KEY, export_folder
from reader.ui.panels.empty import EmptyState
from reader.ui.theme import Theme, load_theme
from reader.ui.workspace.asking import Asking
from reader.ui.workspace.list_page import NO_ANNOTATIONS, NO_MATCH

if TYPE_CHECKING:
    from reader.services.seeing import Seeing
    from reader.ui.session import Session
    from reader.ui.workspace.inquiry import Inquiry

_LEAST = 110
"""Pixels of a choice where there is little room: its words are cut then."""
_COUNTING = "Counting…"
_ALL = "Ask for all annotations"
_KINDS = {".svg": "Drawing (*.svg)", ".csv": "Table (*.csv)"}


class SeeingPart(QWidget):
    """One way of seeing. `narrowed` asks for the annotations that a part of it stands for, as parts of a filter."""

    narrowed = Signal(tuple)
    title = ""
    """What the drawing is called."""
    file_name = ""
    """What a file of it is called at first, without its ending."""
    nothing = ""
    """What is said where annotations are found, but there is nothing of them to see."""

    def __init__(self, session: "Session", inquiry: "Inquiry") -> None:
        super().__init__()
        self.theme = load_theme("light")
        self.session, self.inquiry = session, inquiry
        self._asking = Asking(self)
        self._stale = True
        self._choices: list[QComboBox] = []
        self.said = QLabel()
        self.said.setObjectName("quiet")
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setWordWrap(True)
        self.save = QPushButton("Save as")
        self.save.setMenu(self._save_menu())
        self.save.setEnabled(False)
        self.bar = QHBoxLayout()
        self.bar.setContentsMargins(12, 8, 12, 8)
        self.bar.setSpacing(8)
        self.bar.addWidget(self.said, 1)
        self.bar.addWidget(self.save)
        self.empty = EmptyState()
        self.empty.chosen.connect(lambda _number: self.inquiry.ask_for(Filter()))
        self.stack = QStackedWidget()
        self.stack.addWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self.bar)
        layout.addWidget(self.stack, 1)
        inquiry.listed.connect(self._outdated)
        inquiry.refused.connect(self._unlisted)

    # -- what each way of seeing does for itself

    def counting(self) -> Callable[["Seeing", Filter], object]:
        """What counts what is to be seen, as it is wanted now; it is called in another thread."""
        raise NotImplementedError

    def take(self, found: Any) -> str:
        """Show what was counted, and say it in a few words; empty where there is nothing."""
        raise NotImplementedError

    def drawing(self, title: str) -> bytes:
        """All of it as SVG."""
        raise NotImplementedError

    def write_table(self, seeing: "Seeing", target: Path) -> None:
        """Write all of it as CSV."""
        raise NotImplementedError

    def drawings(self) -> list[QWidget]:
        """What is drawn on, of which one is shown; that takes the keyboard."""
        raise NotImplementedError

    # -- what all do

    def take_keyboard(self) -> None:
        """Let the keyboard go on in what is drawn."""
        drawings = self.drawings()
        # While it is counted none is shown; what is hidden takes the keyboard when it is shown.
        next((each for each in drawings if not each.isHidden()), drawings[0]).setFocus()

    def stops(self) -> list[QWidget]:
        """What has the keyboard by Tab, in order."""
        return [*self._choices, self.save, *self.drawings()]

    def choice(self, name: str, *words: str) -> QComboBox:
        """A choice at the left of the bar; another one is asked for at once."""
        box = QComboBox()
        self._choices.append(box)
        box.addItems(list(words))
        box.setAccessibleName(name)
        box.setMinimumWidth(_LEAST)
        box.setToolTip(name)
        self.bar.insertWidget(self.bar.indexOf(self.said), box)
        return box

    def set_theme(self, theme: Theme) -> None:
        """Draw in the colours of a theme."""
        self.theme = theme
        self.empty.set_theme(theme)

    def again(self) -> None:
        """Count anew."""
        if not self.inquiry.whole:
            self.empty.say(_COUNTING)  # once it is known which annotations are found
            return
        self._stale = False
        wanted, seeing, count = self.inquiry.listing.shown, self.session.library.seeing, self.counting()
        if self.stack.currentWidget() is self.empty:
            self.empty.say(_COUNTING)
        self._asking.ask(lambda _task: count(seeing, wanted), self._show, self._refused)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.again()

    def shut(self) -> None:
        """Wait for what is being counted; nothing more is asked."""
        self._asking.tasks.close()

    def save_as(self, target: Path) -> None:
        """Write what is seen to a file, as a drawing or as a table as its ending says."""
        seeing = self.session.library.seeing
        try:
            if target.suffix.lower() == ".csv":
                self.write_table(seeing, target)
            else:
                words = written(self.inquiry.listing.shown)
                seeing.save_drawing(target, self.drawing(f"{self.title}: {words}" if words else self.title))
        except ReaderError as error:
            self.session.failed.emit(str(error))
        else:
            self.session.say(f"Saved to {target}")

    def _save_menu(self) -> QMenu:
        menu = QMenu(self)
        for ending, words in _KINDS.items():
            menu.addAction(f"{words.split(' (')[0]} ({ending[1:].upper()})…", self._asker(ending))
        return menu

    def _asker(self, ending: str) -> Callable[[], None]:
        def ask() -> None:
            folder = export_folder(self.session)
            name, _ = QFileDialog.getSaveFileName(
                self, f"Save “{self.title}”", str(folder / (self.file_name + ending)), _KINDS[ending]
            )
            if name:
                target = Path(name) if Path(name).suffix else Path(name + ending)
                if not self.session.library.read_only:
                    self.session.library.settings.set(FOLDER_KEY, str(target.parent))
                self.save_as(target)

        return ask

    def _outdated(self) -> None:
        self._stale = True
        if self.isVisible():
            self.again()

    def _unlisted(self, _sentence: str) -> None:
        """What was seen before stays; where nothing was yet, nothing will come, and the line above says why."""
        if not self.inquiry.whole:
            self.empty.say(NO_MATCH, (_ALL,))

    def _show(self, found: object) -> None:
        said = self.take(found)
        self.said.setText(said)
        self.save.setEnabled(bool(said))
        if said:
            self.stack.setCurrentIndex(1)
        else:
            is_all = not self.inquiry.view.filter
            none = NO_ANNOTATIONS if is_all else NO_MATCH
            self.empty.say(self.nothing if self.inquiry.listing.ids else none, () if is_all else (_ALL,))
            self.stack.setCurrentWidget(self.empty)

    def _refused(self, sentence: str) -> None:
        self.empty.say(sentence)
        self.stack.setCurrentWidget(self.empty)
        self.save.setEnabled(False)
