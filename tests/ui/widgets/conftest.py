"""A page that widgets float over, with a text field that has the keyboard first."""

from dataclasses import dataclass

import pytest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from reader.model.library import Tag

TAGS = [
    Tag("1", "cost", "", "", 12),
    Tag("2", "Cost/land", "", "", 3),
    Tag("3", "survey", "", "", 2),
    Tag("4", "سد", "", "", 1),
]


@dataclass
class Page:
    widget: QWidget
    field: QLineEdit


@pytest.fixture
def page(qtbot: QtBot) -> Page:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.resize(800, 600)
    field = QLineEdit(widget)
    field.setGeometry(0, 570, 200, 28)
    with qtbot.waitActive(widget):
        widget.show()
        widget.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    return Page(widget, field)


def complete(prefix: str) -> list[Tag]:
    return [tag for tag in TAGS if tag.name.casefold().startswith(prefix.casefold())]
