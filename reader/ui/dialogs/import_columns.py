"""The page of the import dialog on which the columns of a table are told: what each one is, beside its first rows."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from reader.services.import_forms import TableHead, column_fields, is_enough
from reader.ui.dialogs.base import say, text
from reader.ui.dialogs.import_models import CellsModel
from reader.ui.dialogs.import_pages import rows_view

_NONE = "(no column)"
_WANTED = "Say which column holds the quotes, or the notes."
_USED = "Choose what each column is; what has no column is left empty."
_PAIRS, _ROWS = 2, 4


class ColumnsPage(QWidget):
    """Asks by `columns_chosen` (a mapping of fields to names of columns) for the file to be read so."""

    columns_chosen = Signal(object)

    def __init__(self, head: TableHead, columns: Mapping[str, str]) -> None:
        super().__init__()
        self._names = head.names
        self._used = dict(columns)
        self.boxes: dict[str, QComboBox] = {}
        self.sentence = text(_USED, "quiet")
        self.apply_button = QPushButton("Read it &so")
        self.apply_button.setAutoDefault(False)
        self.apply_button.clicked.connect(lambda: self.columns_chosen.emit(self.columns()))
        rows = rows_view(CellsModel(head.names, head.rows), "First rows of the table", ())
        rows.setMinimumHeight(110)
        column = QVBoxLayout(self)
        # Above what may have to be scrolled in a small window.
        top = QHBoxLayout()
        top.addWidget(self.sentence, 1)
        top.addWidget(self.apply_button)
        column.addLayout(top)
        column.addWidget(self._fields(head, columns), 2)
        column.addWidget(rows, 1)
        self._changed()

    def columns(self) -> dict[str, str]:
        """What is chosen now: for each field that has one the name of its column."""
        return {field: self._names[box.currentIndex() - 1] for field, box in self.boxes.items() if box.currentIndex()}

    def set_used(self, columns: Mapping[str, str]) -> None:
        """The file has been read with these columns."""
        self._used = dict(columns)
        self._changed()

    def _fields(self, head: TableHead, columns: Mapping[str, str]) -> QScrollArea:
        """A box for each field, two beside each other."""
        inside = QWidget()
        inside.setProperty("plain", True)
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 8, 0)
        for number, (field, words) in enumerate(column_fields().items()):
            box = QComboBox()
            box.setObjectName(field)
            box.setAccessibleName(words)
            box.setMinimumContentsLength(8)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.addItems([_NONE, *head.names])
            own = columns.get(field, "")
            box.setCurrentIndex(head.names.index(own) + 1 if own in head.names else 0)
            box.currentIndexChanged.connect(lambda _index: self._changed())
            label = QLabel(words)
            label.setBuddy(box)
            at, beside = divmod(number, _PAIRS)
            grid.addWidget(label, at, 2 * beside)
            grid.addWidget(box, at, 2 * beside + 1)
            self.boxes[field] = box
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidget(inside)
        row = self.boxes["quote"].sizeHint().height() + grid.verticalSpacing()
        area.setFixedHeight(_ROWS * max(row, 24))
        return area

    def _changed(self) -> None:
        columns = self.columns()
        say(self.sentence, _USED if is_enough(columns) else _WANTED)
        self.apply_button.setEnabled(is_enough(columns) and columns != self._used)
