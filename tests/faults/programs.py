"""Programs in processes of their own, what they acknowledged, and what a library must hold after they ended."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from reader.services.library import Library
from tests.faults.storm import record

ROOT = Path(__file__).resolve().parents[2]
TEXT = "\n\n".join(
    f"Paragraph {number}: the reservoir was full in {1900 + number}, and nobody asked the residents. سد پر بود 🌊"
    for number in range(60)
)


def environment(folder: Path, **more: str) -> dict[str, str]:
    """For a program that keeps its sockets, settings and caches in `folder`."""
    own = {"XDG_RUNTIME_DIR": str(folder), "XDG_CONFIG_HOME": str(folder), "QT_QPA_PLATFORM": "offscreen"}
    return os.environ | own | {"XDG_STATE_HOME": str(folder), "XDG_CACHE_HOME": str(folder)} | more


def start(folder: Path, *words: object, before: Sequence[str] = (), **more: str) -> subprocess.Popen[str]:
    """Start Python with these words, its standard streams held; `before` is the command that starts it."""
    pipe = subprocess.PIPE
    command = [*before, sys.executable, *map(str, words)]
    return subprocess.Popen(
        command, env=environment(folder, **more), text=True, cwd=ROOT, stdin=pipe, stdout=pipe, stderr=pipe
    )


def end_of(process: subprocess.Popen[str]) -> tuple[str, str]:
    """Wait for a program of which no failure may ever show a traceback; what it wrote, what it complained about."""
    out, err = process.communicate(timeout=110)
    assert "Traceback" not in err, err
    return out, err


def reader(library: Path, *words: object, before: Sequence[str] = (), **more: str) -> subprocess.CompletedProcess[str]:
    """The command line of the program, run to its end."""
    process = start(library.parent, "-m", "reader", "--library", library, *words, before=before, **more)
    out, err = end_of(process)
    return subprocess.CompletedProcess(words, process.returncode, out, err)


def new_library(folder: Path, text: str = TEXT, *, opened: bool = True) -> tuple[Path, str]:
    """A library file with one document in it, and the document's uid; if it was `opened`, a window begins with it."""
    path = folder / "library.sqlite"
    library = Library.open(path)
    result = library.adding.add_text(text, "The reservoir")
    assert result.document
    if opened:
        library.documents.opened(result.document.uid)
    library.close()
    return path, result.document.uid


@dataclass
class Acknowledged:
    """What a storm said that it had done: annotations by uid, None for those it deleted.

    `doubtful` is the one that it was about to change when it ended.
    """

    marks: dict[str, list[object] | None] = field(default_factory=dict)
    doubtful: str = ""

    def hear(self, lines: Iterable[str]) -> Iterator[str]:
        """Pass on the lines of a storm, each one taken to heart; a last one may be cut short."""
        for line in lines:
            if line.endswith("\n"):
                self._take(line)
                yield line

    def _take(self, line: str) -> None:
        if line.startswith("? "):
            self.doubtful = line[2:].strip()
        else:
            uid, now = json.loads(line[2:])
            self.marks[uid], self.doubtful = now, ""

    def check(self, library: Library, document: str) -> None:
        """The file holds all that was acknowledged, nothing half done, and at most one more step."""
        there = {mark.uid: record(mark) for mark in library.annotate.of_document(document)}
        known = {uid: mark for uid, mark in self.marks.items() if mark is not None}
        differing = {uid for uid in there.keys() | known.keys() if there.get(uid) != known.get(uid)}
        new = differing - self.marks.keys()
        assert differing <= {self.doubtful} | new
        assert len(differing) <= 1
        whole(library)


def whole(library: Library) -> None:
    """The file is sound, every mark is on its words, and every step of the history is finished."""
    assert library.integrity() == []
    for summary in [*library.documents.list(), *library.documents.list(removed=True)]:
        opened = library.documents.open(summary.uid)
        assert summary.annotations == len(opened.annotations)
        for mark in opened.annotations:
            assert mark.anchor
            assert opened.document.text[mark.anchor.start : mark.anchor.end] == mark.quote
    assert library.store.rows("SELECT label FROM action WHERE state = 'open'") == []


def writes_again(path: Path, document: str) -> None:
    """The next start is right: the command line marks, and takes that back."""
    marked = reader(path, "annotate", document, "--exact", "Paragraph 7", "--note", "after")
    assert marked.returncode == 0, marked.stderr
    assert reader(path, "undo").returncode == 0
