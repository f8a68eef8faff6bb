"""A second start and the window that runs."""

import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from stat import S_IMODE

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reader.handover import ABSENT, LONGEST_MESSAGE, TAKEN, address, hand_over
from reader.ui.pipe_ear import PipeEar
from reader.ui.server import HandoverServer
from reader.ui.socket_ear import SocketEar


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    return tmp_path / "library.sqlite"


@pytest.fixture(params=[SocketEar, PipeEar])
def server(
    qapp: QApplication, library: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Iterator[HandoverServer]:
    """With either ear: Qt's pipes are Unix sockets where there are any."""
    monkeypatch.setattr("reader.ui.server._ear", request.param)
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


def test_who_says_too_much_is_hung_up_on(server: HandoverServer, library: Path, qtbot: QtBot) -> None:
    heard: list[bytes] = []

    def talk() -> None:
        with socket.socket(socket.AF_UNIX) as rude, suppress(OSError):
            rude.connect(address(str(library)))
            rude.sendall(b"x" * (4 * LONGEST_MESSAGE))
            rude.recv(1)
        heard.append(b"")

    with qtbot.assertNotEmitted(server.files_received):
        thread = threading.Thread(target=talk)
        thread.start()
        qtbot.waitUntil(lambda: bool(heard))
    thread.join()


def test_only_its_user_may_connect_and_a_closed_window_leaves_nothing_behind(
    server: HandoverServer, library: Path
) -> None:
    path = Path(address(str(library)))
    assert S_IMODE(path.stat().st_mode) & 0o077 == 0
    server.close()
    assert not path.exists()
    assert hand_over(str(library), ["a.txt"]) == ABSENT


def test_who_waits_for_an_answer_of_a_closing_window_is_let_go(
    server: HandoverServer, library: Path, qtbot: QtBot
) -> None:
    with socket.socket(socket.AF_UNIX) as patient:
        patient.settimeout(5)
        patient.connect(address(str(library)))
        patient.sendall(b"library=")
        with qtbot.waitSignal(server.files_received):
            thread, outcomes = in_thread(library, [])
        qtbot.waitUntil(lambda: bool(outcomes))
        thread.join()
        server.close()
        assert patient.recv(1) == b""


def test_a_folder_that_is_not_there_is_no_place_to_listen(qapp: QApplication, tmp_path: Path) -> None:
    ear = SocketEar(lambda _heard, _say: None, qapp)
    assert not ear.listen(str(tmp_path / "none" / "ear"))
    ear.close()
