"""Theme, reading face with a preview, meanings of the colours, limits of readers. Each change is applied at once."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QGridLayout, QLabel, QLineEdit, QSpinBox, QWidget

from reader.model.annotation import DEFAULT_CATEGORY_NAMES, Color
from reader.ui.dialogs.backup_fields import BackupFields
from reader.ui.dialogs.base import PassageDialog, rule, text
from reader.ui.dialogs.file_fields import FileFields
from reader.ui.dialogs.limit_fields import LimitFields
from reader.ui.dialogs.link_fields import HINT, LinkFields
from reader.ui.dialogs.page_fields import PageFields
from reader.ui.theme import Theme
from reader.ui.typography import LINE_HEIGHT_RANGE, SIZE_RANGE, WIDTH_RANGE, ZOOM_RANGE, Typography
from reader.ui.widgets.specimen import Specimen
from reader.ui.widgets.swatch import Swatch
from reader.ui.widgets.unsaved_bar import UnsavedBar

BACKUPS_HINT = (
    "One a day; the last ten stay, then one of each week for a year, then one of each month. A folder on another drive "
    "outlives this one."
)
LIMITS_HINT = "Books, office files and web pages are read by a process of their own. A file that needs more is refused."
THEME_CHOICES = (("system", "As the system"), ("light", "Light"), ("sepia", "Sepia"), ("dark", "Dark"))


class SettingsDialog(PassageDialog):
    """`theme_chosen` carries "system", "light", "sepia" or "dark"; `category_renamed` a Color and its new name,
    `limits_changed` the limits as the settings keep them, `page_setting_changed` and `file_setting_changed` the
    key of a setting and its value."""

    theme_chosen = Signal(str)
    typography_changed = Signal(object)
    category_renamed = Signal(object, str)
    limits_changed = Signal(dict)
    page_setting_changed = Signal(str, object)
    file_setting_changed = Signal(str, object)

    def __init__(
        self,
        choice: str,
        typography: Typography,
        names: Mapping[Color, str],
        theme: Theme,
        parent: QWidget | None = None,
        *,
        limits: object = None,
        pages: Mapping[str, Any] | None = None,
        backups: str = "",
        choose_backups: Callable[[str], str] = lambda _folder: "",
        files: Mapping[str, Any] | None = None,
        links: bool | None = None,
    ) -> None:
        super().__init__("Settings", parent, width=580)
        self._names = {**DEFAULT_CATEGORY_NAMES, **names}
        self.unsaved = UnsavedBar(self)
        self.unsaved.again_requested.connect(self._rename_all)
        self.theme_box = _choice("Theme", THEME_CHOICES, choice)
        self.face = _choice("Face", (("serif", "Serif"), ("sans", "Sans serif")), typography.family)
        self.size_px = _whole("Size", SIZE_RANGE, typography.size_px, " px")
        self.line_height = _decimal("Line height", LINE_HEIGHT_RANGE, typography.line_height, 0.05)
        self.width_chars = _whole("Column width", WIDTH_RANGE, typography.width_chars, " characters")
        self.zoom = _whole("Zoom", (round(ZOOM_RANGE[0] * 100), round(ZOOM_RANGE[1] * 100)), 0, " %")
        self.zoom.setSingleStep(10)
        self.zoom.setValue(round(typography.zoom * 100))
        self.specimen = Specimen()
        self.specimen.set_look(theme, typography)
        self.swatches: list[Swatch] = []
        self.names: dict[Color, QLineEdit] = {}
        self.limits = LimitFields(limits, self)
        self.pages = PageFields(pages or {}, self)
        self.backups = BackupFields(backups, choose_backups, self)
        self.files = FileFields(files or {}, self)
        self.links = LinkFields(links, self)
        self._arrange()
        self._connect()
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Follow the window: the preview and the colours take the new theme."""
        self._theme = theme
        self.specimen.set_look(theme, self.typography())
        for swatch in self.swatches:
            swatch.set_theme(theme)

    def typography(self) -> Typography:
        """What the fields say."""
        return Typography(
            family="sans" if self.face.currentData() == "sans" else "serif",
            size_px=self.size_px.value(),
            line_height=round(self.line_height.value(), 2),
            width_chars=self.width_chars.value(),
            zoom=self.zoom.value() / 100,
        )

    # -- building

    def _arrange(self) -> None:
        self.body.addLayout(self._fields_grid())
        self.body.addWidget(self.specimen)
        self.body.addWidget(rule())
        self.body.addWidget(text("What the colours mean", "heading"))
        self.body.addLayout(self._names_grid())
        self.body.addWidget(self.unsaved)
        self.body.addWidget(rule())
        self.body.addWidget(text("Pages of PDF files", "heading"))
        self.body.addLayout(self.pages.grid())
        self.body.addWidget(rule())
        self.body.addWidget(text("Backups", "heading"))
        self.body.addWidget(text(BACKUPS_HINT, "quiet"))
        self.body.addLayout(self.backups.column())
        self.body.addWidget(rule())
        self.body.addWidget(text("Reading files", "heading"))
        self.body.addWidget(self.files.follow)
        self.body.addWidget(text(LIMITS_HINT, "quiet"))
        self.body.addLayout(self.limits.grid())
        if self.links.is_offered:
            self.body.addWidget(rule())
            self.body.addWidget(text("Links to annotations", "heading"))
            for part in (self.links.box, text(HINT, "quiet"), self.links.error):
                self.body.addWidget(part)
        self.body.addStretch(1)
        defaults = self.add_button("Restore defaults", left=True)
        defaults.setObjectName("defaults")
        defaults.clicked.connect(self._restore)
        self.add_close(default=False)

    def _fields_grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        fields: tuple[tuple[str, QWidget], ...] = (
            ("&Theme", self.theme_box),
            ("&Face", self.face),
            ("&Size", self.size_px),
            ("&Line height", self.line_height),
            ("Column &width", self.width_chars),
            ("&Zoom", self.zoom),
        )
        for index, (name, field) in enumerate(fields):
            label = QLabel(name)
            label.setBuddy(field)
            row, column = index // 2, index % 2 * 3
            grid.addWidget(label, row, column)
            grid.addWidget(field, row, column + 1)
            grid.setColumnStretch(column + 1, 1)
        grid.setColumnMinimumWidth(2, 4)
        return grid

    def _names_grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        for number, color in enumerate(Color):
            swatch = Swatch(color, str(number + 1))
            swatch.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            swatch.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            self.swatches.append(swatch)
            field = QLineEdit(self._names[color])
            field.setAccessibleName(f"Meaning of {color}")
            field.setPlaceholderText(DEFAULT_CATEGORY_NAMES[color])
            field.setMaxLength(40)
            self.names[color] = field
            grid.addWidget(swatch, number % 3, number // 3 * 3)
            grid.addWidget(field, number % 3, number // 3 * 3 + 1)
        grid.setColumnMinimumWidth(2, 8)
        return grid

    def _connect(self) -> None:
        self.theme_box.currentIndexChanged.connect(lambda: self.theme_chosen.emit(self.theme_box.currentData()))
        self.face.currentIndexChanged.connect(self._changed)
        for number in (self.size_px, self.line_height, self.width_chars, self.zoom):
            number.valueChanged.connect(self._changed)
        self.limits.changed.connect(self.limits_changed)
        self.pages.changed.connect(self.page_setting_changed)
        self.files.changed.connect(self.file_setting_changed)
        for color, field in self.names.items():
            field.editingFinished.connect(lambda color=color: self._rename(color))
        # Enter or Escape while a name is being typed: what stands there counts.
        self.finished.connect(self._rename_all)
        self.finished.connect(lambda _code: self.pages.commit())

    # -- what happens

    def _changed(self) -> None:
        typography = self.typography()
        self.specimen.set_look(self._theme, typography)
        self.typography_changed.emit(typography)

    def _rename(self, color: Color) -> None:
        name = " ".join(self.names[color].text().split()) or DEFAULT_CATEGORY_NAMES[color]
        self.names[color].setText(name)
        before = self._names[color]
        if name != before:
            self._names[color] = name
            self._reason = ""
            self.category_renamed.emit(color, name)
            if self._reason:
                self._names[color] = before

    def _rename_all(self) -> None:
        self.unsaved.hide()
        for color in self.names:
            self._rename(color)

    def refuse_name(self, reason: str) -> None:
        """From what hears `category_renamed`: the name could not be written. It stays in its field."""
        self._reason = reason
        self.unsaved.tell(reason, "\n".join(field.text() for field in self.names.values()))
        self.fit()

    _reason = ""

    def _restore(self) -> None:
        """Theme and typography as they came; the names of the colours are the user's own words and stay."""
        default = Typography()
        self.theme_box.setCurrentIndex(0)
        self.face.setCurrentIndex(0)
        self.size_px.setValue(default.size_px)
        self.line_height.setValue(default.line_height)
        self.width_chars.setValue(default.width_chars)
        self.zoom.setValue(100)
        self.limits.restore()
        self.pages.restore()
        self.files.restore()


def _choice(name: str, choices: tuple[tuple[str, str], ...], current: str) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    for value, words in choices:
        box.addItem(words, value)
    box.setCurrentIndex(max(0, box.findData(current)))
    return box


def _dress(box: QSpinBox | QDoubleSpinBox, name: str) -> None:
    box.setAccessibleName(name)
    # The style sheet's padding does not reach the line inside.
    box.lineEdit().setTextMargins(6, 0, 0, 0)


def _whole(name: str, limits: tuple[int, int], value: int, unit: str) -> QSpinBox:
    box = QSpinBox()
    _dress(box, name)
    box.setRange(*limits)
    box.setValue(value)
    box.setSuffix(unit)
    return box


def _decimal(name: str, limits: tuple[float, float], value: float, step: float) -> QDoubleSpinBox:
    box = QDoubleSpinBox()
    _dress(box, name)
    box.setRange(*limits)
    box.setSingleStep(step)
    box.setValue(value)
    return box
