"""No socket but the local ones of the display and of the handing over, whatever a document asks for."""

import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from reader.resources import samples
from reader.services.library import Library

PAGE = """<html><head><link rel=stylesheet href="http://192.0.2.1/a.css"><script src="http://192.0.2.1/a.js"></script>
<meta http-equiv=refresh content="0; url=http://192.0.2.1/"><base href="http://192.0.2.1/"></head>
<body background="http://192.0.2.1/b.png"><p>The dam was not built. <img src="http://192.0.2.1/c.png">
<img src="//192.0.2.1/d.png" srcset="http://192.0.2.1/e.png 2x"><a href="http://192.0.2.1/">more</a></p>
<iframe src="http://192.0.2.1/f"></iframe><object data="http://192.0.2.1/g"></object></body></html>"""


def test_the_guard_holds_here_and_in_what_is_started() -> None:
    with socket.socket() as reaching, pytest.raises(AssertionError, match="network"):
        reaching.connect(("127.0.0.1", 9))
    with socket.socket() as waiting, pytest.raises(AssertionError, match="network"):
        waiting.bind(("127.0.0.1", 0))
    with pytest.raises(AssertionError, match="another computer"):
        socket.getaddrinfo("localhost", 80)
    words = "import socket; socket.socket().connect(('127.0.0.1', 9))"
    started = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=False)
    assert "reached for the network" in started.stderr


WINDOW = """
import sys
import reader.app as app
from PySide6.QtCore import QTimer

class Hand:
    def __init__(self, window):
        self.window, self.parts, self.session = window, window.complete(), window.session
        self.files = [app.Path(name) for name in sys.argv[2:]]
        self.parts.adding.add(self.files)
        self.window.tasks.idle.connect(self.idle)
    def idle(self):
        self.window.tasks.idle.disconnect(self.idle)
        self.left = [row.uid for row in self.session.library.documents.list()]
        assert len(self.left) == len(self.files), self.left
        self.next()
    def next(self):
        if not self.left:
            self.window.close()
            return
        uid = self.left.pop()
        assert self.session.open(uid)
        text = self.session.document.document.text
        self.session.perform(lambda: self.session.library.annotate.highlight(uid, text, 0, 8, note="x"))
        QTimer.singleShot(200, self.next)

def go_on(self, go_on=app.Starting._go_on):
    go_on(self)
    self.hand = Hand(self._window)

app.Starting._go_on = go_on
sys.exit(app.run(app.Path(sys.argv[1]), []))
"""


def documents(folder: Path) -> list[str]:
    """One file of each kind that there is a sample of, and a page that asks for everything."""
    kinds = {path.suffix: path for path in sorted(samples().iterdir()) if path.is_file()}
    page, note = folder / "page.html", folder / "note.md"
    page.write_text(PAGE, "utf-8")
    note.write_text("![map](http://192.0.2.1/map.png) <img src='http://192.0.2.1/'> [more](ftp://192.0.2.1)", "utf-8")
    return [str(path) for path in (page, note, *kinds.values())]


def environment(folder: Path) -> dict[str, str]:
    own = {name: str(folder) for name in ("XDG_RUNTIME_DIR", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")}
    return os.environ | own | {"QT_QPA_PLATFORM": "offscreen"}


TRACED = ("strace", "-o", os.devnull, "true")


def runs(*command: str) -> bool:
    """Whether this system has the program, and lets it do its work here."""
    there = shutil.which(command[0]) is not None
    return there and not subprocess.run(command, capture_output=True, check=False).returncode


def all_is_there(path: Path, count: int) -> None:
    library = Library.open(path)
    marks = [library.annotate.of_document(row.uid) for row in library.documents.list()]
    library.close()
    assert [len(of_one) for of_one in marks] == [1] * count


def test_the_window_opens_no_socket_but_local_ones(tmp_path: Path) -> None:
    """Every system call about sockets, of the window and of each process that it starts."""
    if not runs(*TRACED):
        pytest.skip("no strace, or it may not trace here")
    calls, library, files = tmp_path / "calls", tmp_path / "library.sqlite", documents(tmp_path)
    trace = ["strace", "-f", "-qq", "-e", "trace=socket,connect,bind,sendto,sendmsg", "-o", str(calls)]
    command = [*trace, sys.executable, "-c", WINDOW, str(library), *files]
    done = subprocess.run(command, env=environment(tmp_path), capture_output=True, text=True, timeout=100, check=False)
    assert done.returncode == 0, done.stderr
    all_is_there(library, len(files))
    families = set(re.findall(r"\bsocket\((\w+)|sa_family=(\w+)", calls.read_text()))
    assert {first or second for first, second in families} == {"AF_UNIX"}


def test_the_window_does_all_its_work_without_a_network(tmp_path: Path, long: bool) -> None:
    if runs(*TRACED) and not long:
        pytest.skip("each of its calls was looked at already")
    if not runs("unshare", "-n", "true"):
        pytest.skip("no name space of its own for the network here")
    library, files = tmp_path / "library.sqlite", documents(tmp_path)
    command = ["unshare", "-n", sys.executable, "-c", WINDOW, str(library), *files]
    done = subprocess.run(command, env=environment(tmp_path), capture_output=True, text=True, timeout=100, check=False)
    assert done.returncode == 0, done.stderr
    all_is_there(library, len(files))
