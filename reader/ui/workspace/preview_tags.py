"""The tags of one annotation as chips; a click asks for those that have the tag, too."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton, QWidget

from reader.model.filters import Condition, Key
from reader.ui.widgets.flow import FlowLayout

if TYPE_CHECKING:
    from reader.ui.workspace.inquiry import Inquiry

_CHARACTERS = 36


class PreviewTags(QWidget):
    """Without tags it is not there."""

    def __init__(self, inquiry: "Inquiry", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._inquiry = inquiry
        self._tags: tuple[str, ...] = ()
        self._flow = FlowLayout(self)
        self.hide()

    def show_tags(self, tags: Sequence[str]) -> None:
        """Show other tags."""
        if tuple(tags) == self._tags:
            return
        self._tags = tuple(tags)
        while item := self._flow.takeAt(0):
            if chip := item.widget():
                chip.hide()
                chip.deleteLater()
        for tag in self._tags:
            self._flow.addWidget(self._chip(tag))
        # Qt arranges chips anew by itself only where their room is another than before.
        self._flow.invalidate()
        self.setVisible(bool(self._tags))
        self.updateGeometry()
        self._flow.activate()

    def _chip(self, tag: str) -> QToolButton:
        chip = QToolButton(self)
        chip.setProperty("role", "chip")
        chip.setText(tag if len(tag) <= _CHARACTERS else f"{tag[:_CHARACTERS]}…")
        chip.setToolTip(f"Show the annotations with “{tag}”, or no longer only these")
        chip.setAccessibleName(f"Tag {tag}")
        chip.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        chip.clicked.connect(lambda: self._inquiry.toggle(Condition(Key.TAG, tag)))
        chip.show()
        return chip
