"""All tags with their uses: rename, merge, delete, describe."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from reader.model.annotation import Color
from reader.model.library import Tag
from reader.ui.dialogs.base import PassageDialog, form, named, say, text
from reader.ui.theme import Theme
from reader.ui.widgets.swatch import dot_icon
from reader.ui.widgets.tag_field import clean_tag
from reader.ui.widgets.unsaved_bar import UnsavedBar


class TagsDialog(PassageDialog):
    """Asks for each change as it is made; the owner answers with `set_tags` or, if it went wrong, with `show_error`,
    and with `refuse` where it could not be written; `again_requested` then asks for the same change once more.

    `edited` carries name, colour (one of the six, or empty) and description.
    """

    rename_requested = Signal(str, str)
    merge_requested = Signal(str, str)
    delete_requested = Signal(str)
    edited = Signal(str, str, str)
    again_requested = Signal()

    def __init__(self, tags: Sequence[Tag], theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("Tags", parent, width=700)
        self._theme = theme
        self._tags: dict[str, Tag] = {}
        self._wanted = ""
        self.filter = QLineEdit()
        self.list = QListWidget()
        self.name = QLineEdit()
        self.color = QComboBox()
        self.description = QLineEdit()
        self.target = QComboBox()
        self.rename, self.merge, self.delete = (QPushButton(words) for words in ("&Rename", "&Merge", "&Delete tag"))
        self._empty, self._count, self._error = text("", "quiet"), text("", "quiet"), text("", "error")
        self.unsaved = UnsavedBar(self)
        self._arrange()
        self._connect()
        self.set_tags(tags)
        self.add_close(default=False)
        self.filter.setFocus()

    def set_tags(self, tags: Sequence[Tag]) -> None:
        """Show these, keeping the present one present; a tag that was renamed or merged stays in sight."""
        current = self._wanted or self.current()
        self._wanted = ""
        say(self._error, "")
        self.unsaved.hide()
        self._tags = {tag.name: tag for tag in sorted(tags, key=lambda tag: tag.name.casefold())}
        self.list.blockSignals(True)
        self.list.clear()
        for tag in self._tags.values():
            item = QListWidgetItem(_icon(tag.color, self._theme), f"{tag.name}   ·   {tag.uses:,}", self.list)
            item.setData(Qt.ItemDataRole.UserRole, tag.name)
            item.setToolTip(tag.description)
            if tag.name == current:
                self.list.setCurrentItem(item)
        self.list.blockSignals(False)
        if self.list.count() and not self.list.currentItem():
            self.list.setCurrentRow(0)
        self._filter(self.filter.text())
        self._show()

    def current(self) -> str:
        """The name of the tag that is shown on the right; empty when there is none."""
        item = self.list.currentItem()
        return str(item.data(Qt.ItemDataRole.UserRole)) if item else ""

    def show_error(self, sentence: str) -> None:
        """What could not be done; what was typed stays."""
        self._wanted = ""
        say(self._error, sentence)

    def refuse(self, reason: str) -> None:
        """A change could not be written: what was typed stays, to be tried again or copied."""
        say(self._error, "")
        self.unsaved.tell(reason, self._typed())
        self.fit()

    def _typed(self) -> str:
        """What was typed over what is in the library; empty when that is nothing."""
        tag = self._tags.get(self.current())
        known = (tag.name, tag.description) if tag else ("", "")
        fields = zip((self.name, self.description), known, strict=True)
        return "\n".join([field.text() for field, before in fields if field.text() != before])

    # -- building

    def _arrange(self) -> None:
        self.filter.setPlaceholderText("Filter tags")
        self.filter.setClearButtonEnabled(True)
        self.description.setPlaceholderText("What it is for")
        self.list.setMinimumHeight(280)
        self.list.setIconSize(QSize(14, 14))
        self.color.setIconSize(QSize(14, 14))
        for part, name in (
            (self.filter, "Filter tags"),
            (self.list, "Tags"),
            (self.name, "Name"),
            (self.color, "Colour"),
            (self.description, "Description"),
            (self.target, "Merge into"),
        ):
            part.setAccessibleName(name)
        self.color.addItem("None", "")
        for color in Color:
            self.color.addItem(dot_icon(color, self._theme), color.capitalize(), str(color))
        left = QVBoxLayout()
        left.setSpacing(8)
        for part in (self.filter, self.list, self._empty):
            left.addWidget(part)
        both = QHBoxLayout()
        both.setSpacing(20)
        both.addLayout(left, 4)
        both.addLayout(self._right(), 6)
        self.body.addLayout(both, 1)

    def _right(self) -> QVBoxLayout:
        rows: QFormLayout = form()
        named(rows, "&Name", _beside(self.name, self.rename), self.name)
        rows.addRow("&Colour", self.color)
        rows.addRow("Descri&ption", self.description)
        named(rows, "Merge &into", _beside(self.target, self.merge), self.target)
        self.target.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.target.setMinimumContentsLength(10)
        for button in (self.rename, self.merge, self.delete):
            button.setAutoDefault(False)
        column = QVBoxLayout()
        column.addLayout(rows)
        column.addWidget(self._count)
        column.addWidget(self._error)
        column.addWidget(self.unsaved)
        column.addStretch(1)
        column.addWidget(self.delete, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(text("Each of these can be undone.", "quiet"))
        return column

    def _connect(self) -> None:
        self.filter.textChanged.connect(self._filter)
        self.list.currentItemChanged.connect(lambda *_: self._show())
        self.unsaved.again_requested.connect(self.again_requested)
        self.name.returnPressed.connect(self._rename)
        self.rename.clicked.connect(self._rename)
        self.merge.clicked.connect(self._merge)
        self.delete.clicked.connect(lambda: self.delete_requested.emit(self.current()))
        self.color.activated.connect(lambda _index: self._edit())
        self.description.editingFinished.connect(self._edit)

    # -- what happens

    def _filter(self, typed: str) -> None:
        wanted = typed.casefold().strip()
        shown = 0
        for row in range(self.list.count()):
            item = self.list.item(row)
            hidden = wanted not in str(item.data(Qt.ItemDataRole.UserRole)).casefold()
            item.setHidden(hidden)
            shown += not hidden
        nothing = "No tag has this in its name." if self._tags else "There are no tags yet; T on a selection makes one."
        say(self._empty, "" if shown else nothing)

    def _show(self) -> None:
        tag = self._tags.get(self.current())
        fields = (self.name, self.rename, self.color, self.description, self.target, self.merge, self.delete)
        for part in fields:
            part.setEnabled(tag is not None)
        self.name.setText(tag.name if tag else "")
        self.name.setCursorPosition(0)
        self.color.setCurrentIndex(max(0, self.color.findData(tag.color if tag else "")))
        self.description.setText(tag.description if tag else "")
        uses = tag.uses if tag else 0
        self._count.setText(f"{uses:,} use{'' if uses == 1 else 's'}" if tag else "")
        self.target.clear()
        self.target.addItems([name for name in self._tags if tag and name != tag.name])
        self.merge.setEnabled(self.target.count() > 0)

    def _rename(self) -> None:
        new = clean_tag(self.name.text())
        if not new:
            say(self._error, "A tag needs a name.")
        elif new != self.current():
            self._wanted = new
            self.rename_requested.emit(self.current(), new)

    def _merge(self) -> None:
        self._wanted = self.target.currentText()
        self.merge_requested.emit(self.current(), self._wanted)

    def _edit(self) -> None:
        tag = self._tags.get(self.current())
        color, description = str(self.color.currentData()), self.description.text().strip()
        if tag and (color, description) != (tag.color, tag.description):
            self.edited.emit(tag.name, color, description)


def _beside(field: QWidget, button: QPushButton) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(6)
    row.addWidget(field, 1)
    row.addWidget(button)
    return row


def _icon(color: str, theme: Theme) -> QIcon:
    if color in list(Color):
        return dot_icon(Color(color), theme)
    blank = QPixmap(14, 14)
    blank.fill(QColor(0, 0, 0, 0))
    return QIcon(blank)
