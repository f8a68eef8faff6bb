"""Words that probably ran together in a text, to be written apart: a list, of which one chooses."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem, QWidget

from reader.text.editing import Edit
from reader.text.run_together import RanTogether
from reader.ui.dialogs.base import PassageDialog, columns, say, text

_LOOKING = "Looking for words that ran together…"
_NOTHING = (
    "Nothing in this text seems to have run together. To correct a passage by hand, select it and press Ctrl+Alt+E."
)
_ABOUT = (
    "Chosen are those that a capital, figures or a full stop parts. The others only consist of two words of this text: "
    "look at them before you choose them."
)
_AT_WORK = "Correcting…"
_AROUND = 24


class RanTogetherDialog(PassageDialog):
    """`correct_requested` carries the edits of the rows that are ticked."""

    correct_requested = Signal(list)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Words that ran together", parent, width=680)
        self._found: Sequence[RanTogether] = ()
        self.about = text(_LOOKING, "quiet")
        self.body.addWidget(self.about)
        self.list = QTreeWidget()
        self.list.setAccessibleName("Words that ran together")
        self.list.setHeaderLabels(["In the text", "Together", "Apart"])
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setMinimumHeight(260)
        columns(self.list)
        self.body.addWidget(self.list, 1)
        self.error = text("", "error")
        self.body.addWidget(self.error)
        say(self.error, "")
        self.none_button = self.add_button("Choose &none", left=True)
        self.all_button = self.add_button("Choose &all", left=True)
        self.correct_button = self.add_button("&Write apart", default=True)
        self.close_button = self.add_close(default=False)
        self.all_button.clicked.connect(lambda: self._tick(Qt.CheckState.Checked))
        self.none_button.clicked.connect(lambda: self._tick(Qt.CheckState.Unchecked))
        self.correct_button.clicked.connect(lambda: self.correct_requested.emit(self.edits()))
        self.list.itemChanged.connect(lambda _item, _column: self._count())
        self._usable(False)

    def set_found(self, found: Sequence[RanTogether], document_text: str) -> None:
        """List what was found in the text; those that are sure are ticked."""
        self._found = found
        self.list.blockSignals(True)
        for item in found:
            words = document_text[item.start : item.end]
            row = QTreeWidgetItem(self.list, [_around(document_text, item), words, item.apart])
            row.setCheckState(0, Qt.CheckState.Checked if item.sure else Qt.CheckState.Unchecked)
        self.list.blockSignals(False)
        say(self.about, _ABOUT if found else _NOTHING)
        self.list.setVisible(bool(found))
        self._usable(bool(found))
        if first := self.list.topLevelItem(0):
            self.list.setCurrentItem(first)
        (self.list if found else self.close_button).setFocus()
        self.fit()

    def edits(self) -> list[Edit]:
        """Those of the rows that are ticked."""
        rows = (self.list.topLevelItem(at) for at in range(len(self._found)))
        ticked = (bool(row and row.checkState(0) is Qt.CheckState.Checked) for row in rows)
        return [item.edit for item, chosen in zip(self._found, ticked, strict=True) if chosen]

    def set_at_work(self, at_work: bool) -> None:
        """While the corrections are being made, only Close answers: it gives them up."""
        self.list.setEnabled(not at_work)
        self._usable(not at_work and bool(self._found))
        say(self.error, _AT_WORK if at_work else "")

    def show_error(self, sentence: str) -> None:
        """Say why it could not be done."""
        self.set_at_work(False)
        say(self.error, sentence)
        self.fit()

    def _usable(self, usable: bool) -> None:
        for button in (self.all_button, self.none_button):
            button.setVisible(bool(self._found))
            button.setEnabled(usable)
        self.correct_button.setVisible(bool(self._found))
        self.set_default(self.correct_button if self._found else self.close_button)
        self._count(usable=usable)

    def _tick(self, state: Qt.CheckState) -> None:
        self.list.blockSignals(True)
        for at in range(self.list.topLevelItemCount()):
            if row := self.list.topLevelItem(at):
                row.setCheckState(0, state)
        self.list.blockSignals(False)
        self.list.viewport().update()
        self._count()

    def _count(self, *, usable: bool = True) -> None:
        count = len(self.edits())
        self.correct_button.setText(f"&Write {count:,} apart" if count else "&Write apart")
        self.correct_button.setEnabled(usable and count > 0)


def _around(document_text: str, item: RanTogether) -> str:
    low, high = max(item.start - _AROUND, 0), min(item.end + _AROUND, len(document_text))
    words = " ".join(document_text[low:high].split())
    return f"{'…' if low else ''}{words}{'…' if high < len(document_text) else ''}"
