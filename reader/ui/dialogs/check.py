"""What a look over the library has found."""

from collections.abc import Sequence

from PySide6.QtWidgets import QListWidget, QWidget

from reader.ui.dialogs.base import PassageDialog, text


class CheckDialog(PassageDialog):
    """`found` and `problems` are sentences: what is in order, and what is not."""

    def __init__(self, found: Sequence[str], problems: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__("The library was checked", parent, width=560)
        count = len(problems)
        title = f"{count:,} {'thing needs' if count == 1 else 'things need'} a look" if count else "All is in order"
        self.body.addWidget(text(title, "title"))
        self.problems = QListWidget()
        self.problems.setWordWrap(True)
        self.problems.setAccessibleName("What needs a look")
        self.problems.setMinimumHeight(120)
        self.problems.addItems(list(problems))
        self.problems.setVisible(bool(problems))
        self.body.addWidget(self.problems, 1)
        for sentence in found:
            self.body.addWidget(text(sentence, selectable=True))
        self.body.addStretch(0)
        self.add_close()
