"""Books: adding one and a thousand, opening one, and scrolling through its pictures."""

import json
import os
import time
import zipfile
from pathlib import Path

from reader.services.library import Library
from tests.bench.books import picture, write_book
from tests.bench.measure import Row, child, ms, p95, paired
from tests.bench.reading import settle
from tests.bench.start import opened_ms

BOOKS = 1000


def add_book(place: Path, runs: int) -> Row:
    """A book of 3 MB in 60 chapters, the worker already running; the floor unzips it and parses each chapter."""
    turns = min(max(runs, 3), 7)
    books = [write_book(place / f"{turn}.epub", 3_000_000, 60, seed=turn) for turn in range(turns + 2)]
    library = Library.open(place / "library.sqlite")
    pending = iter(books)

    def ours() -> float:
        file = next(pending)
        taken = ms(lambda: results.extend(library.adding.add([file])))
        assert [result.status for result in results] == ["added"], results[0].reason
        results.clear()
        return taken

    results: list = []
    write_book(place / "first.epub", 20_000, 2, seed=99)
    list(library.adding.add([place / "first.epub"]))
    value, floor = paired(ours, lambda: ms(lambda: _bare_parse(books[0])), turns)
    library.close()
    return Row("add an EPUB of 3 MB in 60 chapters (floor: unzip, parse)", value, floor, "ms", 3)


def _bare_parse(file: Path) -> int:
    from selectolax.lexbor import LexborHTMLParser

    nodes = 0
    with zipfile.ZipFile(file) as archive:
        for name in archive.namelist():
            data = archive.read(name)
            if name.endswith("html"):
                nodes += LexborHTMLParser(data).body is not None
    return nodes


def _book_and_text(place: Path) -> tuple[str, str]:
    """A library in `place` with a book and a text of the same words; their uids."""
    library = Library.open(place / "library.sqlite")
    (book,) = library.adding.add([write_book(place / "book.epub", 3_000_000, 60)])
    assert book.document, book.reason
    words = library.documents.open(book.document.uid).document.text
    (place / "text.txt").write_text(words.replace("\n", "\n\n"), encoding="utf-8")
    (text,) = library.adding.add([place / "text.txt"])
    assert text.document
    for uid in (book.document.uid, text.document.uid):
        library.documents.opened(uid)
    library.close()
    return book.document.uid, text.document.uid


def open_book(place: Path, runs: int) -> Row:
    """In a running window: from the click on a document to its page painted."""
    import reader.app
    from reader.ui.main_window import MainWindow

    uids = _book_and_text(place)
    app = reader.app.application()
    library = Library.open(place / "library.sqlite")
    window = MainWindow(library, app)
    window.session.open(uids[1])
    window.complete()
    window.show()
    settle(app)

    def opened(uid: str) -> float:
        taken = ms(lambda: (window.session.open(uid), window.pane.viewport().repaint(), app.processEvents()))
        settle(app)
        return taken

    value, floor = paired(lambda: opened(uids[0]), lambda: opened(uids[1]), runs * 2)
    window.close()
    window.deleteLater()
    settle(app)
    library.close()
    return Row("open a book of 3 MB, 60 chapters (floor: its words as text)", value, floor, "ms", 1.3)


def start_book(place: Path, runs: int) -> Row:
    _book_and_text(place)
    book, text = place / "book.epub", place / "text.txt"
    value, floor = paired(lambda: opened_ms(place, book), lambda: opened_ms(place, text), runs)
    return Row("process start to its first painted page (floor: the text)", value, floor, "ms", 1.3)


