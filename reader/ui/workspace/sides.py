"""What stands beside the list of the workspace: the facets at the left, the passage at the right."""

from typing import TYPE_CHECKING

from reader.ui.workspace.facets import FacetsPanel

if TYPE_CHECKING:
    from reader.ui.main_window import MainWindow
    from reader.ui.workspace.page import WorkspacePage


class Sides:
    """Fills the columns of a page."""

    def __init__(self, page: "WorkspacePage", window: "MainWindow") -> None:
        self.facets = FacetsPanel(window.session, page.inquiry)
        page.left.add(self.facets, stretch=1)
