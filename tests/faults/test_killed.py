"""Killed at any moment: what was acknowledged is there, nothing is half there, and the next start works."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from reader.services.library import Library
from tests.faults.programs import Acknowledged, new_library, start, writes_again
from tests.faults.storm import record

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL there")

A_LIBRARY = 50
"""Kills that one library has to bear before a new one is begun."""


def killed_in_a_storm(path: Path, document: str, seed: int) -> Acknowledged:
    """Let a storm rage and kill it after some steps and then some microseconds; what it had acknowledged."""
    chance = random.Random(seed)
    process = start(path.parent, "-m", "tests.faults.storm", path, document, seed)
    assert process.stdout
    heard, wanted = Acknowledged(), chance.choice([0, 1, chance.randrange(60)])
    lines = heard.hear(process.stdout)
    for _ in range(wanted):
        next(lines)
    # Not to wait for anything: this is the random point itself, from in the middle of a write to after several.
    time.sleep(chance.uniform(0, 0.3) if not wanted else chance.expovariate(200))
    process.kill()
    list(lines)
    assert process.stderr
    assert process.stderr.read() == ""
    end(process)
    return heard


def end(process: subprocess.Popen[str]) -> None:
    for stream in (process.stdin, process.stdout, process.stderr):
        if stream:
            stream.close()
    assert process.wait(60) == -9


@pytest.mark.timeout(7200)
def test_a_storm_of_annotations(tmp_path: Path, long: bool) -> None:
    kills = 1000 if long else 12
    path, document = tmp_path, ""
    for seed in range(kills):
        if seed % A_LIBRARY == 0:
            folder = tmp_path / str(seed)
            folder.mkdir()
            path, document = new_library(folder)
            before: dict[str, list[object] | None] = {}
        heard = killed_in_a_storm(path, document, seed)
        heard.marks = before | heard.marks
        library = Library.open(path)
        heard.check(library, document)
        if library.annotate.of_document(document) and seed % 5 == 0:
            assert library.history.undo()
            assert library.history.redo()
            heard.check(library, document)
        before = {mark.uid: record(mark) for mark in library.annotate.of_document(document)}
        library.close()
        if seed % A_LIBRARY == A_LIBRARY - 1 or seed == kills - 1:
            writes_again(path, document)
