"""A damaged library: nothing is overwritten, a backup takes its place, another library can be opened."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel
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
    assert library.adding.add_text("After the backup.").document
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


def test_it_is_made_whole_with_the_keyboard_and_the_report_is_seen(damaged: Path, qtbot: QtBot) -> None:
    bytes_before = damaged.read_bytes()
    error = error_of(damaged)
    seen: list[str] = []

    def act(dialog: RecoveryDialog) -> None:
        qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
        qtbot.waitUntil(dialog.open_button.isVisible)
        seen.append(dialog.report.text())
        qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)

    with_dialog(act)
    library = recover(damaged, error)
    assert library
    assert [d.title for d in library.documents.list()] == ["Before the damage."]
    library.close()
    assert "The library holds 1 document, 0 annotations." in seen[0]
    assert "damaged-1" in seen[0]
    assert [p.read_bytes() for p in damaged.parent.glob("*.damaged-*")] == [bytes_before]


def test_what_is_still_in_the_file_is_kept(tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "library.sqlite"
    library = Library.open(path)
    assert library.adding.add_text("Never backed up.").document
    library.close()
    data = bytearray(path.read_bytes())
    data[:100] = bytes(100)
    path.write_bytes(data)

    def act(dialog: RecoveryDialog) -> None:
        assert not dialog.restore_button.isEnabled()
        qtbot.mouseClick(dialog.recover_button, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(dialog.open_button.isVisible)
        qtbot.mouseClick(dialog.open_button, Qt.MouseButton.LeftButton)

    with_dialog(act)
    library = recover(path, error_of(path))
    assert library
    assert [d.title for d in library.documents.list()] == ["Never backed up."]
    library.close()


def test_escape_stops_the_work_and_nothing_is_changed(
    damaged: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However far it is when Escape is pressed, and however late the stop is noticed."""

    def wait(_path: Path, _progress: object, cancelled: Callable[[], bool]) -> None:
        while not cancelled():
            pass

    monkeypatch.setattr("reader.services.recovery.recover", wait)
    bytes_before = damaged.read_bytes()

    def act(dialog: RecoveryDialog) -> None:
        qtbot.mouseClick(dialog.recover_button, Qt.MouseButton.LeftButton)
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
        assert dialog.isVisible()
        qtbot.waitUntil(dialog.recover_button.isEnabled)
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)

    with_dialog(act)
    assert recover(damaged, error_of(damaged)) is None
    assert damaged.read_bytes() == bytes_before


def test_nothing_left_to_recover_is_said(tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "library.sqlite"
    path.write_bytes(b"not a database at all " * 500)
    said: list[str] = []

    def act(dialog: RecoveryDialog) -> None:
        qtbot.mouseClick(dialog.recover_button, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(dialog.recover_button.isEnabled)
        said.extend(label.text() for label in dialog.findChildren(QLabel) if label.isVisible())
        dialog.reject()

    with_dialog(act)
    assert recover(path, error_of(path)) is None
    assert any(words.endswith("Nothing was changed.") for words in said)
