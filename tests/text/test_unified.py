"""Unified diffs: what `patch` makes of them is the other text."""

import shutil
import subprocess
from pathlib import Path

import pytest

from reader.text.unified import unified

BEFORE = "\n".join(f"Line {n}" for n in range(60)) + "\n"


def test_equal_texts_give_no_line() -> None:
    assert list(unified(BEFORE, BEFORE, ("a", "b"))) == []


def test_lines_that_go_and_come_stand_with_three_around_them() -> None:
    after = BEFORE.replace("Line 20\n", "Line twenty\nand one\n")
    assert list(unified(BEFORE, after, ("old", "new"))) == [
        "--- old",
        "+++ new",
        "@@ -18,7 +18,8 @@",
        *(" Line 17", " Line 18", " Line 19"),
        *("-Line 20", "+Line twenty", "+and one"),
        *(" Line 21", " Line 22", " Line 23"),
    ]


@pytest.mark.parametrize(
    "after",
    [
        BEFORE.replace("Line 2\n", "").replace("Line 41\n", "Line 41\nmore\n"),
        "first\n" + BEFORE,
        BEFORE + "last\n",
        BEFORE.replace("Line 30\n", "x\n").replace("Line 35\n", "y\n"),
    ],
)
def test_patch_understands_it(tmp_path: Path, after: str) -> None:
    if not shutil.which("patch"):
        pytest.skip("patch is not here")
    (tmp_path / "text").write_text(BEFORE)
    lines = "\n".join(unified(BEFORE, after, ("text", "text"))) + "\n"
    subprocess.run(["patch", "-s", "text"], input=lines, text=True, cwd=tmp_path, check=True)
    assert (tmp_path / "text").read_text() == after
