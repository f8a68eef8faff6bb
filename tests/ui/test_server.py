"""A second start and the window that runs."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reader.handover import ABSENT, TAKEN, address, hand_over
from reader.ui.server import HandoverServer


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    return tmp_path / "library.sqlite"


@pytest.fixture
def server(qapp: QApplication, library: Path) -> Iterator[HandoverServer]:
    listening = HandoverServer(library)
    assert listening.listen()
    yield listening
    listening.close()
    listening.deleteLater()


def in_thread(library: Path, files: list[str]) -> tuple[threading.Thread, list[str]]:
    """What a second process would do, from a thread, since this one must go on serving."""
    outcomes: list[str] = []
    thread = threading.Thread(target=lambda: outcomes.append(hand_over(str(library), files)))
    thread.start()
    return thread, outcomes


def test_files_are_handed_over(server: HandoverServer, library: Path, qtbot: QtBot, tmp_path: Path) -> None:
    odd = tmp_path / "نام file\n2.txt"
    with qtbot.waitSignal(server.files_received) as received:
        thread, outcomes = in_thread(library, [str(odd), "other.md"])
    qtbot.waitUntil(lambda: bool(outcomes))
    thread.join()
    assert outcomes == [TAKEN]
    assert received.args == [[odd, Path("other.md").absolute()]]


def test_a_start_without_files_only_brings_the_window_up(server: HandoverServer, library: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(server.files_received) as received:
        thread, outcomes = in_thread(library, [])
    qtbot.waitUntil(lambda: bool(outcomes))
    thread.join()
    assert received.args == [[]]


def test_without_a_window_there_is_nobody(library: Path) -> None:
    assert hand_over(str(library), ["a.txt"]) == ABSENT


@pytest.mark.usefixtures("qapp")
def test_a_socket_left_behind_by_a_killed_window_is_taken_over(library: Path) -> None:
    Path(address(str(library))).write_bytes(b"")
    listening = HandoverServer(library)
    assert listening.listen()
    listening.close()
    listening.deleteLater()


def test_nonsense_is_cut_off_and_the_next_one_is_heard(server: HandoverServer, library: Path, qtbot: QtBot) -> None:
    import socket

    rude = socket.socket(socket.AF_UNIX)
    rude.connect(address(str(library)))
    rude.sendall(b"\xff" * 100)
    with qtbot.waitSignal(server.files_received):
        thread, outcomes = in_thread(library, ["a.txt"])
    qtbot.waitUntil(lambda: bool(outcomes))
    thread.join()
    rude.close()
    assert outcomes == [TAKEN]


def test_a_place_is_asked_for(server: HandoverServer, library: Path, qtbot: QtBot) -> None:
    uid = "01890000-0000-7000-8000-00000000000a"
    outcomes: list[str] = []
    with qtbot.waitSignal(server.place_asked) as asked, qtbot.assertNotEmitted(server.files_received):
        thread = threading.Thread(target=lambda: outcomes.append(hand_over(str(library), [], place=uid)))
        thread.start()
    qtbot.waitUntil(lambda: bool(outcomes))
    thread.join()
    assert (outcomes, asked.args) == ([TAKEN], [uid])
