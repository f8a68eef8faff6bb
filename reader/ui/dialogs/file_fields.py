"""What becomes of a document whose file changes while it is open: a field of the settings."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QCheckBox

DEFAULTS: dict[str, Any] = {"follow_files": True}
"""The settings by their keys."""


class FileFields(QObject):
    """`changed` carries a key of the settings and its new value."""

    changed = Signal(str, object)

    def __init__(self, values: Mapping[str, Any], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.follow = QCheckBox("Show at once &what another program saves to the open file")
        self.follow.setChecked(bool({**DEFAULTS, **values}["follow_files"]))
        self.follow.toggled.connect(lambda on: self.changed.emit("follow_files", on))

    def restore(self) -> None:
        """Put the default back."""
        self.follow.setChecked(DEFAULTS["follow_files"])
