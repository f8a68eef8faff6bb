"""A REFI-QDA project out of the window and into it again, by its dialogs."""

from pathlib import Path
from zipfile import is_zipfile

from reader.ui.dialogs.export_fields import Place
from tests.interchange.qdpx_helpers import opened
from tests.ui.conftest import Desk
from tests.ui.test_window_exporting import asked, close, export


def test_a_project_is_written_to_a_file_which_the_dialog_says(desk: Desk, tmp_path: Path) -> None:
    desk.drag("forty million")
    desk.type("5")
    dialog = asked(desk, "qdpx")
    assert "into a file only" in dialog.preview.toPlainText()
    assert not dialog.where.choices[Place.CLIPBOARD].isVisible()
    assert not dialog.where.choices[Place.FOLDER].isVisible()
    assert dialog.path.text().endswith(".qdpx")
    dialog.path.setText(str(tmp_path / "study.qdpx"))
    assert export(desk, dialog).startswith("1 annotation of 1 document exported to ")
    assert is_zipfile(tmp_path / "study.qdpx")
    found = opened((tmp_path / "study.qdpx").read_bytes())
    assert list(found.quotes().values()) == ["forty million"]
    close(desk, dialog)
