"""Where the library is."""

import sys
from pathlib import Path

import pytest
from platformdirs import user_data_dir

from reader.places import library_path


def test_what_was_chosen_wins_then_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PASSAGE_LIBRARY", "~/mine.sqlite")
    assert library_path("here.sqlite") == str(tmp_path / "here.sqlite")
    assert library_path() == str(tmp_path / "home" / "mine.sqlite")
    assert not (tmp_path / "home").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="other variables")
@pytest.mark.parametrize("data", ["", "data"])
def test_the_users_own_library_is_where_the_platform_says(tmp_path: Path, monkeypatch, data: str) -> None:
    monkeypatch.delenv("PASSAGE_LIBRARY", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / data) if data else "")
    assert library_path() == str(Path(user_data_dir("passage"), "library.sqlite"))
    assert Path(library_path()).parent.is_dir()


@pytest.mark.skipif(sys.platform == "win32", reason="other variables")
def test_a_folder_that_cannot_be_made_is_left_to_the_library(tmp_path: Path, monkeypatch) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    monkeypatch.delenv("PASSAGE_LIBRARY", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "file"))
    assert library_path() == str(tmp_path / "file" / "passage" / "library.sqlite")
