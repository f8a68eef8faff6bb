"""Taking annotations out: in which form, which of them, and where to."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QProgressBar,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from reader.ui.dialogs.base import PassageDialog, say, text
from reader.ui.dialogs.export_fields import FormList, Place, PlaceField

if TYPE_CHECKING:
    from reader.interchange.forms import Form

_GROUPS = {"chapter": "Chapter", "category": "Category"}
_NEEDS_PDF = "Open a PDF first: only of these a copy with annotations can be made."


class Scope(StrEnum):
    DOCUMENT = "document"
    FILTERED = "filtered"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Wanted:
    """An export that somebody asks for. `by` is one of the form's groups, empty where it has none; `target` means
    nothing for the clipboard."""

    form: str
    by: str
    scope: Scope
    place: Place
    target: Path


class ExportDialog(PassageDialog):
    """Asks for an export and stays to say how it went. Counts are numbers of annotations.

    `target` is the file, `folder` the folder that are proposed. Without a `document_title` or with `filtered` None,
    that choice is not offered; `is_pdf` says whether the document can be copied as a PDF. `preview_requested` comes
    whenever something else would be exported, and asks for `set_preview`.
    """

    export_requested = Signal(object)
    preview_requested = Signal(object)
    stop_requested = Signal()
    reveal_requested = Signal(str)

    def __init__(
        self,
        target: Path,
        *,
        forms: Sequence["Form"],
        everything: int,
        folder: Path | None = None,
        document_title: str = "",
        document: int = 0,
        filtered: int | None = None,
        is_pdf: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("Export annotations", parent, width=920)
        self.choices: dict[Scope, QRadioButton] = {}
        self._exported = ""
        self._is_pdf = is_pdf
        self._asked: Wanted | None = None
        self._held: Scope | None = None
        self.body.addWidget(text("Form", "heading"))
        self.forms = FormList(forms)
        self.body.addWidget(self.forms)
        self.body.addLayout(self._middle())
        if document_title:
            self._offer(Scope.DOCUMENT, f"&This document: {_short(document_title)}", document)
        if filtered is not None:
            self._offer(Scope.FILTERED, "The annotations that the &filter shows", filtered)
        self._offer(Scope.ALL, "&Everything in the library", everything)
        next(iter(self.choices.values())).setChecked(True)
        self.body.addWidget(text("Where", "heading"))
        self.where = PlaceField(target, folder or target.parent / "passage-notes")
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
        return Wanted(form.name, by, self.scope(), self.where.place(), self.where.target())

    def choose(self, form: str = "", by: str = "", scope: str = "", place: str = "") -> None:
        """Choose what was chosen before, as far as it is offered now."""
        self.blockSignals(True)
        with suppress(ValueError, KeyError):
            self.choices[Scope(scope)].setChecked(True)
        self.forms.choose(form)
        self.group.setCurrentIndex(max(0, self.group.findData(by)))
        with suppress(ValueError):
            self.where.set_place(Place(place))
        self.blockSignals(False)
        self._asked = None
        self._turn_form()

    def scope(self) -> Scope:
        # A choice that stands alone can be clicked off; it is meant all the same.
        if not self.forms.form().writer:
            return Scope.DOCUMENT
        return next((scope for scope, button in self.choices.items() if button.isChecked()), Scope.ALL)

    def set_preview(self, beginning: str) -> None:
        """The first lines of what would be exported, or a sentence in their place."""
        self.preview.setPlainText(beginning)

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

    def set_error(self, sentence: str) -> None:
        """It was not written; everything can be tried again."""
        self._at_work(working=False)
        say(self.outcome, "")
        say(self.error, sentence)
        self._bring(self.error)

    # -- building

    def _middle(self) -> QHBoxLayout:
        """What on the left, how it begins on the right."""
        self._scopes = QVBoxLayout()
        self._scopes.setSpacing(6)
        self._scopes.addWidget(text("What", "heading"))
        self.group = QComboBox()
        self.group.setAccessibleName("Group by")
        for name, words in _GROUPS.items():
            self.group.addItem(words, name)
        self._group_label = QLabel("&Group by")
        self._group_label.setBuddy(self.group)
        by = QHBoxLayout()
        by.addWidget(self._group_label)
        by.addWidget(self.group, 1)
        self._scopes.addLayout(by)
        self._scopes.addStretch(1)
        self.preview = QPlainTextEdit()
        self.preview.setReadOnly(True)
        self.preview.setTabChangesFocus(True)
        self.preview.setAccessibleName("How it begins")
        self.preview.setFixedHeight(120)
        right = QVBoxLayout()
        right.setSpacing(6)
        right.addWidget(text("How it begins", "heading"))
        right.addWidget(self.preview)
        row = QHBoxLayout()
        row.setSpacing(20)
        row.addLayout(self._scopes, 5)
        row.addLayout(right, 6)
        return row

    def _offer(self, scope: Scope, words: str, count: int) -> None:
        button = QRadioButton(f"{words}  ({count:,})")
        button.setObjectName(scope)
        self.choices[scope] = button
        self._scopes.insertWidget(len(self.choices), button)

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
        self.close_button = self.add_close("Cancel", default=False)
        self.export_button = self.add_button("Export", default=True)
        self.export_button.clicked.connect(self._export)
        self.finished.connect(lambda _code: self._stop_if_working())

    def _connect(self) -> None:
        self.forms.currentItemChanged.connect(lambda *_: self._turn_form())
        self.group.currentIndexChanged.connect(lambda _index: self._changed())
        for button in self.choices.values():
            button.toggled.connect(lambda on: self._changed() if on else None)
            button.clicked.connect(lambda _on: self.set_default(self.export_button))
        self.where.changed.connect(self._changed)

    # -- what happens

    def _turn_form(self) -> None:
        form = self.forms.form()
        for part in (self.group, self._group_label):
            part.setVisible(bool(form.groups))
        for scope, button in self.choices.items():
            button.setEnabled(bool(form.writer) or scope is Scope.DOCUMENT)
        self._hold_scope(copies=not form.writer)
        self.where.set_form(form)
        self._changed()

    def _hold_scope(self, *, copies: bool) -> None:
        """A copy is of one document; another form has again what was chosen before."""
        if copies and self._held is None and Scope.DOCUMENT in self.choices:
            self._held = next((scope for scope, button in self.choices.items() if button.isChecked()), Scope.DOCUMENT)
            self.choices[Scope.DOCUMENT].setChecked(True)
        elif not copies and self._held is not None:
            self.choices[self._held].setChecked(True)
            self._held = None

    def _changed(self) -> None:
        copies = not self.forms.form().writer
        impossible = _NEEDS_PDF if copies and not self._is_pdf else ""
        say(self.replace, impossible or self.where.sentence())
        self.set_default(self.export_button)
        self.export_button.setEnabled(not impossible and self.where.is_possible())
        wanted = self.wanted()
        if self._asked is None or _content(wanted) != _content(self._asked):
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
        for part in (*self.choices.values(), self.forms, self.group, self.where, self.export_button):
            part.setEnabled(not working)
        if not working:
            self._turn_form()
        self.close_button.setText("Stop" if working else "Cancel")

    def _bring(self, part: QWidget) -> None:
        """Grow for it, and where the screen has no room for that, scroll to it."""
        self.fit()
        content = self._scroll.widget()
        layout = content.layout() if content else None
        if content and layout:
            layout.activate()
            content.adjustSize()
        self._scroll.ensureWidgetVisible(part, 0, 12)

    def _stop_if_working(self) -> None:
        if self._working:
            self.stop_requested.emit()

    _working = False


def _content(wanted: Wanted) -> tuple[str, str, Scope]:
    """What of it decides which text it has."""
    return wanted.form, wanted.by, wanted.scope


def remembered(wanted: Wanted) -> Mapping[str, str]:
    """A choice as the settings keep it, and as `ExportDialog.choose` takes it."""
    return {"form": wanted.form, "by": wanted.by, "scope": str(wanted.scope), "place": str(wanted.place)}


def _short(title: str, limit: int = 30) -> str:
    title = title if len(title) <= limit else f"{title[: limit - 1]}…"
    return title.replace("&", "&&")
