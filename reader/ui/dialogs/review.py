"""What moved and what was lost: the passage that was marked beside that of now, and what is to become of the mark."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QHBoxLayout, QListView, QPushButton, QVBoxLayout, QWidget

from reader.model.annotation import AnchorState, Color, Style
from reader.ui.dialogs.base import PassageDialog, say, text
from reader.ui.dialogs.passage_box import PassageBox
from reader.ui.theme import Theme

if TYPE_CHECKING:
    from reader.services.reviewing import Doubt

KINDS = ("Moved and lost", "Moved", "Lost", "Kept as lost")
LOST = KINDS.index("Lost")
KEPT = KINDS.index("Kept as lost")
_READING = "Looking up the passages…"
_NOTHING = "There is nothing to review: every annotation is on its words, or has been decided on."
_NONE_KEPT = "No annotation has been kept as lost."
_LOST = "{} Pick another place for them, or keep the annotation as lost."
_AREA = "An area of a page: choose Accept if it is where it belongs. Change the range (R) draws it elsewhere."
_SHORT, _SHORTER = 90, 60
_TALL = 700


class ReviewDialog(PassageDialog):
    """Asks for what is to be listed (`wanted`), is given it by `set_doubts`, and asks by uids for what is decided.

    What is decided is dropped from the list at once; the owner gives the list again after each change.
    """

    wanted = Signal()
    accept_requested = Signal(list)
    keep_requested = Signal(list)
    pick_requested = Signal(str)
    undo_requested = Signal()
    redo_requested = Signal()

    def __init__(self, theme: Theme, title: str, names: Mapping[Color, str], parent: QWidget | None = None) -> None:
        super().__init__("Review moved and lost annotations", parent, width=980)
        self._names = names
        self._doubts: tuple[Doubt, ...] = ()
        self._listed: list[Doubt] = []
        self._done = ""
        self.scope, self.kind = QComboBox(), QComboBox()
        self._make_choices(title)
        self.told = text(_READING, "quiet")
        self._error = text("", "error")
        self.list = QListView()
        self._rows = QStringListModel(self)
        self._make_list()
        self.was = PassageBox("The passage that was marked", theme, gone=True)
        self.now = PassageBox("The passage of now", theme, gone=False)
        self.about, self.note = text("", "quiet"), text("", selectable=True)
        self.detail = QWidget()
        self._arrange()
        self._make_buttons()
        for keys, by in (("F8", 1), ("Shift+F8", -1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(lambda by=by: self.step(by))
        steps = {"Ctrl+Z": self.undo_requested, "Ctrl+Shift+Z": self.redo_requested, "Ctrl+Y": self.redo_requested}
        for keys, wanted in steps.items():
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(wanted)
        self._enable()
        self.list.setFocus()
        say(self._error, "")

    # -- what is listed

    @property
    def whole_library(self) -> bool:
        """Whether all documents are asked for."""
        return self.scope.currentIndex() == self.scope.count() - 1

    @property
    def kept(self) -> bool:
        """Whether what was kept as lost is asked for."""
        return self.kind.currentIndex() == KEPT

    def begin_at(self, *, whole_library: bool, kind: int) -> None:
        """Ask for what was asked for before."""
        for box, index in ((self.scope, self.scope.count() - 1 if whole_library else 0), (self.kind, kind)):
            box.blockSignals(True)
            box.setCurrentIndex(index)
            box.blockSignals(False)

    def set_doubts(self, doubts: "Sequence[Doubt]", current: str = "") -> None:
        """What there is to decide on; the one of that uid, or else the one that was current, stays so."""
        at = self.list.currentIndex().row()
        uid = current or self.current_uid()
        self._doubts = tuple(doubts)
        kind = self.kind.currentIndex()
        states = {1: AnchorState.MOVED, 2: AnchorState.LOST}
        self._listed = [found for found in doubts if kind not in states or found.mark.state is states[kind]]
        self._rows.setStringList([self._line(found) for found in self._listed])
        uids = [found.mark.uid for found in self._listed]
        row = uids.index(uid) if uid in uids else min(max(at, 0), len(uids) - 1)
        if uids:
            self.list.setCurrentIndex(self._rows.index(row, 0))
        self._show_current()

    def drop(self, uids: Sequence[str], words: str) -> None:
        """What was decided on is not asked about any more; the next one comes up. `words` say what was done."""
        gone = set(uids)
        say(self._error, "")
        self._done = f"{words} · "
        self.set_doubts([found for found in self._doubts if found.mark.uid not in gone])

    def tell(self, words: str) -> None:
        """Say what has happened; the list comes by itself."""
        say(self._error, "")
        self._done = f"{words} · "
        self._show_current()

    def show_error(self, sentence: str) -> None:
        """Say why something failed."""
        say(self._error, sentence)

    def current_uid(self) -> str:
        """The mark that is looked at; empty when there is none."""
        found = self._current()
        return found.mark.uid if found else ""

    def after(self, uid: str) -> str:
        """The mark that comes after one in the list; empty after the last."""
        uids = [found.mark.uid for found in self._listed]
        return next(iter(uids[uids.index(uid) + 1 :]), "") if uid in uids else ""

    def step(self, by: int) -> None:
        """Go to the next (1) or the previous (-1) one; after the last comes the first."""
        if self._listed:
            row = (self.list.currentIndex().row() + by) % len(self._listed)
            self.list.setCurrentIndex(self._rows.index(row, 0))

    # -- inside

    def _current(self) -> "Doubt | None":
        row = self.list.currentIndex().row()
        return self._listed[row] if 0 <= row < len(self._listed) else None

    def _line(self, found: "Doubt") -> str:
        words = " ".join(found.was.words.split()) or "Area of a page"
        title = f" ({_apart(found.title)})" if self.whole_library else ""
        return f"{_state(found)}: {_apart(_shortened(words, _SHORT))}{title}"

    def _show_current(self) -> None:
        found, count = self._current(), len(self._listed)
        self.detail.setVisible(found is not None)
        self.list.setVisible(bool(count))
        self._enable()
        if not found:
            self.told.setText(self._done + (_NONE_KEPT if self.kept else _NOTHING))
            self.told.setAccessibleName(self.told.text())
            return
        self.told.setText(f"{self._done}{self.list.currentIndex().row() + 1:,} of {count:,}")
        self.told.setAccessibleName(self.told.text())
        self._show_passages(found)
        mark = found.mark
        tags = "".join(f" · {_apart(f'#{tag}')}" for tag in mark.tags)
        category = _apart(self._names[mark.color])
        self.about.setText(f"{_state(found)} · {category}{tags} · in “{_apart(found.title)}”")
        say(self.note, mark.note)
        self.fit()

    def _show_passages(self, found: "Doubt") -> None:
        from reader.text.differences import word_differences

        if found.mark.style is Style.AREA:
            self.was.say("An area of a page.")
            self.now.say(_lost(0) if found.now is None else _AREA)
            return
        pairs = word_differences(found.was.words, found.now.words) if found.now else []
        self.was.show_passage(found.was, [one for one, _ in pairs])
        if found.now:
            self.now.show_passage(found.now, [other for _, other in pairs])
        else:
            self.now.say(_lost(found.times))

    def _enable(self) -> None:
        found = self._current()
        moved = [one.mark.uid for one in self._listed if one.now]
        lost = [] if self.kept else [one.mark.uid for one in self._listed if not one.now]
        self.accept_button.setEnabled(bool(found and found.now))
        self.keep_button.setEnabled(bool(found and not found.now) and not self.kept)
        self.pick_button.setEnabled(bool(found and found.mark.style is not Style.AREA))
        self.accept_all.setText(f"Accept a&ll {len(moved):,} moved" if moved else "Accept a&ll moved")
        self.keep_all.setText(f"Keep all {len(lost):,} as l&ost" if lost else "Keep all as l&ost")
        self.accept_all.setEnabled(len(moved) > 1)
        self.keep_all.setEnabled(len(lost) > 1)
        for button in (self.previous_button, self.next_button):
            button.setEnabled(len(self._listed) > 1)
        self.set_default(
            self.accept_button if found and found.now else self.pick_button if found else self.close_button
        )

    def _decide(self, *, accept: bool, everything: bool) -> None:
        """Ask for what is decided, of the current one or of everything that is listed and of that kind."""
        wanted = self._listed if everything else [found for found in (self._current(),) if found]
        uids = [found.mark.uid for found in wanted if bool(found.now) is accept]
        if uids:
            (self.accept_requested if accept else self.keep_requested).emit(uids)

    # -- building

    def _make_choices(self, title: str) -> None:
        self.scope.setAccessibleName("Which documents")
        self.scope.addItems([f"“{_shortened(title)}”", "The whole library"] if title else ["The whole library"])
        self.scope.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.kind.setAccessibleName("What is listed")
        self.kind.addItems(KINDS)
        for box in (self.scope, self.kind):
            box.currentIndexChanged.connect(lambda _index: self._ask())

    def _ask(self) -> None:
        self._done = ""
        self.told.setText(_READING)
        self.wanted.emit()

    def _make_list(self) -> None:
        self.list.setModel(self._rows)
        self.list.setAccessibleName("Annotations to review")
        self.list.setUniformItemSizes(True)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # On a small screen three rows do, so that less of what is under them has to be scrolled to.
        self.list.setFixedHeight(150 if self.screen().availableGeometry().height() >= _TALL else 92)
        self.list.selectionModel().currentChanged.connect(lambda _new, _old: self._show_current())

    def _arrange(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.scope, 1)
        top.addWidget(self.kind)
        self.body.addLayout(top)
        for widget in (self.told, self._error, self.list):
            self.body.addWidget(widget)
        column = QVBoxLayout(self.detail)
        column.setContentsMargins(0, 0, 0, 0)
        row = QHBoxLayout()
        row.setSpacing(12)
        for name, box in (("It was", self.was), ("It is now", self.now)):
            side = QVBoxLayout()
            side.addWidget(text(name, "heading"))
            side.addWidget(box, 1)
            box.setMinimumHeight(130)
            row.addLayout(side, 1)
        column.addLayout(row, 1)
        column.addWidget(self.about)
        column.addWidget(self.note)
        self.body.addWidget(self.detail, 1)
        self.accept_all, self.keep_all = QPushButton("Accept all moved"), QPushButton("Keep all as lost")
        every = QHBoxLayout()
        for button, accept in ((self.accept_all, True), (self.keep_all, False)):
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked=False, accept=accept: self._decide(accept=accept, everything=True))
            every.addWidget(button)
        every.addStretch(1)
        self.body.addLayout(every)

    def _make_buttons(self) -> None:
        self.next_button = self.add_button("&Next", left=True)
        self.previous_button = self.add_button("Pre&vious", left=True)
        self.accept_button = self.add_button("&Accept")
        self.pick_button = self.add_button("&Pick another place…")
        self.keep_button = self.add_button("&Keep as lost")
        self.close_button = self.add_close(default=False)
        self.next_button.clicked.connect(lambda: self.step(1))
        self.previous_button.clicked.connect(lambda: self.step(-1))
        self.accept_button.clicked.connect(lambda: self._decide(accept=True, everything=False))
        self.keep_button.clicked.connect(lambda: self._decide(accept=False, everything=False))
        self.pick_button.clicked.connect(lambda: self.pick_requested.emit(self.current_uid()))


def _state(found: "Doubt") -> str:
    """ "Moved, 87 % alike" or the like: in words, so that no colour is needed."""
    mark = found.mark
    if mark.state is AnchorState.LOST:
        return "✕ Kept as lost" if mark.reviewed else "✕ Lost"
    if found.same_words:
        return "→ Moved, the same words"
    return f"? Moved, {mark.score:.0%} alike".replace("%", " %")


def _shortened(words: str, most: int = _SHORTER) -> str:
    return words if len(words) <= most else f"{words[: most - 1]}…"


def _apart(words: str) -> str:
    """Words of any script, so that their direction is theirs alone."""
    return words if words.isascii() else f"\u2068{words}\u2069"


def _lost(times: int) -> str:
    """What is said where a mark is on nothing, though its words may stand in the text."""
    if not times:
        return _LOST.format("These words are not in the present text.")
    if times == 1:
        return _LOST.format("These words stand in the present text, but among others than they did.")
    return _LOST.format(f"These words stand in the present text {times:,} times; which are meant is not known.")
