"""The files of a folder: what else may be there, and what is written meanwhile."""

from pathlib import Path

import pytest

from reader.interchange import front_matter
from reader.services.folder_files import LIST, ChangedMeanwhile, Files

OURS = "---\npassage-uid: one\n---\n"


@pytest.mark.parametrize("said", ["", "{", "[]", "null", '{"documents": 3}', '{"documents": [3, null]}', "[" * 100_000])
def test_a_list_that_is_none_counts_as_none(tmp_path: Path, said: str) -> None:
    (tmp_path / LIST).write_text(said, "utf-8")
    assert not Files(tmp_path).was_written("one")


def test_what_another_program_wrote_meanwhile_stays(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"theirs")
    for before in (b"", b"as it was"):
        with pytest.raises(ChangedMeanwhile):
            Files(tmp_path).write(path, before, b"ours")
    assert (path.read_bytes(), list(tmp_path.iterdir())) == (b"theirs", [path])


def test_links_and_hidden_folders_are_passed_over(tmp_path: Path) -> None:
    outside = tmp_path / "outside.md"
    outside.write_text(OURS, "utf-8")
    vault = tmp_path / "vault"
    (vault / ".trash").mkdir(parents=True)
    (vault / ".trash" / "a.md").write_text(OURS, "utf-8")
    (vault / "link.md").symlink_to(outside)
    (vault / "folder").symlink_to(tmp_path)
    files = Files(vault)
    assert files.find("one") is None
    assert files.new_path("Link") == vault / "Link 2.md"


def test_the_uid_is_read_from_the_head_only(tmp_path: Path) -> None:
    (tmp_path / "quotes it.md").write_text(f"Text\n\n{OURS}", "utf-8")
    (tmp_path / "is it.md").write_text("\ufeff" + OURS.replace("\n", "\r\n").replace(" one", " 'one'"), "utf-8")
    assert Files(tmp_path).find("one") == tmp_path / "is it.md"


def test_a_head_of_any_depth_is_read() -> None:
    assert front_matter.value(f"---\nx: {'[' * 100_000}{']' * 100_000}\nmine: 1\n---\n", "mine") == "1"
    front_matter.merge(f"x: {'[' * 100_000}{']' * 100_000}\n", {"x": "y"}, {"x": "z"})
