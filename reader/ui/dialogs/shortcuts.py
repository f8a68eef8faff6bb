"""All keys in one list that can be searched."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QLineEdit, QTreeWidget, QTreeWidgetItem, QWidget

from reader.ui.dialogs.base import PassageDialog, columns, say, text

Pairs = Sequence[tuple[str, str]]

# What the text and the lists answer to by themselves, without an action in a menu.
READING_KEYS: Pairs = (
    ("Move by letter, line", "Arrows"),
    ("Move by word", "Ctrl+Left, Ctrl+Right"),
    ("Move by sentence", "Alt+Left, Alt+Right"),
    ("Move by paragraph", "Ctrl+Up, Ctrl+Down"),
    ("To the beginning or end of the line", "Home, End"),
    ("To the beginning or end of the text", "Ctrl+Home, Ctrl+End"),
    ("Select while moving", "Shift with any of these"),
    ("Change the range of a mark", "Shift+Alt+Arrows"),
    ("Close what floats, drop the selection", "Escape"),
    ("Make the text larger or smaller", "Ctrl+Wheel"),
)


class ShortcutsDialog(PassageDialog):
    """`groups` are the menus' actions by the menu's name; `extra` adds pairs of words and keys under a name."""

    def __init__(
        self,
        groups: Mapping[str, Sequence[QAction]],
        extra: Mapping[str, Pairs] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("Keyboard shortcuts", parent, width=560)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText("Filter by words or keys")
        self.filter.setAccessibleName("Filter shortcuts")
        self.filter.setClearButtonEnabled(True)
        self.list = QTreeWidget()
        self.list.setAccessibleName("Shortcuts")
        self.list.setHeaderLabels(["Action", "Keys"])
        self.list.setRootIsDecorated(False)
        self.list.setIndentation(12)
        self.list.setMinimumHeight(300)
        self._groups: list[tuple[QTreeWidgetItem, list[QTreeWidgetItem]]] = []
        self._none = text("Nothing has these words or keys.", "quiet")
        self._none.hide()
        for part in (self.filter, self._none):
            self.body.addWidget(part)
        self.body.addWidget(self.list, 1)
        for name, actions in groups.items():
            self._add_group(_plain(name), [pair for pair in map(_described, actions) if pair[1]])
        for name, pairs in (extra if extra is not None else {"In the text": READING_KEYS}).items():
            self._add_group(name, pairs)
        self.list.expandAll()
        columns(self.list)
        self.filter.textChanged.connect(self._filter)
        self.filter.setFocus()
        self.add_close()

    def _add_group(self, name: str, pairs: Pairs) -> None:
        if not pairs:
            return
        group = QTreeWidgetItem(self.list, [name])
        group.setFlags(Qt.ItemFlag.ItemIsEnabled)
        font = group.font(0)
        font.setBold(True)
        group.setFont(0, font)
        self._groups.append((group, [QTreeWidgetItem(group, [words, keys]) for words, keys in pairs]))

    def _filter(self, typed: str) -> None:
        wanted = typed.casefold().split()
        found = 0
        for group, items in self._groups:
            shown = 0
            for item in items:
                line = f"{item.text(0)} {item.text(1)}".casefold()
                matches = all(word in line for word in wanted)
                item.setHidden(not matches)
                shown += matches
            group.setHidden(shown == 0)
            found += shown
        say(self._none, "" if found else "Nothing has these words or keys.")


def _described(action: QAction) -> tuple[str, str]:
    keys = [key.toString(QKeySequence.SequenceFormat.NativeText) for key in action.shortcuts()]
    return _plain(action.text()), ", ".join(keys)


def _plain(words: str) -> str:
    """A menu's text without its mnemonic and its dots."""
    return words.replace("&&", "\0").replace("&", "").replace("\0", "&").rstrip("…")
