"""Commands and files that are locked with a password: it comes from the terminal or a file, and is kept nowhere."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from reader.formats.pdf.file import PdfFile
from tests.cli_helpers import Shell
from tests.formats.pdf.test_engine import locked


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path / "library.sqlite")


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "secret.pdf"
    path.write_bytes(locked("café"))
    return path


@pytest.fixture
def key(tmp_path: Path) -> Path:
    path = tmp_path / "key"
    path.write_bytes("\ufeffcafé\r\nnot this".encode())
    return path


def test_without_one_the_way_to_give_it_is_told(shell: Shell, secret: Path) -> None:
    done = shell("add", secret)
    assert (done.status, done.rows[0][:2]) == (1, ["-", "failed"])
    assert "locked with a password" in done.rows[0][2]
    assert "--password-file" in done.rows[0][2]
    read = shell("text", secret)
    assert (read.status, read.out) == (1, "")
    assert "--password-file" in read.err


def test_a_file_gives_it(shell: Shell, secret: Path, key: Path, tmp_path: Path) -> None:
    other = tmp_path / "open.txt"
    other.write_text("Words.\n", "utf-8")
    done = shell("add", "--password-file", key, secret, other)
    assert (done.status, [row[1] for row in done.rows]) == (0, ["added", "added"])
    uid = done.rows[1][0]
    assert "A secret" in shell("text", uid).out
    assert "A secret" in shell("text", "--password-file", "-", secret, stdin="café\n").out
    assert shell("annotate", uid, "--exact", "secret").status == 0
    copy = tmp_path / "copy.pdf"
    refused = shell("export", "--format", "pdf", "--document", uid, "-o", copy)
    assert (refused.status, copy.exists()) == (1, False)
    assert "--password-file" in refused.err
    assert shell("export", "--format", "pdf", "--document", uid, "-o", copy, "--password-file", key).status == 0
    PdfFile(copy.read_bytes(), "copy.pdf", "café").close()
    for left in tmp_path.glob("library.sqlite*"):
        assert left.is_dir() or "café".encode() not in left.read_bytes()


def test_a_wrong_one_or_a_file_that_is_not_there(shell: Shell, secret: Path, tmp_path: Path) -> None:
    assert shell("add", "--password-file", "-", secret, stdin="tea").rows[0][1] == "failed"
    gone = shell("add", "--password-file", tmp_path / "gone", secret)
    assert gone.status == 1
    assert "gone" in gone.err
    assert shell("add", "--password-file", "-", secret, "-", stdin="x").status == 2


@pytest.mark.skipif(sys.platform == "win32", reason="terminals are another thing there")
def test_at_a_terminal_it_is_asked_for_and_not_shown(secret: Path, tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    words = [sys.executable, "-m", "reader", "--library", str(tmp_path / "library.sqlite"), "add", str(secret)]
    process = subprocess.Popen(words, stdin=theirs, stderr=theirs, stdout=subprocess.PIPE, start_new_session=True)
    os.close(theirs)
    seen = b""
    for password in ("tea", "café"):
        asked = seen.count(b"Password: ")
        while seen.count(b"Password: ") == asked:
            seen += os.read(ours, 1000)
        os.write(ours, f"{password}\n".encode())
    out, _ = process.communicate(timeout=60)
    os.close(ours)
    assert process.returncode == 0
    assert out.split(b"\t")[1] == b"added"
    assert b"locked with a password" in seen
    assert b"tea" not in seen
