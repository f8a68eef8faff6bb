"""A codebook that comes in: what its file would add and change is shown before anything is written."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QListWidget, QWidget

from reader.ui.dialogs.base import PassageDialog, say, text

if TYPE_CHECKING:
    from reader.services.codebook import CodebookReport

REPLACE = "Take its colours and descriptions where there are &others here"


class CodebookImportDialog(PassageDialog):
    """`preview_wanted` and `import_requested` carry whether the file's colours and descriptions win."""

    preview_wanted = Signal(bool)
    import_requested = Signal(bool)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__("Import a codebook", parent, width=520)
        self.body.addWidget(text(name, "title"))
        self.state, self.error = text("Reading the file…", "quiet"), text("", "error")
        self.state.setObjectName("state")
        self.rows = QListWidget()
        self.rows.setAccessibleName("What would change")
        self.rows.setUniformItemSizes(True)
        self.rows.setMinimumHeight(180)
        self.replace = QCheckBox(REPLACE)
        self.replace.setEnabled(False)
        for part in (self.state, self.error, self.rows, self.replace):
            self.body.addWidget(part, 1 if part is self.rows else 0)
        self.body.addWidget(text("No tag goes, and what is marked stays. It can be undone.", "quiet"))
        say(self.error, "")
        self.add_close("Cancel", default=False)
        self.go = self.add_button("Import", default=True)
        self.go.setEnabled(False)
        self.replace.toggled.connect(self._look_again)
        self.go.clicked.connect(lambda: self.import_requested.emit(self.replace.isChecked()))

    def set_preview(self, report: "CodebookReport") -> None:
        """What the import would do."""
        counts = (
            (len(report.added), "new"),
            (len(report.changed), "changed"),
            (len(report.kept), "kept as here"),
            (report.same, "the same"),
        )
        told = ", ".join(f"{count:,} {words}" for count, words in counts if count)
        self.state.setText(f"Tags in it: {told}." if told else "There is no tag in it.")
        self.rows.clear()
        named = (("New", report.added), ("Changed", report.changed), ("Kept as it is here", report.kept))
        self.rows.addItems([f"{what}: {name}" for what, names in named for name in names])
        self.replace.setEnabled(bool(report.kept) or self.replace.isChecked())
        self.go.setEnabled(bool(report.added or report.changed))

    def set_error(self, sentence: str) -> None:
        """It could not be read or written; nothing was changed."""
        say(self.state, "")
        say(self.error, sentence)
        self.go.setEnabled(False)
        self.fit()

    def _look_again(self, wins: bool) -> None:
        self.go.setEnabled(False)
        self.preview_wanted.emit(wins)
