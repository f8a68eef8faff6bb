"""From the start of a process to its first painted page; a second start."""

import statistics
import time
from pathlib import Path
from subprocess import Popen

from tests.bench.corpus import library_with, write_text
from tests.bench.measure import Row, child, paired, until_said

BARE = """
import sys, time, os
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QTextBrowser
class View(QTextBrowser):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, said)
def said():
    print(time.monotonic(), flush=True)
    os._exit(0)
app = QApplication(sys.argv[:1])
window, view = QMainWindow(), View()
view.setPlainText(open(sys.argv[1], encoding="utf-8").read())
window.setCentralWidget(view)
window.resize(1360, 850)
window.show()
app.exec()
"""
OURS = """
import gc, os, sys, time
gc.disable()  # as `reader.__main__` does before it loads the window
import reader.app
def painted(self):
    print(time.monotonic(), flush=True)
    os._exit(0)
reader.app.Starting._go_on = painted
from reader.__main__ import main
sys.argv[:1] = ["reader", "--library"]
main()
"""
RUNNING = """
import sys, time
import reader.app
listen = reader.app.Starting._listen
def ready(self):
    listen(self)
    self._window.pane.first_painted.connect(lambda: print(time.monotonic(), flush=True))
    print("ready", flush=True)
reader.app.Starting._listen = ready
from reader.__main__ import main
sys.argv[:1] = ["reader", "--library"]
main()
"""


def opened_ms(place: Path, file: Path) -> float:
    """Milliseconds from a start with a file of the library in `place` to its page."""
    return until_said(OURS, place / "library.sqlite", file, home=place)


def known_text(place: Path, name: str, size: int, marks: int = 0) -> tuple[Path, Path]:
    """A library with an invented text of so many letters; its folder, and the text's file."""
    folder = place / f"{name}-{marks}"
    folder.mkdir()
    file = write_text(folder / f"{name}.txt", size)
    library_with(folder / "library.sqlite", file, marks)
    return folder, file


def start_small(place: Path, runs: int) -> Row:
    folder, file = known_text(place, "small", 10_000)
    value, floor = paired(lambda: opened_ms(folder, file), lambda: until_said(BARE, file, home=folder), runs)
    return Row("process start to first painted page, 10 KB known", value, floor, "ms", 1.5)


def start_large(place: Path, runs: int) -> Row:
    large, small = known_text(place, "large", 50_000_000), known_text(place, "small", 10_000)
    value, floor = paired(lambda: opened_ms(*large), lambda: opened_ms(*small), runs)
    return Row("the same, 50 MB text (floor: 10 KB)", value, floor, "ms", 2)


def start_marked(place: Path, runs: int) -> Row:
    marked, plain = known_text(place, "marked", 500_000, 5_000), known_text(place, "plain", 500_000)
    value, floor = paired(lambda: opened_ms(*marked), lambda: opened_ms(*plain), runs)
    return Row("the same, 500 KB with 5,000 marks (floor: without)", value, floor, "ms", 1.2)


def second_start(place: Path, runs: int) -> Row:
    folder, first = known_text(place, "first", 10_000)
    second = write_text(folder / "second.txt", 10_000, seed=2)
    library_with(folder / "library.sqlite", second)
    window = child(RUNNING, folder / "library.sqlite", first, home=folder)
    try:
        assert window.stdout
        window.stdout.readline()
        times = [_handed_over(window, folder, (second, first)[turn % 2]) for turn in range(runs + 2)]
    finally:
        window.kill()
        window.communicate()
    floor = statistics.median(_pass(folder) for _ in range(runs))
    return Row("a second `reader FILE` until the window shows it", statistics.median(times[1:]), floor, "ms", 6)


HAND_OVER = """
import sys
from reader.__main__ import main
sys.argv[:1] = ["reader", "--library"]
sys.exit(main())
"""


def _handed_over(window: Popen[str], folder: Path, file: Path) -> float:
    begin = time.monotonic()
    process = child(HAND_OVER, folder / "library.sqlite", file, home=folder)
    assert window.stdout
    shown = float(window.stdout.readline())
    process.communicate()
    return (shown - begin) * 1000


def _pass(folder: Path) -> float:
    begin = time.monotonic()
    process = child("pass", home=folder)
    process.wait(10)
    process.stdout.close() if process.stdout else None
    return (time.monotonic() - begin) * 1000


MEASURES = {
    "start-small": start_small,
    "start-large": start_large,
    "start-marked": start_marked,
    "second-start": second_start,
}
