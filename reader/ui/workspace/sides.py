"""What stands beside the list of the workspace: the facets at the left, the passage at the right."""

from contextlib import suppress
from functools import partial
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
LEFT, RIGHT = 240, 320
"""The widths of the columns at first, in pixels."""


class Sides(QObject):
    """Fills the columns of a page, and shows and hides them as the window does those beside the text.

    Where the window is narrow, there is one of them only: that which was asked for last.
    """

    def __init__(self, page: "WorkspacePage", window: "MainWindow", parts: "Parts") -> None:
        super().__init__(page)
        self._page, self._window, self._session = page, window, window.session
        self.facets = FacetsPanel(window.session, page.inquiry)
        self.preview = PreviewPanel(window.session, page.inquiry, lambda: window.appearance.typography)
        self._saved = parts.views.saved
        self.views = ViewsPanel(self._saved, page.left)
        self.save_button = QPushButton("&Save view…")
        self.save_button.setToolTip("Keep the filter, the order and the groups under a name")
        page.filter.add_buttons((self.save_button,))
        page.left.add(self.views)
        page.left.add(self.facets, stretch=1)
        page.right.add(self.preview, stretch=1)
        for column in (page.left, page.right):
            column.setMinimumWidth(LEAST)
        self._wanted, self._right_last = [True, True], False
        self._widths = LEFT, RIGHT
        self._narrow = window.width() <= NARROW
        self._restore()
        page.verbs["left_panel"] = partial(self._turn, 0)
        page.verbs["right_panel"] = partial(self._turn, 1)
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
            self._place()
        return super().eventFilter(watched, event)

    def _asked(self) -> None:
        """Say which of the saved views is shown, and whether there is something to save."""
        view = self._page.inquiry.view
        self.views.show_here(view)
        self.save_button.setEnabled(view != View())

    def _save(self) -> None:
        NameView.to_save(self._page.inquiry.view, self._saved, self._window).open()

    def _shown(self) -> tuple[bool, bool]:
        """Which columns are shown: where there is room for one only, that which was asked for last."""
        left, right = self._wanted
        return (not self._right_last, self._right_last) if self._narrow and left and right else (left, right)

    def _turn(self, side: int) -> None:
        """Show a column, the left (0) or the right (1), or hide it."""
        shown = not self._shown()[side]
        self._wanted[side] = shown
        if shown:
            self._right_last = side == 1
        self._place()

    def _place(self) -> None:
        page, columns = self._page, (self._page.left, self._page.right)
        focus, shown = page.focusWidget(), self._shown()
        gone = [column for column, there in zip(columns, shown, strict=True) if not there]
        if focus is not None and any(column.isAncestorOf(focus) for column in gone):
            page.to_list()
        # What goes makes room before what comes takes it: else the window would grow.
        for column in gone:
            column.hide()
        for column in columns:
            column.setVisible(column not in gone)
        self._tell()

    def _tell(self) -> None:
        """Have the window's menu say what is shown here."""
        if self._page.isVisible():
            self._window.panels_changed(*self._shown())

    def _to_facets(self) -> None:
        if not self._shown()[0]:
            self._turn(0)
        self.facets.take_keyboard()

    def _open(self, document_uid: str, uid: str) -> None:
        self._window.complete().open_from_workspace(document_uid, uid)

    def _remember(self) -> None:
        if self._session.library.read_only:
            return
        sizes = self._page.splitter.sizes()
        widths = [size or before for size, before in zip((sizes[0], sizes[-1]), self._widths, strict=True)]
        self._session.library.settings.set(SETTING, {"shown": self._wanted, "widths": widths})

    def _restore(self) -> None:
        stored = self._session.library.settings.get(SETTING, None)
        place = cast("dict[str, Any]", stored) if isinstance(stored, dict) else {}
        # Settings are open to anyone: what makes no sense is as if it were not there.
        with suppress(KeyError, IndexError, TypeError, ValueError):
            self._wanted = [bool(place["shown"][0]), bool(place["shown"][1])]
            self._widths = max(LEAST, int(place["widths"][0])), max(LEAST, int(place["widths"][1]))
        left, right = self._widths
        self._page.splitter.setSizes([left, max(200, self._window.width() - left - right), right])
        self._place()
