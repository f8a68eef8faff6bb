"""What was deleted of late: annotations, tags and removed documents, to be brought back."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QTreeWidget, QTreeWidgetItem, QWidget

from reader.services.deleted import RecentlyDeleted
from reader.ui.dialogs.base import PassageDialog, columns, say, text
from reader.ui.dialogs.history import local_time
from reader.ui.dialogs.past import described

_READING = "Looking through the history…"
_NOTHING = "Nothing was deleted, as far as the history reaches back."
_HERE = "Choose what you want back. Removed documents keep their annotations."


@dataclass(frozen=True, slots=True)
class _Row:
    """One thing: what the columns say, all that is known of it, the instant, and its kind and uid."""

    what: str
    kind: str
    whole: str
    when: str
    thing: tuple[str, str]


class DeletedDialog(PassageDialog):
    """`restore_requested` carries the uids of annotations, of tags and of documents; nothing here deletes anything."""

    restore_requested = Signal(list, list, list)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Recently deleted", parent, width=680)
        self._about = text(_READING, "quiet")
        self.body.addWidget(self._about)
        self.list = QTreeWidget()
        self.list.setAccessibleName("What was deleted, newest first")
        self.list.setHeaderLabels(["What", "Kind", "Deleted"])
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setMinimumHeight(240)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        columns(self.list)
        self.body.addWidget(self.list, 1)
        self.restore_button = self.add_button("&Bring back", default=True)
        self.restore_button.clicked.connect(self._restore)
        self.restore_button.setEnabled(False)
        self.list.itemSelectionChanged.connect(self._chosen)
        self.list.itemDoubleClicked.connect(lambda _item: self._restore())
        self._close = self.add_close(default=False)

    def set_deleted(self, deleted: RecentlyDeleted) -> None:
        """List these things; those that were chosen stay chosen."""
        chosen = {self._thing(item) for item in self.list.selectedItems()}
        self.list.clear()
        for row in sorted(_rows(deleted), key=lambda row: row.when, reverse=True):
            item = QTreeWidgetItem(self.list, [row.what, row.kind, local_time(row.when)])
            item.setData(0, Qt.ItemDataRole.UserRole, row.thing)
            item.setToolTip(0, row.whole)
            item.setSelected(row.thing in chosen)
        say(self._about, _HERE if deleted else _NOTHING)
        self.list.setVisible(bool(deleted))
        self.set_default(self.restore_button if deleted else self._close)
        first = self.list.topLevelItem(0)
        if first and not self.list.selectedItems():
            self.list.setCurrentItem(first)
        (self.list if deleted else self._close).setFocus()
        self._chosen()

    def _thing(self, item: QTreeWidgetItem) -> tuple[str, str]:
        kind, uid = item.data(0, Qt.ItemDataRole.UserRole)
        return str(kind), str(uid)

    def _chosen(self) -> None:
        self.restore_button.setEnabled(bool(self.list.selectedItems()))

    def _restore(self) -> None:
        things = [self._thing(item) for item in self.list.selectedItems()]
        if things:
            marks, tags, documents = ([uid for of, uid in things if of == kind] for kind in ("mark", "tag", "document"))
            self.restore_requested.emit(marks, tags, documents)


def _rows(deleted: RecentlyDeleted) -> Iterator[_Row]:
    for found in deleted.marks:
        whole = described(found.mark)
        kind = f"Annotation in “{_short(found.title)}”"
        yield _Row(" ".join(whole.split()), kind, whole, found.action.when, ("mark", found.mark.uid))
    for tag in deleted.tags:
        uses = f"Tag, {tag.uses:,} {'use' if tag.uses == 1 else 'uses'}"
        yield _Row(f"#{tag.name}", uses, tag.action.label, tag.action.when, ("tag", tag.uid))
    for one in deleted.documents:
        count = f"Document, {one.annotations:,} {'annotation' if one.annotations == 1 else 'annotations'}"
        yield _Row(one.title, count, one.title, one.removed, ("document", one.uid))


def _short(title: str, limit: int = 24) -> str:
    return title if len(title) <= limit else f"{title[: limit - 1]}…"
