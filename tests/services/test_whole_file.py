"""A file that appears when it is whole, under whatever name."""

import os
from pathlib import Path

import pytest

from reader.services.whole_file import write_whole


@pytest.mark.parametrize("name", ["x" * 251 + ".csv", "نص" * 40 + "🌊" * 22 + "xyz.md", "a"])
def test_a_name_may_be_as_long_as_the_file_system_takes(tmp_path: Path, name: str) -> None:
    write_whole(tmp_path / name, b"first")
    write_whole(tmp_path / name, b"then")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [(name, b"then")]


def test_a_file_that_is_there_keeps_its_rights_and_a_link_leads_where_it_led(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    real, link = tmp_path / "real" / "marks.csv", tmp_path / "marks.csv"
    real.write_bytes(b"first")
    real.chmod(0o600)
    link.symlink_to(Path("real") / "marks.csv")
    write_whole(link, b"then")
    assert (link.is_symlink(), real.read_bytes(), real.stat().st_mode & 0o777) == (True, b"then", 0o600)
    assert os.listdir(tmp_path / "real") == ["marks.csv"]
