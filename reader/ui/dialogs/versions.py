"""The texts that a document has had: shown again, compared, dropped."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from reader.ui.dialogs.base import PassageDialog, columns, say, text
from reader.ui.dialogs.history import local_time

if TYPE_CHECKING:
    from reader.services.text_versions import Fare, VersionInfo

_NUMBER = Qt.ItemDataRole.UserRole
_SEVERAL = "Showing another text carries your annotations over to it; undo brings this one back as it was."
_ONE = "There is one text. Another one comes when the file changes, or is read in another way."
_NONE = "The text of this document is not in the library, only its annotations. Add its file to have it here."
_FILE = 2
_HEADINGS = ("Read", "State", "File", "Characters", "Words", "Annotations")


class VersionsDialog(PassageDialog):
    """Asks by the numbers of texts: `show_requested` and `drop_requested` one, `compare_requested` the older first.

    The owner gives the list, again after each change, and how the annotations stand as soon as that is known.
    """

    show_requested = Signal(int)
    drop_requested = Signal(int)
    compare_requested = Signal(int, int)

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__("Text versions", parent, width=880)
        self._shown = 0
        self.body.addWidget(text(title, "title"))
        self._hint = text("", "quiet")
        self._error = text("", "error")
        self.list = QTreeWidget()
        self.list.setAccessibleName("Texts of the document, newest first")
        self.list.setHeaderLabels(list(_HEADINGS))
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setMinimumHeight(180)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.itemSelectionChanged.connect(self._chosen)
        columns(self.list)
        header = self.list.header()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(_FILE, QHeaderView.ResizeMode.Stretch)
        for widget in (self._hint, self._error, self.list):
            self.body.addWidget(widget, 1 if widget is self.list else 0)
        self.drop_button = self.add_button("&Drop", left=True)
        self.drop_button.clicked.connect(lambda: self.drop_requested.emit(self._numbers()[0]))
        self.compare_button = self.add_button("&Compare")
        self.compare_button.clicked.connect(self._compare)
        self.show_button = self.add_button("&Show this text")
        self.show_button.clicked.connect(lambda: self.show_requested.emit(self._numbers()[0]))
        self.add_close()
        self.show_error("")

    def set_versions(self, versions: "Sequence[VersionInfo]") -> None:
        """Newest first. What was chosen stays chosen, where it is still there."""
        chosen = self._numbers() or [version.number for version in versions if not version.shown][:1]
        self._shown = next((version.number for version in versions if version.shown), 0)
        self.list.clear()
        for version in versions:
            item = QTreeWidgetItem(self.list, _row(version))
            item.setData(0, _NUMBER, version.number)
            if version.number in chosen:
                item.setSelected(True)
        if chosen and (first := next(iter(self.list.selectedItems()), None)):
            # Not by `setCurrentItem`: while the keys are held that opened this, it takes the choice back.
            self.list.setCurrentItem(first, 0, QItemSelectionModel.SelectionFlag.NoUpdate)
        self.list.setVisible(bool(versions))
        say(self._hint, _SEVERAL if len(versions) > 1 else _ONE if versions else _NONE)
        self._chosen()

    def set_fare(self, number: int, fare: "Fare") -> None:
        """How the annotations stand in one of the texts, or would."""
        for item in self._items():
            if item.data(0, _NUMBER) == number:
                item.setText(len(_HEADINGS) - 1, f"{fare.exact} exact, {fare.moved} moved, {fare.lost} lost")

    def show_error(self, sentence: str) -> None:
        """Say what could not be done."""
        say(self._error, sentence)

    def _items(self) -> list[QTreeWidgetItem]:
        found = (self.list.topLevelItem(row) for row in range(self.list.topLevelItemCount()))
        return [item for item in found if item]

    def _numbers(self) -> list[int]:
        """The chosen ones, the newest first."""
        return [item.data(0, _NUMBER) for item in self._items() if item.isSelected()]

    def _pair(self) -> tuple[int, int] | None:
        """The older and the newer of the two that would be compared: both chosen, or one of them shown now."""
        numbers = self._numbers()
        if len(numbers) == 1 and self._shown and self._shown not in numbers:
            numbers.append(self._shown)
        return (min(numbers), max(numbers)) if len(numbers) == 2 else None

    def _compare(self) -> None:
        if pair := self._pair():
            self.compare_requested.emit(*pair)

    def _chosen(self) -> None:
        self.show_error("")
        other = len(self._numbers()) == 1 and self._shown not in self._numbers()
        self.show_button.setEnabled(other)
        self.drop_button.setEnabled(other)
        self.compare_button.setEnabled(self._pair() is not None)


def state_of(version: "VersionInfo") -> str:
    """ "shown now, corrected, article" or the like; empty where there is nothing of this to say."""
    state = (
        "shown now" if version.shown else "",
        "corrected" if version.corrects else "",
        {"article": "article", "page": "whole page"}.get(version.view, ""),
    )
    return ", ".join(word for word in state if word)


def _row(version: "VersionInfo") -> list[str]:
    file = f"{version.reader} {version.reader_version}, {version.file_suffix.lstrip('.')} {_size(version.file_size)}"
    return [
        local_time(version.created),
        state_of(version),
        file,
        f"{version.length:,}",
        f"{version.words:,}",
        "…",
    ]


def _size(count: int) -> str:
    """Bytes in the unit that reads best: "812 bytes", "14 KB", "3.2 MB"."""
    if count < 1000:
        return f"{count} bytes"
    return f"{round(count / 1000):,} KB" if count < 999_500 else f"{count / 1_000_000:,.1f} MB"
