"""Beside the list: the passage of the annotation that the keyboard is at, with what stands round it."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from reader.model.annotation import AnchorState, Style
from reader.ui.panels.drawn_text import isolated
from reader.ui.panels.empty import EmptyState
from reader.ui.panels.quiet import set_ground, set_quiet_theme
from reader.ui.reading.pane import ReadingPane
from reader.ui.theme import Theme, load_theme
from reader.ui.typography import Typography, interface_font
from reader.ui.widgets.elided import ElidedLabel
from reader.ui.workspace.asking import Asking
from reader.ui.workspace.preview_picture import AreaPicture
from reader.ui.workspace.preview_tags import PreviewTags
from reader.ui.workspace.preview_text import NoteView

if TYPE_CHECKING:
    from reader.model.annotation import Anchor
    from reader.model.workspace import Row
    from reader.services.previewing import Preview
    from reader.ui.session import Session
    from reader.ui.workspace.inquiry import Inquiry

SIZE = 16
"""Pixels of a letter of the passage, before the reader's zoom."""
_CHOOSE = "Go to an annotation in the list to see its passage here."
_GONE = "This annotation is not there any more."


class PreviewPanel(QWidget):
    """Follows the inquiry while it is seen. `open_requested` carries the uids of a document and of an annotation."""

    open_requested = Signal(str, str)

    def __init__(
        self,
        session: "Session",
        inquiry: "Inquiry",
        typography: Callable[[], Typography],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._inquiry, self._typography = session, inquiry, typography
        self._asking = Asking(self)
        self._shown: Preview | None = None
        self._theme = load_theme("light")
        self.title, self.place = ElidedLabel(), ElidedLabel()
        self.pane, self.picture, self.empty = ReadingPane(), AreaPicture(), EmptyState(_CHOOSE)
        self.note = NoteView()
        self.tags = PreviewTags(inquiry, self.note)
        self.open_button = QPushButton("Open in the &document")
        self._stack = QStackedWidget()
        self._arrange()
        inquiry.selected.connect(self.follow)
        session.changed.connect(lambda _change: self.follow())
        self.open_button.clicked.connect(self._open)
        self.set_theme(self._theme)
        self._say(_CHOOSE)

    def _arrange(self) -> None:
        title = interface_font(14)
        title.setBold(True)
        self.title.setFont(title)
        self.title.setAccessibleName("Document of the annotation")
        self.pane.setAccessibleName("Passage of the annotation")
        self.pane.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.pane.view.head = self.pane.view.foot = 12
        for part in (self.empty, self.pane, self.picture):
            self._stack.addWidget(part)
        head = QVBoxLayout()
        head.setContentsMargins(14, 10, 14, 8)
        head.setSpacing(2)
        head.addWidget(self.title)
        head.addWidget(self.place)
        foot = QVBoxLayout()
        foot.setContentsMargins(14, 8, 14, 10)
        foot.setSpacing(8)
        row = QHBoxLayout()
        row.addWidget(self.open_button)
        row.addStretch(1)
        for part in (self.note, self.tags):
            foot.addWidget(part)
        foot.addLayout(row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._stack, 1)
        column.addLayout(foot)

    def follow(self) -> None:
        """Show the annotation that the keyboard is at in the list, as it is now; later, where that takes a while."""
        row_id = self._inquiry.current
        if not self.isVisible():
            return
        if not row_id:
            self._say(_CHOOSE)
            return
        previewing = self._session.library.previewing
        self._asking.ask(lambda _task: previewing.of(row_id), self._take, self._say)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.follow()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        set_ground(self, theme.panel)
        set_ground(self.note, theme.panel)
        set_quiet_theme([self.place], theme)
        for part in (self.pane, self.note, self.tags, self.empty):
            part.set_theme(theme)
        typography = self._typography()
        self.pane.set_typography(replace(typography, size_px=min(SIZE, typography.size_px), width_chars=120))

    def shut(self) -> None:
        """Ask nothing any more, and wait for what was asked."""
        self._asking.tasks.close()

    def shown(self) -> "Preview | None":
        """What is shown; None where there is nothing."""
        return self._shown

    def _take(self, found: "Preview | None") -> None:
        if found is None:
            self._say(_GONE)
            return
        before, self._shown = self._shown, found
        row = found.row
        self.title.setText(" ".join(row.document.split()) or "Untitled")
        self.place.setText(_place(row))
        self.place.setVisible(bool(self.place.text()))
        self.note.show_note(row.mark.note)
        self.tags.show_tags(row.mark.tags)
        self.open_button.show()
        if found.picture and row.mark.style is Style.AREA and self.picture.show_picture(found.picture.data):
            self._stack.setCurrentWidget(self.picture)
        elif found.passage is None:
            self.empty.say(_why(row))
            self._stack.setCurrentWidget(self.empty)
        else:
            self._stack.setCurrentWidget(self.pane)
            self._show_passage(found, before)

    def _show_passage(self, found: "Preview", before: "Preview | None") -> None:
        passage, uid = found.passage, found.row.mark.uid
        assert passage is not None
        same = before is not None and before.row.mark.uid == uid and before.passage == passage
        if same and before is not None and (before.marks, before.hidden) == (found.marks, found.hidden):
            return
        asset = partial(self._session.library.documents.asset, found.row.mark.document_uid)
        anchor = next((mark.anchor for mark in found.marks if mark.uid == uid), None)
        # Another mark of the very same words would hide the colour of this one.
        marks = [mark for mark in found.marks if mark.uid == uid or _ends(mark.anchor) != _ends(anchor)]
        self.pane.set_document(passage.document, marks, load_asset=asset, hidden=found.hidden)
        self.pane.set_current_annotation(uid)
        if anchor is not None:
            self.pane.go_to(anchor.start, end=anchor.end, flash=False)

    def _say(self, sentence: str) -> None:
        """Say why there is nothing to see."""
        self._shown = None
        for label in (self.title, self.place):
            label.setText("")
        self.note.show_note("")
        self.tags.show_tags(())
        self.open_button.hide()
        self.empty.say(sentence)
        self._stack.setCurrentWidget(self.empty)

    def _open(self) -> None:
        if self._shown:
            mark = self._shown.row.mark
            self.open_requested.emit(mark.document_uid, mark.uid)


def _ends(anchor: "Anchor | None") -> tuple[int, int] | None:
    return (anchor.start, anchor.end) if anchor else None


def _place(row: "Row") -> str:
    """Page, heading, category and state, as far as there are some."""
    page = f"p. {row.place.page}" if row.place.page else ""
    state = "" if row.mark.state is AnchorState.EXACT else row.mark.state.capitalize()
    parts = [part for part in (state, row.category, page, " ".join(row.place.heading.split())) if part]
    return isolated(parts) if parts else ""


def _why(row: "Row") -> str:
    """Why no passage is there."""
    if row.mark.anchor is None:
        return "A note on the whole document."
    quote = f"“{row.quote[:400]}”" if row.quote else "This area"
    if row.mark.state is AnchorState.LOST:
        return f"{quote} is not in the text any more. Review moved and lost… (Ctrl+Alt+M) looks for it."
    return f"{quote}: the text of this document is not in the library. Add its file to read it here."
