"""Which backup is to be restored, how, and what that would do."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QListWidget, QListWidgetItem, QRadioButton, QWidget

from reader.ui.dialogs.base import PassageDialog, say, text
from reader.ui.widgets.work_line import WorkLine

_NAMED = 200
MERGE_HINT = "Documents, annotations and tags that the library lacks are added. Nothing goes; Ctrl+Z takes it back."
REPLACE_HINT = (
    "The whole library becomes what it was then. What is in it now is backed up first, and “Undo the restore” in the "
    "File menu takes it back."
)


class Moves(Protocol):
    """Names of what would be added, changed and gone."""

    @property
    def added(self) -> tuple[str, ...]: ...
    @property
    def changed(self) -> tuple[str, ...]: ...
    @property
    def gone(self) -> tuple[str, ...]: ...


class Outcome(Protocol):
    """What one way of restoring would do."""

    @property
    def documents(self) -> Moves: ...
    @property
    def annotations(self) -> Moves: ...
    @property
    def tags(self) -> Moves: ...
    @property
    def words(self) -> tuple[str, ...]: ...


class BackupList(QListWidget):
    """`backups` are pairs of words ("21 November 2026, 17:02 · 31 documents") and a path, the newest first."""

    def __init__(self, backups: Sequence[tuple[str, Path]]) -> None:
        super().__init__()
        self.setAccessibleName("Backups, newest first")
        self.setMinimumHeight(110)
        for words, path in backups:
            self.add(words, path)
        self.setVisible(bool(backups))
        self.setCurrentRow(0)

    def add(self, words: str, path: Path, *, first: bool = False) -> None:
        """One more backup; with `first` at the top, and chosen."""
        item = QListWidgetItem(words)
        item.setData(Qt.ItemDataRole.UserRole, str(path))
        item.setToolTip(str(path))
        self.insertItem(0 if first else self.count(), item)
        if first:
            self.show()
            self.setCurrentRow(0)

    def chosen(self) -> str:
        """The path of the backup chosen; empty when none is."""
        item = self.currentItem()
        return str(item.data(Qt.ItemDataRole.UserRole)) if item else ""


class RestoreDialog(PassageDialog):
    """`preview_requested` carries the path of a backup that was chosen, `merge_requested` and `replace_requested` that
    of the one to be restored, `other_requested` asks for a file from elsewhere, `stop_requested` for the end of it."""

    preview_requested = Signal(str)
    merge_requested = Signal(str)
    replace_requested = Signal(str)
    other_requested = Signal()
    stop_requested = Signal()

    def __init__(self, backups: Sequence[tuple[str, Path]], parent: QWidget | None = None) -> None:
        super().__init__("Restore a backup", parent, width=600)
        self._seen: dict[str, tuple[Outcome, Outcome]] = {}
        self.list = BackupList(backups)
        self.merge = QRadioButton("&Add what the library lacks")
        self.replace = QRadioButton("&Replace the library by the backup")
        self.merge.setChecked(True)
        self._ways = QButtonGroup(self)
        self._hint, self._words, self._error = text(MERGE_HINT, "quiet"), text(), text("", "error")
        self.names = QListWidget()
        self.names.setAccessibleName("What would come, change and go")
        self.names.setMinimumHeight(120)
        self.names.hide()
        self.line = WorkLine()
        self._arrange(bool(backups))
        self.list.currentItemChanged.connect(lambda: self._choose())
        self.merge.toggled.connect(lambda: self._show())
        self.line.stop_requested.connect(self.stop_requested)
        say(self._error, "")

    def _arrange(self, some: bool) -> None:
        self.body.addWidget(text("Restore a backup", "title"))
        if not some:
            self.body.addWidget(text("There is no backup of this library yet; choose a file."))
        self.body.addWidget(self.list, 1)
        for way in (self.merge, self.replace):
            self._ways.addButton(way)
            self.body.addWidget(way)
        for widget in (self._hint, self._words, self.names, self._error, self.line):
            self.body.addWidget(widget, 1 if widget is self.names else 0)
        self.body.addStretch(0)
        self.other_button = self.add_button("Choose a &file…", left=True)
        self.other_button.clicked.connect(self.other_requested)
        self.add_close("Cancel", default=False)
        self.restore_button = self.add_button("Add", default=True)
        self.restore_button.setEnabled(False)
        self.restore_button.clicked.connect(self._restore)
        (self.list if some else self.other_button).setFocus()

    def begin(self) -> None:
        """Ask for the first preview; to be called when somebody listens."""
        self._choose()

    def show_preview(self, path: str, merge: Outcome, replace: Outcome) -> None:
        """What restoring the backup at `path` would do, either way."""
        self._seen[path] = (merge, replace)
        if path == self.list.chosen():
            self._show()

    def show_error(self, sentence: str) -> None:
        """Why this backup cannot be restored; another one may be chosen."""
        self.line.finish()
        say(self._error, sentence)
        self._set_busy(busy=False)
        self.restore_button.setEnabled(False)
        self.fit()

    def start_work(self, what: str) -> None:
        """It is being restored; the dialog is closed by its owner when that is done."""
        self._set_busy(busy=True)
        self.line.start(what)

    def reject(self) -> None:
        """While it is being restored, Escape asks for a stop instead of hiding what goes on."""
        if self.list.isEnabled():
            self.stop_requested.emit()
            super().reject()
        elif self.line.stop_button.isEnabled():
            self.line.stop_button.click()

    def _set_busy(self, *, busy: bool) -> None:
        for widget in (self.list, self.merge, self.replace, self.restore_button, self.other_button):
            widget.setEnabled(not busy)

    def _choose(self) -> None:
        path = self.list.chosen()
        say(self._error, "")
        if path and path not in self._seen:
            self.restore_button.setEnabled(False)
            self._words.setText("")
            self.names.hide()
            self.line.start("Comparing it with the library")
            self.preview_requested.emit(path)
        else:
            self._show()

    def _show(self) -> None:
        merging = self.merge.isChecked()
        self._hint.setText(MERGE_HINT if merging else REPLACE_HINT)
        self.restore_button.setText("Add" if merging else "Replace")
        seen = self._seen.get(self.list.chosen())
        if seen is None:
            return
        self.line.finish()
        outcome = seen[0] if merging else seen[1]
        nothing = "The library lacks nothing of it." if merging else "The library is as it was then."
        self._words.setText(f"If you go on: {'; '.join(outcome.words)}." if outcome.words else nothing)
        self.restore_button.setEnabled(bool(outcome.words))
        self.names.clear()
        self.names.addItems(_lines(outcome))
        self.names.setVisible(bool(outcome.words))
        self.fit()

    def _restore(self) -> None:
        path = self.list.chosen()
        if path in self._seen:
            (self.merge_requested if self.merge.isChecked() else self.replace_requested).emit(path)


def _lines(outcome: Outcome) -> list[str]:
    """What goes first: it is what one must not overlook."""
    lines: list[str] = []
    kinds = (("document", outcome.documents), ("annotation", outcome.annotations), ("tag", outcome.tags))
    for sign in ("Would vanish", "Would be added", "Would change"):
        for kind, moves in kinds:
            names = {"Would vanish": moves.gone, "Would be added": moves.added, "Would change": moves.changed}[sign]
            lines += [f"{sign}: {kind} {name}" for name in names[:_NAMED]]
            if len(names) > _NAMED:
                lines.append(f"{sign}: {len(names) - _NAMED:,} more {kind}s")
    return lines
