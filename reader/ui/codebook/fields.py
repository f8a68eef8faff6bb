"""What is known of one tag, to be changed: its name and place, colour, key, and what it is for."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFormLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from reader.model.codebook import Description, description_of
from reader.ui.codebook.colors import ColorBox
from reader.ui.codebook.key_field import KeyField
from reader.ui.codebook.name_field import NameField
from reader.ui.codebook.tree_model import Level
from reader.ui.dialogs.base import form, say, text
from reader.ui.theme import Theme
from reader.ui.widgets.tag_field import clean_tag

_LEAST, _FEW, _LINES, _MOST = 1.4, 1.9, 3.5, 8
"""Lines of a description: the least, those wanted on a low screen and on others, the most."""
_LOW = 700
"""Pixels of the height of a low screen."""
_PARTS = (
    ("&Belongs here", "What is marked with this tag"),
    ("Does n&ot", "What only looks like it"),
    ("E&xample", "A passage that has it"),
)


class TagFields(QWidget):
    """Each change is asked for when its field is left: the name that the tag has, and what it is to have.

    Escape takes back what was typed for a name; what was typed for a description is kept.
    """

    renamed = Signal(str, str)
    moved = Signal(str, str)
    recolored = Signal(str, str)
    described = Signal(str, str)
    key_wanted = Signal(str, str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._level: Level | None = None
        self.name, self.under = QLineEdit(), NameField("Nested in", "No other tag")
        self.name.setAccessibleName("Name")
        self.color, self.key = ColorBox(theme), KeyField()
        self.parts = [_Words(name.replace("&", ""), hint) for name, hint in _PARTS]
        self.error = text("", "error")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._rows())
        column.addWidget(self.error)
        self._connect()
        self.show_level(None, "")

    def show_level(self, level: Level | None, key: str) -> None:
        """Another tag, or the same anew, and the key that gives it. What is being typed for the same one stays."""
        same = bool(self._level and level and self._level.key == level.key)
        before, self._level = self._shown(), level
        tag = level.tag if level else None
        for field, was, now in zip(self._texts(), before, self._shown(), strict=True):
            if not same or _words_of(field) == was:
                _put(field, now)
        self.color.set_color(tag.color if tag else "")
        self.key.setText(key)
        for part in (self.name, self.under):
            part.setEnabled(level is not None)
        for part in (self.color, self.key, *self.parts):
            part.setEnabled(tag is not None)
        say(self.error, "")

    def _texts(self) -> list[QLineEdit | QPlainTextEdit]:
        return [self.name, self.under, *self.parts]

    def _shown(self) -> tuple[str, ...]:
        """What the library has for each field with words."""
        over, _, leaf = self._level.name.rpartition("/") if self._level else ("", "", "")
        tag = self._level.tag if self._level else None
        description = description_of(tag.description) if tag else Description()
        return leaf, over, description.belongs, description.excluded, description.example

    def set_names(self, names: Sequence[str]) -> None:
        """The tags that one can be nested in."""
        self.under.set_names(names)

    def take_name(self) -> None:
        """Put the keyboard where the tag is renamed."""
        self.name.setFocus()
        self.name.selectAll()

    def commit(self) -> None:
        """Ask for what was typed and not asked for yet."""
        self._rename()
        self._move()
        self._describe()

    def _rows(self) -> QFormLayout:
        rows = form()
        rows.addRow("&Name", self.name)
        rows.addRow("Nested &in", self.under)
        rows.addRow("&Colour", self.color)
        rows.addRow("&Key", self.key)
        for part, (name, _) in zip(self.parts, _PARTS, strict=True):
            rows.addRow(name, part)
        return rows

    def _connect(self) -> None:
        self.name.editingFinished.connect(self._rename)
        self.under.editingFinished.connect(self._move)
        self.color.chosen.connect(lambda color: self._level and self.recolored.emit(self._level.name, color))
        self.key.pressed.connect(lambda key: self._level and self.key_wanted.emit(self._level.name, key))
        for field in (self.name, self.under):
            field.installEventFilter(self)
        for part in self.parts:
            part.left.connect(self._describe)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        pressed = event.type() in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride)
        if pressed and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape and self._level:
            over, _, leaf = self._level.name.rpartition("/")
            field, before = (self.name, leaf) if watched is self.name else (self.under, over)
            if field.text() != before:
                if event.type() == QEvent.Type.KeyPress:
                    field.setText(before)
                event.accept()
                return True
        if event.type() == QEvent.Type.ShortcutOverride and _undoes_nothing(watched, event):
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def _rename(self) -> None:
        if not self._level:
            return
        over, _, leaf = self._level.name.rpartition("/")
        new = clean_tag(self.name.text())
        if not new:
            self.name.setText(leaf)
            say(self.error, "A tag needs a name; write one.")
        elif new != leaf:
            self.renamed.emit(self._level.name, f"{over}/{new}" if over else new)

    def _move(self) -> None:
        if self._level and (under := clean_tag(self.under.text())) != self._level.name.rpartition("/")[0]:
            self.moved.emit(self._level.name, under)

    def _describe(self) -> None:
        if self._level and self._level.tag and self._description() != self._known():
            self.described.emit(self._level.name, self._description())

    def _description(self) -> str:
        return Description(*(part.toPlainText() for part in self.parts)).text()

    def _known(self) -> str:
        tag = self._level.tag if self._level else None
        return description_of(tag.description).text() if tag else ""

    def set_theme(self, theme: Theme) -> None:
        self.color.set_theme(theme)


class _Words(QPlainTextEdit):
    """A few lines; `left` when the keyboard goes elsewhere."""

    left = Signal()

    def __init__(self, name: str, hint: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setTabChangesFocus(True)
        self.setMinimumHeight(self._lines(_LEAST))
        self.setMaximumHeight(self._lines(_MOST))

    def sizeHint(self) -> QSize:
        is_low = self.screen().availableGeometry().height() < _LOW
        return QSize(200, self._lines(_FEW if is_low else _LINES))

    def minimumSizeHint(self) -> QSize:
        # Qt has room for its scroll bars in mind, and would make the window higher than a small screen.
        return QSize(120, self._lines(_LEAST))

    def _lines(self, count: float) -> int:
        return round(self.fontMetrics().lineSpacing() * count) + 14

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


def _undoes_nothing(watched: QObject, event: QEvent) -> bool:
    """Whether it is Ctrl+Z in a field in which nothing was typed: then it is the library's, as elsewhere."""
    undo = isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Undo)
    return undo and isinstance(watched, QLineEdit) and not watched.isUndoAvailable()


def _words_of(field: QLineEdit | QPlainTextEdit) -> str:
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()


def _put(field: QLineEdit | QPlainTextEdit, words: str) -> None:
    """Show words; the same again leave the cursor where it is. What was typed before is not brought back by Ctrl+Z."""
    if isinstance(field, QLineEdit):
        cursor = field.cursorPosition() if words == field.text() else 0
        field.setText(words)
        field.setCursorPosition(cursor)
    elif words != field.toPlainText():
        field.setPlainText(words)
