"""The parts of the export dialog: in which form, and where to."""

from collections.abc import Callable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QSizePolicy,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

if TYPE_CHECKING:
    from reader.interchange.forms import Form


SHOWN, FEW, LOW = 7, 4, 700
"""Forms that are seen without scrolling, and on screens that are lower than so many pixels."""


class Place(StrEnum):
    FILE = "file"
    FOLDER = "folder"
    CLIPBOARD = "clipboard"


def places(form: "Form") -> tuple[Place, ...]:
    """Where annotations can go in a form."""
    folder = (Place.FOLDER,) if form.in_folder else ()
    return (Place.FILE, *folder, *((Place.CLIPBOARD,) if form.is_text else ()))


def is_low(widget: QWidget) -> bool:
    """Whether the screen has little room."""
    return widget.screen().availableGeometry().height() < LOW


class FormList(QTreeWidget):
    """One row for each form, with what it is good for; as high as all of them, up to SHOWN or FEW."""

    def __init__(self, forms: Sequence["Form"]) -> None:
        super().__init__()
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setAccessibleName("Form of the export")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._forms = tuple(forms)
        for form in self._forms:
            row = QTreeWidgetItem([form.title, form.about])
            for column in (0, 1):
                row.setToolTip(column, form.about)
            self.addTopLevelItem(row)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        self.choose("")

    def choose(self, name: str) -> None:
        """Have the form of that name chosen, or the first."""
        names = [form.name for form in self._forms]
        self.setCurrentIndex(self.model().index(names.index(name) if name in names else 0, 0))

    def form(self) -> "Form":
        return self._forms[max(0, self.currentIndex().row())]

    def sizeHint(self) -> QSize:
        shown = FEW if is_low(self) else SHOWN
        height = self.sizeHintForRow(0) * min(len(self._forms), shown) + 2 * self.frameWidth()
        return QSize(super().sizeHint().width(), height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class PlaceField(QWidget):
    """A file, a folder or the clipboard; the file and the folder stay while another place is chosen.

    A folder can be kept up to date from then on; `is_kept` tells whether one is already.
    """

    changed = Signal()

    def __init__(self, file: Path, folder: Path, is_kept: Callable[[Path], bool] = lambda _folder: False) -> None:
        super().__init__()
        self._is_kept, self._may_keep = is_kept, True
        self._form: Form | None = None
        self._kept = {Place.FILE: str(file), Place.FOLDER: str(folder), Place.CLIPBOARD: ""}
        self._shown = Place.FILE
        self.choices: dict[Place, QRadioButton] = {}
        kinds = QHBoxLayout()
        for place, words in ((Place.FILE, "A f&ile"), (Place.FOLDER, "A fol&der"), (Place.CLIPBOARD, "The clip&board")):
            button = QRadioButton(words)
            button.setObjectName(place)
            button.toggled.connect(lambda on: self._turn() if on else None)
            self.choices[place] = button
            kinds.addWidget(button)
        kinds.addStretch(1)
        self.path = QLineEdit(str(file))
        self.path.textChanged.connect(self._edited)
        self.browse = QPushButton("&Choose…")
        self.browse.setAutoDefault(False)
        self.browse.clicked.connect(self._choose)
        row = QHBoxLayout()
        row.addWidget(self.path, 1)
        row.addWidget(self.browse)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(kinds)
        column.addLayout(row)
        self.keep = QCheckBox("&Keep this folder up to date: write to it after each change")
        column.addWidget(self.keep)
        self.choices[Place.FILE].setChecked(True)
        self._turn()

    def place(self) -> Place:
        return next((place for place, button in self.choices.items() if button.isChecked()), Place.FILE)

    def set_place(self, place: Place) -> None:
        self.choices[place].setChecked(True)

    def target(self) -> Path:
        return Path(self.path.text().strip()).expanduser()

    def keeps(self) -> bool:
        """Whether the folder is to be kept up to date."""
        return self.place() is Place.FOLDER and self._may_keep and self.keep.isChecked()

    def offer_keeping(self, why_not: str) -> None:
        """Offer it, unless there is a reason why it cannot be."""
        self._may_keep = not why_not
        self.keep.setEnabled(not why_not)
        self.keep.setToolTip(why_not)

    def set_form(self, form: "Form") -> None:
        """Offer where that form can go; a file's name gets its ending."""
        before, self._form = self._form, form
        file = self._kept[Place.FILE]
        ending = before.suffix if before else ".json"
        if file.lower().endswith(ending):
            self._kept[Place.FILE] = file[: -len(ending)] + form.suffix
        allowed = places(form)
        for place, button in self.choices.items():
            button.setVisible(place in allowed)
        if self.place() not in allowed:
            self.set_place(Place.FILE)
        self._turn()

    def sentence(self) -> str:
        """What writing there means, or why it cannot be."""
        target, place = self.target(), self.place()
        if place is Place.CLIPBOARD or not self.path.text().strip():
            return ""
        if place is Place.FOLDER:
            if target.is_file():
                return "This is a file; name a folder."
            known = "The files there are brought up to date; what you wrote in them stays."
            return known if target.is_dir() else "The folder will be made."
        if target.is_dir():
            return "This is a folder; add a file name."
        return "The file exists and will be replaced." if target.is_file() else ""

    def is_possible(self) -> bool:
        if self.place() is Place.CLIPBOARD:
            return True
        there = self.target()
        blocked = there.is_file() if self.place() is Place.FOLDER else there.is_dir()
        return bool(self.path.text().strip()) and not blocked

    def _edited(self, written: str) -> None:
        self._kept[self._shown] = written
        self._tell_kept()
        self.changed.emit()

    def _tell_kept(self) -> None:
        if self._shown is Place.FOLDER:
            self.keep.setChecked(self._is_kept(self.target()))

    def _turn(self) -> None:
        place = self._shown = self.place()
        self.path.setAccessibleName("Folder to write to" if place is Place.FOLDER else "File to write")
        self.path.setText(self._kept[place])
        for part in (self.path, self.browse):
            part.setVisible(place is not Place.CLIPBOARD)
        self.keep.setVisible(place is Place.FOLDER)
        self._tell_kept()
        self.changed.emit()

    def _choose(self) -> None:
        if self.place() is Place.FOLDER:
            name = QFileDialog.getExistingDirectory(self, "Export to the folder", self.path.text())
        else:
            name = self._chosen_file()
        if name:
            self.path.setText(name)

    def _chosen_file(self) -> str:
        title, suffix = (self._form.title, self._form.suffix) if self._form else ("JSON", ".json")
        name, _ = QFileDialog.getSaveFileName(
            self,
            "Export to",
            self.path.text(),
            f"{title} (*{suffix})",
            options=QFileDialog.Option.DontConfirmOverwrite,
        )
        return name if not name or Path(name).suffix else name + suffix
