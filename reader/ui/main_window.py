"""The window: its parts put in place, and every signal between them wired in one block."""

from functools import partial
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from reader.model.change import Change
from reader.model.document import Document
from reader.ui.appearance import Appearance
from reader.ui.frame import LEFT, RIGHT, Frame
from reader.ui.reading.pane import ReadingPane
from reader.ui.reading.strip import MarkStrip
from reader.ui.session import Session
from reader.ui.tasks import Tasks
from reader.ui.widgets.status_bar import PassageStatus

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from reader.model.filters import Filter
    from reader.services.documents import OpenedDocument
    from reader.services.library import Library
    from reader.ui.actions import Actions
    from reader.ui.late_pages import LatePages
    from reader.ui.opening import Opening
    from reader.ui.paging import Paging
    from reader.ui.parts import Parts
    from reader.ui.reading.pages.page_flow import Place
    from reader.ui.workspace.page import WorkspacePage

SIZE = (1360, 850)
FRAME = QSize(4, 40)
"""What the desktop puts around a window: its title and borders, in pixels, about."""
MENU_TITLES = ("&File", "&Edit", "&View", "&Go", "&Annotate", "&Help")


class MainWindow(QMainWindow):
    """Comes up in two steps, so that the page is painted first: the text with its frame at once, then, in
    `complete`, the panels and all that answers to them. `shown` tells that another document is in the pane, or the
    same one in another form."""

    actions_: "Actions"
    shown = Signal()

    def __init__(self, library: "Library", app: QApplication) -> None:
        super().__init__()
        self.setObjectName("main")
        self.setWindowTitle("Passage")
        self.setAcceptDrops(True)
        self.tasks = Tasks(self)
        self.session = Session(library, self.tasks, self)
        self.appearance = Appearance(library.settings, app, self)
        self.menus = [self.menuBar().addMenu(title) for title in MENU_TITLES]
        self.pane, self.strip = ReadingPane(), MarkStrip()
        self.left, self.right, self.centre = _column("left"), _column("right"), _column("centre")
        self.reading = QWidget()
        row = QHBoxLayout(self.reading)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.pane, 1)
        row.addWidget(self.strip)
        self.centre_layout().addWidget(self.reading, 1)
        self.frame = Frame(self.left, self.centre, self.right)
        self.leaves = QStackedWidget()
        self.leaves.addWidget(self.frame)
        self.setCentralWidget(self.leaves)
        self.status = PassageStatus(self)
        self.setStatusBar(self.status)
        self.parts: Parts | None = None
        self.opening: Opening | None = None
        self.workspace: WorkspacePage | None = None
        self._paging: Paging | None = None
        self._restore_place()
        self.dress()
        self.session.opened.connect(self._show_document)

    # -- coming up

    def complete(self) -> "Parts":
        """Build the panels and wire everything; the second call does nothing more."""
        if self.parts is None:
            from reader.ui.actions import Actions
            from reader.ui.parts import Parts
            from reader.ui.wiring import connect

            self.session.follow()
            self.actions_ = Actions(self)
            self.actions_.fill(self.menus)
            self.parts = Parts(self)
            connect(self, self.parts)
            self.parts.fill()
            self.dress()
            self.panels_changed(*self.frame.shown())
        return self.parts

    # -- what is shown

    def centre_layout(self) -> QVBoxLayout:
        layout = self.centre.layout()
        assert isinstance(layout, QVBoxLayout)
        return layout

    @property
    def paging(self) -> "Paging":
        """What shows pages of fixed form, made when it is first asked for: other documents do not wait for it."""
        if self._paging is None:
            from reader.ui.paging import Paging

            self._paging = Paging(self)
        return self._paging

    def show_again(self) -> None:
        """Put the open document into the pane anew, as its pages or as its text, at the same place."""
        if self.session.document:
            self._show_document(self.session.document)

    def look_at(self, document: Document, file: "Path | None" = None) -> None:
        """Show what is only being added, the pages of `file` where it has some: it can be read already.

        It is marked as soon as it is in the library.
        """
        images = {asset.name: asset.data for asset in document.assets}
        self.leave_workspace()
        self.setWindowTitle(f"{document.metadata.title} — Passage")
        pages = self.paging.look_at(file, document.sheets) if file and document.sheets else None
        self.pane.set_document(document, (), load_asset=lambda name: images.get(name, b""), pages=pages)
        self.pane.setFocus()

    def _show_document(self, opened: "OpenedDocument") -> None:
        summary, pane, session = opened.summary, self.pane, self.session
        self.setWindowTitle(f"{summary.title} — Passage")
        load = partial(session.library.documents.asset, summary.uid)
        before, again = pane.view.document.text, summary.uid == self._shown
        self._shown = summary.uid
        # The text may be on the screen already, from `look_at`: then the reader is in the middle of it.
        looked_at = bool(opened.document.text) and before == opened.document.text
        position = pane.top_position() if looked_at else summary.position
        renewed = again and bool(before) and not looked_at
        height = 0
        if renewed and pane.ensure():
            from reader.ui.keeping_place import same_place

            top, height = pane.view.top_line()
            position = same_place(before, top, opened.document.text)
        selection = pane.selection() if looked_at else None
        pages = self._pages_of(opened)
        if pages and looked_at and self.paging.was_looked_at(pages):
            # They are on the screen, sharp: only their marks are new.
            pane.set_annotations_changed(list(session.annotations.values()), (), ())
            pane.set_hidden(session.hidden)
            pane.set_faded(session.faded)
            self.shown.emit()
            return
        place = self._place_on(opened, looked_at=looked_at) if pages and not renewed else None
        pane.set_document(
            opened.document,
            list(session.annotations.values()),
            position=position,
            load_asset=load,
            hidden=session.hidden,
            faded=session.faded,
            pages=pages,
        )
        if place:
            pane.go_to_place(place)
        if renewed and position:
            pane.view.eye = (position, height)
        if selection:
            pane.select(*selection)
        if not (renewed and self.isAncestorOf(QApplication.focusWidget() or self)):
            pane.setFocus()
        self.shown.emit()

    _shown = ""

    def _pages_of(self, opened: "OpenedDocument") -> "LatePages | None":
        has_pages = self._paging is not None or bool(opened.document.sheets)
        return self.paging.pages_of(opened) if has_pages else None

    def _place_on(self, opened: "OpenedDocument", *, looked_at: bool) -> "Place | None":
        """The place on the pages to begin at: where they are already, else where they were left."""
        return self.pane.page_place() if looked_at and self.pane.view.stage else self.paging.place_of(opened)

    def apply(self, change: Change) -> None:
        here = self.session.uid
        if change.everything and here:
            self.session.open(here)
        ours = change.in_document(here)
        if any(ours):
            self.pane.set_annotations_changed(*ours)

    def dress(self) -> None:
        """Put theme, typography and category names on whatever is there by now."""
        look = self.appearance
        self.pane.set_theme(look.theme)
        self.pane.set_typography(look.typography)
        self.status.set_theme(look.theme)
        if self.parts:
            self.parts.dress(look.theme)
            if self.workspace:
                self.workspace.set_theme(look.theme)
            self.actions_[f"theme_{look.choice}"].setChecked(True)
            self.actions_[f"face_{look.typography.family}"].setChecked(True)

    def panels_changed(self, left: bool, right: bool) -> None:
        self.actions_["left_panel"].setChecked(left)
        self.actions_["right_panel"].setChecked(right)

    def text_alone(self) -> None:
        alone = self.actions_["text_alone"].isChecked()
        if alone:
            self._before_alone = self.frame.shown()
        self.frame.show_both((False, False) if alone else self._before_alone)
        self.menuBar().setMaximumHeight(0 if alone else 16777215)
        self.status.setVisible(not alone)

    _before_alone = (True, True)

    # -- the workspace

    def in_workspace(self) -> bool:
        """Whether the annotations of all documents are shown in the place of the text."""
        return self.workspace is not None and self.leaves.currentWidget() is self.workspace

    def show_workspace(self, wanted: "Filter | None" = None) -> None:
        """Show the annotations of all documents; with a filter those that it finds, else what was shown last."""
        parts = self.complete()
        if self.workspace is None:
            from reader.ui.workspace.page import WorkspacePage

            self.workspace = WorkspacePage(self, parts)
            self.leaves.addWidget(self.workspace)
            self.workspace.set_theme(self.appearance.theme)
        self.leaves.setCurrentWidget(self.workspace)
        self.actions_["workspace"].setChecked(True)
        self.setWindowTitle("Annotations of all documents — Passage")
        self.status.show_reading_progress(shown=False)
        self.workspace.enter(wanted)

    def show_reading(self) -> None:
        """Show the text again, which takes the keyboard."""
        self.leaves.setCurrentWidget(self.frame)
        self.actions_["workspace"].setChecked(False)
        self.panels_changed(*self.frame.shown())
        document = self.session.document
        self.setWindowTitle(f"{document.summary.title} — Passage" if document else "Passage")
        self.status.show_reading_progress(shown=True)
        self.pane.setFocus()

    def leave_workspace(self) -> None:
        """Show the text, where it is not shown already."""
        if self.in_workspace():
            self.show_reading()

    def turn_workspace(self) -> None:
        """From the text to the workspace, and back."""
        self.show_reading() if self.in_workspace() else self.show_workspace()

    def do(self, name: str, slot: "Callable[[], object]") -> None:
        """Carry out an action; while the workspace is shown, in its way."""
        if self.workspace is not None and self.in_workspace():
            self.workspace.do(name, slot)
        else:
            slot()

    # -- coming and going

    def keyPressEvent(self, event: QKeyEvent) -> None:
        button = QApplication.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(button, QAbstractButton):
            # Qt itself presses buttons outside of dialogs by the space bar alone.
            button.click()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        mime = event.mimeData()
        if any(url.isLocalFile() for url in mime.urls()) or (mime.hasText() and event.source() is None):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        from reader.ui.adding import local_paths

        if paths := local_paths(event.mimeData()):
            self.complete().exchange.importing.take(paths)
        else:
            self.complete().adding.take(event.mimeData())

    def bring_up(self) -> None:
        """Come to the front, as after another start has handed its files over."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.parts:
            if not self._may_close(self.parts):
                event.ignore()
                return
            self.parts.files.shut()
            self.parts.exchange.keeping.shut()
            self.parts.views.shut()
        if self._paging:
            self._paging.close()
        if self.workspace:
            self.workspace.shut()
        alone = bool(self.parts) and self.actions_["text_alone"].isChecked()
        shown = self._before_alone if alone else self.frame.shown()
        place = {"size": [self.width(), self.height()], "widths": self.frame.widths(), "shown": shown}
        if not self.session.library.read_only:
            self.session.library.settings.set("window", place)
        self.tasks.close()
        self.session.shut()
        event.accept()

    def _may_close(self, parts: "Parts") -> bool:
        """Write what stands in an open editor. Where that fails, ask first; what was answered lets it go."""
        if not self._lets_go:
            parts.flush()
            if self.session.unsaved:
                parts.unsaved_bar.ask_closing()
                return False
        return True

    def close_without_saving(self) -> None:
        """Close the window although what was typed last could not be written."""
        self._lets_go = True
        self.close()

    _lets_go = False

    def _restore_place(self) -> None:
        stored = self.session.library.settings.get("window", {})
        place = cast("dict[str, Any]", stored) if isinstance(stored, dict) else {}
        width, height = place.get("size", SIZE)
        room = self.screen().availableSize() - FRAME
        self.resize(min(int(width), room.width()), min(int(height), room.height()))
        widths = place.get("widths", (LEFT, RIGHT))
        shown = place.get("shown", (True, True))
        self.frame.restore((int(widths[0]), int(widths[1])), (bool(shown[0]), bool(shown[1])))


def _column(name: str) -> QWidget:
    column = QWidget()
    column.setObjectName(name)
    column.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    layout = QVBoxLayout(column)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    return column
