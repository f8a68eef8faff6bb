"""What a reader may not do: reach the network, write, start programs; and what it may."""

import ctypes
import os
import socket
import sys
from pathlib import Path

import pytest

from reader.formats.worker.pool import Pool
from tests.formats.worker.conftest import job
from tests.formats.worker.jobs import _ATTEMPTS


@pytest.mark.usefixtures("may_listen")
@pytest.mark.parametrize("what", sorted(_ATTEMPTS))
def test_forbidden_things_are_stopped(pool: Pool, tmp_path: Path, what: str) -> None:
    victim = tmp_path / "victim.txt"
    victim.write_text("as it was", encoding="utf-8")
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        listening.setblocking(False)
        port = listening.getsockname()[1]
        header = {"what": what, "path": str(tmp_path / "new"), "victim": str(victim), "port": port}
        assert pool.run(job("attempt", **header)).header["stopped"] == "PermissionError"
        with pytest.raises(BlockingIOError):
            listening.accept()
    assert os.listdir(tmp_path) == ["victim.txt"]
    assert victim.read_text(encoding="utf-8") == "as it was"
    assert victim.stat().st_mode & 0o600 == 0o600


def test_its_own_folder_is_its_own_but_links_lead_out_of_it(pool: Pool, tmp_path: Path) -> None:
    folder = Path(pool.run(job("echo", said=1)).header["folder"])
    (folder / "way").symlink_to(tmp_path)
    assert pool.run(job("attempt", what="mkdir", path="inside")).header["stopped"] == ""
    assert (folder / "inside").is_dir()
    assert pool.run(job("attempt", what="mkdir", path="way/out")).header["stopped"] == "PermissionError"
    assert pool.run(job("attempt", what="mkdir", path="../out")).header["stopped"] == "PermissionError"
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the system's limit of written bytes")
def test_the_system_lets_it_write_nothing_even_there(pool: Pool) -> None:
    assert pool.run(job("attempt", what="write_text", path="inside")).header["stopped"] == "OSError"


def has_landlock() -> bool:
    return sys.platform.startswith("linux") and ctypes.CDLL(None).syscall(444, None, 0, 1) > 0


@pytest.mark.skipif("not has_landlock()", reason="the system has no wall of its own around what is written")
def test_a_library_in_c_cannot_even_make_an_empty_file(pool: Pool, tmp_path: Path) -> None:
    pool.run(job("write_in_c", path=str(tmp_path / "out.xml")))
    assert not list(tmp_path.iterdir())
    folder = Path(pool.run(job("echo", said=1)).header["folder"])
    pool.run(job("write_in_c", path="own.xml"))
    assert [path.name for path in folder.iterdir()] == ["own.xml"]


def test_a_program_that_is_allowed_runs(pool: Pool) -> None:
    answer = pool.run(job("run_allowed", b"said to it"))
    assert answer.frames == [b"said to it"]


def test_its_surroundings_tell_nothing(pool: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_TOKEN", "of the user")
    answer = pool.run(job("look_around")).header
    assert "SECRET_TOKEN" not in answer["environment"]
    assert answer["environment"]["HOME"].startswith(answer["environment"]["TMPDIR"])
    # Nothing of a window, of the store or of a parser is there before a job asks for it.
    assert not {"PySide6", "sqlite3", "selectolax", "lxml", "mammoth"} & set(answer["modules"])
