"""When the library cannot be opened: say why, and offer its backups or another library. Nothing is overwritten."""

from pathlib import Path

from PySide6.QtWidgets import QApplication, QFileDialog

from reader.model.errors import ReaderError
from reader.services.backups import list_backups
from reader.services.library import Library
from reader.services.replacing import put_in_place
from reader.ui.dialogs.recovery import RecoveryDialog
from reader.ui.theme import apply_theme, load_theme, system_theme


def recover(path: Path, error: ReaderError) -> Library | None:
    """Ask until a library opens; None when the reader gives up. A damaged file is set aside, never written to."""
    app = QApplication.instance()
    if isinstance(app, QApplication):
        apply_theme(app, load_theme(system_theme(app)))
    opened: list[Library] = []
    dialog = RecoveryDialog(path, str(error), [(backup.words, backup.path) for backup in list_backups(path)])

    def open_it(library: Path) -> None:
        try:
            opened.append(Library.open(library))
        except ReaderError as sorry:
            dialog.show_error(str(sorry))
        else:
            dialog.accept()

    def restore(backup: str) -> None:
        try:
            put_in_place(path, Path(backup))
        except ReaderError as sorry:
            dialog.show_error(str(sorry))
        else:
            open_it(path)

    def other() -> None:
        name, _ = QFileDialog.getOpenFileName(dialog, "Open another library", str(path.parent), "Libraries (*.sqlite)")
        if name:
            open_it(Path(name))

    dialog.restore_requested.connect(restore)
    dialog.other_requested.connect(other)
    dialog.exec()
    return opened[0] if opened else None
