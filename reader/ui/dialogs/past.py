"""The past of one annotation: its steps, the newest first, each with what was different, to be brought back."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QBrush, QPalette
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem, QWidget

from reader.model.annotation import Annotation
from reader.model.past import Moment
from reader.text.joining import joined
from reader.ui.dialogs.base import PassageDialog, columns, say, text
from reader.ui.dialogs.history import local_time

_READING = "Reading the history…"
_NOTHING = "The history does not reach back to this annotation any more."
_CHOOSE = "Choose a step to see what the annotation was after it."
_PRESENT = "This is what the annotation is now."
_DELETED = "It was deleted by this step."


class PastDialog(PassageDialog):
    """Shows the moments it is given; `restore_requested` carries the annotation as it is to be again."""

    restore_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("History of an annotation", parent, width=640)
        self._moments: Sequence[Moment] = ()
        self._about = text(_READING, "quiet")
        self.list = QTreeWidget()
        self.list.setAccessibleName("Steps, newest first")
        self.list.setHeaderLabels(["What was different", "When", "On"])
        self.list.setRootIsDecorated(False)
        self.list.setMinimumHeight(180)
        columns(self.list)
        self.state = text(_CHOOSE, selectable=True)
        for widget, stretch in ((self._about, 0), (self.list, 1), (self.state, 0)):
            self.body.addWidget(widget, stretch)
        self.restore_button = self.add_button("&Bring this state back", default=True)
        self.restore_button.setEnabled(False)
        self.restore_button.clicked.connect(self._restore)
        self.list.currentItemChanged.connect(self._chosen)
        self.list.itemDoubleClicked.connect(lambda _item: self.restore_button.click())
        self.add_close(default=False)

    def set_moments(self, moments: Sequence[Moment]) -> None:
        """Newest first; the step that was chosen stays chosen."""
        chosen = self._current()
        self._moments = moments
        self.list.clear()
        faded = QBrush(self.palette().color(QPalette.ColorRole.PlaceholderText))
        for moment in moments:
            item = QTreeWidgetItem(self.list, [_words(moment), local_time(moment.action.when), moment.action.device])
            item.setToolTip(0, "\n".join((moment.action.label, *moment.differences)))
            if moment.action.undone:
                for column in range(3):
                    item.setForeground(column, faded)
        say(self._about, "" if moments else _NOTHING)
        self.list.setVisible(bool(moments))
        at = next((n for n, m in enumerate(moments) if chosen and m.action.id == chosen.action.id), 0)
        if item := self.list.topLevelItem(at):
            self.list.setCurrentItem(item)
        self.list.setFocus()

    def _current(self) -> Moment | None:
        item = self.list.currentItem()
        return self._moments[self.list.indexOfTopLevelItem(item)] if item else None

    def _chosen(self) -> None:
        moment = self._current()
        self.restore_button.setEnabled(moment is not None and moment.mark is not None and not moment.present)
        if moment is None:
            self.state.setText(_CHOOSE)
        else:
            after = _PRESENT if moment.present else described(moment.mark) if moment.mark else _DELETED
            self.state.setText("\n".join([*moment.differences, "", after]))
        self.fit()

    def _restore(self) -> None:
        moment = self._current()
        if moment and moment.mark:
            self.restore_requested.emit(moment.mark)


def _words(moment: Moment) -> str:
    words = "; ".join(moment.differences) or moment.action.label
    return f"{words} (undone)" if moment.action.undone else words


def described(mark: Annotation, limit: int = 400) -> str:
    """A state of an annotation in a few lines: quote, note and tags."""
    parts = [f"“{joined(mark.quote)}”" if mark.quote else "", mark.note, " ".join(f"#{tag}" for tag in mark.tags)]
    words = "\n".join(part for part in parts if part) or "An annotation without words."
    return words if len(words) <= limit else f"{words[: limit - 1]}…"