BATCH = """
import gc, json, os, sys, time
cores, folder, place = int(sys.argv[1]), sys.argv[2], sys.argv[3]
os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:cores])
from pathlib import Path
from PySide6.QtCore import QTimer
import reader.app
from reader.services.library import Library
from reader.ui.main_window import MainWindow
app = reader.app.application()
library = Library.open(Path(place))
(result,) = library.adding.add([Path(folder, "0000.epub")])
assert result.document, result.reason
window = MainWindow(library, app)
window.session.open(result.document.uid)
parts = window.complete()
reader.app.resume_collector()
window.show()
for _ in range(20):
    app.processEvents()
ticks = []
def frame():
    ticks.append(time.perf_counter())
    if len(ticks) % 6 == 0:
        window.pane.viewport().repaint()
def watch():
    if not window.tasks.busy():
        timer.stop()
        app.quit()
timer = QTimer()
timer.setInterval(16)
timer.timeout.connect(frame)
timer.timeout.connect(watch)
begin = time.perf_counter()
parts.adding.add([Path(folder)])
timer.start()
app.exec()
taken = time.perf_counter() - begin
frames = sorted(b - a for a, b in zip(ticks, ticks[1:]))
print(json.dumps({
    "seconds": taken, "longest": 1000 * frames[-1], "late": sum(f > 0.05 for f in frames), "frames": len(frames),
    "documents": len(library.documents.list()),
}), flush=True)
window.close()
library.close()
"""


def batch(place: Path, runs: int) -> list[Row]:
    """A thousand books of 100 KB, on one core and on two, into a real window that paints ten times a second."""
    folder = place / "books"
    folder.mkdir()
    cover = [picture(220, 330, seed) for seed in range(10)]
    for number in range(BOOKS):
        write_book(folder / f"{number:04}.epub", 100_000, 6, seed=number, pictures=[cover[number % 10]])
    one, two = (_batch_on(cores, folder, place) for cores in (1, 2))
    gain = Row(
        f"add {BOOKS:,} EPUBs of 100 KB on two cores (floor: on one)", two["seconds"], one["seconds"], "s", 0.588
    )
    frame = Row("the longest frame meanwhile (floor: 50 ms)", two["longest"], 50.0, "ms", 1)
    return [gain, frame]


def _batch_on(cores: int, folder: Path, place: Path) -> dict[str, float]:
    """How one addition of the folder went in a process that has so many cores."""
    home = place / f"home-{cores}"
    home.mkdir()
    process = child(BATCH, cores, folder, home / "library.sqlite", home=home)
    said, _ = process.communicate(timeout=3600)
    told = json.loads(said.splitlines()[-1])
    assert told["documents"] == BOOKS, told
    return told


def scroll_pictures(place: Path, runs: int) -> Row:
    """By the wheel through a book with 200 pictures; a frame is all that the window does until the next is due."""
    pictures = (picture(800, 530, seed) for seed in range(200))
    book = write_book(place / "pictures.epub", 400_000, 20, pictures=pictures)
    plain = write_book(place / "plain.epub", 1_000_000, 20)
    value, floor = (_frames_p95(place / name, file) for name, file in (("a", book), ("b", plain)))
    return Row("scroll through 200 pictures, p95 of frames (floor: text)", value, floor, "ms", 1.5)


def _frames_p95(folder: Path, file: Path) -> float:
    import reader.app
    from reader.ui.main_window import MainWindow

    folder.mkdir()
    app = reader.app.application()
    library = Library.open(folder / "library.sqlite")
    (result,) = library.adding.add([file])
    assert result.document, result.reason
    window = MainWindow(library, app)
    window.session.open(result.document.uid)
    window.complete()
    window.show()
    settle(app)
    bar = window.pane.verticalScrollBar()
    frames: list[float] = []
    while bar.value() < bar.maximum() and len(frames) < 1200:
        frames.append(_frame(window, app, bar.value() + 120))
    window.close()
    window.deleteLater()
    settle(app)
    library.close()
    assert len(frames) > 100
    return p95(frames)


def _frame(window, app, value: int) -> float:
    """Milliseconds that the interface's thread works in one sixtieth of a second that begins with a scroll."""
    begin = time.perf_counter()
    window.pane.verticalScrollBar().setValue(value)
    window.pane.viewport().repaint()
    app.processEvents()
    busy = time.perf_counter() - begin
    while time.perf_counter() - begin < 1 / 60:
        time.sleep(0.001)
        turn = time.perf_counter()
        app.processEvents()
        busy += time.perf_counter() - turn
    return busy * 1000


MEASURES = {"add-book": add_book, "open-book": open_book, "start-book": start_book, "scroll-pictures": scroll_pictures}
if hasattr(os, "sched_setaffinity"):
    MEASURES["batch"] = batch
