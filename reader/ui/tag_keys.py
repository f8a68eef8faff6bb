"""Keys of the user's own that give a tag to what is selected: in the text, and in the rows of the workspace."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence

from reader.services.tag_heirs import SETTING as HEIRS
from reader.services.tag_heirs import Heirs, heirs_of

if TYPE_CHECKING:
    from PySide6.QtCore import QKeyCombination

    from reader.ui.main_window import MainWindow
    from reader.ui.marking import Marking

SETTING = "tag_keys"
"""The setting: keys in portable notation, by the uid of the tag."""
GONE = "The tag of this key is not there any more; Annotate, Codebook gives the key to another one."

_TAKEN = "Arrows, Enter, Tab and the like belong to the text and the lists; choose a letter, a figure or an F key."
_MENUS = "Alt with a letter opens the menus; choose another key."
_LISTS = frozenset(
    {
        *(Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End),
        *(Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Return),
        *(Qt.Key.Key_Enter, Qt.Key.Key_Escape, Qt.Key.Key_Space, Qt.Key.Key_Backspace, Qt.Key.Key_Delete),
        *(Qt.Key.Key_Insert, Qt.Key.Key_Menu, Qt.Key.Key_F2, Qt.Key.Key_F10),
        *(Qt.Key.Key_Asterisk, Qt.Key.Key_Plus, Qt.Key.Key_Minus),
    }
)


class TagKeys(QObject):
    """Knows which key gives which tag, and gives it. `changed` says that a key was given to a tag or taken from it."""

    changed = Signal()

    def __init__(self, window: "MainWindow", marking: "Marking") -> None:
        super().__init__(window)
        self._window, self._session, self._marking = window, window.session, marking
        stored: object = self._session.library.settings.get(SETTING, {})
        known = cast("dict[object, object]", stored) if isinstance(stored, dict) else {}
        self._keys = {str(uid): str(key) for uid, key in known.items() if key}
        self._actions: list[QAction] = []
        self._hang()
        self._settle()
        self._session.changed.connect(lambda change: change.tags and self._settle())

    def shown(self) -> dict[str, str]:
        """The keys as they are written in this system, by the uid of the tag."""
        return {uid: _shown(key) for uid, key in self._keys.items()}

    def named(self) -> list[tuple[str, str]]:
        """Names of tags and their keys, by name."""
        names = self._session.library.tags.names(list(self._keys))
        return sorted((f"Tag “{name}”", _shown(self._keys[uid])) for uid, name in names.items())

    def assign(self, uid: str, key: str) -> str:
        """Let a key (portable notation; empty: none) give this tag. The reason, in a sentence, where it cannot."""
        names = self._session.library.tags.names(list(self._keys))
        # A tag that is gone gives its key up; undo may bring the tag back, and then the key if it is still free.
        others = {names[other]: its for other, its in self._keys.items() if other in names and other != uid}
        if key and (reason := why_not(key, self._window.actions_.all(), others)):
            return reason
        kept = {other: its for other, its in self._keys.items() if other != uid and its != key}
        self._keep({**kept, uid: key} if key else kept)
        # A key that is chosen is the tag's own: no undo of a merge takes it away.
        heirs = self._heirs()
        if any(kept == uid for kept, _ in heirs.values()):
            self._keep_heirs({gone: heir for gone, heir in heirs.items() if heir[0] != uid})
        return ""

    def _settle(self) -> None:
        """Give each key of a merged tag to the one it went into, unless that has a key; undo of the merge, back."""
        before = self._heirs()
        if not before or not self._keys:
            return
        uids = {*before, *(kept for kept, _ in before.values())}
        here, keys, heirs = self._session.library.tags.names(list(uids)), dict(self._keys), dict(before)
        for gone, (kept, handed) in before.items():
            giver, taker = (kept, gone) if gone in here else (gone, kept)
            if taker in here and giver in keys and taker not in keys and (giver == gone or handed):
                keys[taker] = keys.pop(giver)
                heirs[gone] = kept, taker == kept
        if keys != self._keys:
            self._keep(keys)
            self._keep_heirs(heirs)

    def _keep(self, keys: dict[str, str]) -> None:
        self._keys = keys
        self._session.library.settings.set(SETTING, keys)
        self._hang()
        self.changed.emit()

    def _heirs(self) -> Heirs:
        """The merges that are remembered, read each time: the command line merges tags too."""
        return heirs_of(self._session.library.settings.get(HEIRS, {}))

    def _keep_heirs(self, heirs: Heirs) -> None:
        self._session.library.settings.set(HEIRS, heirs)

    def press(self, uid: str) -> None:
        """Give the tag to what is selected; take it off where all of that has it."""
        name = self._session.library.tags.names([uid]).get(uid)
        page = self._window.workspace
        if name is None:
            self._session.say(GONE)
        elif page is not None and self._window.in_workspace():
            page.rows.give_or_take(name)
        else:
            self._marking.give_or_take(name)

    def _hang(self) -> None:
        """One action for each key, which no menu shows."""
        for action in self._actions:
            self._window.removeAction(action)
            action.deleteLater()
        taken = self._window.actions_.all()
        # A menu may have got the key since: then it is the menu's.
        free = {uid: key for uid, key in self._keys.items() if not why_not(key, taken, {})}
        self._actions = [self._action(uid, key) for uid, key in free.items()]

    def _action(self, uid: str, key: str) -> QAction:
        action = QAction(self._window)
        action.setShortcut(QKeySequence(key))
        action.triggered.connect(lambda: self.press(uid))
        self._window.addAction(action)
        return action


def why_not(key: str, actions: Iterable[QAction], tags: Mapping[str, str]) -> str:
    """Why a key (portable notation) cannot give a tag, in a sentence; empty where it can. `tags`: keys by name."""
    wanted = QKeySequence(key)
    if wanted.count() != 1:
        return _TAKEN
    combination = cast("QKeyCombination", cast("Any", wanted)[0])
    if combination.key() in _LISTS:
        return _TAKEN
    if combination.keyboardModifiers() == Qt.KeyboardModifier.AltModifier:
        return _MENUS
    for action in actions:
        if wanted in action.shortcuts():
            words = action.text().replace("&", "").rstrip("…")
            return f"{_shown(key)} is the key of “{words}” already; choose another one."
    for name, its in tags.items():
        if QKeySequence(its) == wanted:
            return f"{_shown(key)} is the key of the tag “{name}” already; choose another one."
    return ""


def _shown(key: str) -> str:
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
