"""The documents of the library: filter, order, rows, and the way to add more."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import (
    QActionGroup,
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QToolButton, QVBoxLayout, QWidget

from reader.model.library import DocumentSummary
from reader.ui.lists.documents import SORT_LABELS, DocumentModel, SortOrder
from reader.ui.panels.add_button import AddButton
from reader.ui.panels.document_view import DocumentView
from reader.ui.panels.empty import EmptyState
from reader.ui.panels.framed_field import FramedField
from reader.ui.panels.quiet import set_ground, set_quiet_theme
from reader.ui.theme import Theme, load_theme
from reader.ui.typography import interface_font

_NO_DOCUMENTS = "There are no documents yet. Add some, or drop them here."
_NO_MATCH = "No document matches the filter."


class DocumentsPanel(QWidget):
    """Shows what it is given and asks by signals for what the user wants done."""

    open_requested = Signal(str)
    add_requested = Signal()
    samples_requested = Signal()
    edit_requested = Signal(list)
    tags_requested = Signal(list)
    remove_requested = Signal(list)
    reveal_requested = Signal(str)
    paths_dropped = Signal(list)
    sort_changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme = load_theme("light")
        self._dropping = False
        self.model = DocumentModel(self)
        self.field = FramedField("Filter documents", "Filter documents", theme)
        self.view = DocumentView(theme)
        self.view.setModel(self.model)
        self.count = QLabel()
        self.count.setTextFormat(Qt.TextFormat.PlainText)
        self.sort_button = _sort_button()
        self.empty = EmptyState()
        self.add_button = AddButton(theme)
        self._second = self._second_row()
        self._lay_out()
        self._fill_sorts()
        self._connect()
        self.setAcceptDrops(True)
        self.set_theme(theme)
        self._counted()

    def take_keyboard(self) -> None:
        """Put the keyboard in the list. No focus proxy does it: Tab would leap over what stands above the list."""
        self.view.setFocus()

    def _second_row(self) -> QWidget:
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(14, 4, 8, 2)
        layout.addWidget(self.count, 1)
        layout.addWidget(self.sort_button)
        return row

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        top = QHBoxLayout()
        top.setContentsMargins(12, 12, 12, 0)
        top.addWidget(self.field)
        layout.addLayout(top)
        layout.addWidget(self._second)
        layout.addWidget(self.view, 1)
        layout.addWidget(self.empty, 1)
        layout.addWidget(self.add_button)

    def _fill_sorts(self) -> None:
        menu = QMenu(self)
        group = QActionGroup(menu)
        for order, words in SORT_LABELS.items():
            action = menu.addAction(words)
            action.setCheckable(True)
            action.setData(order)
            action.setChecked(order is self.model.order)
            group.addAction(action)
        group.triggered.connect(lambda action: self._sort_by(SortOrder(action.data())))
        self.sort_button.setMenu(menu)
        self.sort_button.setText(f"{SORT_LABELS[self.model.order]} ▾")

    def _connect(self) -> None:
        view = self.view
        view.open_requested.connect(self.open_requested)
        view.edit_requested.connect(self.edit_requested)
        view.tags_requested.connect(self.tags_requested)
        view.remove_requested.connect(self.remove_requested)
        view.reveal_requested.connect(self.reveal_requested)
        self.field.text_changed.connect(self._filter)
        self.field.down_pressed.connect(self._to_list)
        self.field.entered.connect(self._open_first)
        self.add_button.clicked.connect(self.add_requested)
        self.empty.chosen.connect(self._empty_chosen)

    # What is shown.

    def set_documents(self, documents: Sequence[DocumentSummary]) -> None:
        """Another list, in any order; filter, order and selection stay where they can."""
        selected = self.view.selected_uids()
        self.model.set_documents(list(documents))
        for uid in selected[:1]:
            self._make_current(uid)
        self._counted()

    def documents_changed(
        self, added: Sequence[DocumentSummary], updated: Sequence[DocumentSummary], removed: Sequence[DocumentSummary]
    ) -> None:
        """Rows that came, changed or went; each change touches its own row only."""
        shown = self.view.rows.open_uid
        before = self.model.row_of(shown)
        self.model.change(added, updated, removed)
        self._counted()
        if any(row.uid == shown for row in updated) and self.model.row_of(shown) != before:
            self.view.scrollTo(self.model.index_of(shown))

    def set_current(self, uid: str | None) -> None:
        """Mark the open document and bring its row into view; None when no document is open."""
        self.view.rows.open_uid = uid or ""
        if uid:
            self._make_current(uid)
        else:
            self.view.selectionModel().clear()
        self.view.viewport().update()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        set_ground(self, theme.panel)
        set_ground(self.view, theme.panel)
        self.view.rows.set_theme(theme)
        for widget in (self.field, self.empty, self.add_button):
            widget.set_theme(theme)
        set_quiet_theme((self.count,), theme)
        self.sort_button.setFont(interface_font(12))
        self.sort_button.setStyleSheet(f"QToolButton {{ color: {theme.muted}; }}")

    def set_sort(self, order: str) -> None:
        """The order the user had chosen, as `sort_changed` said it; anything else changes nothing."""
        if order in list(SortOrder):
            self._sort_by(SortOrder(order), say=False)

    # What is chosen.

    def selected(self) -> list[str]:
        """The uids of the selected documents from the top down."""
        return self.view.selected_uids()

    def step(self, by: int) -> None:
        """Ask for the document `by` rows below the open one (above where negative), if there is one."""
        row = self.model.row_of(self.view.rows.open_uid) + by if self.view.rows.open_uid else 0
        if 0 <= row < self.model.rowCount():
            self.open_requested.emit(self.model.shown_rows()[row].uid)

    def _make_current(self, uid: str) -> None:
        index = self.model.index_of(uid)
        selection = self.view.selectionModel()
        if index.isValid() and not (selection.currentIndex() == index and selection.isSelected(index)):
            selection.setCurrentIndex(index, selection.SelectionFlag.ClearAndSelect)

    def _to_list(self) -> None:
        if self.model.rowCount():
            if not self.view.currentIndex().isValid():
                self.view.setCurrentIndex(self.model.index(0, 0))
            self.view.setFocus()

    def _open_first(self) -> None:
        if self.field.text() and self.model.rowCount():
            self.open_requested.emit(self.model.shown_rows()[0].uid)

    # Filter and order.

    def _filter(self, query: str) -> None:
        self.model.ask(query)
        self._counted()

    def _sort_by(self, order: SortOrder, *, say: bool = True) -> None:
        self.model.sort_by(order)
        self.sort_button.setText(f"{SORT_LABELS[order]} ▾")
        for action in self.sort_button.menu().actions():
            action.setChecked(action.data() == order)
        self.view.scrollTo(self.view.currentIndex())
        if say:
            self.sort_changed.emit(str(order))

    def _empty_chosen(self, number: int) -> None:
        if self.model.total():
            self.field.set_text("")
        elif number == 0:
            self.add_requested.emit()
        else:
            self.samples_requested.emit()

    def _counted(self) -> None:
        shown, total = self.model.rowCount(), self.model.total()
        word = "document" if total == 1 else "documents"
        self.count.setText(f"{total:,} {word}" if shown == total else f"{shown:,} of {total:,} {word}")
        self._second.setVisible(total > 0)
        self.field.setVisible(total > 0)
        self.view.setVisible(shown > 0)
        self.empty.setVisible(shown == 0)
        if total:
            self.empty.say(_NO_MATCH, ("Clear the filter",))
        else:
            self.empty.say(_NO_DOCUMENTS, ("Add documents", "Open the samples"))

    # Files dropped.

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()
            self._show_dropping(dropping=True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._show_dropping(dropping=False)
        event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        self._show_dropping(dropping=False)
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.paths_dropped.emit(paths)

    def _show_dropping(self, *, dropping: bool) -> None:
        self._dropping = dropping
        # The frame is drawn on the panel itself, in the room that the children leave for it.
        edge = 3 if dropping else 0
        self.setContentsMargins(edge, edge, edge, edge)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._dropping:
            painter = QPainter(self)
            painter.setPen(QPen(QColor(self._theme.accent), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
            painter.end()


def _sort_button() -> QToolButton:
    button = QToolButton()
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    button.setToolTip("Order of the documents")
    button.setAccessibleName("Order of the documents")
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setIconSize(QSize(0, 0))
    return button
