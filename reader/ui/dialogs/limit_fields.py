"""What one document may cost to read: the fields of the settings, in the words of users."""

from collections.abc import Mapping
from typing import Any, cast

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QSpinBox

DEFAULTS = {"memory_mb": 1024, "seconds": 60, "unpacked_mb": 512, "ratio": 200, "parts": 20_000, "depth": 400}
"""As `reader.formats.request.Limits` has them."""
_FIELDS = (
    ("memory_mb", "&Memory", (128, 65_536), " MB", 128, "Memory of the reader's own process"),
    ("seconds", "T&ime", (5, 3_600), " s", 5, "Before a file is given up; two seconds more for each of its megabytes"),
    ("unpacked_mb", "&Unpacked", (16, 16_384), " MB", 64, "What all parts of a book may come to, unpacked"),
    ("ratio", "&Ratio", (10, 10_000), " times", 50, "How many times its own size a book may come to, unpacked"),
    ("parts", "&Parts", (100, 1_000_000), "", 1_000, "Files inside a book: chapters, pictures"),
    ("depth", "&Depth", (50, 1_000), "", 50, "How deep the parts of a book may be nested, as XML"),
)


class LimitFields(QObject):
    """`changed` carries all of them as the settings keep them, as soon as one is left or stepped."""

    changed = Signal(dict)

    def __init__(self, values: object, parent: QObject | None = None) -> None:
        """`values` is what the settings hold; what is missing or no number there is the default."""
        super().__init__(parent)
        stored = _numbers(values)
        self.fields = {name: _field(words, limits, unit, step) for name, words, limits, unit, step, _ in _FIELDS}
        for name, field in self.fields.items():
            field.setValue(stored[name])
            # Not at each key: a limit that is only half typed must not end a reader that is at work.
            field.setKeyboardTracking(False)
            field.valueChanged.connect(lambda _value: self.changed.emit(self.values()))

    def values(self) -> dict[str, int]:
        return {name: field.value() for name, field in self.fields.items()}

    def restore(self) -> None:
        """Put the defaults back."""
        for name, field in self.fields.items():
            field.setValue(DEFAULTS[name])

    def grid(self) -> QGridLayout:
        """The fields with their names, two in a row."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        for index, (name, words, _limits, _unit, _step, tip) in enumerate(_FIELDS):
            label, field = QLabel(words), self.fields[name]
            label.setBuddy(field)
            label.setToolTip(tip)
            field.setToolTip(tip)
            row, column = index // 2, index % 2 * 3
            grid.addWidget(label, row, column)
            grid.addWidget(field, row, column + 1)
            grid.setColumnStretch(column + 1, 1)
        grid.setColumnMinimumWidth(2, 4)
        return grid


def _numbers(values: object) -> dict[str, int]:
    given: Mapping[str, Any] = cast("Mapping[str, Any]", values) if isinstance(values, Mapping) else {}
    return {name: int(v) if isinstance(v := given.get(name), int | float) else d for name, d in DEFAULTS.items()}


def _field(words: str, limits: tuple[int, int], unit: str, step: int) -> QSpinBox:
    field = QSpinBox()
    field.setAccessibleName(words.replace("&", ""))
    # The style sheet's padding does not reach the line inside.
    field.lineEdit().setTextMargins(6, 0, 0, 0)
    field.setRange(*limits)
    field.setSingleStep(step)
    field.setSuffix(unit)
    field.setGroupSeparatorShown(True)
    return field
