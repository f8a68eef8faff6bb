"""A library in a folder of its own, and commands run on it in this process."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from reader.cli import cli

MINUTES = """MINUTES OF THE WATER BOARD

The board met at seven. The dam will cost 41 million.
The dam will be
finished in 2031.

سد و دره 🌊 پایان
"""


@dataclass(frozen=True)
class Done:
    """What a command left: its exit status and what it wrote."""

    status: int
    out: str
    err: str
    data: bytes

    @property
    def rows(self) -> list[list[str]]:
        return [line.split("\t") for line in self.out.splitlines()]

    @property
    def json(self) -> Any:
        return json.loads(self.data)


class Shell:
    """Runs `reader --library LIBRARY ...`; whatever a command raises but its exit status fails the test."""

    def __init__(self, library: Path) -> None:
        self.library = library

    def __call__(self, *arguments: object, stdin: str | bytes | None = None) -> Done:
        words = ["--library", str(self.library), *map(str, arguments)]
        result = CliRunner().invoke(cli, words, input=stdin)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert "Traceback" not in result.stderr
        return Done(result.exit_code, result.stdout, result.stderr, result.stdout_bytes)

    def added(self, path: Path, text: str = MINUTES) -> str:
        """The id of a document that is written to `path` and added."""
        path.write_text(text, "utf-8")
        done = self("add", path)
        assert done.status == 0, done.err
        return done.rows[0][0]
