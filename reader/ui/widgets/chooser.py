"""The pop-up that asks which of several overlapping marks is meant."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from reader.model.annotation import DEFAULT_CATEGORY_NAMES, Annotation, Color
from reader.text.joining import joined
from reader.ui.theme import Theme
from reader.ui.widgets.floating import SHADOW, Popup
from reader.ui.widgets.swatch import dot_icon

_WIDTH = 360
_ROWS = 8
_QUOTE = 160


class AnnotationChooser(Popup):
    """Shortest first. Up, Down and Enter, a number key, or a click; Escape chooses none."""

    chosen = Signal(str)
    cancelled = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName("Choose an annotation")
        title = QLabel("Which annotation?", self)
        title.setProperty("role", "quiet")
        self._list = QListWidget(self)
        self._list.setAccessibleName("Annotations at this place")
        self._list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setProperty("role", "plain")
        self._list.setUniformItemSizes(True)
        self._list.setIconSize(QSize(14, 14))
        self._list.installEventFilter(self)
        self._list.itemClicked.connect(self._take)
        column = QVBoxLayout(self)
        column.setContentsMargins(SHADOW + 8, SHADOW + 8, SHADOW + 8, SHADOW + 8)
        column.setSpacing(4)
        column.addWidget(title)
        column.addWidget(self._list)
        self.setFixedWidth(_WIDTH + 2 * SHADOW)

    def set_theme(self, theme: Theme | None) -> None:
        super().set_theme(theme)
        for row in range(self._list.count()):
            item = self._list.item(row)
            item.setIcon(dot_icon(Color(item.data(_COLOR)), self.theme))

    def set_annotations(self, annotations: Sequence[Annotation], names: dict[Color, str] | None = None) -> None:
        """Show them, the shortest first, each with its category's name and its quote."""
        names = {**DEFAULT_CATEGORY_NAMES, **(names or {})}
        self._list.clear()
        for annotation in sorted(annotations, key=lambda a: len(a.quote)):
            quote = " ".join(joined(annotation.quote[:_QUOTE]).split())
            item = QListWidgetItem(f"{names[annotation.color]} — {quote}", self._list)
            item.setIcon(dot_icon(annotation.color, self.theme))
            item.setData(_UID, annotation.uid)
            item.setData(_COLOR, str(annotation.color))
            item.setToolTip(annotation.note)
        if self._list.count():
            self._list.setCurrentRow(0)
            rows = min(self._list.count(), _ROWS)
            self._list.setFixedHeight(rows * self._list.sizeHintForRow(0))

    def take_keyboard(self) -> None:
        self._list.setFocus(Qt.FocusReason.PopupFocusReason)

    def leave(self) -> None:
        self.cancel()

    def cancel(self) -> None:
        if self.dismiss():
            self.cancelled.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._list and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take(self._list.currentItem())
            return True
        number = event.text()
        if number.isdecimal() and 1 <= int(number) <= self._list.count():
            self._take(self._list.item(int(number) - 1))
            return True
        return False

    def _take(self, item: QListWidgetItem) -> None:
        uid = str(item.data(_UID))
        if self.dismiss():
            self.chosen.emit(uid)


_UID = Qt.ItemDataRole.UserRole
_COLOR = Qt.ItemDataRole.UserRole + 1
