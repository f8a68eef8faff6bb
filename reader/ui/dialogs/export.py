"""Taking annotations out as JSON: which, and where to."""

from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QProgressBar, QPushButton, QRadioButton, QWidget

from reader.ui.dialogs.base import PassageDialog, say, text


class Scope(StrEnum):
    DOCUMENT = "document"
    FILTERED = "filtered"
    ALL = "all"


class ExportDialog(PassageDialog):
    """Asks for an export and stays to say how it went. Counts are numbers of annotations.

    Without a `document_title` or with `filtered` None, that choice is not offered.
    """

    export_requested = Signal(str, str)
    stop_requested = Signal()
    reveal_requested = Signal(str)

    def __init__(
        self,
        target: Path,
        *,
        everything: int,
        document_title: str = "",
        document: int = 0,
        filtered: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("Export annotations", parent, width=520)
        self.choices: dict[Scope, QRadioButton] = {}
        self._exported = ""
        self.body.addWidget(text("What", "heading"))
        if document_title:
            self._offer(Scope.DOCUMENT, f"&This document: {_short(document_title)}", document)
        if filtered is not None:
            self._offer(Scope.FILTERED, "The annotations that the &filter shows", filtered)
        self._offer(Scope.ALL, "&Everything in the library", everything)
        next(iter(self.choices.values())).setChecked(True)
        self.body.addWidget(text("Where", "heading"))
        self.path = QLineEdit(str(target))
        self.path.setAccessibleName("File to write")
        self.path.textChanged.connect(self._look_at_target)
        self._browse = QPushButton("&Choose…")
        self._browse.setAutoDefault(False)
        self._browse.clicked.connect(self._choose)
        row = QHBoxLayout()
        row.addWidget(self.path, 1)
        row.addWidget(self._browse)
        self.body.addLayout(row)
        self._finish_layout()
        for button in self.choices.values():
            button.toggled.connect(lambda _on: self.set_default(self.export_button))
        self._look_at_target()
        next(iter(self.choices.values())).setFocus()

    def scope(self) -> Scope:
        # A choice that stands alone can be clicked off; it is meant all the same.
        return next((scope for scope, button in self.choices.items() if button.isChecked()), Scope.ALL)

    def set_progress(self, done: int, total: int) -> None:
        """`done` of `total` annotations are written."""
        self.progress.setRange(0, max(0, total))
        self.progress.setValue(done)

    def set_result(self, sentence: str) -> None:
        """It is written; the dialog stays to say so."""
        self._at_work(working=False)
        self._exported = self.path.text()
        say(self.error, "")
        say(self.outcome, sentence)
        self.reveal.show()
        self.close_button.setText("Close")
        self.set_default(self.close_button)
        self.close_button.setFocus()
        self.fit()

    def set_error(self, sentence: str) -> None:
        """It was not written; everything can be tried again."""
        self._at_work(working=False)
        say(self.outcome, "")
        say(self.error, sentence)
        self.fit()

    # -- building

    def _offer(self, scope: Scope, words: str, count: int) -> None:
        button = QRadioButton(f"{words}  ({count:,})")
        button.setObjectName(scope)
        self.choices[scope] = button
        self.body.addWidget(button)

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
        self.body.addWidget(text("Format: passage 1, a documented JSON file that imports without loss.", "quiet"))
        self.body.addStretch(1)
        self.reveal = self.add_button("Show in folder", left=True)
        self.reveal.hide()
        self.reveal.clicked.connect(lambda: self.reveal_requested.emit(self._exported))
        self.close_button = self.add_close("Cancel", default=False)
        self.export_button = self.add_button("Export", default=True)
        self.export_button.clicked.connect(self._export)
        self.finished.connect(lambda _code: self._stop_if_working())

    # -- what happens

    def _choose(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self,
            "Export to",
            self.path.text(),
            "JSON (*.json)",
            options=QFileDialog.Option.DontConfirmOverwrite,
        )
        if name:
            self.path.setText(name if Path(name).suffix else f"{name}.json")

    def _look_at_target(self) -> None:
        written = self.path.text().strip()
        target = Path(written).expanduser()
        sentence = ""
        if written and target.is_dir():
            sentence = "This is a folder; add a file name."
        elif written and target.is_file():
            sentence = "The file exists and will be replaced."
        say(self.replace, sentence)
        self.set_default(self.export_button)
        self.export_button.setEnabled(bool(written) and not target.is_dir())

    def _export(self) -> None:
        say(self.outcome, "")
        say(self.error, "")
        self.reveal.hide()
        self.set_default(self.export_button)
        self._at_work(working=True)
        self.export_requested.emit(str(self.scope()), str(Path(self.path.text().strip()).expanduser()))

    def _at_work(self, *, working: bool) -> None:
        self._working = working
        self.progress.setRange(0, 0)
        self.progress.setVisible(working)
        for part in (*self.choices.values(), self.path, self._browse, self.export_button):
            part.setEnabled(not working)
        self.close_button.setText("Stop" if working else "Cancel")

    def _stop_if_working(self) -> None:
        if self._working:
            self.stop_requested.emit()

    _working = False


def _short(title: str, limit: int = 40) -> str:
    title = title if len(title) <= limit else f"{title[: limit - 1]}…"
    return title.replace("&", "&&")
