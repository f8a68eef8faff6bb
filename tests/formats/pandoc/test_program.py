import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.formats.errors import FormatError
from reader.formats.pandoc import program
from reader.formats.registry import parse
from reader.formats.request import Limits, Request
from reader.services.checking import formats_here


@pytest.fixture
def no_pandoc(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(program, "find", lambda: None)


@pytest.fixture
def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A program of the test's own in the place of pandoc; it says its version and does what is in the file."""
    path = tmp_path / "pandoc"
    forget = program._version_of.cache_clear
    monkeypatch.setattr(program, "find", lambda: path)
    yield path
    forget()


def write(path: Path, *lines: str, version: str = "3.1") -> None:
    version_line = f'[ "$1" = --version ] && {{ echo "pandoc {version}"; exit 0; }}'
    path.write_text("\n".join(["#!/bin/sh", version_line, *lines]))
    path.chmod(0o755)


def convert(limits: Limits | None = None) -> str:
    return program.convert(b"words", "rst", "a.rst", limits or Limits())


@pytest.mark.usefixtures("no_pandoc")
@pytest.mark.parametrize("kind", ["rtf", "fb2", "rst", "org", "latex", "notebook"])
def test_without_pandoc_the_sentence_says_how_to_get_it(kind: str) -> None:
    data = {"fb2": b"<FictionBook/>", "notebook": b"{}", "rtf": b"{\\rtf1 x}"}.get(kind, b"words")
    with pytest.raises(FormatError, match="needs pandoc, which is not on this computer: install it with") as caught:
        parse(Request(data, "a file"), kind)
    assert "pandoc.org" in str(caught.value)
    assert not program.is_usable()


@pytest.mark.usefixtures("no_pandoc")
def test_check_says_what_is_missing() -> None:
    assert "With pandoc it reads also OpenDocument" in formats_here()


@pytest.mark.skipif(os.name == "nt", reason="a script of the shell")
def test_an_old_pandoc_is_not_used(fake: Path) -> None:
    write(fake, "echo never", version="2.9.2")
    assert program.version() == (2, 9, 2)
    with pytest.raises(FormatError, match="needs a newer pandoc"):
        convert()


@pytest.mark.skipif(os.name == "nt", reason="a script of the shell")
def test_it_is_started_in_its_sandbox_with_arguments_as_a_list_and_hardly_any_environment(
    fake: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET", "told to nobody")
    write(fake, 'echo "$@"', "env", "cat")
    said = convert(Limits(memory=1 << 30))
    assert "+RTS -M512m -RTS --sandbox" in said
    assert "--from rst --to html5" in said
    assert said.endswith("words")
    assert "SECRET" not in said
    assert "3.1" in formats_here()


@pytest.mark.skipif(os.name == "nt", reason="a script of the shell")
@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        (["exit 64"], "could not be read by pandoc"),
        (["exit 251"], "needs more memory than is allowed"),
        (["echo 'pandoc: Cannot allocate memory' >&2", "exit 1"], "needs more memory than is allowed"),
        (["kill -9 $$"], "could not be read by pandoc"),
    ],
)
def test_failures_are_one_sentence(fake: Path, lines: list[str], sentence: str) -> None:
    write(fake, *lines)
    with pytest.raises(FormatError, match=f"“a.rst”.*{sentence}"):
        convert()


@pytest.mark.skipif(os.name == "nt", reason="a script of the shell")
def test_a_pandoc_that_hangs_is_ended(fake: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(program, "_GRACE_SECONDS", 0.0)
    write(fake, f"echo $$ >{tmp_path}/pid", "exec sleep 600")
    with pytest.raises(FormatError, match="took pandoc longer than is allowed"):
        convert(Limits(seconds=0.5, seconds_per_megabyte=0))
    pid = int((tmp_path / "pid").read_text())
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_one_that_does_not_start_is_a_sentence(fake: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(program, "_version_of", lambda path: (3, 1))
    with pytest.raises(FormatError, match="pandoc did not start"):
        convert()


@pytest.mark.usefixtures("pandoc")
def test_the_real_one_keeps_to_its_memory() -> None:
    with pytest.raises(FormatError, match="needs more memory than is allowed"):
        program.convert(b"x" * (48 << 20), "rst", "a.rst", Limits(memory=64 << 20))


@pytest.mark.usefixtures("pandoc")
def test_the_real_one_reads_no_other_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret.rst"
    secret.write_text("Told to nobody")
    found = program.find()
    assert found is not None
    open_ = subprocess.run([found, "-f", "rst"], input=f".. include:: {secret}\n".encode(), capture_output=True)
    assert b"Told to nobody" in open_.stdout, "it would be read without the sandbox"
    page = program.convert(f"Before\n\n.. include:: {secret}\n".encode(), "rst", "a.rst", Limits())
    assert "Before" in page
    assert "Told to nobody" not in page
