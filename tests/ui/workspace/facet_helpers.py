"""A library with a few tagged marks in two documents, and hands for the facets of its workspace."""

from PySide6.QtCore import QModelIndex, QPoint, Qt

from reader.model.annotation import Color
from reader.services.library import Library
from reader.text.filter_words import written
from reader.ui.workspace.page import WorkspacePage
from tests.ui.conftest import Desk

MARKS = (
    ("first estimate", Color.YELLOW, "Who made it?", ("cost/dam", "doubt")),
    ("forty million", Color.ORANGE, "", ("cost",)),
    ("ninety-two", Color.ORANGE, "the paper", ("cost/paper",)),
    ("a lake", Color.BLUE, "", ()),
)


def marked(library: Library, uid: str) -> None:
    """Mark the words of `MARKS` in the document."""
    text = library.documents.open(uid).document.text
    for words, color, note, tags in MARKS:
        start = text.index(words)
        library.annotate.highlight(uid, text, start, start + len(words), color=color, note=note, tags=tags)


class Workspace:
    """The workspace of a window, asked and answered."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        desk.window.show_workspace()
        page = desk.window.workspace
        assert page is not None
        self.page: WorkspacePage = page
        self.wait()

    def wait(self) -> None:
        """Until the list and the facets are those of the filter."""
        inquiry, qtbot = self.page.inquiry, self.desk.qtbot
        wanted = inquiry.view.filter

        def answered() -> bool:
            facets = inquiry.facets
            found = self.desk.library.workspace.facets(wanted)
            return facets == found and len(set(inquiry.listing.ids)) == found.total

        qtbot.waitUntil(answered)

    @property
    def words(self) -> str:
        """The filter as it is written."""
        return written(self.page.inquiry.view.filter)

    def index(self, *labels: str) -> QModelIndex:
        """The row under these rows, from the title of its facet on."""
        model, index = self.page.sides.facets.view.facets, QModelIndex()
        for label in labels:
            rows = [model.index(row, 0, index) for row in range(model.rowCount(index))]
            (index,) = [row for row in rows if row.data() == label]
        return index

    def labels(self, *labels: str) -> list[str]:
        """What hangs under a row, with counts."""
        model, index = self.page.sides.facets.view.facets, self.index(*labels)
        found = [model.node(model.index(row, 0, index)) for row in range(model.rowCount(index))]
        return [f"{node.label} {node.value.count}" if node.value else node.label for node in found if node]

    def point(self, *labels: str) -> QPoint:
        view, index = self.page.sides.facets.view, self.index(*labels)
        view.scrollTo(index)
        return view.visualRect(index).center()

    def click(self, *labels: str, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        viewport, left = self.page.sides.facets.view.viewport(), Qt.MouseButton.LeftButton
        self.desk.qtbot.mouseClick(viewport, left, modifiers, self.point(*labels))
        self.wait()
