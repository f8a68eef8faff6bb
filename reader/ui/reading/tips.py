"""What a pane says in a tooltip: the categories and notes of the marks under the pointer, and what is doubtful."""

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QToolTip

from reader.model.annotation import Color

if TYPE_CHECKING:
    from PySide6.QtGui import QHelpEvent

    from reader.ui.reading.marks import Mark
    from reader.ui.reading.pane import ReadingPane

_LONGEST = 300


def show_tip(pane: "ReadingPane", event: "QHelpEvent", names: dict[Color, str]) -> None:
    """Name the categories and notes of the marks under the pointer, unless a footnote stands there to be read."""
    if pane.note and pane.note.isVisible():
        return
    lines: list[str] = []
    for mark in pane.pointer.marks_at(event.pos()):
        name = names[Color(mark.color)]
        lines.append(f"{name}: {mark.note[:_LONGEST]}" if mark.note else name)
        if mark.was:
            lines.append(f"The words have changed: {_changed(pane, mark)}")
    if lines:
        # Escaped, else a note with a tag in it would be taken for markup; markup of ours wraps long lines.
        tip = escape("\n".join(lines)).replace("\n", "<br>")
        QToolTip.showText(event.globalPos(), f"<p>{tip}</p>", pane.viewport())
    else:
        QToolTip.hideText()


def _changed(pane: "ReadingPane", mark: "Mark") -> str:
    from reader.services.differences import changed_words
    from reader.text.joining import joined

    return changed_words(joined(mark.was), joined(pane.view.document.text, mark.start, mark.end))
