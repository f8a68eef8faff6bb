"""Which backup is to take the library's place."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from reader.ui.dialogs.base import PassageDialog, text


class BackupList(QListWidget):
    """`backups` are pairs of words ("2026-11-21 16:02 UTC · 31 documents") and a path, the newest first."""

    def __init__(self, backups: Sequence[tuple[str, Path]]) -> None:
        super().__init__()
        self.setAccessibleName("Backups, newest first")
        self.setMinimumHeight(140)
        for words, path in backups:
            item = QListWidgetItem(words, self)
            item.setData(Qt.ItemDataRole.UserRole, str(path))
            item.setToolTip(str(path))
        self.setVisible(bool(backups))
        self.setCurrentRow(0)

    def chosen(self) -> str:
        """The path of the backup chosen; empty when none is."""
        item = self.currentItem()
        return str(item.data(Qt.ItemDataRole.UserRole)) if item else ""


class RestoreDialog(PassageDialog):
    """`restore_requested` carries the path of the backup chosen; `other_requested` asks for a file from elsewhere."""

    restore_requested = Signal(str)
    other_requested = Signal()

    def __init__(self, backups: Sequence[tuple[str, Path]], parent: QWidget | None = None) -> None:
        super().__init__("Restore a backup", parent, width=560)
        self.body.addWidget(text("Restore a backup", "title"))
        self.body.addWidget(
            text("The whole library becomes what it was then. What is in it now is kept as the newest backup.", "quiet")
        )
        self.list = BackupList(backups)
        if not backups:
            self.body.addWidget(text("There is no backup of this library yet."))
        self.body.addWidget(self.list, 1)
        self.body.addStretch(0)
        self.add_button("Choose a file…", left=True).clicked.connect(self.other_requested)
        self.add_close("Cancel", default=False)
        self.restore_button = self.add_button("Restore this backup", default=True)
        self.restore_button.setEnabled(bool(backups))
        self.restore_button.clicked.connect(self._restore)
        self.list.itemDoubleClicked.connect(lambda _item: self._restore())
        if backups:
            self.list.setFocus()

    def _restore(self) -> None:
        if path := self.list.chosen():
            self.accept()
            self.restore_requested.emit(path)
