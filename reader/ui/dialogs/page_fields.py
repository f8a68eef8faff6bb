"""How pages of fixed form are shown, and whose marks a copy of a PDF says they are: fields of the settings."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QLineEdit, QSpinBox

DEFAULTS: dict[str, Any] = {"tile_memory_mb": 96, "pages_keep_images": False, "author": ""}
"""The settings by their keys."""
_MEMORY = (16, 4096)
_STEP = 16
_LONGEST_NAME = 80


class PageFields(QObject):
    """`changed` carries a key of the settings and its new value."""

    changed = Signal(str, object)

    def __init__(self, values: Mapping[str, Any], parent: QObject | None = None) -> None:
        super().__init__(parent)
        stored = {**DEFAULTS, **values}
        memory = stored["tile_memory_mb"]
        self.memory = QSpinBox()
        self.memory.setAccessibleName("Memory for pages")
        self.memory.lineEdit().setTextMargins(6, 0, 0, 0)
        self.memory.setRange(*_MEMORY)
        self.memory.setSingleStep(_STEP)
        self.memory.setSuffix(" MB")
        self.memory.setKeyboardTracking(False)
        self.memory.setValue(int(memory) if isinstance(memory, int | float) else DEFAULTS["tile_memory_mb"])
        self.images = QCheckBox("&Keep the colours of images in dark and sepia")
        self.images.setChecked(bool(stored["pages_keep_images"]))
        self.author = QLineEdit(str(stored["author"]))
        self.author.setAccessibleName("Your name in copies with annotations")
        self.author.setPlaceholderText("none")
        self.author.setMaxLength(_LONGEST_NAME)
        self.memory.valueChanged.connect(lambda value: self.changed.emit("tile_memory_mb", value))
        self.images.toggled.connect(lambda on: self.changed.emit("pages_keep_images", on))
        self.author.editingFinished.connect(self.commit)
        self._written = self.author.text()

    def commit(self) -> None:
        """Take the name as it stands."""
        name = " ".join(self.author.text().split())
        if name != self._written:
            self._written = name
            self.changed.emit("author", name)

    def restore(self) -> None:
        """Put the defaults back; the name is the user's own and stays."""
        self.memory.setValue(DEFAULTS["tile_memory_mb"])
        self.images.setChecked(DEFAULTS["pages_keep_images"])

    def grid(self) -> QGridLayout:
        """The fields with their names."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        for column, words, field in ((0, "Memory for pa&ges", self.memory), (3, "&Your name in copies", self.author)):
            label = QLabel(words)
            label.setBuddy(field)
            grid.addWidget(label, 0, column)
            grid.addWidget(field, 0, column + 1)
            grid.setColumnStretch(column + 1, 1)
        grid.addWidget(self.images, 1, 0, 1, 5)
        grid.setColumnMinimumWidth(2, 4)
        return grid
