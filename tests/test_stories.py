"""The table of failures elsewhere (FAILURES.md) is whole, and every test that it names is there and is collected."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TABLE = ROOT / "tests" / "FAILURES.md"
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
ROW = re.compile(r"^\| (\d+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)


def rows() -> dict[int, list[str]]:
    """The ids of the tests of each story."""
    found = ROW.findall(TABLE.read_text("utf-8"))
    return {int(number): ["::".join(name) for name in NAMED.findall(tests)] for number, _, tests in found}


def test_each_of_the_stories_has_its_tests() -> None:
    assert list(rows()) == list(range(1, 33))
    assert [number for number, named in rows().items() if not named] == []


def test_nothing_else_stands_between_backticks() -> None:
    quoted = {name for name in re.findall(r"`([^`]+)`", TABLE.read_text("utf-8")) if "::" in name or "tests/" in name}
    assert quoted == {name for named in rows().values() for name in named} | {"tests/test_stories.py"}


def test_every_test_is_there_and_is_collected() -> None:
    named = sorted({name for tests in rows().values() for name in tests})
    # What is named and is not there ends the collection with an error that says so.
    order = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider", "-p", "no:randomly"]
    done = subprocess.run([*order, *named], cwd=ROOT, capture_output=True, text=True, timeout=100)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    collected = {re.sub(r"\[.*", "", line) for line in done.stdout.splitlines()}
    assert [name for name in named if not any(line.startswith(name) for line in collected)] == []
