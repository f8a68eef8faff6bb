"""What stands beside the list of the workspace: the facets at the left, the passage at the right."""

from typing import TYPE_CHECKING

from reader.ui.workspace.facets import FacetsPanel
from reader.ui.workspace.preview import PreviewPanel

if TYPE_CHECKING:
    from reader.ui.main_window import MainWindow
    from reader.ui.workspace.page import WorkspacePage


class Sides:
    """Fills the outer columns of a page."""

    def __init__(self, page: "WorkspacePage", window: "MainWindow") -> None:
        self._page, self._window = page, window
        self.facets = FacetsPanel(window.session, page.inquiry)
        self.preview = PreviewPanel(window.session, page.inquiry, lambda: window.appearance.typography)
        page.left.add(self.facets, stretch=1)
        page.right.add(self.preview, stretch=1)
        self.preview.open_requested.connect(self._open)

    def shut(self) -> None:
        """Ask nothing any more, and wait for what was asked."""
        self.preview.shut()

    def _open(self, document_uid: str, uid: str) -> None:
        parts = self._window.complete()
        self._window.show_reading()
        parts.places.go_to_hit(document_uid, 0, 0, uid)
