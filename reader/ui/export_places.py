"""Where files are exported to, for all that offers a place for one: told without the export itself."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

if TYPE_CHECKING:
    from reader.ui.session import Session

FOLDER_KEY = "export_folder"
"""The setting: the folder of the last file."""


def export_folder(session: "Session") -> Path:
    """Where files were exported to last, at first the user's home."""
    return Path(str(session.library.settings.get(FOLDER_KEY, str(Path.home()))))


def reveal(path: str) -> None:
    """Show the folder that was written to, or that of the file."""
    there = Path(path)
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(there if there.is_dir() else there.parent)))
