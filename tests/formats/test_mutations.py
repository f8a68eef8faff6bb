"""Damaged files become documents that keep the promises of the model, or one sentence; nothing else, and soon."""

import signal
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from shutil import which
from types import FrameType

import pytest

from reader.formats.errors import FormatError
from reader.formats.registry import format_of, parse
from reader.formats.request import Request
from tests.formats.checks import check
from tests.formats.mutants import mutant, originals

SAMPLES = Path(__file__).parents[2] / "sample_docs"
COUNT = 72
SECONDS = 20


@contextmanager
def soon() -> Generator[None]:
    """Fail what hangs, where the system can."""

    def ring(number: int, frame: FrameType | None) -> None:
        raise AssertionError("a damaged file takes for ever")

    if sys.platform == "win32":
        yield
        return
    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def attempt(name: str, data: bytes) -> None:
    kind = format_of(Path(name), data)
    with soon():
        try:
            document = parse(Request(data, name), kind).document
        except FormatError as error:
            said = str(error)
            assert "\n" not in said
            assert said.endswith(".")
            assert name in said
            assert len(said) < 400
        else:
            check(document, own_outline=kind == "epub")


@pytest.mark.parametrize("name", ["a.epub", "a.docx", "a.html", "a.mhtml"])
def test_damaged_files_are_read_or_refused(name: str) -> None:
    data = originals(SAMPLES)[name]
    for seed in range(COUNT):
        attempt(name, mutant(data, seed))


def test_damaged_files_that_pandoc_reads_are_read_or_refused(tmp_path: Path) -> None:
    if which("pandoc") is None:
        pytest.skip("pandoc is not here")
    written = tmp_path / "a.odt"
    source = "# The dam\n\nIt fell.[^1]\n\n- one\n\n| a | b |\n|---|---|\n| c | d |\n\n[^1]: In 1910.\n"
    subprocess.run(["pandoc", "-f", "markdown", "-o", str(written)], input=source.encode(), check=True)
    data = written.read_bytes()
    for seed in range(12):
        attempt("a.odt", mutant(data, seed))
