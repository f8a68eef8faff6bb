"""The real program from outside: `python -m reader` in a process of its own."""

import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from socket import AF_UNIX, socket

import pytest

from reader import handover
from reader.__main__ import window_arguments

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """A library of its own, and a short folder for sockets."""
    sockets = Path("/tmp") / f"passage-cli-{os.getpid()}"
    sockets.mkdir(exist_ok=True)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(sockets))
    monkeypatch.setenv("PASSAGE_LIBRARY", str(tmp_path / "library.sqlite"))
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    yield {**os.environ, "PYTHONPATH": str(ROOT)}
    for left in sockets.iterdir():
        left.unlink()
    sockets.rmdir()


def reader(environment: dict[str, str], *arguments: object, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    words = [sys.executable, "-m", "reader", *map(str, arguments)]
    return subprocess.run(words, env=environment, input=stdin, capture_output=True, timeout=60, check=False)


def test_a_journey(environment: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "سد.txt"
    path.write_text("The2013estimate was 38 million. سد و دره 🌊\n", "utf-8")
    added = reader(environment, "add", path)
    assert added.returncode == 0, added.stderr
    uid = added.stdout.split(b"\t")[0].decode()
    assert reader(environment, "text", uid).stdout.decode() == path.read_text("utf-8")
    assert reader(environment, "annotate", uid, "--exact", "سد و دره 🌊", "--note", "یادداشت").returncode == 0
    assert b"38 million" in reader(environment, "search", "2013").stdout
    exported = reader(environment, "export").stdout
    assert json.loads(exported)["annotations"][0]["note"] == "یادداشت"
    second = {**environment, "PASSAGE_LIBRARY": str(tmp_path / "second.sqlite")}
    assert reader(second, "import", "-", stdin=exported).returncode == 0
    assert reader(second, "export").stdout == exported


def test_output_survives_a_terminal_that_knows_little(environment: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("سد و دره\n", "utf-8")
    poor = {**environment, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    added = reader(poor, "add", path)
    assert added.returncode == 0, added.stderr
    uid = added.stdout.split(b"\t")[0].decode()
    assert reader(poor, "text", uid).stdout.decode() == "سد و دره\n"
    assert json.loads(reader(poor, "list", "--json").stdout)[0]["title"] == "سد و دره"


def test_a_reader_that_goes_away_is_no_error(environment: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("line\n" * 100_000, "utf-8")
    words = [sys.executable, "-m", "reader", "text", str(path)]
    with subprocess.Popen(words, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        assert running.stdout.read(5) == b"line\n"
        running.stdout.close()
        assert running.stderr.read() == b""


COMMANDS = [
    ["--help"],
    ["--version"],
    ["add", "{file}"],
    ["list"],
    ["list", "--json"],
    ["text", "{file}"],
    ["annotations", "--query", "x"],
    ["search", "x"],
    ["tags"],
    ["export"],
    ["history"],
    ["check"],
    ["undo"],
    ["nonsense"],
]


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_a_command_without_a_window_never_imports_qt(
    environment: dict[str, str], tmp_path: Path, arguments: list[str]
) -> None:
    path = tmp_path / "a.html"
    path.write_text("<h1>Title</h1><p>x y z", "utf-8")
    words = [word.format(file=path) for word in arguments]
    code = (
        f"import sys; sys.argv[1:] = {words!r}\nfrom reader.__main__ import main\nstatus = main()\n"
        "loaded = {name.partition('.')[0] for name in sys.modules}\n"
        "sys.exit(99 if loaded & {'PySide6', 'shiboken6'} else status)"
    )
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, timeout=60, check=False)
    assert done.returncode == (2 if arguments == ["nonsense"] else 0), done.stderr


def test_a_second_start_hands_its_files_over_and_imports_next_to_nothing(
    environment: dict[str, str], tmp_path: Path
) -> None:
    library = environment["PASSAGE_LIBRARY"]
    path = tmp_path / "a.txt"
    path.write_text("text", "utf-8")
    taken: list[handover.Request] = []

    def window(listener: socket) -> None:
        connection, _ = listener.accept()
        with connection:
            data = b""
            while (request := handover.decode(data)) is None:
                data += connection.recv(4096)
            taken.append(request)
            connection.sendall(handover.answer(request, library))

    with socket(AF_UNIX) as listener:
        listener.bind(handover.address(library))
        listener.listen()
        thread = threading.Thread(target=window, args=[listener])
        thread.start()
        code = (
            f"import sys; before = set(sys.modules); sys.argv[1:] = [{path.name!r}]\n"
            "from reader.__main__ import main\nstatus = main()\n"
            "print(' '.join(sorted(set(sys.modules) - before)))\nsys.exit(status)"
        )
        done = subprocess.run(
            [sys.executable, "-c", code], env=environment, cwd=tmp_path, capture_output=True, timeout=60, check=False
        )
        thread.join()
    assert done.returncode == 0, done.stderr
    assert taken[0].files == (str(path),)
    loaded = set(done.stdout.decode().split())
    assert loaded <= {"__future__", "_socket", "reader", "reader.__main__", "reader.handover", "reader.places", "zlib"}


def test_a_window_that_does_not_answer_is_reported(environment: dict[str, str], tmp_path: Path) -> None:
    library = environment["PASSAGE_LIBRARY"]
    with socket(AF_UNIX) as listener:
        listener.bind(handover.address(library))
        listener.listen()
        code = (
            "import sys; sys.argv[1:] = []\nfrom reader import handover\n"
            "handover.hand_over.__kwdefaults__['patience'] = 0.05\n"
            "from reader.__main__ import main\nsys.exit(main())"
        )
        done = subprocess.run(
            [sys.executable, "-c", code], env=environment, capture_output=True, timeout=60, check=False
        )
    assert done.returncode == 1
    assert b"does not answer" in done.stderr


def test_files_that_are_not_there_are_named(environment: dict[str, str], tmp_path: Path) -> None:
    done = reader(environment, "nowhere.txt")
    assert (done.returncode, done.stdout) == (2, b"")
    assert "There is no file or command called “nowhere.txt”" in done.stderr.decode()


def test_no_display_is_told_in_a_sentence(environment: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "list"
    path.write_text("text", "utf-8")
    done = reader(environment, path)
    assert done.returncode == 1
    assert done.stderr.decode().count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "window"),
    [
        ([], ("", [])),
        (["a.txt", "b.txt"], ("", ["a.txt", "b.txt"])),
        (["--library", "l", "a.txt"], ("l", ["a.txt"])),
        (["--library=l"], ("l", [])),
        (["a.txt", "list"], ("", ["a.txt", "list"])),
        (["./list"], ("", ["./list"])),
        (["--", "list", "-x"], ("", ["list", "-x"])),
        (["list"], None),
        (["--library", "l", "export", "-o", "x"], None),
        (["--help"], None),
        (["--library"], None),
        (["--nonsense"], None),
        (["a.txt", "--json"], None),
    ],
)
def test_a_window_or_a_command(arguments: list[str], window: tuple[str, list[str]] | None) -> None:
    assert window_arguments(arguments) == window


@pytest.mark.parametrize("words", [["a.txt"], ["demo", "--out", "pictures"]], ids=" ".join)
@pytest.mark.parametrize(
    ("raised", "said"),
    [
        ("ImportError('libEGL.so.1: cannot open shared object file')", "is missing, libEGL.so.1; install its package"),
        ("ModuleNotFoundError('No module named PySide6')", "(No module named PySide6); install Passage again"),
    ],
)
def test_what_is_missing_is_told_in_a_sentence(
    environment: dict[str, str], tmp_path: Path, words: list[str], raised: str, said: str
) -> None:
    (tmp_path / "a.txt").write_text("text", "utf-8")
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "PySide6.py").write_text(f"raise {raised}\n", "utf-8")
    path = f"{tmp_path / 'broken'}{os.pathsep}{ROOT}"
    broken = {**environment, "PYTHONPATH": path, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-m", "reader", *words]
    done = subprocess.run(command, env=broken, cwd=tmp_path, capture_output=True, timeout=60, check=False)
    assert (done.returncode, done.stdout) == (1, b"")
    assert said in done.stderr.decode()
    assert done.stderr.count(b"\n") == 1


FAULT = """
import sys
from reader.services.documents import Documents
def broken(self, **_): raise ValueError("a\\nb")
Documents.list = broken
sys.argv[1:] = ["list"]
from reader.__main__ import main
sys.exit(main())
"""


@pytest.mark.parametrize("debug", ["", "1"])
def test_a_fault_is_a_sentence_and_a_traceback_only_when_asked_for(environment: dict[str, str], debug: str) -> None:
    asked = {**environment, "PASSAGE_DEBUG": debug}
    done = subprocess.run([sys.executable, "-c", FAULT], env=asked, capture_output=True, timeout=60, check=False)
    lines = done.stderr.decode().splitlines()
    assert done.returncode == 1
    assert "This is a fault of Passage itself (ValueError: a b); please report it" in lines[-1]
    assert (len(lines) > 1) == bool(debug)


@pytest.mark.skipif(sys.platform == "win32", reason="a shell of Unix closes the streams")
@pytest.mark.parametrize("words", ["list", "list --json", "export", "add -", "import -", "--help"])
def test_closed_streams_are_no_fault(environment: dict[str, str], words: str) -> None:
    command = f'"{sys.executable}" -m reader {words}'
    for closed in (">&-", "<&-", "2>&-", ">&- <&- 2>&-"):
        done = subprocess.run(
            ["sh", "-c", f"{command} {closed}"], env=environment, capture_output=True, timeout=60, check=False
        )
        assert done.returncode in (0, 1)
        assert b"fault" not in done.stderr
        assert b"Traceback" not in done.stderr
        assert done.stderr.count(b"\n") <= 1


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no full device")
@pytest.mark.parametrize("words", [["list"], ["list", "--json"], ["export"], ["--help"]], ids=" ".join)
def test_output_that_finds_no_room_is_told_in_a_sentence(
    environment: dict[str, str], tmp_path: Path, words: list[str]
) -> None:
    path = tmp_path / "a.txt"
    path.write_text("text", "utf-8")
    assert reader(environment, "add", path).returncode == 0
    command = [sys.executable, "-m", "reader", *words]
    with open("/dev/full", "wb") as full:
        done = subprocess.run(command, env=environment, stdout=full, stderr=subprocess.PIPE, timeout=60, check=False)
    assert (done.returncode, done.stderr.count(b"\n")) == (1, 1)
    assert b"No space left" in done.stderr


INTERRUPTED = """
import os, signal, sys, threading
from reader.services.documents import Documents
def waits(self, **_):
    os.kill(os.getpid(), signal.SIGINT)
    threading.Event().wait(20)
Documents.list = waits
sys.argv[1:] = ["list"]
from reader.__main__ import main
sys.exit(main())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals differ there")
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_ctrl_c_is_a_sentence_and_so_is_a_terminal_that_closes(environment: dict[str, str], name: str) -> None:
    script = INTERRUPTED.replace("SIGINT", name)
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, timeout=60, check=False)
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.decode().strip() == "Stopped; what was done until then is kept."


WRITER = """
import sys
from pathlib import Path
from reader.services.library import Library
library = Library.open(Path(sys.argv[1]))
(document,) = library.documents.list()
text = library.documents.open(document.uid).document.text
for number in range(40):
    library.annotate.highlight(document.uid, text, number, number + 3, note=sys.argv[2], tags=[f"t{number}"])
library.close()
"""


def test_two_processes_write_and_nothing_is_lost(environment: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("words " * 50, "utf-8")
    assert reader(environment, "add", path).returncode == 0
    library = environment["PASSAGE_LIBRARY"]
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, library, name], env=environment, stderr=subprocess.PIPE)
        for name in ("one", "two")
    ]
    for writer in writers:
        _, said = writer.communicate(timeout=60)
        assert (writer.returncode, said) == (0, b"")
    notes = [mark["note"] for mark in json.loads(reader(environment, "annotations", "--json").stdout)]
    assert (notes.count("one"), notes.count("two")) == (40, 40)
    assert reader(environment, "undo").returncode == 0
    assert len(json.loads(reader(environment, "annotations", "--json").stdout)) == 79
    checked = reader(environment, "check")
    assert (checked.returncode, checked.stderr) == (0, b"")
