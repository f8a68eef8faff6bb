"""Tags as chips, with a line that completes from the tags in use and makes new ones."""

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QToolButton, QVBoxLayout, QWidget

from reader.model.library import Tag
from reader.ui.theme import Theme, icon, load_theme
from reader.ui.widgets.flow import FlowLayout

Complete = Callable[[str], Sequence[Tag]]

_ROWS = 6
_CHIP_CHARACTERS = 40


def clean_tag(text: str) -> str:
    """A tag's name as it is kept: white space around its parts gone, empty parts too. May come out empty."""
    parts = (" ".join(part.split()) for part in text.split("/"))
    return "/".join(part for part in parts if part)


class TagField(QWidget):
    """Enter or a comma adds what is typed, Tab takes the first completion, Down chooses another one.

    Backspace in the empty line takes the last chip away; every chip is a button that removes itself.
    `finished` comes with Enter in the empty line, `shape_changed` when more or less room is wanted.
    """

    finished = Signal()
    shape_changed = Signal()

    def __init__(self, complete: Complete, parent: QWidget | None = None, *, suggest_at_once: bool = False) -> None:
        super().__init__(parent)
        self._complete = complete
        self._suggest_at_once = suggest_at_once
        self._tags: list[str] = []
        self._theme = load_theme("light")
        self._chips = QWidget(self)
        self._flow = FlowLayout(self._chips)
        self._line = QLineEdit(self)
        self._line.setPlaceholderText("Add a tag; / nests it")
        self._line.setAccessibleName("Add a tag")
        self._list = QListWidget(self)
        self._list.setAccessibleName("Tags in use")
        self._list.setProperty("role", "plain")
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for part in (self._chips, self._line, self._list):
            column.addWidget(part)
        self.setFocusProxy(self._line)
        self._line.textEdited.connect(self._typed)
        self._line.installEventFilter(self)
        self._list.itemClicked.connect(lambda item: self._add([_name(item)]))
        self._show_chips()
        self._suggest()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._show_chips()

    def set_tags(self, tags: Iterable[str]) -> None:
        self._tags = list(tags)
        self._show_chips()
        self._suggest()

    def tags(self) -> list[str]:
        """The chips, and what stands in the line as one more."""
        return _with(self._tags, clean_tag(self._line.text()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._line and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event)
        if watched is self._line and event.type() == QEvent.Type.FocusIn:
            self._suggest()
        return super().eventFilter(watched, event)

    # -- typing

    def _key(self, event: QKeyEvent) -> bool:
        key, typed = event.key(), self._line.text()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._enter()
        elif key == Qt.Key.Key_Tab and typed.strip() and self._list.count():
            self._add([_name(self._list.currentItem() or self._list.item(0))])
        elif key == Qt.Key.Key_Backspace and not typed and self._tags:
            self._remove(self._tags[-1])
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self._list.count():
            self._choose(1 if key == Qt.Key.Key_Down else -1)
        else:
            return False
        return True

    def _enter(self) -> None:
        chosen = self._list.currentItem()
        if chosen is not None and chosen.isSelected():
            self._add([_name(chosen)])
        elif self._line.text().strip():
            self._add([self._line.text()])
        else:
            self.finished.emit()

    def _typed(self, text: str) -> None:
        if "," in text:
            *whole, rest = text.split(",")
            self._add(whole)
            self._line.setText(rest.lstrip())
        self._suggest()

    def _add(self, names: Iterable[str]) -> None:
        tags = self._tags
        for name in map(clean_tag, names):
            tags = _with(tags, self._known(name))
        self._line.clear()
        self._change(tags)

    def _known(self, name: str) -> str:
        """The spelling in use, where only the case differs."""
        same = (
            (tag.name for tag in self._complete(name) if tag.name.casefold() == name.casefold()) if name else iter(())
        )
        return next(same, name)

    def _remove(self, name: str) -> None:
        self._change([tag for tag in self._tags if tag != name])
        self._line.setFocus()

    def _change(self, tags: list[str]) -> None:
        self._tags = tags
        self._show_chips()
        self._suggest()

    # -- showing

    def _choose(self, by: int) -> None:
        row = self._list.currentRow() + by
        row = row % self._list.count() if row >= 0 else self._list.count() - 1
        self._list.setCurrentRow(row)

    def _suggest(self) -> None:
        typed = clean_tag(self._line.text())
        self._list.clear()
        if typed or self._suggest_at_once:
            have = {tag.casefold() for tag in self._tags}
            for tag in self._complete(typed):
                if tag.name.casefold() not in have:
                    item = QListWidgetItem(f"{tag.name}   ·   {tag.uses:,}" if tag.uses else tag.name, self._list)
                    item.setData(Qt.ItemDataRole.UserRole, tag.name)
                    item.setToolTip(tag.description)
        rows = min(self._list.count(), _ROWS)
        self._list.setVisible(rows > 0)
        if rows:
            self._list.setFixedHeight(rows * self._list.sizeHintForRow(0))
        self._list.setCurrentRow(-1)
        self.updateGeometry()
        self.shape_changed.emit()

    def _show_chips(self) -> None:
        while (item := self._flow.takeAt(0)) is not None:
            chip = item.widget()
            if chip:
                chip.hide()
                chip.deleteLater()
        for tag in self._tags:
            self._flow.addWidget(self._chip(tag))
        self._chips.setVisible(bool(self._tags))
        self._chips.updateGeometry()

    def _chip(self, tag: str) -> QToolButton:
        chip = QToolButton(self._chips)
        chip.setProperty("role", "chip")
        shown = tag if len(tag) <= _CHIP_CHARACTERS else f"{tag[: _CHIP_CHARACTERS - 1]}…"
        chip.setText(shown.replace("&", "&&"))
        chip.setToolTip(f"Remove “{tag}”")
        chip.setAccessibleName(f"Tag {tag}, press to remove")
        chip.setIcon(icon("close", self._theme, 12))
        chip.setIconSize(QSize(12, 12))
        chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        # The sign stands after the word.
        chip.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        chip.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        chip.clicked.connect(lambda: self._remove(tag))
        return chip


def _with(tags: Sequence[str], name: str) -> list[str]:
    known = {tag.casefold() for tag in tags}
    return list(tags) if not name or name.casefold() in known else [*tags, name]


def _name(item: QListWidgetItem) -> str:
    return str(item.data(Qt.ItemDataRole.UserRole))
