"""A field that takes the next key pressed in it."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget

_ALONE = frozenset(
    {
        *(Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr),
        *(Qt.Key.Key_Super_L, Qt.Key.Key_Super_R, Qt.Key.Key_CapsLock, Qt.Key.Key_unknown, Qt.Key(0)),
    }
)
_LEAVES = frozenset({Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter})
_CLEARS = frozenset({Qt.Key.Key_Backspace, Qt.Key.Key_Delete})


class KeyField(QLineEdit):
    """Shows a key; another one pressed is asked for by `pressed` in portable notation, none by Backspace.

    Tab, Enter and Escape do what they do elsewhere.
    """

    pressed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText("Press a key for this tag")
        self.setAccessibleName("Key")
        self.setAccessibleDescription("The next key pressed here gives this tag; Backspace takes the key away.")
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setAcceptDrops(False)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() not in _LEAVES:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _LEAVES:
            # Not to the line: to the dialog, whose default button and whose Escape they are.
            event.ignore()
        elif key in _CLEARS and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.pressed.emit("")
        elif key not in _ALONE:
            self.pressed.emit(written(event))


def written(event: QKeyEvent) -> str:
    """The key with what was held beside it, in portable notation.

    Shift is left out where it makes the sign: on another keyboard it may be made without.
    """
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    text = event.text()
    if text and text.isprintable() and not text.isalpha():
        modifiers &= ~Qt.KeyboardModifier.ShiftModifier
    sequence = QKeySequence(event.key() | modifiers.value)
    return sequence.toString(QKeySequence.SequenceFormat.PortableText)
