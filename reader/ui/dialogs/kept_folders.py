"""The folders that are kept up to date: what is in them, how they were found at last, and an end to it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem, QWidget

from reader.services.kept_folders import KeptFolder
from reader.ui.dialogs.base import PassageDialog, columns, say, text

if TYPE_CHECKING:
    from reader.ui.keeping_folders import FolderState

_NONE = (
    "No folder is kept up to date. Export… to a folder as Markdown, and tick “Keep this folder up to date” there: it "
    "is written to after each change, and what you wrote in its files stays."
)
_SOME = "These are written to after each change, while this window is open; what you wrote in their files stays."


class KeptFoldersDialog(PassageDialog):
    """Its signals carry the folder's path. Stopping leaves the files as they are."""

    pause_requested = Signal(str)
    go_on_requested = Signal(str)
    stop_requested = Signal(str)
    update_requested = Signal(str)
    reveal_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Folders kept up to date", parent, width=760)
        self._about = text(_NONE, "quiet")
        self.body.addWidget(self._about)
        self.list = QTreeWidget()
        self.list.setAccessibleName("Folders kept up to date")
        self.list.setHeaderLabels(["Folder", "What", "State"])
        self.list.setRootIsDecorated(False)
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.list.setMinimumHeight(140)
        columns(self.list)
        self.body.addWidget(self.list, 1)
        self.state = text("", selectable=True)
        self.body.addWidget(self.state)
        self.reveal = self.add_button("Show in &folder", left=True)
        self.update_button = self.add_button("&Update now")
        self.pause = self.add_button("&Pause")
        self.stop = self.add_button("&Stop keeping")
        self._close = self.add_close()
        self._folders: dict[str, tuple[KeptFolder, FolderState]] = {}
        self._connect()

    def set_folders(self, folders: Sequence[tuple[KeptFolder, str, "FolderState"]]) -> None:
        """List them, each with what is in it and how it is; the one that was chosen stays chosen."""
        chosen = self._current()
        self._folders = {kept.folder: (kept, state) for kept, _, state in folders}
        self.list.clear()
        for kept, what, state in folders:
            item = QTreeWidgetItem(self.list, [kept.folder, what, _said(kept, state)])
            for column, whole in enumerate((kept.folder, what, state.sentence)):
                item.setToolTip(column, whole)
            if kept.folder == chosen:
                self.list.setCurrentItem(item)
        first = self.list.topLevelItem(0)
        if first and not self.list.currentItem():
            self.list.setCurrentItem(first)
        self.list.setVisible(bool(folders))
        say(self._about, _SOME if folders else _NONE)
        (self.list if folders else self._close).setFocus()
        self._turn()

    def set_state(self, folder: str, state: "FolderState") -> None:
        """Say how one of them is by now."""
        if folder not in self._folders:
            return
        kept, _ = self._folders[folder]
        self._folders[folder] = kept, state
        for item in self.list.findItems(folder, Qt.MatchFlag.MatchExactly):
            item.setText(2, _said(kept, state))
            item.setToolTip(2, state.sentence)
        if folder == self._current():
            self._turn()

    def _connect(self) -> None:
        self.list.currentItemChanged.connect(lambda *_: self._turn())
        for button, signal in (
            (self.reveal, self.reveal_requested),
            (self.update_button, self.update_requested),
            (self.stop, self.stop_requested),
        ):
            button.clicked.connect(lambda _checked=False, signal=signal: signal.emit(self._current()))
        self.pause.clicked.connect(self._turn_pause)

    def _current(self) -> str:
        item = self.list.currentItem()
        return item.text(0) if item else ""

    def _turn_pause(self) -> None:
        folder = self._current()
        is_paused = self._folders[folder][0].paused
        (self.go_on_requested if is_paused else self.pause_requested).emit(folder)

    def _turn(self) -> None:
        found = self._folders.get(self._current())
        for button in (self.reveal, self.update_button, self.pause, self.stop):
            button.setEnabled(found is not None)
        is_paused = found is not None and found[0].paused
        self.pause.setText("&Go on" if is_paused else "&Pause")
        self.update_button.setEnabled(found is not None and not is_paused)
        say(self.state, found[1].sentence if found else "")
        self.fit()


def _said(kept: KeptFolder, state: "FolderState") -> str:
    """The state of a folder in a word."""
    if kept.paused:
        return "Paused"
    return "Writing" if state.is_work else "Trouble" if state.is_trouble else "Kept"
