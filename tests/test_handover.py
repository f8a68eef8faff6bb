"""A second start reaches the window that runs, whatever the files are called, and never hangs."""

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader import handover
from reader.handover import ABSENT, SILENT, TAKEN, Request

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Unix sockets")

PATHS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1)


class Window:
    """A window's ear in a thread: takes one connection, keeps the request, answers as told."""

    def __init__(self, library: str, reply: bytes | None = None, *, silent: bool = False) -> None:
        self.library = library
        self.request: Request | None = None
        self._reply = reply
        self._done = threading.Event()
        self._silent = silent
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(handover.address(library))
        self._listener.listen()
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def _serve(self) -> None:
        connection, _ = self._listener.accept()
        with connection:
            data = b""
            while (request := handover.decode(data)) is None and (piece := connection.recv(7)):
                data += piece
            self.request = request
            if self._silent:
                self._done.wait()
            elif request is not None:
                connection.sendall(self._reply or handover.answer(request, self.library))

    def close(self) -> None:
        self._done.set()
        if self._thread.is_alive() and self.request is None:
            with socket.socket(socket.AF_UNIX) as end:
                end.connect(handover.address(self.library))
        self._thread.join()
        self._listener.close()
        os.unlink(handover.address(self.library))


@pytest.fixture(autouse=True)
def runtime_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    folder = Path("/tmp") / f"passage-test-{os.getpid()}"
    folder.mkdir(exist_ok=True)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(folder))
    monkeypatch.delenv("DESKTOP_STARTUP_ID", raising=False)
    monkeypatch.setenv("XDG_ACTIVATION_TOKEN", "token-7")
    yield
    for left in folder.iterdir():
        left.unlink()
    folder.rmdir()


@pytest.fixture
def library(tmp_path: Path) -> str:
    return str(tmp_path / "library.sqlite")


def test_the_window_gets_the_files_in_order_with_absolute_paths(library: str, monkeypatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    window = Window(library)
    outcome = handover.hand_over(library, ["b.txt", "/x/سد و دره.md", "line\nbreak=.html"])
    window.close()
    assert outcome == TAKEN
    assert window.request is not None
    assert window.request.files == (str(tmp_path / "b.txt"), "/x/سد و دره.md", str(tmp_path / "line\nbreak=.html"))
    assert window.request.token == "token-7"
    assert handover.same_file(window.request.library, library)


def test_without_files_the_window_is_only_asked_to_come_forward(library: str) -> None:
    window = Window(library)
    outcome = handover.hand_over(library, [])
    window.close()
    assert outcome == TAKEN
    assert window.request is not None
    assert window.request.files == ()


def test_no_window(library: str) -> None:
    assert handover.hand_over(library, ["a.txt"]) == ABSENT


def test_the_socket_of_a_window_that_died_counts_as_none(library: str) -> None:
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(handover.address(library))
    assert Path(handover.address(library)).exists()
    assert handover.hand_over(library, ["a.txt"]) == ABSENT


def test_sockets_of_windows_that_died_are_removed_and_no_others(library: str, tmp_path: Path) -> None:
    places = {name: Path(handover.address(str(tmp_path / name))) for name in ("dead", "new", "file", "lives")}
    for name in ("dead", "new"):
        with socket.socket(socket.AF_UNIX) as left:
            left.bind(str(places[name]))
    places["file"].write_text("what another program calls so")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(places["lives"]))
        listening.listen()
        for name in ("dead", "file", "lives"):
            os.utime(places[name], (0, 0))
        handover.remove_dead(library)
        assert {name for name, place in places.items() if place.exists()} == {"new", "file", "lives"}


def test_a_window_of_another_library_refuses(library: str, tmp_path: Path) -> None:
    window = Window(library)
    window.library = str(tmp_path / "other.sqlite")
    outcome = handover.hand_over(library, ["a.txt"])
    window.library = library
    window.close()
    assert outcome == ABSENT


