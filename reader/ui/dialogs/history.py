"""What was done, the newest first, with undo and redo."""

from collections.abc import Sequence

from PySide6.QtCore import QDateTime, QLocale, Qt, QTimeZone, Signal
from PySide6.QtGui import QBrush, QPalette
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem, QWidget

from reader.model.library import Action
from reader.services.pruning import KEPT_BYTES, KEPT_STEPS, Reach
from reader.ui.dialogs.base import PassageDialog, columns, say, text


class HistoryDialog(PassageDialog):
    """Shows actions as they are given and asks for undo or redo; the owner then calls `set_actions` again."""

    undo_requested = Signal()
    redo_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("History", parent, width=560)
        self._empty = text("Nothing has been changed yet.", "quiet")
        self.list = QTreeWidget()
        self.list.setAccessibleName("What was done, newest first")
        self.list.setHeaderLabels(["What", "When", "On"])
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setMinimumHeight(280)
        columns(self.list)
        self.body.addWidget(self._empty)
        self.body.addWidget(self.list, 1)
        self._reach = text("", "quiet")
        self.body.addWidget(self._reach)
        self.undo_button = self.add_button("Undo")
        self.undo_button.clicked.connect(self.undo_requested)
        self.redo_button = self.add_button("Redo")
        self.redo_button.clicked.connect(self.redo_requested)
        self.add_close()

    def set_actions(self, actions: Sequence[Action], undo_label: str = "", redo_label: str = "") -> None:
        """Newest first; the labels name what undo and redo would do, empty where there is nothing."""
        self.list.clear()
        faded = QBrush(self.palette().color(QPalette.ColorRole.PlaceholderText))
        for action in actions:
            words = f"{action.label} (undone)" if action.undone else action.label
            item = QTreeWidgetItem(self.list, [words, local_time(action.when), action.device])
            item.setToolTip(0, words)
            if action.undone:
                for column in range(3):
                    item.setForeground(column, faded)
        say(self._empty, "" if actions else "Nothing has been changed yet.")
        for button, word, label in ((self.undo_button, "Undo", undo_label), (self.redo_button, "Redo", redo_label)):
            button.setText(f"{word}: {_short(label)}" if label else word)
            button.setToolTip(label)
            button.setEnabled(bool(label))

    def set_reach(self, reach: Reach) -> None:
        """Say how far back the history goes, and what was let go of."""
        say(self._reach, reach_in_words(reach))


def reach_in_words(reach: Reach) -> str:
    """A sentence or two; empty where nothing was ever done."""
    if not reach.steps:
        return ""
    words = f"{reach.steps:,} {'step' if reach.steps == 1 else 'steps'}, back to {local_time(reach.since)}."
    if not reach.pruned:
        return words
    gone = "One older step was" if reach.pruned == 1 else f"{reach.pruned:,} older steps were"
    return (
        f"{words} {gone} let go: beyond the last {KEPT_STEPS:,}, the history keeps a year, "
        f"and {KEPT_BYTES // 1_000_000:,} MB at most."
    )


def local_time(instant: str) -> str:
    """A UTC instant such as 2026-11-21T16:02:00.000Z in the user's own clock and manner; as it is if senseless."""
    moment = QDateTime.fromString(instant, Qt.DateFormat.ISODateWithMs)
    if not moment.isValid():
        return instant
    return QLocale().toString(moment.toTimeZone(QTimeZone.systemTimeZone()), QLocale.FormatType.ShortFormat)


def _short(label: str, limit: int = 28) -> str:
    return label if len(label) <= limit else f"{label[: limit - 1]}…"
