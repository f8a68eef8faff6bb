"""Which annotations go out: one part of the export dialog."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QRadioButton, QVBoxLayout, QWidget

from reader.model.errors import ReaderError
from reader.ui.dialogs.base import say, text

_NO_WORDS = "Write what the filter is to find, such as tag:cost since:2026-01."


class Scope(StrEnum):
    """What is exported: the open document, what is selected in the list, what the panel's filter leaves, what the words
    of a filter find, a saved view, everything."""

    DOCUMENT = "document"
    SELECTION = "selection"
    FILTERED = "filtered"
    WORDS = "words"
    VIEW = "view"
    ALL = "all"


class ScopeField(QWidget):
    """One choice under the other. `changed` comes when another one counts, or when its words or its view are others.

    `offered` are those with a fixed content, with how many annotations each has, in the order of `Scope`; `title` is
    that of the open document, `views` the names of the saved ones.
    """

    changed = Signal()

    def __init__(self, offered: Mapping[Scope, int], title: str = "", views: Sequence[str] = ()) -> None:
        super().__init__()
        self.choices: dict[Scope, QRadioButton] = {}
        self.words, self.view = QLineEdit(), QComboBox()
        self.slip = text("", "quiet")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        said = {
            Scope.DOCUMENT: f"&This document: {_short(title)}",
            Scope.SELECTION: "What is &selected in the list",
            Scope.FILTERED: "The annotations that the &filter shows",
            Scope.ALL: "&Everything in the library",
        }
        for scope in Scope:
            if scope in offered:
                self._offer(scope, f"{said[scope]}  ({offered[scope]:,})")
            elif scope is Scope.WORDS:
                self._offer(scope, "Fo&und by", self._dressed_words())
            elif scope is Scope.VIEW and views:
                self.view.addItems(list(views))
                self._offer(scope, "Saved &view", self._dressed_view())
        say(self.slip, "")
        self._column.addWidget(self.slip)
        self.choose(next(scope for scope in (*self.choices, Scope.ALL) if scope in offered))

    def scope(self) -> Scope:
        # A choice that stands alone can be clicked off; it is meant all the same.
        return next((scope for scope, button in self.choices.items() if button.isChecked()), Scope.ALL)

    def choose(self, scope: Scope) -> None:
        """Have that one chosen, where it is offered."""
        if scope in self.choices:
            self.choices[scope].setChecked(True)

    def text(self) -> str:
        """The words of the filter, or the name of the view, whichever is chosen; else empty."""
        if self.scope() is Scope.WORDS:
            return " ".join(self.words.text().split())
        return self.view.currentText() if self.scope() is Scope.VIEW else ""

    def set_text(self, scope: Scope, words: str) -> None:
        """Put words into the filter's line, or choose the view of that name where there is one."""
        if scope is Scope.WORDS:
            self.words.setText(words)
        elif scope is Scope.VIEW:
            self.view.setCurrentIndex(max(0, self.view.findText(words)))

    def allow(self, only: Scope | None) -> None:
        """Let nothing else be chosen than `only`; None allows all."""
        for scope, button in self.choices.items():
            button.setEnabled(only in (None, scope))
        self.words.setEnabled(only is None)
        self.view.setEnabled(only is None)

    def check(self) -> bool:
        """Whether the choice can be exported; what is wrong with the filter's words stands under them."""
        wrong = self._wrong() if self.scope() is Scope.WORDS else ""
        if wrong != self.slip.text():
            say(self.slip, wrong)
        return not wrong

    def _wrong(self) -> str:
        from reader.text.filter_words import parse

        try:
            return "" if parse(self.words.text()) else _NO_WORDS
        except ReaderError as error:
            return str(error)

    # -- building

    def _offer(self, scope: Scope, words: str, beside: QWidget | None = None) -> None:
        button = QRadioButton(words)
        button.setObjectName(scope)
        button.toggled.connect(lambda on: self.changed.emit() if on else None)
        self.choices[scope] = button
        if beside is None:
            self._column.addWidget(button)
            return
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(button)
        row.addWidget(beside, 1)
        self._column.addLayout(row)
        # Whoever chooses it by its key goes on with what it finds.
        button.clicked.connect(lambda _on: beside.setFocus())

    def _dressed_words(self) -> QLineEdit:
        self.words.setAccessibleName("Words of the filter")
        self.words.setPlaceholderText("tag:cost since:2026-01")
        self.words.textEdited.connect(self._typed)
        return self.words

    def _dressed_view(self) -> QComboBox:
        self.view.setAccessibleName("Saved view")
        self.view.setMinimumContentsLength(8)
        self.view.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.view.activated.connect(lambda _index: self._meant(Scope.VIEW))
        self.view.currentIndexChanged.connect(lambda _index: self.changed.emit())
        return self.view

    def _typed(self) -> None:
        """Who types words means them."""
        self._meant(Scope.WORDS)
        self.changed.emit()

    def _meant(self, scope: Scope) -> None:
        if not self.choices[scope].isChecked():
            self.choices[scope].setChecked(True)


def _short(title: str, limit: int = 30) -> str:
    title = title if len(title) <= limit else f"{title[: limit - 1]}…"
    # Isolated, a title of another direction leaves the number after it where it is.
    return (title if title.isascii() else f"\u2068{title}\u2069").replace("&", "&&")
