"""A damaged library: nothing is overwritten, a backup takes its place, another library can be opened."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from reader.model.errors import ReaderError
from reader.services.library import Library
from reader.ui.dialogs.recovery import RecoveryDialog
from reader.ui.recovery import recover


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    """A library with a document, a backup of it, and then a file of nonsense in its place."""
    path = tmp_path / "library.sqlite"
    library = Library.open(path)
    assert library.adding.add_text("Before the damage.").document
    assert library.backups.daily()
    library.close()
    path.write_bytes(b"not a database at all " * 500)
    for suffix in ("-wal", "-shm"):
        Path(f"{path}{suffix}").unlink(missing_ok=True)
    return path


def with_dialog(act) -> None:
    """Do `act(dialog)` as soon as the dialog is up."""

    def later() -> None:
        (dialog,) = [w for w in QApplication.topLevelWidgets() if isinstance(w, RecoveryDialog) and w.isVisible()]
        act(dialog)

    QTimer.singleShot(0, later)


def error_of(path: Path) -> ReaderError:
    with pytest.raises(ReaderError) as caught:
        Library.open(path)
    return caught.value


def test_a_backup_takes_its_place_and_the_damaged_file_is_kept(damaged: Path, qtbot: QtBot) -> None:
    bytes_before = damaged.read_bytes()
    error = error_of(damaged)
    with_dialog(lambda dialog: qtbot.mouseClick(dialog.restore_button, Qt.MouseButton.LeftButton))
    library = recover(damaged, error)
    assert library
    assert [d.title for d in library.documents.list()] == ["Before the damage."]
    library.close()
    assert [p.read_bytes() for p in damaged.parent.glob("*.damaged-*")] == [bytes_before]


def test_giving_up_changes_nothing(damaged: Path, qtbot: QtBot) -> None:
    bytes_before = damaged.read_bytes()
    error = error_of(damaged)
    with_dialog(lambda dialog: dialog.reject())
    assert recover(damaged, error) is None
    assert damaged.read_bytes() == bytes_before


def test_another_library_can_be_opened(damaged: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> None:
    other = damaged.parent / "other.sqlite"
    Library.open(other).close()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *args, **kwargs: (str(other), ""))
    error = error_of(damaged)
    with_dialog(lambda dialog: dialog.other_requested.emit())
    library = recover(damaged, error)
    assert library
    assert library.path == other
    library.close()
