"""Windows in processes of their own, as many as a test wants; none outlives it."""

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.faults.programs import start

_OFFSCREEN = "This plugin does not support propagateSizeHints()"
"""What Qt says of having no screen."""


class Window:
    """The program with its window, as `reader --library LIBRARY` starts it; drive it with expressions of `Hands`."""

    def __init__(
        self,
        library: Path,
        folder: Path,
        *,
        files: Sequence[Path] = (),
        clock: int = 0,
        before: Sequence[str] = (),
        **more: str,
    ) -> None:
        folder.mkdir(exist_ok=True)
        program = ["tests.faults.clock", clock, "window"] if clock else ["tests.faults.window"]
        self.process = start(folder, "-m", *program, "--library", library, *files, before=before, **more)

    def do(self, expression: str) -> Any:
        """Have the window's own thread work something out."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(expression + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        assert line, f"the program has ended: {self.process.stderr and self.process.stderr.read()}"
        answer = json.loads(line)
        assert "failed" not in answer, answer["failed"]
        return answer["is"]

    def wait(self, expression: str) -> Any:
        """Until it is true."""
        found = self.do(f"wait({expression!r})")
        assert found, (expression, self.do("words()"))
        return found

    def ready(self) -> "Window":
        """With its document on the screen and the work of the start done."""
        self.wait("ready()")
        self.wait("settled()")
        return self

    def leave(self) -> None:
        """Close it in order; nothing was complained about on the way."""
        assert self.do("leave()")
        assert self.ended() == (0, "")

    def ended(self) -> tuple[int, str]:
        """Its exit status and what it said to the terminal."""
        _, said = self.process.communicate(timeout=60)
        kept = [line for line in said.splitlines(keepends=True) if _OFFSCREEN not in line]
        return self.process.returncode, "".join(kept)

    def kill(self) -> None:
        if self.process.stdout and not self.process.stdout.closed:
            self.process.kill()
            self.process.communicate()


@pytest.fixture
def windows(tmp_path: Path) -> Iterator[Callable[..., Window]]:
    """Open a window on a library. Each has a folder of its own for sockets, or it would be the one that runs.

    `files` are given to it; `clock`: seconds that its clock is wrong by; `before`: the command that starts it; what
    else is named is for its environment.
    """
    opened: list[Window] = []

    def opening(library: Path, **named: Any) -> Window:
        opened.append(Window(library, tmp_path / f"window {len(opened)}", **named))
        return opened[-1]

    yield opening
    for window in opened:
        window.kill()
