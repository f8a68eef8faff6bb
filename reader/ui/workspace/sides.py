"""What stands beside the list of the workspace: the facets at the left, the passage at the right."""

from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QPushButton

from reader.model.workspace import View
from reader.ui.frame import LEAST, NARROW
from reader.ui.workspace.facets import FacetsPanel
from reader.ui.workspace.preview import PreviewPanel
from reader.ui.workspace.view_dialogs import NameView
from reader.ui.workspace.views_panel import ViewsPanel

if TYPE_CHECKING:
    from reader.ui.main_window import MainWindow
    from reader.ui.parts import Parts
    from reader.ui.workspace.page import WorkspacePage

SETTING = "workspace_sides"


class Sides(QObject):
    """Fills the columns of a page, and shows and hides them as the window does those beside the text.

    Where the window is narrow, the right one waits until it is asked for.
    """

    def __init__(self, page: "WorkspacePage", window: "MainWindow", parts: "Parts") -> None:
        super().__init__(page)
        self._page, self._window, self._session = page, window, window.session
        self.facets = FacetsPanel(window.session, page.inquiry)
        self.preview = PreviewPanel(window.session, page.inquiry, lambda: window.appearance.typography)
        self._saved = parts.views.saved
        self.views = ViewsPanel(self._saved)
        self.save_button = QPushButton("&Save view…")
        self.save_button.setToolTip("Keep the filter, the order and the groups under a name")
        page.filter.add_buttons((self.save_button,))
        page.left.add(self.views)
        page.left.add(self.facets, stretch=1)
        page.right.add(self.preview, stretch=1)
        for column in (page.left, page.right):
            column.setMinimumWidth(LEAST)
        self._wanted, self._narrow = (True, True), False
        self._restore()
        page.verbs["left_panel"] = self._turn_left
        page.verbs["right_panel"] = self._turn_right
        page.verbs["focus_documents"] = self._to_facets
        self.preview.open_requested.connect(self._open)
        self.views.open_requested.connect(page.inquiry.ask)
        self.save_button.clicked.connect(self._save)
        page.inquiry.asked.connect(self._asked)
        self._asked()
        self.facets.tag_dropped.connect(lambda tag, rows: page.rows.give(rows, tag))
        self.facets.color_dropped.connect(lambda color, rows: page.rows.color(color, rows))
        page.installEventFilter(self)

    def shut(self) -> None:
        """Ask nothing any more, and wait for what was asked."""
        self.preview.shut()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show:
            self._saved.read()
            self._tell()
        elif event.type() == QEvent.Type.Hide:
            self._remember()
            self._window.panels_changed(*self._window.frame.shown())
        elif event.type() == QEvent.Type.Resize and (self._page.width() <= NARROW) != self._narrow:
            self._narrow = not self._narrow
            self._show(self._page.left.isVisibleTo(self._page), self._wanted[1] and not self._narrow)
        return super().eventFilter(watched, event)

    def _asked(self) -> None:
        """Say which of the saved views is shown, and whether there is something to save."""
        view = self._page.inquiry.view
        self.views.show_here(view)
        self.save_button.setEnabled(view != View())

    def _save(self) -> None:
        NameView.to_save(self._page.inquiry.view, self._saved, self._window).open()

    def _turn_left(self) -> None:
        self._wanted = self._window.actions_["left_panel"].isChecked(), self._wanted[1]
        self._show(self._wanted[0], self._page.right.isVisibleTo(self._page))

    def _turn_right(self) -> None:
        self._wanted = self._wanted[0], self._window.actions_["right_panel"].isChecked()
        self._show(self._page.left.isVisibleTo(self._page), self._wanted[1])

    def _show(self, left: bool, right: bool) -> None:
        focus = self._page.focusWidget()
        gone = [column for column, shown in ((self._page.left, left), (self._page.right, right)) if not shown]
        if focus is not None and any(column.isAncestorOf(focus) for column in gone):
            self._page.views.setFocus()
        self._page.left.setVisible(left)
        self._page.right.setVisible(right)
        self._tell()

    def _tell(self) -> None:
        """Have the window's menu say what is shown here."""
        page = self._page
        if page.isVisible():
            self._window.panels_changed(page.left.isVisibleTo(page), page.right.isVisibleTo(page))

    def _to_facets(self) -> None:
        self._show(True, self._page.right.isVisibleTo(self._page))
        self.facets.take_keyboard()

    def _open(self, document_uid: str, uid: str) -> None:
        self._window.complete().open_from_workspace(document_uid, uid)

    def _remember(self) -> None:
        if self._session.library.read_only:
            return
        sizes = self._page.splitter.sizes()
        widths = [size or LEAST for size in (sizes[0], sizes[-1])]
        self._session.library.settings.set(SETTING, {"shown": list(self._wanted), "widths": widths})

    def _restore(self) -> None:
        stored = self._session.library.settings.get(SETTING, None)
        if not isinstance(stored, dict):
            return
        place = cast("dict[str, Any]", stored)
        try:
            self._wanted = bool(place["shown"][0]), bool(place["shown"][1])
            left, right = (max(LEAST, int(width)) for width in place["widths"])
        except (KeyError, IndexError, TypeError, ValueError):
            return  # settings are open to anyone: what makes no sense is as if it were not there
        self._page.splitter.setSizes([left, max(200, self._window.width() - left - right), right])
        self._page.left.setVisible(self._wanted[0])
        self._page.right.setVisible(self._wanted[1])
