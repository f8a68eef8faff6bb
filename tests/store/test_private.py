"""The library is its owner's alone, and what its rows say never leads out of its folder."""

import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.places import library_path, state_folder
from reader.services.library import Library
from reader.store import originals
from reader.store.private import OPENED
from tests.store.helpers import add_text

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="other rights")


@pytest.fixture(autouse=True)
def generous() -> Iterator[None]:
    """The usual setting of a system, by which every new file may be read by everybody."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def refuse(_path: Path) -> bool:
    return False


def rights(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def open_to_others(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if rights(path) & 0o077]


def test_all_that_a_library_consists_of_is_private(tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("My dear, burn this. " * 5000, "utf-8")
    folder = tmp_path / "mine"
    folder.mkdir()
    library = Library.open(folder / "library.sqlite")
    assert library.notices == ()
    (result,) = library.adding.add([letter])
    assert result.document
    library.backups.daily()
    copy = library.documents.original(result.document.uid)
    assert copy
    assert copy.stat().st_size == letter.stat().st_size
    made = {path.name for path in folder.rglob("*")}
    assert {"library.sqlite", "library.sqlite-wal", "library.sqlite.files", "library.sqlite.backups"} <= made
    assert open_to_others(folder) == []
    library.close()
    assert rights(letter) == 0o644


def test_a_library_that_others_could_read_is_closed_to_them_and_says_so_once(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    library = Library.open(path)
    add_text(library)
    library.close()
    path.chmod(0o664)
    files = originals.folder(path)
    files.mkdir(exist_ok=True)
    files.chmod(0o755)
    for said in ((OPENED,), ()):
        library = Library.open(path)
        assert library.notices == said
        assert (rights(path), rights(files)) == (0o600, 0o700)
        library.close()


def test_what_may_only_be_read_keeps_its_rights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "library.sqlite"
    Library.open(path).close()
    path.chmod(0o444)
    monkeypatch.setattr("reader.store.connection._may_write", refuse)
    library = Library.open(path)
    assert library.read_only
    assert len(library.notices) == 1
    library.close()
    assert rights(path) == 0o444


def test_the_folders_of_the_program_are_private(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PASSAGE_LIBRARY", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    (tmp_path / "data" / "passage").mkdir(parents=True, mode=0o755)
    for folder in (Path(library_path()).parent, Path(state_folder())):
        assert rights(folder) == 0o700


@given(st.text(alphabet="./\\:ab\0~", max_size=12), st.text(alphabet="./\\:\0\nab", max_size=12))
def test_no_row_leads_out_of_the_folder(sha256: str, suffix: str) -> None:
    library = Path("/home/ada/library.sqlite")
    place = originals.place(library, sha256, suffix)
    assert Path(os.path.normpath(place)).is_relative_to(originals.folder(library))
    assert place.parent.parent == originals.folder(library)
