"""The codebook window: the tree of the tags beside what is known of the current one."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from PySide6.QtCore import QTimer, Signal, SignalInstance
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget
from shiboken6 import isValid

from reader.model.library import Tag
from reader.ui.codebook.fields import TagFields
from reader.ui.codebook.tree import TagTreeView
from reader.ui.dialogs.base import PassageDialog, say, text
from reader.ui.theme import Theme
from reader.ui.widgets.unsaved_bar import UnsavedBar

_EMPTY = "There are no tags yet; “New tag…” makes one, and so does T on a selection in the text."
_NONE_FOUND = "No tag has this in its name or its description."
_READING = "Counting the tags…"
_PAUSE = 120
"""Milliseconds from a key in the filter to the tree."""


class CodebookWindow(PassageDialog):
    """Asks for each change as it is made; the owner answers with `set_tags` or, if it went wrong, with `show_error`,
    and with `refuse` where it could not be written; `again_requested` then asks for the same change once more.

    Of the verbs, those that begin with "ask" are to ask for more in a dialog of their own.
    """

    rename_requested = Signal(str, str)
    move_requested = Signal(str, str)
    recolor_requested = Signal(str, str)
    describe_requested = Signal(str, str)
    key_requested = Signal(str, str)
    delete_requested = Signal(str)
    marks_requested = Signal(str)
    ask_new = Signal(str)
    ask_merge = Signal(str)
    ask_split = Signal(str)
    ask_tidy = Signal()
    ask_import = Signal()
    ask_export = Signal()
    undo_requested = Signal()
    redo_requested = Signal()
    again_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("Codebook", parent, width=880)
        self._tags: Sequence[Tag] = ()
        self._keys: Mapping[str, str] = {}
        self._levels: Mapping[str, int] = {}
        self.filter, self.tree, self.fields = QLineEdit(), TagTreeView(theme), TagFields(theme)
        self.unsaved = UnsavedBar(self)
        self._empty, self._said, self.counts = text("", "quiet"), text("", "quiet"), text("", "quiet")
        self.marks, self.merge, self.split, self.delete = (
            QPushButton(words) for words in ("Show its &marks", "Mer&ge…", "&Split…", "&Delete tag")
        )
        self.undo = QPushButton("&Undo")
        self.unsaved.close_requested.connect(self.reject)
        self._waiting: list[tuple[SignalInstance, str, str]] = []
        self._typing = QTimer(self, singleShot=True, interval=_PAUSE)
        self._arrange()
        self._connect()
        self._show()
        self._say_empty()
        self.filter.setFocus()

    # -- what is shown

    def set_tags(self, tags: Sequence[Tag], keys: Mapping[str, str], current: str = "") -> None:
        """Show these, and by their uids the keys that give them; `current`, if given, becomes the current one."""
        level = self.tree.current()
        if (names := [tag.name for tag in tags]) != self.names():
            self.fields.set_names(names)
        self._tags, self._keys, self._is_read = tags, keys, True
        self.unsaved.hide()
        self.tree.set_tags(tags, keys, current or (level.name if level else ""))
        if current and current.casefold() != self.current().casefold():
            # The filter hides what was just made or renamed.
            self.filter.clear()
            self._filter()
            self.tree.choose(current)
        self._say_empty()

    def set_keys(self, keys: Mapping[str, str]) -> None:
        """Other keys, by the uids of the tags that they give."""
        if self._is_read:
            self.set_tags(self._tags, keys)

    def names(self) -> list[str]:
        """The names of all tags, as they were shown last."""
        return [tag.name for tag in self._tags]

    def known(self, name: str) -> Tag | None:
        """The tag of that name, as it was shown last."""
        return next((tag for tag in self._tags if tag.name == name), None)

    def set_levels(self, levels: Mapping[str, int]) -> None:
        """How often what others are nested in is used with them, by its name without case."""
        self._levels = levels
        self.tree.set_totals(levels)
        self._count()

    def set_theme(self, theme: Theme) -> None:
        self.tree.tags.set_theme(theme)
        self.fields.set_theme(theme)

    def current(self) -> str:
        """The name of the current tag; empty when there is none."""
        level = self.tree.current()
        return level.name if level else ""

    def choose(self, name: str) -> None:
        """Make a tag the current one."""
        self.tree.choose(name)

    def tell(self, sentence: str, undoable: bool) -> None:
        """What was done, and whether it can be taken back."""
        say(self._said, sentence)
        self.undo.setVisible(undoable)
        self.fit()

    def show_error(self, sentence: str) -> None:
        """What could not be done; what was typed stays, what was chosen goes back."""
        self._show()
        say(self.fields.error, sentence)
        self.fit()

    def refuse(self, reason: str, words: str) -> None:
        """A change could not be written: what was typed for it stays, to be tried again or copied."""
        say(self.fields.error, "")
        self.unsaved.tell(reason, words)
        self.fit()

    def done(self, result: int) -> None:
        # The keyboard leaves the fields only when all is hidden, which is too late to ask for anything.
        self.commit()
        if self._lets_go or not self.unsaved.isVisible():
            super().done(result)
        else:
            self._lets_go = True
            self.unsaved.ask_closing()

    def commit(self) -> None:
        """Ask for what was typed and not asked for yet."""
        self.fields.commit()
        self._ask_now()

    _lets_go = False
    _is_read = False

    # -- asking

    def _ask_later(self, asked: SignalInstance, name: str, words: str) -> None:
        """Ask when the click that took the keyboard away has been answered: the rows may stand elsewhere then."""
        # A field that is destroyed with the window that has the keyboard says that it was left, too.
        if isValid(self) and (asked, name, words) not in self._waiting:
            self._waiting.append((asked, name, words))
            QTimer.singleShot(0, self, self._ask_now)

    def _ask_now(self) -> None:
        waiting, self._waiting = self._waiting, []
        for asked, name, words in waiting:
            asked.emit(name, words)

    # -- building

    def _arrange(self) -> None:
        self.filter.setPlaceholderText("Filter tags")
        self.filter.setAccessibleName("Filter tags")
        self.filter.setClearButtonEnabled(True)
        self.tree.setMinimumSize(300, 260)
        self.undo.hide()
        self._said.hide()
        for button, key in ((self.marks, "Enter"), (self.delete, "Del")):
            button.setToolTip(f"{key} in the tree")
        self.undo.setAutoDefault(False)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.filter)
        left.addWidget(self.tree, 1)
        left.addWidget(self._empty)
        verbs = QHBoxLayout()
        verbs.setSpacing(6)
        for button in (self.marks, self.merge, self.split, self.delete):
            button.setAutoDefault(False)
        for button in (self.merge, self.split, self.delete):
            verbs.addWidget(button)
        verbs.addStretch(1)
        # Room for two lines: another tag's counts are no reason to scroll.
        self.counts.setMinimumHeight(2 * self.counts.fontMetrics().lineSpacing() + 2)
        used = QHBoxLayout()
        used.addWidget(self.counts, 1)
        used.addWidget(self.marks)
        right = QVBoxLayout()
        right.setSpacing(6)
        right.addWidget(self.fields, 1)
        right.addWidget(self.unsaved)
        right.addLayout(used)
        right.addLayout(verbs)
        both = QHBoxLayout()
        both.setSpacing(20)
        both.addLayout(left, 6)
        both.addLayout(right, 6)
        self.body.addLayout(both, 1)
        told = QHBoxLayout()
        told.addWidget(self._said, 1)
        told.addWidget(self.undo)
        self.body.addLayout(told)

    def _connect(self) -> None:
        row: list[QPushButton] = []
        for words, asked in (
            ("&Tidy up…", self.ask_tidy.emit),
            ("Ex&port…", self.ask_export.emit),
            ("Impo&rt…", self.ask_import.emit),
            ("New t&ag…", lambda: self.ask_new.emit(self.current())),
        ):
            row.insert(0, self.add_button(words, left=True))
            row[0].clicked.connect(lambda _checked=False, asked=asked: asked())
        row.append(self.add_close(default=False))
        # What is added at the left stands before what was added before it; by Tab too.
        for before, after in pairwise(row):
            QWidget.setTabOrder(before, after)
        self._typing.timeout.connect(self._filter)
        self.filter.textChanged.connect(lambda _text: self._typing.start())
        self.tree.current_changed.connect(self._show)
        self.tree.marks_wanted.connect(lambda: self.marks_requested.emit(self.current()))
        self.tree.rename_wanted.connect(self.fields.take_name)
        self.tree.delete_wanted.connect(self.delete.click)
        self.tree.tags.moved.connect(self.move_requested)
        fields = self.fields
        for left, asked in (
            (fields.renamed, self.rename_requested),
            (fields.moved, self.move_requested),
            (fields.described, self.describe_requested),
        ):
            left.connect(lambda name, words, asked=asked: self._ask_later(asked, name, words))
        fields.recolored.connect(self.recolor_requested)
        fields.key_wanted.connect(self.key_requested)
        for button, asked in (
            (self.marks, self.marks_requested),
            (self.merge, self.ask_merge),
            (self.split, self.ask_split),
            (self.delete, self.delete_requested),
        ):
            button.clicked.connect(lambda _checked=False, asked=asked: asked.emit(self.current()))
        self.undo.clicked.connect(self.undo_requested)
        self.unsaved.again_requested.connect(self.again_requested)
        # Fields in which something was typed take these keys for themselves.
        QShortcut(QKeySequence("Ctrl+Z"), self).activated.connect(self.undo_requested)
        QShortcut(QKeySequence("Ctrl+Shift+Z"), self).activated.connect(self.redo_requested)

    # -- what happens

    def _filter(self) -> None:
        self.tree.set_filter(self.filter.text())
        self._say_empty()

    def _say_empty(self) -> None:
        missing = (_NONE_FOUND if self._tags else _EMPTY) if self._is_read else _READING
        say(self._empty, "" if self.tree.tags.found() else missing)

    def _show(self) -> None:
        level = self.tree.current()
        tag = level.tag if level else None
        self.fields.show_level(level, self._keys.get(tag.uid, "") if tag else "")
        self.marks.setEnabled(level is not None)
        for button in (self.merge, self.split, self.delete):
            button.setEnabled(tag is not None)
        self._count()

    def _count(self) -> None:
        level = self.tree.current()
        if level is None:
            self.counts.setText("")
            return
        own = "No tag itself: it only holds others." if level.tag is None else _times(level.tag.uses)
        with_nested = self._levels.get(level.key)
        self.counts.setText(own if with_nested is None else f"{own} {_times(with_nested, 'with those nested in it')}")


def _times(count: int, more: str = "") -> str:
    words = f"{count:,} use{'' if count == 1 else 's'}"
    return f"{words} {more}." if more else f"{words}."
