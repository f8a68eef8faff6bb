"""The pane inside a footnote's pop-up: a few blocks of another pane's document, at their own positions."""

from PySide6.QtWidgets import QWidget

from reader.ui.reading.pane import ReadingPane
from reader.ui.reading.stretches import Stretch

_FOOT = 8


class NotePane(ReadingPane):
    """Shows an excerpt with the marks of the pane it was taken from."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName("Note")
        self.view.head, self.view.foot = 0, _FOOT

    def show_excerpt(self, owner: ReadingPane, bounds: Stretch) -> None:
        """Show the blocks between two code points of the owner's document."""
        self.clear()
        self.view.open_excerpt(owner.view, bounds)
        self.restart()

    def height_for(self, width: int) -> int:
        """Pixels that the excerpt takes when it is set in `width` pixels."""
        self.view.ensure(width, 1)
        return self.view.flow.total
