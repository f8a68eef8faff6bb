"""What comes from others (an import, a document, a message over the socket) starts no program and writes no file."""

import json
import os
import random
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reader.handover import TAKEN, address, decode, encode, hand_over
from reader.handover import Request as Asked
from reader.model.errors import ReaderError
from reader.services.library import Library
from reader.ui.server import HandoverServer

HOSTILE = (
    "../../../../evil", "/tmp/evil", "..\\..\\evil", "$(touch evil)", "`touch evil`", "; touch evil", "|touch evil",
    "file:///bin/sh", "javascript:alert(1)", "=HYPERLINK(\"http://x\")", "__import__('os').system('touch evil')",
    "\0evil", "a" * 5000, "%n%s{0}{x.__class__}", "'); DROP TABLE annotation; --", "\u202egnp.exe",
)  # fmt: skip
_STARTING = ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.startfile", "pty.spawn")


class Watch:
    """Hears what this process does while `folder` is set; audit hooks can never be taken away again."""

    def __init__(self) -> None:
        self.folder: Path | None = None
        self.done: list[str] = []
        sys.addaudithook(self._hear)

    @contextmanager
    def over(self, folder: Path) -> Iterator[None]:
        """Nothing is started meanwhile, and nothing written outside of `folder`."""
        self.folder, self.done = folder, []
        try:
            yield
        finally:
            self.folder = None
        assert self.done == []

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self.folder is None:
            return
        if event in _STARTING:
            self.done.append(f"{event} {arguments}")
        elif event == "open" and isinstance(arguments[0], str | bytes):
            writes = arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
            if writes and not Path(os.path.realpath(os.fsdecode(arguments[0]))).is_relative_to(self.folder):
                self.done.append(f"{event} {arguments}")


@pytest.fixture(scope="session")
def watch() -> Watch:
    return Watch()


def leaves(value: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The ways to every string in JSON."""
    if isinstance(value, str):
        yield way
    elif isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from leaves(inner, (*way, key))


def with_at(value: Any, way: tuple[Any, ...], words: str) -> Any:
    """The same JSON with other words in one place."""
    copy = json.loads(json.dumps(value))
    inside = copy
    for key in way[:-1]:
        inside = inside[key]
    inside[way[-1]] = words
    return copy


@pytest.fixture
def exported(tmp_path: Path) -> Any:
    """A library as its own export says it."""
    file = tmp_path / "minutes.md"
    file.write_text("# Minutes\n\nThe dam was not built, and nobody asked why.\n", "utf-8")
    library = Library.open(tmp_path / "first.sqlite")
    (added,) = library.adding.add([file])
    assert added.document
    text = library.documents.open(added.document.uid).document.text
    library.annotate.highlight(added.document.uid, text, 9, 20, note="why?", tags=["dam/cost"])
    target = tmp_path / "export.json"
    library.exchange.export(target)
    library.close()
    return json.loads(target.read_text("utf-8"))


def test_nothing_in_an_import_is_run_or_becomes_a_path(exported: Any, tmp_path: Path, watch: Watch) -> None:
    folder = tmp_path / "second"
    folder.mkdir()
    library, file = Library.open(folder / "library.sqlite"), folder / "import.json"
    ways, chosen = list(leaves(exported)), random.Random(5)
    assert len(ways) > 20
    with watch.over(folder):
        for way in ways:
            file.write_text(json.dumps(with_at(exported, way, chosen.choice(HOSTILE))), "utf-8")
            with suppress(ReaderError):
                library.exchange.import_file(file)
        assert any(row.annotations for row in library.documents.list())
        for row in library.documents.list():
            library.documents.original(row.uid)
            library.documents.open(row.uid)
        library.exchange.export(folder / "again.json")
    assert library.integrity() == []
    library.close()
    assert not list(tmp_path.rglob("*evil*"))


# The socket on which a second start hands its files over


@pytest.fixture
def server(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[HandoverServer]:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("XDG_ACTIVATION_TOKEN", "")
    listening = HandoverServer(tmp_path / "library.sqlite")
    assert listening.listen()
    yield listening
    listening.close()
    listening.deleteLater()
    qapp.processEvents()


def messages(library: str) -> Iterator[bytes]:
    """Right ones, and what becomes of them when bytes are changed, cut, doubled, or come from nowhere."""
    chosen = random.Random(7)
    right = [encode(Asked(library, (words.replace("\0", ""),), "token")) for words in HOSTILE]
    yield from right
    for _ in range(60):
        message = bytearray(chosen.choice(right))
        for _ in range(chosen.randint(1, 9)):
            message[chosen.randrange(len(message))] = chosen.randrange(256)
        yield bytes(message[: chosen.randint(0, len(message))]) * chosen.choice((1, 1, 2))
    yield chosen.randbytes(3000)
    yield b"\0\0" * 500
    yield b"file=\0" * 2000 + b"\0"


def test_no_message_does_more_than_name_files(
    server: HandoverServer, tmp_path: Path, qtbot: QtBot, watch: Watch
) -> None:
    library = str(tmp_path / "library.sqlite")
    assert os.stat(address(library)).st_mode & 0o077 == 0
    heard: list[list[Path]] = []
    server.files_received.connect(heard.append)
    environment = dict(os.environ)
    with watch.over(tmp_path):
        for message in messages(library):
            with socket.socket(socket.AF_UNIX) as client:
                client.connect(address(library))
                client.sendall(message)
                client.shutdown(socket.SHUT_WR)
                qtbot.wait(1)
    assert len(heard) >= len(HOSTILE)
    assert all(type(file) is type(Path()) and "\0" not in str(file) for files in heard for file in files)
    changed = {name for name in os.environ if os.environ[name] != environment.get(name)}
    assert changed <= {"XDG_ACTIVATION_TOKEN"}
    outcomes: list[str] = []
    thread = threading.Thread(target=lambda: outcomes.append(hand_over(library, ["a.txt"])))
    thread.start()
    qtbot.waitUntil(lambda: bool(outcomes))
    thread.join()
    assert outcomes == [TAKEN]


def test_any_bytes_are_a_request_or_none() -> None:
    for message in messages("/home/ada/library.sqlite"):
        request = decode(message)
        assert request is None or not any("\0" in part for part in (request.library, request.token, *request.files))
