"""“Views”: the saved ones under their title, to be asked for, renamed and deleted."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from reader.model.workspace import View
from reader.ui.panels.quiet import set_ground, set_quiet_theme
from reader.ui.theme import Theme, load_theme
from reader.ui.workspace.saved_views import SavedViews
from reader.ui.workspace.view_dialogs import NameView
from reader.ui.workspace.views_list import ViewsList


class ViewsPanel(QWidget):
    """Is there only while a view is saved. `open_requested` carries the view that is to be shown."""

    open_requested = Signal(object)

    def __init__(self, views: SavedViews, parent: QWidget) -> None:
        super().__init__(parent)
        self._views = views
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme = load_theme("light")
        self._title = QLabel("Views")
        self.list = ViewsList(theme)
        self._title.setBuddy(self.list)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 6)
        column.setSpacing(4)
        self._title.setContentsMargins(14, 0, 14, 0)
        column.addWidget(self._title)
        column.addWidget(self.list)
        views.changed.connect(self._fill)
        self.list.open_requested.connect(self._open)
        self.list.rename_requested.connect(self._ask_name)
        self.list.delete_requested.connect(views.delete)
        self.set_theme(theme)
        self._fill()

    def set_theme(self, theme: Theme) -> None:
        self.list.rows.theme = theme
        set_quiet_theme([self._title], theme)
        set_ground(self, theme.panel)
        set_ground(self.list, theme.panel)
        self.list.viewport().update()

    def show_here(self, view: View | None) -> None:
        """Mark the view that is shown."""
        self.list.show_here(view)

    def _fill(self) -> None:
        self.list.show_entries(self._views.entries)
        self.setVisible(bool(self._views.entries))

    def _open(self, name: str) -> None:
        entry = self._views.find(name)
        if entry:
            self.open_requested.emit(entry.view)

    def _ask_name(self, name: str) -> None:
        NameView.to_rename(name, self._views, self.window()).open()
