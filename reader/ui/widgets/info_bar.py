"""The quiet bar above the text: what the open document offers, one thing at a time, in one line."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QSizePolicy, QToolButton, QWidget

from reader.ui.theme import Theme, icon
from reader.ui.widgets.elided import ElidedLabel


@dataclass(frozen=True, slots=True)
class Offer:
    """A sentence and what may be answered to it: pairs of a name and the words on its button.

    With `chosen`, the answers are the two or more states of a switch, of which that one holds. `news` is shown as
    soon as it comes, in front of what was being shown.
    """

    key: str
    sentence: str
    answers: tuple[tuple[str, str], ...] = ()
    chosen: str = ""
    news: bool = False


class InfoBar(QFrame):
    """Shows the switch, if there is one, and beside it the first of the other offers; an arrow leads to the next.

    `answered` carries an offer's key and the answer's name, `dismissed` the keys of all that the bar held; `escaped`
    says that the keyboard belongs to the text again.
    """

    answered = Signal(str, str)
    dismissed = Signal(list)
    escaped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar")
        self.setAccessibleName("About this document")
        self.hide()
        self._offers: tuple[Offer, ...] = ()
        self._shown = 0
        self._buttons: list[QToolButton] = []
        self.label = ElidedLabel(self)
        self.label.setObjectName("offer")
        self.label.setProperty("role", "quiet")
        self.next_button = self._plain_button("next", "right", "The next of these")
        self.next_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.next_button.setProperty("role", "count")
        self.next_button.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.next_button.clicked.connect(self._step)
        self.close_button = self._plain_button("dismiss", "close", "Put this bar away for this document")
        self.close_button.clicked.connect(self._dismiss)
        self._arrange()

    def set_theme(self, theme: Theme) -> None:
        self.next_button.setIcon(icon("right", theme, 16))
        self.close_button.setIcon(icon("close", theme))

    def set_offers(self, offers: Sequence[Offer]) -> None:
        """What is offered from now on; the one that is shown stays shown if it is still among them."""
        if tuple(offers) == self._offers:
            return
        before, known = self._current(), self._offers
        self._offers = tuple(offers)
        others = self._others()
        keys = [offer.key for offer in others]
        news = next((n for n, offer in enumerate(others) if offer.news and offer not in known), None)
        self._shown = keys.index(before.key) if before and before.key in keys else 0
        self._shown = self._shown if news is None else news
        self._show()

    def offers(self) -> tuple[Offer, ...]:
        return self._offers

    def take_keyboard(self) -> None:
        """Put the keyboard on the first button."""
        if stops := self.stops():
            stops[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def stops(self) -> list[QWidget]:
        """Where Tab stops at present, in order."""
        shown = [self.next_button] if self.next_button.isVisibleTo(self) else []
        return [*self._buttons, *shown, self.close_button]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        focus = QApplication.focusWidget()
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(focus, QToolButton):
            # What looks like a link is pressed like one; Qt presses tool buttons by the space bar alone.
            focus.click()
        else:
            super().keyPressEvent(event)

    # -- inside

    def _switch(self) -> Offer | None:
        return next((offer for offer in self._offers if offer.chosen), None)

    def _others(self) -> list[Offer]:
        return [offer for offer in self._offers if not offer.chosen]

    def _current(self) -> Offer | None:
        others = self._others()
        return others[self._shown] if others else None

    def _show(self) -> None:
        had_keyboard = self.isAncestorOf(QApplication.focusWidget() or self)
        for button in self._buttons:
            button.hide()
            button.deleteLater()
        switch, current = self._switch(), self._current()
        self._buttons = [*self._fill(self._left, switch), *self._fill(self._right, current)]
        said = current or switch
        self.label.setText(said.sentence if said else "")
        self.label.setAccessibleName(self.label.text())
        self.label.updateGeometry()
        count = len(self._others())
        self.next_button.setVisible(count > 1)
        self.next_button.setText(f"{self._shown + 1} of {count}")
        self._order()
        self.setVisible(bool(self._offers))
        if had_keyboard and self._offers:
            self.take_keyboard()
        elif had_keyboard:
            self.escaped.emit()

    def _order(self) -> None:
        """Have Tab come to the answers before the arrow; what is made last stands last otherwise."""
        before: QWidget = self.next_button.previousInFocusChain() or self
        # Qt places nothing well after what Tab does not stop at.
        while not before.focusPolicy() & Qt.FocusPolicy.TabFocus and before is not self.next_button:
            before = before.previousInFocusChain() or self.next_button
        for button in self._buttons:
            QWidget.setTabOrder(before, button)
            before = button

    def _fill(self, place: QHBoxLayout, offer: Offer | None) -> list[QToolButton]:
        buttons = [self._answer(offer, name, words) for name, words in offer.answers] if offer else []
        for button in buttons:
            place.addWidget(button)
            button.show()  # now, so that it can have the keyboard
        return buttons

    def _answer(self, offer: Offer, name: str, words: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(f"{offer.key}:{name}")
        button.setProperty("role", "state" if offer.chosen else "link")
        button.setText(words)
        button.setAccessibleName(words)
        button.setAccessibleDescription(offer.sentence)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        if offer.chosen:
            button.setCheckable(True)
            button.setChecked(name == offer.chosen)
        button.clicked.connect(lambda: self._answered(button, offer, name))
        return button

    def _answered(self, button: QToolButton, offer: Offer, name: str) -> None:
        if offer.chosen:
            # The switch moves when the text has changed, not before.
            button.setChecked(name == offer.chosen)
        if name != offer.chosen:
            self.answered.emit(offer.key, name)

    def _step(self) -> None:
        self._shown = (self._shown + 1) % max(1, len(self._others()))
        self._show()
        if self.next_button.isVisible():
            self.next_button.setFocus()

    def _dismiss(self) -> None:
        # Whoever hears it says what is left.
        self.dismissed.emit([offer.key for offer in self._offers])

    # -- building

    def _plain_button(self, name: str, picture: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.setIconSize(QSize(16, 16) if picture == "right" else QSize(20, 20))
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return button

    def _arrange(self) -> None:
        self._left, self._right = QHBoxLayout(), QHBoxLayout()
        self._left.setSpacing(0)
        self._left.setContentsMargins(0, 0, 4, 0)
        self._right.setSpacing(0)
        row = QHBoxLayout(self)
        row.setSpacing(4)
        row.setContentsMargins(12, 4, 8, 4)
        row.addLayout(self._left)
        row.addWidget(self.label)
        row.addLayout(self._right)
        row.addStretch(1)
        row.addWidget(self.next_button)
        row.addWidget(self.close_button)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
