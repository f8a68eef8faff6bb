"""What the program takes for granted of its platform."""

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QObject

ROOT = Path(__file__).resolve().parents[1]


def test_none_keeps_its_references(qapp: object) -> None:
    """PySide6 6.12.0 loses one reference to None with each call that returns nothing, until the interpreter dies."""
    thing = QObject()
    before = sys.getrefcount(None)
    for _ in range(2000):
        thing.setObjectName("x")
    assert sys.getrefcount(None) > before - 200


def test_every_dependency_is_pinned_by_name_and_version_only() -> None:
    lines = (ROOT / ".ci" / "constraints.txt").read_text("utf-8").split()
    assert all(line.count("==") == 1 and "/" not in line for line in lines), lines
    pinned = {line.partition("==")[0].lower().replace("_", "-") for line in lines}
    for name in ("pyside6-essentials", "sqlite-utils", "pytest-qt", "hypothesis", "hatchling", "ruff"):
        assert name in pinned


def test_the_top_level_holds_what_it_should_and_nothing_else() -> None:
    done = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip("not a git checkout")
    top = {name.partition("/")[0] for name in done.stdout.split("\n") if name}
    assert top <= {
        "pyproject.toml", "README.md", "run", "reader", "resources", "sample_docs", "tests",
        ".ci", ".gitignore", "LICENSE", "CHANGELOG.md",
    }  # fmt: skip


@pytest.mark.skipif(sys.platform == "win32", reason="run is a shell script")
def test_once_set_up_run_goes_straight_to_the_program() -> None:
    venv = Path(sys.prefix)
    if not (venv / ".installed-app").exists() or venv != ROOT / ".venv":
        pytest.skip("the environment was not made by ./run")
    done = subprocess.run([ROOT / "run", "--version"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Passage")
