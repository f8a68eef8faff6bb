"""Templates of export: chosen, copied, changed, with a look at what they make meanwhile."""

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, QSize, Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QSplitter,
    QTabWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from reader.ui.dialogs.base import PassageDialog, say, text
from reader.ui.widgets.code_edit import CodeEdit

if TYPE_CHECKING:
    from reader.services.templates import TemplateFile

_PAUSE = 350
"""Milliseconds after the last key until what is written is kept and tried."""
_TITLE = 60
_LONGEST = 200_000
"""Code points of a preview that are shown."""
_SHIPPED = "This one comes with Passage. Make a copy to change it."
_OWN = "What you write is kept as you go. The ending of the name says what is made: .md, .txt, .tex, .html."


class TemplatesDialog(PassageDialog):
    """The owner gives the list and what the chosen one says, keeps what is written, and shows what it makes.

    `chosen`, `copy_requested`, `delete_requested` and `export_requested` carry the name of a template; `renamed` that
    and the new one; `edited` the name and what it says now; `preview_requested` the same, when it is to be tried.
    """

    chosen = Signal(str)
    edited = Signal(str, str)
    preview_requested = Signal(str, str)
    copy_requested = Signal(str)
    delete_requested = Signal(str)
    restore_requested = Signal()
    renamed = Signal(str, str)
    export_requested = Signal(str)
    folder_requested = Signal()

    def __init__(self, folder: str, words: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__("Export templates", parent, width=1120)
        self._name, self._is_own, self._line = "", False, 0
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE)
        self._timer.timeout.connect(self._pause)
        self.list = QListWidget()
        self.list.setAccessibleName("Templates")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentItemChanged.connect(lambda now, _before: self._choose(now))
        self.name = QLineEdit()
        self.name.setAccessibleName("Name of the template")
        self.name.editingFinished.connect(self._rename)
        self.field = CodeEdit()
        self.field.setAccessibleName("What the template says")
        self.field.textChanged.connect(self._written)
        self.hint, self.error, self.said = text("", "quiet"), text("", "error", selectable=True), text("")
        self.preview = QPlainTextEdit()
        self.preview.setReadOnly(True)
        self.preview.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.preview.setTabChangesFocus(True)
        self.preview.setAccessibleName("What it makes of the first annotations")
        self.words = _Words(words)
        self.words.itemActivated.connect(lambda item, _column: self._insert(item))
        self.folder = text(f"Your own are in {folder}", "quiet", selectable=True)
        self.source = text("", "quiet")
        self._finish_layout()
        self._add_buttons()
        self.say_source("")
        self.list.setFocus()

    def set_templates(self, files: "Sequence[TemplateFile]", chosen: str) -> None:
        """List them, with the one of that name chosen, else the first."""
        with QSignalBlocker(self.list):
            self.list.clear()
            for file in files:
                item = QListWidgetItem(f"{file.title}\n{file.name}{'  ·  yours' if file.is_own else ''}")
                item.setData(Qt.ItemDataRole.UserRole, file.name)
                item.setToolTip(file.about)
                self.list.addItem(item)
            names = [file.name for file in files]
            self.list.setCurrentRow(names.index(chosen) if chosen in names else 0)
        self._choose(self.list.currentItem())

    def say_source(self, title: str) -> None:
        """Of what the preview is: of the document of that title, without one of the whole library."""
        short = title if len(title) <= _TITLE else f"{title[: _TITLE - 1]}…"
        self.source.setText(f"From the annotations of “{short}”" if title else "From the annotations of all documents")

    def show_template(self, file: "TemplateFile", source: str, *, again: bool = False) -> None:
        """What is to be read and, if it is the user's own, changed; `again`: only its name or title is new."""
        self._name, self._is_own = file.name, file.is_own
        with QSignalBlocker(self.name):
            self.name.setText(file.name)
        self.name.setReadOnly(not file.is_own)
        if not again:
            self.field.setPlainText(source)
            self._timer.stop()
            self.show_error("", 0)
            self.preview.clear()
            self.preview_requested.emit(file.name, source)
        self.field.setReadOnly(not file.is_own)
        self.delete_button.setEnabled(file.is_own)
        say(self.hint, _OWN if file.is_own else _SHIPPED)

    def retitle(self, file: "TemplateFile") -> None:
        """The chosen one is called otherwise now."""
        self._name = file.name
        if item := self.list.currentItem():
            item.setText(f"{file.title}\n{file.name}  ·  yours")
            item.setData(Qt.ItemDataRole.UserRole, file.name)
            item.setToolTip(file.about)
        with QSignalBlocker(self.name):
            self.name.setText(file.name)

    def name_it(self) -> None:
        """Have the user type the name of a new one, without its ending."""
        self.name.setFocus()
        self.name.setSelection(0, len(self.name.text().rpartition(".")[0]))

    def show_preview(self, made: str) -> None:
        """What the template makes."""
        place = self.preview.verticalScrollBar().value()
        self.preview.setPlainText(made[:_LONGEST] + ("…" if len(made) > _LONGEST else ""))
        self.preview.verticalScrollBar().setValue(place)
        self.show_error("", 0)

    def show_error(self, sentence: str, line: int) -> None:
        """What is wrong, and in which line (from 1; 0: none). What it made before stays to be read."""
        self._line = line
        self.field.mark_line(line)
        say(self.error, sentence)
        self.to_line.setVisible(line > 0)
        self.preview.setEnabled(not sentence)

    def say(self, sentence: str, *, can_restore: bool = False) -> None:
        """What was done; with a button to bring back what was deleted."""
        say(self.said, sentence)
        self.restore_button.setVisible(can_restore)

    def flush(self) -> None:
        """Hand over at once what was written last."""
        if self._timer.isActive():
            self._timer.stop()
            self._pause()

    def done(self, result: int) -> None:
        self.flush()
        super().done(result)

    # -- building

    def _finish_layout(self) -> None:
        left = _column(self.list, self.folder)
        middle = _column(self.name, self.field, self.hint)
        tabs = QTabWidget()
        tabs.addTab(self.preview, "What it &makes")
        tabs.addTab(self.words, "What it can &use")
        parts = QSplitter()
        parts.setChildrenCollapsible(False)
        for widget, share in ((left, 2), (middle, 5), (_column(tabs, self.source), 5)):
            parts.addWidget(widget)
            parts.setStretchFactor(parts.count() - 1, share)
        stops = (self.list, self.name, self.field, tabs.tabBar(), self.preview, self.words)
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)
        parts.setSizes([250, 415, 415])
        parts.setMinimumHeight(300)
        self.body.addWidget(parts, 1)
        self.to_line = self.add_button("Go to the &line", left=True)
        self.to_line.clicked.connect(lambda: self.field.go_to_line(self._line))
        row = QHBoxLayout()
        row.addWidget(self.error, 1)
        row.addWidget(self.to_line)
        self.body.addLayout(row)
        below = QHBoxLayout()
        below.addWidget(self.said, 1)
        self.restore_button = self.add_button("&Bring it back", left=True)
        self.restore_button.clicked.connect(self.restore_requested)
        below.addWidget(self.restore_button)
        self.body.addLayout(below)
        self.to_line.hide()
        self.restore_button.hide()
        say(self.error, "")
        say(self.said, "")

    def _add_buttons(self) -> None:
        self.folder_button = self.add_button("Show &folder", left=True)
        self.folder_button.clicked.connect(self.folder_requested)
        self.delete_button = self.add_button("&Delete", left=True)
        self.delete_button.clicked.connect(lambda: self._ask(self.delete_requested))
        self.copy_button = self.add_button("Make a &copy", left=True)
        self.copy_button.clicked.connect(lambda: self._ask(self.copy_requested))
        self.export_button = self.add_button("&Export with it…")
        self.export_button.clicked.connect(lambda: self._ask(self.export_requested))
        # No default button: Enter belongs to the fields here.
        self.add_close(default=False)

    def sizeHint(self) -> QSize:
        wanted = super().sizeHint()
        return QSize(wanted.width(), min(max(wanted.height(), 660), self.screen().availableGeometry().height() - 60))

    # -- what happens

    def _choose(self, item: QListWidgetItem | None) -> None:
        if item:
            self.flush()
            self.chosen.emit(str(item.data(Qt.ItemDataRole.UserRole)))

    def _written(self) -> None:
        if self._is_own:
            self._timer.start()

    def _pause(self) -> None:
        name, source = self._name, self.field.toPlainText()
        self.edited.emit(name, source)
        self.preview_requested.emit(self._name, source)

    def _rename(self) -> None:
        if self._is_own and self.name.text().strip() not in ("", self._name):
            self.flush()
            self.renamed.emit(self._name, self.name.text())

    def _insert(self, item: QTreeWidgetItem) -> None:
        over: QTreeWidgetItem | None = item.parent()
        if over and self._is_own:
            name = item.text(0)
            is_filter = over.text(0) == "Filters"
            self.field.insertPlainText(f" | {name}" if is_filter else f"{{{{ {name} }}}}")
            self.field.setFocus()

    def _ask(self, signal: SignalInstance) -> None:
        """For something to be done with the one that is chosen, as it is written now."""
        self.flush()
        signal.emit(self._name)


class _Words(QTreeWidget):
    """What templates can use, under headings; one of them goes into the template by Enter or a double click."""

    def __init__(self, words: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.setAccessibleName("What a template can use; Enter puts it in")
        self.setHeaderHidden(True)
        self.setColumnCount(2)
        over: QTreeWidgetItem | None = None
        for name, meaning in words:
            if not meaning:
                over = QTreeWidgetItem(self, [name])
                over.setFirstColumnSpanned(True)
            elif over:
                item = QTreeWidgetItem(over, [name, meaning])
                item.setToolTip(1, meaning)
        self.expandAll()
        self.resizeColumnToContents(0)


def _column(*widgets: QWidget) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(6)
    for widget in widgets:
        column.addWidget(widget, 1 if isinstance(widget, QListWidget | CodeEdit | QTabWidget) else 0)
    return holder
