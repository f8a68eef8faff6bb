"""The saved views beside the text: a panel under the documents, as soon as there is one."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from reader.ui.workspace.saved_views import SavedViews

if TYPE_CHECKING:
    from reader.model.workspace import View
    from reader.ui.main_window import MainWindow
    from reader.ui.theme import Theme
    from reader.ui.workspace.views_panel import ViewsPanel


class WindowViews(QObject):
    """Holds the saved views of a window, `saved`, and shows them in its left column."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self.saved = SavedViews(window.session, self)
        self.panel: ViewsPanel | None = None
        self.saved.changed.connect(self._show)

    def fill(self) -> None:
        """Show the views that there are, a moment later: the window does not wait for them."""
        QTimer.singleShot(0, self, self.saved.read)

    def dress(self, theme: "Theme") -> None:
        """Put the theme on the panel, where there is one by now."""
        if self.panel is not None:
            self.panel.set_theme(theme)

    def open(self, view: "View") -> None:
        """Show the annotations of a view in the workspace, in its order and its groups."""
        self._window.show_workspace(view.filter)
        page = self._window.workspace
        if page is not None and page.inquiry.view != view:
            page.inquiry.ask(view)

    def shut(self) -> None:
        """Ask nothing any more; the window is about to close."""
        self.saved.shut()

    def _show(self) -> None:
        if self.panel is not None:
            return
        from reader.ui.workspace.views_panel import ViewsPanel

        self.panel = ViewsPanel(self.saved, self._window.left)
        self.panel.set_theme(self._window.appearance.theme)
        self.panel.open_requested.connect(self.open)
        column = self._window.left.layout()
        assert column
        column.addWidget(self.panel)
