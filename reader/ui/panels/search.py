"""Search through the whole library, as one types."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from reader.ui.lists.rows import ROW_ROLE
from reader.ui.lists.search import HitRow, SearchModel
from reader.ui.panels.empty import EmptyState
from reader.ui.panels.framed_field import FramedField
from reader.ui.panels.hit_rows import HitDelegate
from reader.ui.panels.quiet import set_ground, set_quiet_theme
from reader.ui.panels.rows_view import RowsView
from reader.ui.theme import Theme, load_theme
from reader.ui.typography import interface_font

if TYPE_CHECKING:
    from reader.services.search import SearchResult

_SCOPES = {"all": "Everything", "text": "Texts", "notes": "Annotations"}
_PAUSE_MS = 60
_NOTHING_ASKED = "Type to search every document, quote, note and tag."
_NO_MODIFIER = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


class HitView(RowsView):
    """The hits. Enter and click go there, Up from the first one leaves, letters go on in the field."""

    hit_chosen = Signal(QModelIndex)
    left_upwards = Signal()
    typed = Signal(str)

    def claims(self, event: QKeyEvent) -> bool:
        return super().claims(event) or _is_letter(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        current = self.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and current.isValid():
            self.hit_chosen.emit(current)
        elif event.key() == Qt.Key.Key_Up and self.moveCursor(self.CursorAction.MoveUp) == current:
            self.left_upwards.emit()
        elif _is_letter(event) or event.key() == Qt.Key.Key_Backspace:
            self.typed.emit(event.text() if _is_letter(event) else "")
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.isValid() and index == self.currentIndex():
            self.hit_chosen.emit(index)


class SearchPanel(QWidget):
    """Asks by `search_requested` (query, scope) and shows what `set_result` brings.

    `hit_activated` carries document uid, start and end in its text (code points) and the annotation's uid or "".
    """

    search_requested = Signal(str, str)
    hit_activated = Signal(str, int, int, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = load_theme("light")
        self._busy = False
        self._asked = ""
        self.model = SearchModel(self)
        self.field = FramedField("Search the library", "Search the library", theme)
        self.view = HitView()
        self._rows = HitDelegate(theme, self.view)
        self.summary = QLabel()
        self.summary.setTextFormat(Qt.TextFormat.PlainText)
        self.empty = EmptyState(_NOTHING_ASKED)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self.scopes = QButtonGroup(self)
        self._prepare_view()
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.field)
        self.set_theme(theme)
        self._show()

    def _prepare_view(self) -> None:
        self.view.setModel(self.model)
        self.view.setItemDelegate(self._rows)
        self.view.setSelectionMode(RowsView.SelectionMode.SingleSelection)
        self.view.setAccessibleName("Found")

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        top = QVBoxLayout()
        top.setContentsMargins(12, 11, 12, 6)
        top.setSpacing(6)
        top.addWidget(self.field)
        top.addWidget(self._scope_row())
        top.addWidget(self.summary)
        layout.addLayout(top)
        layout.addWidget(self.view, 1)
        layout.addWidget(self.empty, 1)

    def _scope_row(self) -> QWidget:
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        for scope, words in _SCOPES.items():
            button = QToolButton()
            button.setText(words)
            button.setCheckable(True)
            button.setChecked(scope == "all")
            button.setProperty("scope", scope)
            button.setFont(interface_font(12))
            button.setAccessibleName(f"Search in {words.lower()}")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self.scopes.addButton(button)
            layout.addWidget(button)
        layout.addStretch(1)
        return row

    def _connect(self) -> None:
        self._pause.timeout.connect(self._ask)
        self.field.text_changed.connect(lambda _text: self._changed())
        self.field.down_pressed.connect(self._to_hits)
        self.field.entered.connect(self._enter)
        self.scopes.buttonClicked.connect(lambda _button: self._ask())
        self.view.hit_chosen.connect(self._activate)
        self.view.left_upwards.connect(self.field.setFocus)
        self.view.typed.connect(self._type_on)

    # What is asked.

    def query(self) -> str:
        return self.field.text()

    def scope(self) -> str:
        """ "all", "text" or "notes"."""
        button = self.scopes.checkedButton()
        return str(button.property("scope")) if button else "all"

    def ask(self, query: str) -> None:
        """Put a question as if it had been typed, without the pause."""
        self.field.set_text(query)
        self._ask()

    def _changed(self) -> None:
        if self.query().strip():
            self._pause.start()
        else:
            self._ask()

    def _ask(self) -> None:
        self._pause.stop()
        if not self.query().strip():
            self.set_result(None, "")
        self.search_requested.emit(self.query(), self.scope())

    def hideEvent(self, event: QHideEvent) -> None:
        self._pause.stop()
        super().hideEvent(event)

    # What is found.

    def set_busy(self, busy: bool) -> None:
        """Whether an answer is under way; the last one stays until it comes."""
        self._busy = busy
        self._show()

    def set_result(self, result: "SearchResult | None", query: str) -> None:
        """Show an answer; one to a question that is no longer asked is passed over."""
        if query != self.query() and result is not None:
            return
        self._asked = query
        self._rows.forget()
        self.model.set_result(result)
        self.summary.setText(_summary(result) if result else "")
        self._show()

    def set_theme(self, theme: Theme) -> None:
        set_ground(self, theme.panel)
        set_ground(self.view, theme.panel)
        self._rows.set_theme(theme)
        for widget in (self.field, self.empty):
            widget.set_theme(theme)
        set_quiet_theme((self.summary,), theme)
        self.view.relayout()

    def _show(self) -> None:
        found = self.model.rowCount() > 0
        self.view.setVisible(found)
        self.empty.setVisible(not found)
        self.summary.setVisible(found)
        if not self._asked and not self.query().strip():
            self.empty.say(_NOTHING_ASKED)
        elif self._busy or not self._asked:
            self.empty.say("Searching…")
        else:
            self.empty.say(f"Nothing is found for “{self._asked.strip()}”.")

    # Going there.

    def _to_hits(self) -> None:
        first = self.model.first_hit()
        if first.isValid():
            self.view.go_to_row(first.row())
            self.view.setFocus()

    def _enter(self) -> None:
        """Enter in the field: ask at once if that is not done yet, else go to the first hit."""
        if self._pause.isActive():
            self._ask()
        elif self._asked == self.query():
            current = self.view.currentIndex()
            self._activate(current if current.isValid() else self.model.first_hit())

    def _activate(self, index: QModelIndex) -> None:
        row = index.data(ROW_ROLE) if index.isValid() else None
        if isinstance(row, HitRow):
            self.view.go_to_row(index.row())
            self.hit_activated.emit(row.document.uid, row.hit.start, row.hit.end, row.hit.annotation_uid)

    def _type_on(self, letters: str) -> None:
        self.field.setFocus()
        if letters:
            self.field.line.insert(letters)
        else:
            self.field.line.backspace()


def _is_letter(event: QKeyEvent) -> bool:
    plain = (*_NO_MODIFIER, Qt.KeyboardModifier.ShiftModifier)
    return event.modifiers() in plain and len(event.text()) == 1 and event.text().isprintable()


def _summary(result: "SearchResult") -> str:
    documents = len(result.groups)
    words = f"{result.total:,} found in {documents:,} {'document' if documents == 1 else 'documents'}"
    return f"{words}; the first ones are shown" if result.truncated else words
