"""Removed documents, each with its annotations, to be brought back."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QTreeWidget, QTreeWidgetItem, QWidget

from reader.model.library import DocumentSummary
from reader.ui.dialogs.base import PassageDialog, columns, text
from reader.ui.dialogs.history import local_time


class BinDialog(PassageDialog):
    """`restore_requested` carries the uids chosen; nothing here deletes anything."""

    restore_requested = Signal(list)

    def __init__(self, documents: Sequence[DocumentSummary], parent: QWidget | None = None) -> None:
        super().__init__("Removed documents", parent, width=600)
        self.body.addWidget(text("Removed documents", "title"))
        sentence = "They keep their annotations. Bring back what you want to read again."
        self.body.addWidget(text(sentence if documents else "Nothing has been removed.", "quiet"))
        self.list = QTreeWidget()
        self.list.setAccessibleName("Removed documents")
        self.list.setHeaderLabels(["Title", "Annotations", "Removed"])
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setMinimumHeight(200)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        for document in documents:
            row = [document.title, f"{document.annotations:,}", local_time(document.removed)]
            item = QTreeWidgetItem(self.list, row)
            item.setData(0, Qt.ItemDataRole.UserRole, document.uid)
            item.setToolTip(0, document.title)
        columns(self.list)
        self.list.setVisible(bool(documents))
        self.body.addWidget(self.list, 1)
        self.restore_button = self.add_button("Bring back", default=True)
        self.restore_button.clicked.connect(self._restore)
        self.restore_button.setEnabled(False)
        self.list.itemSelectionChanged.connect(self._chosen)
        self.list.itemDoubleClicked.connect(lambda _item: self._restore())
        self.add_close(default=not documents)
        first = self.list.topLevelItem(0)
        if first:
            self.list.setCurrentItem(first)
            self.list.setFocus()

    def _chosen(self) -> None:
        self.restore_button.setEnabled(bool(self.list.selectedItems()))

    def _restore(self) -> None:
        uids = [item.data(0, Qt.ItemDataRole.UserRole) for item in self.list.selectedItems()]
        if uids:
            self.restore_requested.emit(uids)
            self.accept()
