"""Where backups are written: fields of the settings."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from reader.ui.dialogs.base import say, text
from reader.ui.widgets.elided import ElidedLabel

_BESIDE = "Beside the library"


class BackupFields(QObject):
    """`choose` is called with the folder that is wanted ("" for beside the library); its answer is why not, or ""."""

    def __init__(self, folder: str, choose: Callable[[str], str], parent: QWidget) -> None:
        super().__init__(parent)
        self._choose, self._owner = choose, parent
        self.folder = folder
        self._label = ElidedLabel()
        self._label.setAccessibleName("Folder for backups")
        self.error = text("", "error")
        self.choose_button = QPushButton("Choose a &folder…")
        self.beside_button = QPushButton("&Beside the library")
        for button in (self.choose_button, self.beside_button):
            button.setAutoDefault(False)
        self.choose_button.clicked.connect(self._ask)
        self.beside_button.clicked.connect(lambda: self._take(""))
        say(self.error, "")
        self._show()

    def column(self) -> QVBoxLayout:
        """The fields."""
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._label, 1)
        row.addStretch(0)
        row.addWidget(self.choose_button)
        row.addWidget(self.beside_button)
        column = QVBoxLayout()
        column.addLayout(row)
        column.addWidget(self.error)
        return column

    def words(self) -> str:
        """What the field says."""
        return self._label.text()

    def _ask(self) -> None:
        name = QFileDialog.getExistingDirectory(self._owner, "Folder for backups", self.folder)
        if name:
            self._take(name)

    def _take(self, folder: str) -> None:
        sentence = self._choose(folder)
        say(self.error, sentence)
        if not sentence:
            self.folder = folder
            self._show()

    def _show(self) -> None:
        self._label.setText(self.folder or _BESIDE)
        self._label.setToolTip(self.folder)
        self.beside_button.setEnabled(bool(self.folder))
