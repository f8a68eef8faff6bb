"""The window: its parts put in place, and every signal between them wired in one block."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from reader.model.change import Change
from reader.ui.actions import COLORS, Actions
from reader.ui.appearance import Appearance
from reader.ui.citation import kicker
from reader.ui.frame import LEFT, RIGHT, Frame
from reader.ui.reading.pane import ReadingPane
from reader.ui.session import Session
from reader.ui.tasks import Tasks
from reader.ui.widgets.status_bar import PassageStatus

if TYPE_CHECKING:
    from reader.services.documents import OpenedDocument
    from reader.services.library import Library
    from reader.ui.parts import Parts

KINDS = {"text": "text", "markdown": "Markdown", "html": "article"}
SIZE = (1360, 850)


class MainWindow(QMainWindow):
    """Comes up in two steps, so that the page is painted first: the text with its frame at once, then, in
    `complete`, the panels and all that answers to them."""

    def __init__(self, library: "Library", app: QApplication) -> None:
        super().__init__()
        self.setObjectName("main")
        self.setWindowTitle("Passage")
        self.setAcceptDrops(True)
        self.tasks = Tasks(self)
        self.session = Session(library, self.tasks, self)
        self.appearance = Appearance(library.settings, app, self)
        self.actions_ = Actions(self)
        self.actions_.fill(self.menuBar())
        self.pane = ReadingPane()
        self.left, self.right, self.centre = _column("left"), _column("right"), _column("centre")
        self.reading_row = QHBoxLayout()
        self.reading_row.setSpacing(0)
        self.reading_row.addWidget(self.pane, 1)
        self.centre_layout().addLayout(self.reading_row, 1)
        self.frame = Frame(self.left, self.centre, self.right)
        self.setCentralWidget(self.frame)
        self.status = PassageStatus(self)
        self.setStatusBar(self.status)
        self.parts: Parts | None = None
        self._restore_place()
        self._dress()
        self.session.opened.connect(self._show_document)

    # -- coming up

    def complete(self) -> "Parts":
        """Build the panels and wire everything; the second call does nothing more."""
        if self.parts is None:
            from reader.ui.parts import Parts

            self.parts = Parts(self)
            self._connect(self.parts)
            self.parts.fill()
            self._dress()
        return self.parts

    def _connect(self, parts: "Parts") -> None:
        session, pane, act = self.session, self.pane, self._on
        # What happened, to those who show it
        session.opened.connect(parts.document_opened)
        session.closed.connect(parts.document_closed)
        session.changed.connect(self._changed)
        session.changed.connect(parts.changed)
        session.said.connect(self.status.show_message)
        session.failed.connect(self.status.show_error)
        self.status.undo_requested.connect(session.undo)
        self.appearance.theme_changed.connect(lambda _theme: self._dress())
        self.appearance.typography_changed.connect(lambda _typography: self._dress())
        self.frame.panels_changed.connect(self._panels_changed)
        # The text
        pane.visible_changed.connect(parts.visible_changed)
        pane.position_changed.connect(parts.position_changed)
        pane.zoom_requested.connect(self.appearance.zoom)
        pane.link_activated.connect(parts.places.follow)
        pane.image_activated.connect(parts.show_image)
        pane.context_menu_requested.connect(parts.text_menu)
        parts.strip.position_requested.connect(parts.places.go)
        # The panels
        documents, notes = parts.documents, parts.notes
        documents.open_requested.connect(parts.places.open)
        documents.add_requested.connect(parts.adding.ask_files)
        documents.samples_requested.connect(parts.adding.add_samples)
        documents.paths_dropped.connect(lambda paths: parts.adding.add([Path(p) for p in paths], then_open=True))
        documents.edit_requested.connect(parts.document_actions.details)
        documents.tags_requested.connect(parts.document_actions.tags)
        documents.remove_requested.connect(parts.document_actions.remove)
        documents.reveal_requested.connect(parts.document_actions.reveal)
        documents.sort_changed.connect(partial(session.library.settings.set, "document_order"))
        parts.adding.open_requested.connect(parts.places.open)
        notes.jump_requested.connect(parts.places.go_to_mark)
        notes.note_edited.connect(parts.note_edited)
        notes.recolor_requested.connect(parts.recolor)
        notes.tag_requested.connect(lambda _uids: parts.marking.tag())
        notes.delete_requested.connect(parts.delete)
        notes.count_changed.connect(parts.tabs.set_count)
        notes.filter_changed.connect(parts.exchange.set_filtered)
        parts.marking.current_changed.connect(notes.set_current)
        parts.marking.current_changed.connect(pane.set_current_annotation)
        parts.outline.position_requested.connect(parts.places.go)
        parts.tabs.wanted.connect(partial(self.frame.show_right, True))
        parts.search.hit_activated.connect(parts.places.go_to_hit)
        # The actions
        act("add", parts.adding.ask_files)
        act("add_folder", parts.adding.ask_folder)
        act("paste", parts.adding.paste)
        act("samples", parts.adding.add_samples)
        act("guide", parts.places.open_guide)
        for name in ("details", "document_tags", "reveal", "remove"):
            act(name, partial(parts.document_actions.on_current, name))
        act("bin", parts.document_actions.show_bin)
        act("document_note", parts.marking.note_on_document)
        act("export", parts.exchange.ask_export)
        act("import", parts.exchange.ask_import)
        act("backup", parts.library_actions.back_up)
        act("restore", parts.library_actions.restore)
        act("history", parts.library_actions.history)
        act("tags", parts.library_actions.tags)
        act("check", parts.library_actions.check)
        act("settings", parts.library_actions.settings)
        act("shortcuts", parts.library_actions.shortcuts)
        act("about", parts.library_actions.about)
        act("quit", self.close)
        act("undo", session.undo)
        act("redo", session.redo)
        act("copy", parts.marking.copy)
        act("copy_citation", lambda: parts.marking.copy(cited=True))
        act("select_all", lambda: pane.select(0, parts.length()))
        act("find", parts.finding.open)
        act("find_next", lambda: parts.finding.step(1))
        act("find_previous", lambda: parts.finding.step(-1))
        act("search", parts.tabs.to_search)
        act("left_panel", lambda: self.frame.show_left(self.actions_["left_panel"].isChecked()))
        act("right_panel", lambda: self.frame.show_right(self.actions_["right_panel"].isChecked()))
        act("text_alone", self._text_alone)
        for name in ("light", "sepia", "dark", "system"):
            act(f"theme_{name}", partial(self.appearance.choose_theme, name))
        for family in ("serif", "sans"):
            act(f"face_{family}", partial(self.appearance.choose_face, family))
        act("zoom_in", lambda: self.appearance.zoom(1))
        act("zoom_out", lambda: self.appearance.zoom(-1))
        act("zoom_reset", lambda: self.appearance.zoom(0))
        act("wider", lambda: self.appearance.widen(1))
        act("narrower", lambda: self.appearance.widen(-1))
        act("back", lambda: parts.places.step(-1))
        act("forward", lambda: parts.places.step(1))
        act("next_mark", lambda: parts.marking.step(1))
        act("previous_mark", lambda: parts.marking.step(-1))
        act("next_document", lambda: documents.step(1))
        act("previous_document", lambda: documents.step(-1))
        act("focus_documents", parts.focus_documents)
        act("focus_text", pane.setFocus)
        act("focus_marks", parts.tabs.to_annotations)
        act("focus_contents", parts.tabs.to_contents)
        for color in COLORS:
            act(f"color_{color}", partial(parts.marking.color, color))
        act("underline", parts.marking.underline)
        act("tag", parts.marking.tag)
        act("note", parts.marking.note)
        act("range", parts.marking.change_range)
        act("delete", parts.delete_focused)
        for what in ("word", "sentence", "paragraph"):
            act(f"select_{what}", partial(parts.select_more, what))

    def _on(self, name: str, slot: Callable[[], object]) -> None:
        self.actions_[name].triggered.connect(lambda _checked=False: slot())

    # -- what is shown

    def centre_layout(self) -> QVBoxLayout:
        layout = self.centre.layout()
        assert isinstance(layout, QVBoxLayout)
        return layout

    def _show_document(self, opened: "OpenedDocument") -> None:
        summary = opened.summary
        self.setWindowTitle(f"{summary.title} — Passage")
        self.pane.set_kicker(kicker(summary.metadata, KINDS.get(summary.format, "")))
        load = partial(self.session.library.documents.asset, summary.uid)
        self.pane.set_document(opened.document, opened.annotations, position=summary.position, load_asset=load)
        self.pane.setFocus()

    def _changed(self, change: Change) -> None:
        here = self.session.uid
        if change.everything and here:
            self.session.open(here)
        ours = [
            [a for a in rows if a.document_uid == here]
            for rows in (change.annotations_added, change.annotations_updated, change.annotations_removed)
        ]
        if any(ours):
            self.pane.set_annotations_changed(*ours)

    def _dress(self) -> None:
        """Put theme, typography and category names on whatever is there by now."""
        look = self.appearance
        self.pane.set_theme(look.theme)
        self.pane.set_typography(look.typography)
        self.status.set_theme(look.theme)
        self.actions_[f"theme_{look.choice}"].setChecked(True)
        self.actions_[f"face_{look.typography.family}"].setChecked(True)
        if self.parts:
            self.parts.dress(look.theme)

    def _panels_changed(self, left: bool, right: bool) -> None:
        self.actions_["left_panel"].setChecked(left)
        self.actions_["right_panel"].setChecked(right)

    def _text_alone(self) -> None:
        alone = self.actions_["text_alone"].isChecked()
        if alone:
            self._before_alone = self.frame.shown()
        left, right = (False, False) if alone else self._before_alone
        self.frame.show_left(left)
        self.frame.show_right(right)
        self.menuBar().setMaximumHeight(0 if alone else 16777215)
        self.status.setVisible(not alone)

    _before_alone = (True, True)

    # -- coming and going

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        from reader.ui.adding import local_paths

        event.acceptProposedAction()
        self.complete().adding.add(local_paths(event.mimeData()), then_open=True)

    def bring_up(self) -> None:
        """Come to the front, as after another start has handed its files over."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.parts:
            self.parts.flush()
        place = {"size": [self.width(), self.height()], "widths": self.frame.widths(), "shown": self.frame.shown()}
        if not self.session.library.read_only:
            self.session.library.settings.set("window", place)
        self.tasks.close()
        self.session.shut()
        event.accept()

    def _restore_place(self) -> None:
        place = self.session.library.settings.get("window", {})
        place = place if isinstance(place, dict) else {}
        width, height = place.get("size", SIZE)
        self.resize(int(width), int(height))
        widths = place.get("widths", (LEFT, RIGHT))
        shown = place.get("shown", (True, True))
        self.frame.restore((int(widths[0]), int(widths[1])), (bool(shown[0]), bool(shown[1])))
        self._panels_changed(bool(shown[0]), bool(shown[1]))


def _column(name: str) -> QWidget:
    column = QWidget()
    column.setObjectName(name)
    column.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    layout = QVBoxLayout(column)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    return column
