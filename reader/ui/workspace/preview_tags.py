"""The tags of one annotation as chips; a click asks for those that have the tag, too."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QToolButton, QWidget

from reader.model.filters import Condition, Key
from reader.ui.panels.quiet import set_ground
from reader.ui.widgets.flow import FlowLayout
from reader.ui.widgets.tip_text import tip_text

if TYPE_CHECKING:
    from reader.ui.theme import Theme
    from reader.ui.workspace.inquiry import Inquiry

_CHARACTERS = 36
_HIGHEST = 110
"""Pixels; more tags than have room in them are scrolled, and leave the passage its place."""


class PreviewTags(QScrollArea):
    """Without tags it is not there. By Tab, the chips come after the widget `before`."""

    def __init__(self, inquiry: "Inquiry", before: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._inquiry, self._before = inquiry, before
        self._tags: tuple[str, ...] = ()
        self._chips = QWidget()
        self._flow = FlowLayout(self._chips)
        self.setWidget(self._chips)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def set_theme(self, theme: "Theme") -> None:
        """Chips lie on the ground of the panel."""
        set_ground(self.viewport(), theme.panel)
        set_ground(self._chips, theme.panel)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, QToolButton):
            self.ensureWidgetVisible(watched, 0, 4)
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        """Be as high as the chips are, up to a height."""
        wanted = min(self._flow.heightForWidth(self.viewport().width()), _HIGHEST)
        if wanted != self.height():
            self.setFixedHeight(wanted)

    def show_tags(self, tags: Sequence[str]) -> None:
        """Show other tags."""
        if tuple(tags) == self._tags:
            return
        self._tags = tuple(tags)
        while item := self._flow.takeAt(0):
            if chip := item.widget():
                chip.hide()
                chip.deleteLater()
        before = self._before
        for tag in self._tags:
            chip = self._chip(tag)
            self._flow.addWidget(chip)
            # What is new stands last by Tab, behind all of the window, unless it is put where it is seen.
            QWidget.setTabOrder(before, chip)
            before = chip
        # Qt arranges chips anew by itself only where their room is another than before.
        self._flow.invalidate()
        self.setVisible(bool(self._tags))
        self._flow.activate()
        self.verticalScrollBar().setValue(0)
        self._fit()

    def _chip(self, tag: str) -> QToolButton:
        chip = QToolButton(self._chips)
        chip.installEventFilter(self)
        chip.setProperty("role", "chip")
        chip.setText(tag if len(tag) <= _CHARACTERS else f"{tag[:_CHARACTERS]}…")
        chip.setToolTip(tip_text(f"Show the annotations with “{tag}”, or no longer only these"))
        chip.setAccessibleName(f"Tag {tag}")
        chip.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        chip.clicked.connect(lambda: self._inquiry.toggle(Condition(Key.TAG, tag)))
        chip.show()
        return chip
