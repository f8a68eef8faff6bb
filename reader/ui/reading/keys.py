"""Which key moves the caret how."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from reader.ui.reading.caret import Step

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

_KEY = Qt.Key
_PLAIN = {
    _KEY.Key_Left: Step.LEFT,
    _KEY.Key_Right: Step.RIGHT,
    _KEY.Key_Up: Step.LINE_UP,
    _KEY.Key_Down: Step.LINE_DOWN,
    _KEY.Key_PageUp: Step.PAGE_UP,
    _KEY.Key_PageDown: Step.PAGE_DOWN,
    _KEY.Key_Home: Step.LINE_START,
    _KEY.Key_End: Step.LINE_END,
}
_CONTROL = {
    _KEY.Key_Left: Step.WORD_LEFT,
    _KEY.Key_Right: Step.WORD_RIGHT,
    _KEY.Key_Up: Step.PARAGRAPH_UP,
    _KEY.Key_Down: Step.PARAGRAPH_DOWN,
    _KEY.Key_Home: Step.TEXT_START,
    _KEY.Key_End: Step.TEXT_END,
}
_ALT = {_KEY.Key_Left: Step.SENTENCE_LEFT, _KEY.Key_Right: Step.SENTENCE_RIGHT}


def step_of(event: "QKeyEvent") -> tuple[Step, bool] | None:
    """The caret's step for a key, and whether it extends the selection; None for any other key."""
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    extends = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
    rest = modifiers & ~Qt.KeyboardModifier.ShiftModifier
    if rest == Qt.KeyboardModifier.NoModifier:
        table = _PLAIN
    elif rest == Qt.KeyboardModifier.ControlModifier:
        table = _CONTROL
    elif rest == Qt.KeyboardModifier.AltModifier:
        table = _ALT
    else:
        return None
    step = table.get(Qt.Key(event.key()))
    return (step, extends) if step else None
