"""Memory of the window and its processes with a document open, beside a bare window.

Looked at from outside, four seconds after the last thing was done, as looking takes some memory itself. A page of a
library's file that several of the processes have mapped is counted once. PSS would share it with every other program
that runs just now, and tell something else each time.
"""

import re
import statistics
from collections import Counter
from pathlib import Path

import psutil

from tests.bench.measure import Row, child
from tests.bench.pages import WATCHED, _known
from tests.bench.start import known_text

BUDGET = 96
"""Megabytes of pictures of pages that the window keeps where nobody has set another amount."""
_MAPPING = re.compile(r"[0-9a-f]+-[0-9a-f]+ \S+ \S+ \S+ \d+\s*(.*)")
_KILOBYTES = 1024

READY = """
import sys
def ready():
    print("ready", flush=True)
"""
BARE = (
    READY
    + """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QTextBrowser
app = QApplication(sys.argv[:1])
window, view = QMainWindow(), QTextBrowser()
view.setPlainText("hello, reader " * 40)
window.setCentralWidget(view)
window.resize(1360, 850)
window.show()
QTimer.singleShot(4000, ready)
app.exec()
"""
)
BEGIN = """
from reader.__main__ import main
sys.argv[:1] = ["reader", "--library"]
main()
"""
OURS = (
    READY
    + """
import reader.app
from PySide6.QtCore import QTimer
app = reader.app.application()
QTimer.singleShot(4000, ready)
"""
    + BEGIN
)
SCROLLED = (
    WATCHED
    + READY
    + """
def scroll(window):
    bar = window.pane.verticalScrollBar()
    if scroll.left and is_sharp(window):
        scroll.left -= 1
        bar.setValue(bar.value() + window.pane.viewport().height())
    if not scroll.left:
        scroller.stop()
        QTimer.singleShot(4000, ready)
scroll.left = 60
def sharp(window):
    global scroller
    scroller = QTimer()
    scroller.timeout.connect(lambda: scroll(window))
    scroller.start(20)
"""
    + BEGIN
)


def held_mb(pid: int) -> float:
    """Megabytes that a process and those it started hold."""
    own, of_files = 0, Counter[str]()
    for process in (psutil.Process(pid), *psutil.Process(pid).children(recursive=True)):
        files = _of_files(process.pid)
        own += files.pop("", 0)
        of_files |= files
    return (own + of_files.total()) / _KILOBYTES


def _of_files(pid: int) -> Counter[str]:
    """Kilobytes of each file that are in memory for a process; under the empty name what is its own alone."""
    found, name = Counter[str](), ""
    for line in Path(f"/proc/{pid}/smaps").read_text(encoding="utf-8").splitlines():
        if mapping := _MAPPING.match(line):
            name = mapping[1] if mapping[1].startswith("/") else ""
        elif line.startswith("Rss:"):
            found[name] += int(line.split()[1])
        elif line.startswith("Anonymous:") and name:
            found[name] -= int(line.split()[1])
            found[""] += int(line.split()[1])
    return found


def _held(code: str, *args: object, home: Path) -> float:
    """What a program holds once it says that it is ready."""
    process = child(code, *args, home=home)
    assert process.stdout
    try:
        assert process.stdout.readline() == "ready\n"
        return held_mb(process.pid)
    finally:
        process.terminate()
        process.communicate()


def text(place: Path, runs: int) -> Row:
    folder, file = known_text(place, "three", 3_000_000)
    runs = min(runs, 3)
    value = statistics.median(_held(OURS, folder / "library.sqlite", file, home=folder) for _ in range(runs))
    floor = statistics.median(_held(BARE, home=folder) for _ in range(runs))
    return Row("memory with a 3 MB document open", value, floor, "MB", 1.6)


def pages(place: Path, runs: int) -> Row:
    """Window and worker, after 60 windows were looked through; allowed: 1.5 times a bare window, and the pictures."""
    file, _ = _known(place)
    runs = min(runs, 3)
    value = statistics.median(_held(SCROLLED, place / "library.sqlite", file, home=place) for _ in range(runs))
    allowed = 1.5 * statistics.median(_held(BARE, home=place) for _ in range(runs)) + BUDGET
    return Row("memory, 1,500 pages (floor: 1.5 x bare + tiles)", value, allowed, "MB", 1)


MEASURES = {"memory": text, "pdf-memory": pages}
