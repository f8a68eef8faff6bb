"""Panels on the screen that there is none of, in the light theme."""

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from reader.ui.theme import Theme, apply_theme, load_theme


@pytest.fixture
def light(qapp: QApplication) -> Theme:
    theme = load_theme("light")
    apply_theme(qapp, theme)
    return theme


class Stage:
    """Shows one widget at a size and waits until it is there."""

    def __init__(self, qtbot: QtBot, theme: Theme) -> None:
        self._qtbot, self.theme = qtbot, theme

    def show(self, widget: QWidget, width: int, height: int) -> None:
        self._qtbot.addWidget(widget)
        set_theme = getattr(widget, "set_theme", None)
        if set_theme:
            set_theme(self.theme)
        widget.resize(width, height)
        with self._qtbot.waitExposed(widget):
            widget.show()
        widget.activateWindow()


@pytest.fixture
def stage(qtbot: QtBot, light: Theme) -> Stage:
    return Stage(qtbot, light)
