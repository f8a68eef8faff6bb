"""The text as a screen reader asks for it: characters, caret, selection, and where a character stands.

Screen readers count UTF-16 units. The text interface is an object of its own beside the widget's interface:
one Python object that is both would hand Qt the wrong one of its two C++ halves.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAccessibleInterface,
    QAccessibleTextCursorEvent,
    QAccessibleTextInterface,
    QAccessibleTextSelectionEvent,
)
from PySide6.QtWidgets import QAccessibleWidget
from shiboken6 import VoidPtr

from reader.text.offsets import Utf16Map

if TYPE_CHECKING:
    from reader.ui.reading.pane import ReadingPane

# What a C++ null pointer is here: None and 0 become pointers to the Python objects, and the process dies.
_NO_INTERFACE = VoidPtr(0)

# So much of a selection is read out.
_SPOKEN = 300

_installed: list[bool] = []


def install() -> None:
    """Let Qt find the interface of reading panes; the first call counts."""
    if not _installed:
        _installed.append(True)
        QAccessible.installFactory(_interface_of)


def install_for(pane: "ReadingPane") -> None:
    """As `install`; an interface that Qt made of this pane before is given up for ours."""
    install()
    if QAccessible.isActive():
        interface = QAccessible.queryAccessibleInterface(pane)
        if interface is not None and not isinstance(interface, PaneAccessible):
            QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(interface))


def tell_caret(pane: "ReadingPane") -> None:
    """Say where caret and selection are now, when somebody listens."""
    text = pane.accessible_text()
    caret, stretch = text.cursorPosition(), pane.selection()
    if stretch:
        start, end = (text.to_units(position) for position in stretch)
        QAccessible.updateAccessibility(QAccessibleTextSelectionEvent(pane, start, end))
    else:
        QAccessible.updateAccessibility(QAccessibleTextCursorEvent(pane, caret))


def announce_selection(pane: "ReadingPane") -> None:
    """Say what was selected, when somebody listens."""
    if QAccessible.isActive():
        text = pane.selected_text()
        spoken = text if len(text) <= _SPOKEN else f"{text[:_SPOKEN]}…"
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(pane, f"Selected: {spoken}"))


def _interface_of(_class_name: str, target: QObject) -> QAccessibleInterface | None:
    from reader.ui.reading.pane import ReadingPane

    return target.accessible_interface() if isinstance(target, ReadingPane) else None


class PaneAccessible(QAccessibleWidget):
    """The pane as a document. The pane keeps a reference to it as long as it lives itself."""

    def __init__(self, pane: "ReadingPane", text: "PaneText") -> None:
        super().__init__(pane, QAccessible.Role.Document, pane.accessibleName())
        self._text = text

    def interface_cast(self, kind: QAccessible.InterfaceType) -> object:
        return self._text if kind == QAccessible.InterfaceType.TextInterface else _NO_INTERFACE


class PaneText(QAccessibleTextInterface):
    """The canonical text in UTF-16 units; rectangles and points are those of the screen."""

    def __init__(self, pane: "ReadingPane") -> None:
        super().__init__()
        self._pane = pane
        self._mapped: tuple[str, Utf16Map] | None = None

    def to_units(self, position: int) -> int:
        """UTF-16 units before a code point of the document."""
        return self._map().to_utf16(position)

    def to_position(self, unit: int) -> int:
        return self._map().to_code_point(unit)

    def characterCount(self) -> int:
        return self.to_units(len(self._pane.view.document.text))

    def text(self, startOffset: int, endOffset: int) -> str:
        start, end = self.to_position(startOffset), self.to_position(endOffset)
        text, hidden = self._pane.view.document.text[start:end], self._pane.view.source.hidden.within(start, end)
        return _silenced(text, [(low - start, high - start) for low, high in hidden]) if hidden else text

    def cursorPosition(self) -> int:
        return self.to_units(self._pane.view.selection.caret)

    def setCursorPosition(self, position: int) -> None:
        self._pane.place_caret(self.to_position(position))

    def selectionCount(self) -> int:
        """None is owned to: Python cannot answer Qt's question for its ends, so they would be random numbers.

        What is selected is said by `announce_selection` instead.
        """
        return 0

    def addSelection(self, startOffset: int, endOffset: int) -> None:
        start, end = self.to_position(startOffset), self.to_position(endOffset)
        self._pane.select(start, end)
        if start < end:
            self._pane.selection_made.emit(start, end)

    def setSelection(self, selectionIndex: int, startOffset: int, endOffset: int) -> None:
        if selectionIndex == 0:
            self.addSelection(startOffset, endOffset)

    def removeSelection(self, selectionIndex: int) -> None:
        if selectionIndex == 0:
            self._pane.clear_selection()

    def characterRect(self, offset: int) -> QRect:
        position = self.to_position(offset)
        if not self._pane.ensure():
            return QRect()
        parts = self._pane.view.rects(position, position + 1)
        rect = parts[0] if parts else self._pane.view.flow.view_rect(position)
        return QRect(self._pane.viewport().mapToGlobal(rect.topLeft()), rect.size())

    def offsetAtPoint(self, point: QPoint) -> int:
        local = self._pane.viewport().mapFromGlobal(point)
        position = self._pane.pointer.position_on(local)
        return -1 if position is None else self.to_units(position)

    def scrollToSubstring(self, startIndex: int, endIndex: int) -> None:
        self._pane.go_to(self.to_position(startIndex), end=self.to_position(endIndex), flash=False)

    def _map(self) -> Utf16Map:
        text = self._pane.view.document.text
        if self._mapped is None or self._mapped[0] is not text:
            self._mapped = (text, Utf16Map(text))
        return self._mapped[1]


def _silenced(text: str, hidden: list[tuple[int, int]]) -> str:
    """`text` with silence in the place of what is hidden, of the same length in UTF-16 units."""
    parts: list[str] = []
    done = 0
    for start, end in hidden:
        units = Utf16Map(text[start:end]).to_utf16(end - start)
        parts += (text[done:start], "\n" * (text[start] == "\n"), " " * (units - (text[start] == "\n")))
        done = end
    return "".join((*parts, text[done:]))
