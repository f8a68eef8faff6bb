"""The tags as a tree: what stands before a slash holds what stands after it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QIcon

from reader.model.library import Tag
from reader.text.folding import fold
from reader.ui.codebook.colors import nothing, tag_icon
from reader.ui.theme import Theme

AnyIndex = QModelIndex | QPersistentModelIndex
NAME, KEY, OWN, TOTAL = range(4)
HEADS = ("Tag", "Key", "Own", "All")
_TOLD = ("", "The key that gives the tag", "Uses of the tag itself", "Uses of the tag and of those nested in it")
TAG_NAME = "application/x-passage-tag"
"""The type of a dragged tag: its name."""


@dataclass(slots=True)
class Level:
    """One row: a tag, or (`tag` is None) what only stands before others in their names."""

    key: str
    name: str
    tag: Tag | None
    parent: int
    row: int
    children: list[int] = field(default_factory=list)

    @property
    def leaf(self) -> str:
        return self.name.rpartition("/")[2]


class TagTree(QAbstractItemModel):
    """`moved` asks for a tag to be nested in another one, or (empty) in none; the tree changes with its tags only."""

    moved = Signal(str, str)

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._tags: Sequence[Tag] = ()
        self._keys: Mapping[str, str] = {}
        self._totals: Mapping[str, int] = {}
        self._wanted = ""
        self._levels: list[Level] = []
        self._roots: list[int] = []
        self._numbers: dict[str, int] = {}
        self._icons: dict[str | None, QIcon] = {}

    # -- what is in it

    def set_tags(self, tags: Sequence[Tag], keys: Mapping[str, str]) -> None:
        """These tags, and by their uids the keys that give them."""
        self._tags, self._keys = tags, keys
        self._build()

    def renew(self, tags: Sequence[Tag], keys: Mapping[str, str]) -> bool:
        """Take these in the place of those shown, if only what is said of them is new; whether it was."""
        if self._wanted or [(tag.uid, tag.name) for tag in tags] != [(tag.uid, tag.name) for tag in self._tags]:
            return False
        self._tags, self._keys = tags, keys
        for tag in tags:
            number = self._numbers[_key(tag.name)]
            # Whoever holds the row as it was can tell what is new.
            self._levels[number] = replace(self._levels[number], tag=tag)
        self._tell()
        return True

    def set_totals(self, totals: Mapping[str, int]) -> None:
        """How often each level is used with what is nested in it, by its name without case."""
        self._totals = totals
        self._tell()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._icons.clear()
        self._tell()

    def set_filter(self, words: str) -> None:
        """Only what has all these words in its name or its description, and what it is nested in."""
        self._wanted = words
        self._build()

    def level(self, index: AnyIndex) -> Level | None:
        """The row at an index; None where there is none."""
        return self._levels[index.internalId()] if index.isValid() else None

    def index_of(self, name: str, column: int = NAME) -> QModelIndex:
        """Where a tag stands, whatever the case of its name."""
        number = self._numbers.get(_key(name))
        return QModelIndex() if number is None else self.createIndex(self._levels[number].row, column, number)

    def found(self) -> int:
        """How many tags are shown."""
        return sum(1 for level in self._levels if level.tag)

    def names(self) -> list[str]:
        """The names of all levels shown, in order."""
        return [level.name for level in self._levels]

    def longest(self) -> dict[int, str]:
        """The longest that stands in each column but that of the names."""
        return {
            KEY: max(self._keys.values(), key=len, default=""),
            OWN: f"{max((tag.uses for tag in self._tags), default=0):,}",
            TOTAL: f"{max(self._totals.values(), default=0):,}",
        }

    def _build(self) -> None:
        self.beginResetModel()
        self._levels, self._roots, self._numbers = [], [], {}
        words = fold(self._wanted).split()
        chosen = [tag for tag in self._tags if not words or _has(tag, words)]
        known = {_key(tag.name): tag for tag in self._tags}
        for key, tag in sorted(((_key(tag.name), tag) for tag in chosen), key=lambda pair: pair[0].split("/")):
            self._put(key, tag.name, known)
        self.endResetModel()

    def _put(self, key: str, name: str, known: Mapping[str, Tag]) -> int:
        if key in self._numbers:
            return self._numbers[key]
        over, _, _ = key.rpartition("/")
        parent = self._put(over, name.rpartition("/")[0], known) if over else -1
        siblings = self._levels[parent].children if over else self._roots
        tag = known.get(key)
        number = self._numbers[key] = len(self._levels)
        self._levels.append(Level(key, tag.name if tag else name, tag, parent, len(siblings)))
        siblings.append(number)
        return number

    def _tell(self) -> None:
        """Every row may look different; one range stands for all of them, since a view paints all it shows for it."""
        if self._roots:
            last = self._roots[-1]
            ends = self.createIndex(0, NAME, self._roots[0]), self.createIndex(self._levels[last].row, TOTAL, last)
            self.dataChanged.emit(*ends)

    # -- what the view asks

    def index(self, row: int, column: int, parent: AnyIndex = QModelIndex()) -> QModelIndex:  # noqa: B008 - invalid
        siblings = self._children(parent)
        if not (0 <= row < len(siblings) and 0 <= column < len(HEADS)):
            return QModelIndex()
        return self.createIndex(row, column, siblings[row])

    def parent(self, index: AnyIndex) -> QModelIndex:
        level = self.level(index)
        if level is None or level.parent < 0:
            return QModelIndex()
        return self.createIndex(self._levels[level.parent].row, NAME, level.parent)

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - an invalid index is a constant
        return 0 if parent.column() > NAME else len(self._children(parent))

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - an invalid index is a constant
        del parent
        return len(HEADS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return HEADS[section]
        if role == Qt.ItemDataRole.ToolTipRole:
            return _TOLD[section]
        if role == Qt.ItemDataRole.TextAlignmentRole and section >= OWN:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        level = self.level(index)
        if level is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._words(level, index.column())
            case Qt.ItemDataRole.DecorationRole if index.column() == NAME:
                return self._icon(level.tag.color if level.tag else None)
            case Qt.ItemDataRole.TextAlignmentRole if index.column() >= OWN:
                return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            case Qt.ItemDataRole.ToolTipRole if index.column() == NAME:
                return f"{level.name}\n\n{level.tag.description}".strip() if level.tag else level.name
            case Qt.ItemDataRole.ForegroundRole if index.column() != NAME or not level.tag:
                return QColor(self._theme.muted)
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(level, index.column())
            case _:
                return None

    def _words(self, level: Level, column: int) -> str:
        if column == NAME:
            return level.leaf
        if column == TOTAL:
            return f"{self._totals.get(level.key, 0):,}" if level.key in self._totals else ""
        if level.tag is None:
            return ""
        return self._keys.get(level.tag.uid, "") if column == KEY else f"{level.tag.uses:,}"

    def _spoken(self, level: Level, column: int) -> str:
        words = self._words(level, column)
        if column != NAME:
            return f"{HEADS[column]}: {words or 'none'}"
        if level.tag is None:
            return f"{words}, no tag itself"
        return f"{words}, {level.tag.uses:,} use{'' if level.tag.uses == 1 else 's'}"

    def _icon(self, color: str | None) -> QIcon:
        if color not in self._icons:
            self._icons[color] = nothing() if color is None else tag_icon(color, self._theme)
        return self._icons[color]

    def _children(self, parent: AnyIndex) -> list[int]:
        return self._levels[parent.internalId()].children if parent.isValid() else self._roots

    # -- dragging

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled | Qt.ItemFlag.ItemIsDropEnabled

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        return [TAG_NAME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        mime = QMimeData()
        level = self.level(indexes[0])
        mime.setData(TAG_NAME, (level.name if level else "").encode())
        return mime

    def canDropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: AnyIndex) -> bool:
        del action, row, column
        dragged, over = _key(_dragged(data)), self.level(parent)
        under = over.key if over else ""
        return bool(dragged) and under != dragged.rpartition("/")[0] and not f"{under}/".startswith(f"{dragged}/")

    def dropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: AnyIndex) -> bool:
        if self.canDropMimeData(data, action, row, column, parent):
            over = self.level(parent)
            self.moved.emit(_dragged(data), over.name if over else "")
        # The view takes no row away: what was moved is shown when it has been written.
        return False


def _dragged(data: QMimeData) -> str:
    return bytes(data.data(TAG_NAME).data()).decode(errors="replace")


def _key(name: str) -> str:
    return name.casefold()


def _has(tag: Tag, words: Sequence[str]) -> bool:
    text = fold(f"{tag.name}\n{tag.description}")
    return all(word in text for word in words)
