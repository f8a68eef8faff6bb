"""The power goes: what a program wrote, as the system calls that it made, and what of it a disk may hold afterwards."""

import random
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.programs import ROOT, environment

SECTOR = 512
CALLS = "openat,close,pwrite64,write,ftruncate,fsync,fdatasync,unlink,rename,link"
_CALL = re.compile(r"^\d+ +(\w+)\((.*)\) += (-?\d+)(?:$| )")
_STRING = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')


@dataclass(frozen=True)
class Call:
    """One system call that succeeded: its name, its strings, its numbers, and what it gave."""

    name: str
    strings: tuple[bytes, ...]
    rest: tuple[str, ...]
    result: int


def recorded(folder: Path, *words: object) -> list[Call]:
    """Run Python with these words to the end, and the calls that it made; none where that cannot be watched."""
    strace, log = shutil.which("strace"), folder / "calls"
    if not strace:
        return []
    command = [
        strace,
        "-f",
        "--seccomp-bpf",
        "-xx",
        "-s",
        "100000",
        "-e",
        f"trace={CALLS}",
        "-o",
        str(log),
        sys.executable,
    ]
    process = subprocess.run(
        [*command, *map(str, words)], env=environment(folder), cwd=ROOT, capture_output=True, timeout=110, check=False
    )
    found = list(_calls(log)) if log.exists() else []
    assert process.returncode == 0 or not found, process.stderr
    return found


def _calls(log: Path) -> Iterator[Call]:
    for line in log.read_text("ascii").splitlines():
        assert "<unfinished" not in line  # one thread only
        if (found := _CALL.match(line)) and int(found[3]) >= 0:
            words = _STRING.sub("", found[2]).split(", ")
            strings = tuple(bytes.fromhex(part.replace("\\x", "")) for part in _STRING.findall(found[2]))
            yield Call(found[1], strings, tuple(words), int(found[3]))


@dataclass
class Held:
    """A file on the disk: what is sure to be there, and what was written since, as place and bytes.

    Bytes that are None cut the file at the place.
    """

    sure: bytearray = field(default_factory=bytearray)
    since: list[tuple[int, bytes | None]] = field(default_factory=list)

    def settle(self) -> None:
        """All that was written is sure."""
        for at, data in self.since:
            _put(self.sure, at, data)
        self.since.clear()

    def after(self, chance: random.Random, loss: str) -> bytes:
        """What is there when the power goes now.

        `loss`: "none" of what is not sure, "all" of it, "some" writes in any order with the last one cut at a sector,
        or "zeros": the file has grown, but what was to be there is not.
        """
        there = bytearray(self.sure)
        for at, data in self.since if loss != "all" else ():
            if data is None or loss == "none":
                _put(there, at, data)
            elif loss == "zeros":
                _put(there, at, bytes(len(data)))
            elif chance.random() < 0.6:
                cut = chance.choice([len(data), chance.randrange(len(data) + 1), SECTOR])
                _put(there, at, data[:cut])
        return bytes(there)


def _put(there: bytearray, at: int, data: bytes | None) -> None:
    if data is None:
        del there[at:]
        return
    there.extend(bytes(max(0, at - len(there))))
    there[at : at + len(data)] = data


class Disk:
    """The files of one folder as the calls of a program change them; `said` is what it has printed."""

    def __init__(self, folder: Path, before: Iterable[Path]) -> None:
        self._folder = str(folder).encode() + b"/"
        self.files = {path.name: Held(bytearray(path.read_bytes())) for path in before}
        self.said = b""
        self._open: dict[int, str] = {}

    def take(self, call: Call) -> None:
        """One more call."""
        match call.name:
            case "openat":
                self._opened(call)
            case "close":
                self._open.pop(int(call.rest[0]), None)
            case "write" if int(call.rest[0]) == 1:
                self.said += call.strings[0]
            case "pwrite64":
                if held := self._held(call):
                    held.since.append((int(call.rest[3]), call.strings[0][: call.result]))
            case "ftruncate":
                if held := self._held(call):
                    held.since.append((int(call.rest[1]), None))
            case "fsync" | "fdatasync":
                if held := self._held(call):
                    held.settle()
            case "unlink":
                if name := self._name(call.strings[0]):
                    self.files.pop(name, None)
            case _:
                assert not self._name(call.strings[0] if call.strings else b""), call

    def _opened(self, call: Call) -> None:
        if name := self._name(call.strings[0]):
            self._open[call.result] = name
            self.files.setdefault(name, Held())

    def _name(self, path: bytes) -> str:
        """The name of a file of the library; what is only in memory anyway does not count."""
        name = path.removeprefix(self._folder).decode() if path.startswith(self._folder) else ""
        return name if name.startswith("library.sqlite") and not name.endswith("-shm") else ""

    def _held(self, call: Call) -> Held | None:
        name = self._open.get(int(call.rest[0]))
        return self.files.get(name) if name else None

    def after(self, folder: Path, chance: random.Random, loss: str) -> Path:
        """Write what is there when the power goes now into a new folder; the library's path."""
        folder.mkdir()
        for name, held in self.files.items():
            (folder / name).write_bytes(held.after(chance, loss))
        return folder / "library.sqlite"
