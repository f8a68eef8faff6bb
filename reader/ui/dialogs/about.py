"""What this program is, and where it keeps what it knows."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from reader.ui.dialogs.base import PassageDialog, rule, text
from reader.ui.icons import icon_pixmap

_MADE_WITH = (
    "Made with Qt and PySide6 (LGPL 3), SQLite (public domain), sqlite-utils (Apache 2), markdown-it-py, "
    "selectolax, charset-normalizer, RapidFuzz and platformdirs (MIT), regex and uniseg, click (BSD)."
)


class AboutDialog(PassageDialog):
    """`facts` are pairs of a name and a value: the library's place, its size, the numbers in it."""

    def __init__(self, version: str, facts: Sequence[tuple[str, str]] = (), parent: QWidget | None = None) -> None:
        super().__init__("About Passage", parent, width=480)
        top = QHBoxLayout()
        top.setSpacing(16)
        picture = QLabel()
        picture.setPixmap(icon_pixmap("passage", "#5f646b", 56, 2.0))
        picture.setAccessibleName("Passage")
        top.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        name = text(f"Passage {version}\nRead closely, mark, find again.")
        name.setProperty("role", "heading")
        top.addWidget(name, 1)
        self.body.addLayout(top)
        self.body.addWidget(rule())
        for label, value in facts:
            self.body.addWidget(text(label, "quiet"))
            self.body.addWidget(text(value, selectable=True))
        self.body.addWidget(text("Everything stays on this computer; nothing is ever fetched or sent.", "quiet"))
        self.body.addWidget(text(_MADE_WITH, "quiet"))
        self.body.addStretch(1)
        self.add_close().setFocus()