def test_a_window_that_hangs_is_not_waited_for_without_end(library: str) -> None:
    window = Window(library, silent=True)
    outcome = handover.hand_over(library, ["a.txt"], patience=0.05)
    window.close()
    assert outcome == SILENT


def test_an_answer_that_makes_no_sense_is_no_answer(library: str) -> None:
    window = Window(library, reply=b"what?\n")
    outcome = handover.hand_over(library, ["a.txt"])
    window.close()
    assert outcome == SILENT


def test_one_address_for_all_ways_to_write_a_path(library: str, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(tmp_path)
    assert handover.address(library) == handover.address(str(link / ".." / tmp_path.name / "library.sqlite"))
    assert handover.address(library) != handover.address(library + "2")


def test_the_address_fits_a_socket_even_where_the_runtime_folder_is_deep(library, tmp_path, monkeypatch) -> None:
    deep = tmp_path / ("d" * 100)
    deep.mkdir()
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(deep))
    monkeypatch.setenv("TMPDIR", str(deep))
    assert len(os.fsencode(handover.address(library))) <= 107


@given(library=PATHS, files=st.lists(PATHS), token=st.text(st.characters(exclude_characters="\0", codec="utf-8")))
def test_a_message_says_what_was_put_in(library: str, files: list[str], token: str) -> None:
    message = handover.encode(Request(library, files, token))
    request = handover.decode(message)
    assert request is not None
    assert (request.library, request.files, request.token) == (library, tuple(files), token)
    assert handover.decode(message[:-1]) is None


def test_file_names_that_are_no_unicode_keep_their_bytes() -> None:
    name = os.fsdecode(b"/x/caf\xe9.txt")
    request = handover.decode(handover.encode(Request("/l", [name])))
    assert request is not None
    assert os.fsencode(request.files[0]) == b"/x/caf\xe9.txt"


@given(st.binary())
def test_no_bytes_can_break_the_window(data: bytes) -> None:
    request = handover.decode(data)
    assert request is None or isinstance(request.files, tuple)


def test_the_way_to_a_running_window_imports_next_to_nothing(tmp_path: Path) -> None:
    code = (
        "import sys\nbefore = set(sys.modules)\nfrom reader import handover, places\n"
        f"assert handover.hand_over(places.library_path({str(tmp_path / 'l.sqlite')!r}), ['a']) == handover.ABSENT\n"
        "print(' '.join(sorted(set(sys.modules) - before)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    allowed = {"__future__", "_socket", "reader", "reader.handover", "reader.places", "zlib"}
    assert set(done.stdout.split()) <= allowed


UID = "01890000-0000-7000-8000-00000000000a"


def test_a_place_to_go_to_is_handed_over(library: str) -> None:
    window = Window(library)
    outcome = handover.hand_over(library, [], place=UID)
    window.close()
    assert outcome == TAKEN
    assert window.request is not None
    assert (window.request.place, window.request.files) == (UID, ())


@pytest.mark.parametrize(
    "place",
    ["", "x", UID + "\n", UID[:-1], UID + "/..", UID.replace("a", "٣"), "../" + UID, UID.upper(), UID.replace("-", "")],
)
def test_what_is_no_uid_is_no_place_and_no_link(place: str) -> None:
    message = handover.encode(Request("/l")).replace(b"token=", b"place=" + place.encode() + b"\0token=")
    request = handover.decode(message)
    assert request is not None
    assert request.place == ""
    if place != UID.upper():
        assert handover.uid_of_link(handover.LINK + place) == ""
    assert handover.uid_of_link(place) == ""


@given(st.text())
def test_a_link_is_a_uid_and_nothing_else(text: str) -> None:
    assert handover.uid_of_link(handover.LINK + UID) == UID == handover.uid_of_link(handover.LINK + UID.upper())
    assert handover.uid_of_link(handover.LINK + UID + text) == (UID if not text else "")
    assert handover.uid_of_link(text) == ""
