"""Shows a dialog as a user would have it before them."""

from collections.abc import Callable
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

D = TypeVar("D", bound=QDialog)
Shown = Callable[[D], D]


@pytest.fixture
def shown(qtbot: QtBot):
    """Show a dialog with the keyboard in it; whatever is still open at the end is closed."""
    dialogs: list[QDialog] = []

    def show(dialog: D) -> D:
        dialogs.append(dialog)
        with qtbot.waitActive(dialog):
            dialog.show()
            dialog.activateWindow()
        return dialog

    yield show
    for dialog in dialogs:
        if isValid(dialog):
            dialog.close()
