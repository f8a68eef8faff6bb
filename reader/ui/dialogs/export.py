"""Taking annotations out: in which form, which of them, and where to."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from reader.ui.dialogs.base import PassageDialog, say, text
from reader.ui.dialogs.export_columns import ColumnsDialog
from reader.ui.dialogs.export_fields import FormList, Place, PlaceField, is_low
from reader.ui.dialogs.export_scope import Scope, ScopeField
from reader.ui.dialogs.export_wanted import KEPT, Wanted, content

if TYPE_CHECKING:
    from reader.interchange.forms import Form

TYPING_PAUSE = 250
"""Milliseconds after a key in the filter's words until what they find is looked at."""
_BEGINNING = "How it begins"
_GROUPS = {"chapter": "Chapter", "category": "Category"}
_NOT_KEPT = "For a document, a filter, a saved view or the library."
_READ_ONLY = "Not of a library that is open for reading only: nothing in it changes here."
_NEEDS_PDF = "Open a PDF first: only of these a copy with annotations can be made."


class ExportDialog(PassageDialog):
    """Asks for an export and stays to say how it went. Counts are numbers of annotations.

    `target` is the file, `folder` the folder that are proposed. Without a `document_title`, and where `selected` or
    `filtered` is None, that choice is not offered; `views` are the names of saved views. `is_pdf` says whether the
    document can be copied as a PDF, `is_kept` whether a folder is kept up to date, `can_keep` whether one can be.
    `preview_requested` comes whenever something else would be exported, and asks for `set_preview`;
    `templates_requested` carries the name of the template that is chosen, if one is, and closes the dialog.
    """

    export_requested = Signal(object)
    preview_requested = Signal(object)
    stop_requested = Signal()
    reveal_requested = Signal(str)
    templates_requested = Signal(str)

    def __init__(
        self,
        target: Path,
        *,
        forms: Sequence["Form"],
        everything: int,
        folder: Path | None = None,
        document_title: str = "",
        document: int = 0,
        selected: int | None = None,
        filtered: int | None = None,
        views: Sequence[str] = (),
        is_pdf: bool = False,
        is_kept: Callable[[Path], bool] = lambda _folder: False,
        can_keep: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("Export annotations", parent, width=920)
        self._exported = ""
        self._fields: tuple[str, ...] = ()
        self._is_pdf, self._can_keep = is_pdf, can_keep
        self._asked: Wanted | None = None
        self._later = QTimer(self, singleShot=True, interval=TYPING_PAUSE)
        self._later.timeout.connect(self._look)
        self._held: Scope | None = None
        self.body.addWidget(text("Form", "heading"))
        self.forms = FormList(forms)
        self.body.addWidget(self.forms)
        numbers = {
            Scope.DOCUMENT: document if document_title else None,
            Scope.SELECTION: selected,
            Scope.FILTERED: filtered,
            Scope.ALL: everything,
        }
        offered = {scope: number for scope, number in numbers.items() if number is not None}
        self.what = ScopeField(offered, document_title, views)
        self.choices = self.what.choices
        self.body.addLayout(self._middle())
        self.body.addWidget(text("Where", "heading"))
        self.where = PlaceField(target, folder or target.parent / "passage-notes", is_kept)
        self.path = self.where.path
        self.body.addWidget(self.where)
        self._finish_layout()
        self._connect()
        self._turn_form()
        self.forms.setFocus()

    def wanted(self) -> Wanted:
        """What is chosen now."""
        form = self.forms.form()
        by = str(self.group.currentData() or "") if form.groups else ""
        return Wanted(
            form.name,
            by,
            self.scope(),
            self.where.place(),
            self.where.target(),
            self.what.text(),
            self._chosen_fields(),
            self.where.keeps(),
        )

    def choose(
        self,
        form: str = "",
        by: str = "",
        scope: str = "",
        place: str = "",
        words: str = "",
        view: str = "",
        fields: Sequence[str] = (),
    ) -> None:
        """Choose what was chosen before, as far as it is offered now."""
        self.blockSignals(True)
        self.what.set_text(Scope.WORDS, words)
        self.what.set_text(Scope.VIEW, view)
        with suppress(ValueError):
            self.what.choose(Scope(scope))
        self.forms.choose(form)
        self.group.setCurrentIndex(max(0, self.group.findData(by)))
        self._fields = tuple(fields)
        with suppress(ValueError):
            self.where.set_place(Place(place))
        self.blockSignals(False)
        self._asked = None
        self._turn_form()

    def scope(self) -> Scope:
        return Scope.DOCUMENT if self.forms.form().per_document else self.what.scope()

    def set_preview(self, beginning: str, count: int | None = None) -> None:
        """The first lines of what would be exported, or a sentence in their place; of how many annotations it is."""
        self.preview.setPlainText(beginning)
        number = "" if count is None else f" · {count:,} annotation{'' if count == 1 else 's'}"
        self._beginning.setText(f"{_BEGINNING}{number}")

    def set_progress(self, done: int, total: int) -> None:
        """`done` of `total` annotations are written."""
        self.progress.setRange(0, max(0, total))
        self.progress.setValue(done)

    def set_result(self, sentence: str) -> None:
        """It is written; the dialog stays to say so."""
        self._at_work(working=False)
        wanted = self.wanted()
        self._exported = str(wanted.target)
        for label in (self.replace, self.error):
            say(label, "")
        say(self.outcome, sentence)
        self.reveal.setVisible(wanted.place is not Place.CLIPBOARD)
        self.close_button.setText("Close")
        self.set_default(self.close_button)
        self.close_button.setFocus()
        self._bring(self.outcome)

    def set_stopped(self, sentence: str) -> None:
        """It was stopped and nothing was written; everything can be tried again."""
        self._at_work(working=False)
        say(self.outcome, sentence)
        self.export_button.setFocus()
        self._bring(self.outcome)

    def set_error(self, sentence: str) -> None:
        """It was not written; everything can be tried again."""
        self._at_work(working=False)
        say(self.outcome, "")
        say(self.error, sentence)
        self._bring(self.error)

    # -- building

    def _middle(self) -> QHBoxLayout:
        """What on the left, how it begins on the right."""
        left = QVBoxLayout()
        left.setSpacing(6)
        left.addWidget(text("What", "heading"))
        left.addWidget(self.what)
        self.group = QComboBox()
        self.group.setAccessibleName("Group by")
        for name, words in _GROUPS.items():
            self.group.addItem(words, name)
        self._group_label = QLabel("&Group by")
        self._group_label.setBuddy(self.group)
        by = QHBoxLayout()
        by.addWidget(self._group_label)
        by.addWidget(self.group, 1)
        left.addLayout(by)
        self.columns = QPushButton()
        self.columns.setAutoDefault(False)
        self.columns.clicked.connect(self._choose_fields)
        left.addWidget(self.columns)
        left.addStretch(1)
        self.preview = QPlainTextEdit()
        self.preview.setReadOnly(True)
        self.preview.setTabChangesFocus(True)
        self.preview.setAccessibleName("How it begins")
        self.preview.setMinimumHeight(120)
        if is_low(self):
            self.preview.setMaximumHeight(130)
        right = QVBoxLayout()
        right.setSpacing(6)
        self._beginning = text(_BEGINNING, "heading")
        right.addWidget(self._beginning)
        right.addWidget(self.preview, 1)
        row = QHBoxLayout()
        row.setSpacing(20)
        row.addLayout(left, 5)
        row.addLayout(right, 6)
        return row

    def _finish_layout(self) -> None:
        self.replace = text("", "quiet")
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName("Export progress")
        self.progress.hide()
        self.outcome, self.error = text("", selectable=True), text("", "error")
        self.outcome.setObjectName("result")
        for label in (self.replace, self.progress, self.outcome, self.error):
            self.body.addWidget(label)
        say(self.outcome, "")
        say(self.error, "")
        self.body.addStretch(1)
        self.reveal = self.add_button("Show in folder", left=True)
        self.reveal.hide()
        self.reveal.clicked.connect(lambda: self.reveal_requested.emit(self._exported))
        self.templates = self.add_button("Te&mplates…", left=True)
        self.templates.setToolTip("Forms of your own: see what they make, change them, make new ones")
        self.templates.clicked.connect(self._to_templates)
        self.close_button = self.add_close("Cancel", default=False)
        self.export_button = self.add_button("Export", default=True)
        self.export_button.clicked.connect(self._export)

    def _connect(self) -> None:
        self.forms.currentItemChanged.connect(lambda *_: self._turn_form())
        self.group.currentIndexChanged.connect(lambda _index: self._changed())
        self.what.changed.connect(self._changed)
        for button in self.choices.values():
            button.clicked.connect(lambda _on: self.set_default(self.export_button))
        self.where.changed.connect(self._changed)

    # -- what happens

    def _turn_form(self) -> None:
        form = self.forms.form()
        for part in (self.group, self._group_label):
            part.setVisible(bool(form.groups))
        self.columns.setVisible(bool(form.fields))
        self.what.allow(Scope.DOCUMENT if form.per_document else None)
        self._hold_scope(copies=form.per_document)
        self.where.set_form(form)
        self._changed()
        if self.isVisible():
            self.fit()

    def _hold_scope(self, *, copies: bool) -> None:
        """A copy is of one document; another form has again what was chosen before."""
        if copies and self._held is None and Scope.DOCUMENT in self.choices:
            self._held = self.what.scope()
            self.what.choose(Scope.DOCUMENT)
        elif not copies and self._held is not None:
            self.what.choose(self._held)
            self._held = None

    def _chosen_fields(self) -> tuple[str, ...]:
        """Those of the fields chosen that the form has."""
        known = self.forms.form().field_names() if self._fields else ()
        return tuple(name for name in self._fields if name in known)

    def _choose_fields(self) -> None:
        dialog = ColumnsDialog(self.forms.form().field_names(), self._chosen_fields(), self)

        def take() -> None:
            self._fields = dialog.fields()
            self._changed()

        dialog.accepted.connect(take)
        dialog.open()

    def _changed(self) -> None:
        form, scope = self.forms.form(), self.scope()
        impossible = _NEEDS_PDF if form.per_document and not self._is_pdf else ""
        fields = self._chosen_fields()
        self.columns.setText(f"Fie&lds: {len(fields) or 'all'}…")
        refused = "" if scope in KEPT else _NOT_KEPT
        self.where.offer_keeping(refused if self._can_keep else _READ_ONLY)
        say(self.replace, impossible or self.where.sentence())
        self.set_default(self.export_button)
        is_whole = self.what.check()
        self.export_button.setEnabled(is_whole and not impossible and self.where.is_possible())
        self._later.stop()
        if is_whole and scope is Scope.WORDS and not self.signalsBlocked():
            self._later.start()
        elif is_whole:
            self._look()

    def _look(self) -> None:
        wanted = self.wanted()
        if self._asked is None or content(wanted) != content(self._asked):
            self._asked = wanted
            self.preview_requested.emit(wanted)

    def _export(self) -> None:
        say(self.outcome, "")
        say(self.error, "")
        self.reveal.hide()
        self.set_default(self.export_button)
        self._at_work(working=True)
        self._bring(self.progress)
        self.export_requested.emit(self.wanted())

    def _at_work(self, *, working: bool) -> None:
        self._working = working
        self.progress.setRange(0, 0)
        self.progress.setVisible(working)
        for part in (self.what, self.forms, self.group, self.columns, self.where, self.export_button, self.templates):
            part.setEnabled(not working)
        if not working:
            self._turn_form()
        self.close_button.setText("Stop" if working else "Cancel")
        self.close_button.setEnabled(True)

    def _bring(self, part: QWidget) -> None:
        """Grow for it, and where the screen has no room for that, scroll to it."""
        self.fit()
        content = self._scroll.widget()
        layout = content.layout() if content else None
        if content and layout:
            layout.activate()
            content.adjustSize()
        self._scroll.ensureWidgetVisible(part, 0, 12)

    def _to_templates(self) -> None:
        kind, _, name = self.forms.form().name.partition(":")
        self.accept()
        self.templates_requested.emit(name if kind == "template" else "")

    def reject(self) -> None:
        """While it is written, stop that and stay, to say so; whoever does not wait for it closes it then."""
        if not self._stopped():
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._stopped()
        super().closeEvent(event)

    def _stopped(self) -> bool:
        """Stop what is written; whether that was needed."""
        if not self._working or not self.close_button.isEnabled():
            return False
        self.close_button.setText("Stopping…")
        self.close_button.setEnabled(False)
        self.stop_requested.emit()
        return True

    _working = False
