"""Asking for the password of a locked file. It goes nowhere but into the memory of this program."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from reader.ui.dialogs.base import PassageDialog, text

_HINT = "It is kept in memory until the program ends, and written nowhere."


class PasswordDialog(PassageDialog):
    """`given` carries the password; Escape gives none, and `rejected` says so."""

    given = Signal(str)

    def __init__(self, sentence: str, parent: QWidget | None = None) -> None:
        """`sentence` says which file is locked, or that the password before was another one."""
        super().__init__("A locked file", parent, width=440)
        self.body.addWidget(text(sentence, "title"))
        self.field = QLineEdit()
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setAccessibleName("Password")
        self.field.setPlaceholderText("Password")
        self.body.addWidget(self.field)
        self.body.addWidget(text(_HINT, "quiet"))
        self.body.addStretch(1)
        self.add_close("Cancel", default=False)
        self.open_button = self.add_button("Open", default=True)
        self.open_button.setEnabled(False)
        self.open_button.clicked.connect(self._give)
        self.field.textChanged.connect(lambda typed: self.open_button.setEnabled(bool(typed)))
        self.field.setFocus()

    def _give(self) -> None:
        password = self.field.text()
        self.accept()
        self.given.emit(password)
