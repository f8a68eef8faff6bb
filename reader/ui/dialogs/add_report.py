"""What could not be added, and why."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from reader.ui.dialogs.base import PassageDialog, text


class AddReport(PassageDialog):
    """`failures` are pairs of a path and a sentence."""

    def __init__(self, failures: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__("Not added", parent, width=560)
        self._failures = tuple(failures)
        count = len(failures)
        self.body.addWidget(text(f"{count:,} file{' was' if count == 1 else 's were'} not added", "title"))
        self.body.addWidget(text("Everything else of this batch is in the library.", "quiet"))
        self.list = QListWidget()
        self.list.setAccessibleName("Files that were not added, and why")
        self.list.setWordWrap(True)
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMinimumHeight(180)
        for path, reason in failures:
            name = path.replace("\\", "/").rsplit("/", 1)[-1]
            QListWidgetItem(f"{name}\n{reason}", self.list).setToolTip(path)
        self.body.addWidget(self.list, 1)
        copy = self.add_button("Copy list", left=True)
        copy.clicked.connect(self._copy)
        self.add_close().setFocus()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText("\n".join(f"{path}\t{reason}" for path, reason in self._failures))
