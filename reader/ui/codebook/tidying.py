"""Tags that nothing has, and pairs of tags that may be one: what makes a codebook grow wild."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QPushButton, QTreeWidget, QTreeWidgetItem, QWidget

from reader.model.codebook import MergePreview, Twins
from reader.ui.dialogs.base import PassageDialog, columns, rule, say, text

_LOOKING = "Looking through the tags…"
_NAME = 34


class TidyDialog(PassageDialog):
    """Is given what was found, and again after each change. `merge_requested` carries the tag that goes and the one
    that stays, `preview_wanted` too, `delete_requested` nothing: all unused tags are deleted."""

    merge_requested = Signal(str, str)
    preview_wanted = Signal(str, str)
    delete_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Tidy up the tags", parent, width=620)
        self._pairs: list[Twins] = []
        self._turned = False
        self.twins = QTreeWidget()
        self.twins.setAccessibleName("Tags that may be one")
        self.twins.setHeaderLabels(["Stays", "Goes", "Alike"])
        self.twins.setRootIsDecorated(False)
        self.twins.setUniformRowHeights(True)
        self.twins.setMinimumHeight(170)
        columns(self.twins)
        self.unused = QListWidget()
        self.unused.setAccessibleName("Unused tags")
        self.unused.setUniformItemSizes(True)
        self.unused.setMinimumHeight(110)
        self.merge, self.turn = QPushButton("&Merge"), QPushButton("&The other way round")
        self.delete = QPushButton("&Delete them")
        self.said_twins, self.said_unused = text(_LOOKING, "quiet"), text(_LOOKING, "quiet")
        self.preview, self.error = text("", "quiet"), text("", "error")
        self._arrange()
        self.add_close(default=False)
        self.twins.setFocus()

    def set_twins(self, pairs: Sequence[Twins]) -> None:
        """The pairs that were found, the likest first; the row of the last one merged is the current one's place."""
        row = max(0, self.twins.currentIndex().row())
        self._pairs = list(pairs)
        self.twins.clear()
        items = [QTreeWidgetItem([p.kept, p.other, f"{round(p.likeness * 100)} %"]) for p in self._pairs]
        self.twins.addTopLevelItems(items)
        found = f"{len(items):,} pair{' of tags' if len(items) == 1 else 's of tags'} may be one:"
        self.said_twins.setText(found if items else "No two tags look as if they were one.")
        if items:
            self.twins.setCurrentItem(items[min(row, len(items) - 1)])
        self._show_pair()

    def set_unused(self, names: Sequence[str]) -> None:
        """The tags that nothing has."""
        self.unused.clear()
        self.unused.addItems(list(names))
        count = len(names)
        found = f"Nothing has {'this tag' if count == 1 else f'these {count:,} tags'}:"
        self.said_unused.setText(found if names else "Every tag is used.")
        self.delete.setEnabled(bool(names))
        self.delete.setText("&Delete it" if count == 1 else "&Delete them all")

    def set_preview(self, would: MergePreview) -> None:
        """What merging the current pair would do."""
        marks, documents = would.annotations, would.documents
        words = f"{marks:,} mark{'' if marks == 1 else 's'}"
        if documents:
            words += f" and {documents:,} document{'' if documents == 1 else 's'}"
        say(self.error, "")
        self.preview.setText(f"{words} would be tagged “{self.pair()[1]}” instead.")

    def show_error(self, sentence: str) -> None:
        """What could not be done."""
        say(self.error, sentence)

    def pair(self) -> tuple[str, str]:
        """The tag that goes and the one that stays, of the current row; empty without one."""
        row = self.twins.currentIndex().row()
        if not 0 <= row < len(self._pairs):
            return "", ""
        pair = self._pairs[row]
        return (pair.kept, pair.other) if self._turned else (pair.other, pair.kept)

    def _arrange(self) -> None:
        say(self.error, "")
        buttons = QHBoxLayout()
        buttons.setSpacing(6)
        for button in (self.merge, self.turn):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        buttons.addStretch(1)
        self.delete.setAutoDefault(False)
        last = QHBoxLayout()
        last.addWidget(self.delete)
        last.addStretch(1)
        for part in (self.said_twins, self.twins, self.preview, self.error):
            self.body.addWidget(part, 1 if part is self.twins else 0)
        self.body.addLayout(buttons)
        self.body.addWidget(rule())
        self.body.addWidget(self.said_unused)
        self.body.addWidget(self.unused)
        self.body.addLayout(last)
        self.body.addWidget(text("Each of these can be undone.", "quiet"))
        self.twins.currentItemChanged.connect(lambda *_: self._choose())
        self.twins.itemActivated.connect(lambda *_: self._merge())
        self.merge.clicked.connect(self._merge)
        self.turn.clicked.connect(self._turn)
        self.delete.clicked.connect(self.delete_requested)
        self.delete.setEnabled(False)
        self._show_pair()

    def _choose(self) -> None:
        self._turned = False
        self._show_pair()

    def _turn(self) -> None:
        self._turned = not self._turned
        self._show_pair()

    def _show_pair(self) -> None:
        goes, stays = self.pair()
        for button in (self.merge, self.turn):
            button.setEnabled(bool(goes))
        self.merge.setText(f"&Merge “{_short(goes)}” into “{_short(stays)}”" if goes else "&Merge")
        self.preview.setText("")
        if goes:
            self.preview_wanted.emit(goes, stays)

    def _merge(self) -> None:
        goes, stays = self.pair()
        if goes:
            self.merge_requested.emit(goes, stays)


def _short(name: str) -> str:
    cut = name if len(name) <= _NAME else f"{name[: _NAME - 1]}…"
    return cut.replace("&", "&&")
