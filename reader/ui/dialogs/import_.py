"""Bringing annotations in: what the file holds is shown before anything is written."""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QListWidget, QProgressBar, QWidget

from reader.ui.dialogs.base import PassageDialog, say, text


class Preview(Protocol):
    """The numbers that the dialog shows, as the exchange service counts them."""

    @property
    def new(self) -> int: ...
    @property
    def same(self) -> int: ...
    @property
    def newer(self) -> int: ...
    @property
    def older(self) -> int: ...
    @property
    def masks(self) -> int: ...
    @property
    def documents_matched(self) -> int: ...
    @property
    def documents_new(self) -> int: ...
    @property
    def problems(self) -> Sequence[str]: ...


class ImportDialog(PassageDialog):
    """Comes up at once, is given a preview when the file is read, and stays to say how it went."""

    import_requested = Signal(str)
    stop_requested = Signal()

    def __init__(self, path: str, parent: QWidget | None = None) -> None:
        super().__init__("Import annotations", parent, width=520)
        self._path = path
        self._working = True
        self.body.addWidget(text(path.replace("\\", "/").rsplit("/", 1)[-1], "title"))
        self.state = text("Reading the file…", "quiet")
        self.state.setObjectName("state")
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName("Import progress")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(4)
        self.error = text("", "error")
        self.problems = QListWidget()
        self.problems.setWordWrap(True)
        self.problems.setAccessibleName("Records that are passed over")
        self.problems.setMinimumHeight(90)
        self.problems.hide()
        self.body.addWidget(self.state)
        self.body.addWidget(self.progress)
        self.body.addLayout(self._grid)
        self.body.addWidget(self.error)
        self.body.addWidget(self.problems, 1)
        self.body.addStretch(0)
        say(self.error, "")
        self.close_button = self.add_close("Cancel", default=False)
        self.import_button = self.add_button("Import", default=True)
        self.import_button.setEnabled(False)
        self.import_button.clicked.connect(self._import)
        self.finished.connect(lambda _code: self._stop_if_working())

    def set_preview(self, preview: Preview) -> None:
        """Show what would happen; the import is offered if anything would."""
        self._rest()
        rows = (
            ("New annotations", preview.new, "are added"),
            ("Newer than here", preview.newer, "replace what is here"),
            ("Older than here", preview.older, "leave what is here"),
            ("The same", preview.same, "change nothing"),
            ("Documents found here", preview.documents_matched, ""),
            ("Documents not here yet", preview.documents_new, "are kept with their quotes until the file is added"),
            *([("Hidden passages", preview.masks, "are hidden here too")] if preview.masks else []),
        )
        for row, (name, count, meaning) in enumerate(rows):
            for column, words in enumerate((name, f"{count:,}", meaning if count else "")):
                label = text(words, "quiet" if column == 2 else "")
                self._grid.addWidget(label, row, column)
                label.show()  # else it counts for nothing when the dialog is fitted to its contents
        self._grid.setColumnStretch(2, 1)
        anything = bool(preview.new or preview.newer or preview.documents_new or preview.masks)
        say(self.state, "" if anything else "Everything in this file is here already.")
        self._show_problems(preview.problems)
        self.import_button.setEnabled(anything)
        if not anything:
            self.close_button.setText("Close")
        (self.import_button if anything else self.close_button).setFocus()
        self.fit()

    def set_progress(self, done: int, total: int) -> None:
        """`done` of `total` records are in."""
        self.progress.setRange(0, max(0, total))
        self.progress.setValue(done)

    def set_result(self, sentence: str, problems: Sequence[str] = ()) -> None:
        """It is done."""
        self._rest()
        say(self.state, sentence)
        self._show_problems(problems)
        self.close_button.setText("Close")
        self.set_default(self.close_button)
        self.close_button.setFocus()
        self.fit()

    def set_error(self, sentence: str) -> None:
        """It could not be read or written; nothing was changed."""
        self._rest()
        say(self.state, "")
        say(self.error, sentence)
        self.close_button.setText("Close")
        self.fit()

    def _rest(self) -> None:
        self._working = False
        self.progress.hide()
        self.import_button.setEnabled(False)

    def _show_problems(self, problems: Sequence[str]) -> None:
        self.problems.clear()
        self.problems.addItems(list(problems))
        self.problems.setVisible(bool(problems))
        count = len(problems)
        if count:
            say(self.error, f"{count:,} record{' is' if count == 1 else 's are'} malformed and passed over:")

    def _import(self) -> None:
        self._working = True
        self.import_button.setEnabled(False)
        self.progress.setRange(0, 0)
        self.progress.show()
        self.close_button.setText("Stop")
        self.import_requested.emit(self._path)

    def _stop_if_working(self) -> None:
        if self._working:
            self.stop_requested.emit()
