"""The pop-up that tags what is selected."""

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from reader.ui.theme import Theme
from reader.ui.widgets.floating import SHADOW, Popup
from reader.ui.widgets.tag_field import Complete, TagField

_WIDTH = 300


class TagEntry(Popup):
    """Commits with Enter in the empty line, Ctrl+Enter, or going elsewhere; Escape leaves all as it was."""

    committed = Signal(list)
    cancelled = Signal()

    def __init__(self, complete: Complete, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName("Tags")
        self._field = TagField(complete, self, suggest_at_once=True)
        self._hint = QLabel("Enter adds · Ctrl+Enter done · Esc cancels", self)
        self._hint.setProperty("role", "quiet")
        column = QVBoxLayout(self)
        column.setContentsMargins(SHADOW + 10, SHADOW + 10, SHADOW + 10, SHADOW + 8)
        column.setSpacing(6)
        column.addWidget(self._field)
        column.addWidget(self._hint)
        self.setFixedWidth(_WIDTH + 2 * SHADOW)
        # After the layout has heard of the new chips.
        self._refit = QTimer(self)
        self._refit.setSingleShot(True)
        self._refit.setInterval(0)
        self._refit.timeout.connect(self.refit)
        self._field.shape_changed.connect(self._refit.start)
        self._field.finished.connect(self.leave)

    def sizeHint(self) -> QSize:
        width = _WIDTH + 2 * SHADOW
        layout = self.layout()
        if layout is None:
            return QSize(width, 0)
        # Without chips there is nothing that wraps, and Qt then knows no height for a width.
        wraps = layout.hasHeightForWidth()
        return QSize(width, layout.totalHeightForWidth(width) if wraps else layout.totalSizeHint().height())

    def set_theme(self, theme: Theme | None) -> None:
        super().set_theme(theme)
        self._field.set_theme(self.theme)

    def set_tags(self, tags: Iterable[str]) -> None:
        """The tags that are there already."""
        self._field.set_tags(tags)

    def tags(self) -> list[str]:
        """The tags as they would be committed now."""
        return self._field.tags()

    def take_keyboard(self) -> None:
        self._field.setFocus(Qt.FocusReason.PopupFocusReason)

    def leave(self) -> None:
        tags = self._field.tags()
        if self.dismiss():
            self.committed.emit(tags)

    def cancel(self) -> None:
        if self.dismiss():
            self.cancelled.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.leave()
        else:
            super().keyPressEvent(event)
