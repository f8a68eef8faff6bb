"""Documents with pages of fixed form, beside PDFium alone in one process: the same pages at the same scale."""

import itertools
import statistics
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from reader.services.library import Library
from tests.bench.bare_pages import Bare, is_sharp
from tests.bench.corpus import write_text
from tests.bench.documents import _frame
from tests.bench.measure import Row, child, ms, p95, paired, until_said
from tests.bench.papers import long_paper, write_hard_paper, write_paper
from tests.bench.reading import settle
from tests.bench.start import BARE

FRAME = 1000 / 60
LOOK, REPEAT = 0.15, 1 / 30
"""Seconds between keys: of one who looks at each page, and of a key that is held down."""

FLOOR = """
import sys, time
from tests.bench.bare_pages import Bare
bare = Bare(sys.argv[1])
bare.draw(0, float(sys.argv[2]))
print(time.monotonic(), flush=True)
"""
WATCHED = """
import os, sys, time
import reader.early
begin = reader.early.begin
def begun(*arguments):
    # The window is loaded after this, as it is where nobody looks on.
    result = begin(*arguments)
    import reader.app
    go_on = reader.app.Starting._go_on
    def painted(self):
        global timer, QTimer, is_sharp
        from PySide6.QtCore import QTimer
        from tests.bench.bare_pages import is_sharp
        timer = QTimer()
        timer.timeout.connect(lambda: watch(self._window))
        timer.start(1)
        watch(self._window)
        go_on(self)
    reader.app.Starting._go_on = painted
    return result
reader.early.begin = begun
def watch(window):
    if is_sharp(window):
        window.pane.viewport().repaint()
        timer.stop()
        sharp(window)
"""
BEGIN = """
from reader.__main__ import main
sys.argv[:1] = ["reader", "--library"]
main()
"""
SAID = """
def sharp(window):
    print({}, flush=True)
    os._exit(0)
"""
OURS = WATCHED + SAID.format("time.monotonic()") + BEGIN
SCALE = WATCHED + SAID.format("window.pane.view.page_flow.scale") + BEGIN


def _known(place: Path) -> tuple[Path, str]:
    """A library in `place` that has the long paper; the document's uid."""
    file = long_paper()
    library = Library.open(place / "library.sqlite")
    (result,) = library.adding.add([file])
    assert result.document, result.reason
    library.documents.opened(result.document.uid)
    library.close()
    return file, result.document.uid


@contextmanager
def _window_on(place: Path, uid: str) -> Iterator[tuple[object, object]]:
    import reader.app
    from reader.ui.main_window import MainWindow

    app = reader.app.application()
    library = Library.open(place / "library.sqlite")
    window = MainWindow(library, app)
    window.session.open(uid)
    window.complete()
    window.show()
    _until_sharp(window, app)
    _quiet(app)
    try:
        yield window, app
    finally:
        window.close()
        window.deleteLater()
        settle(app)
        library.close()


def _until_sharp(window, app) -> None:
    """Waits as an event loop does: one that is always awake keeps the other threads from their work."""
    from PySide6.QtCore import QEventLoop, QTimer

    watch = QTimer()
    watch.start(20)
    end = time.monotonic() + 30
    while not is_sharp(window):
        assert time.monotonic() < end, "the page was not drawn"
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    window.pane.viewport().repaint()


def _quiet(app, seconds: float = 0.3) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        app.processEvents()
        time.sleep(0.001)


def open_pages(place: Path, runs: int) -> Row:
    """From the start of a process; allowed are twice PDFium's own, and the start of a bare window."""
    file, _ = _known(place)
    text = write_text(place / "small.txt", 10_000)
    scale = _scale(place, file)

    def ours() -> float:
        return until_said(OURS, place / "library.sqlite", file, home=place)

    def allowed() -> float:
        return 2 * until_said(FLOOR, file, scale, home=place) + until_said(BARE, text, home=place)

    value, floor = paired(ours, allowed, runs)
    return Row("open 1,500 pages to sharp (floor: 2 x PDFium + bare window)", value, floor, "ms", 1)


def _scale(place: Path, file: Path) -> float:
    process = child(SCALE, place / "library.sqlite", file, home=place)
    said, _ = process.communicate(timeout=60)
    return float(said)


def page_down(place: Path, runs: int) -> list[Row]:
    """Keys that bring a page that was not seen: with a look at each page, and as a key repeats that is held down.

    PDFium alone draws the same pages later, one after each such pause.
    """
    file, uid = _known(place)
    found: dict[float, list[tuple[float, list[int]]]] = {LOOK: [], REPEAT: []}
    with _window_on(place, uid) as (window, app):
        scale = window.pane.view.page_flow.scale * window.pane.devicePixelRatioF()
        for _ in range(max(12, runs * 4)):
            for pause in (LOOK, *[REPEAT] * 5):
                _quiet(app, pause)
                found[pause].append(_page_down(window, app))
    bare = Bare(file)
    bare.draw(0, scale)
    rows: list[Row] = []
    for how, pause in (("", LOOK), ("held down, ", REPEAT)):
        keys = [(taken, new) for taken, new in found[pause] if new]
        floor = [sum(_alone(bare, page, scale, pause) for page in new) for _, new in keys]
        rows.append(Row(f"page-down {how}to sharp, p95", p95(taken for taken, _ in keys), p95(floor), "ms", 1.5))
    bare.close()
    return rows


def _alone(bare: Bare, page: int, scale: float, pause: float) -> float:
    time.sleep(pause)
    return ms(lambda: bare.draw(page, scale))


def _page_down(window, app) -> tuple[float, list[int]]:
    """Milliseconds from the key until all is sharp on the screen, and the pages that came."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    pane = window.pane
    flow, height = pane.view.page_flow, pane.viewport().height()
    before = flow.pages_between(0, height)

    def key() -> None:
        QTest.keyClick(pane, Qt.Key.Key_PageDown)
        _until_sharp(window, app)

    taken = ms(key)
    return taken, [page for page in flow.pages_between(0, height) if page not in before]


def jump_to_last(place: Path, runs: int) -> Row:
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    file, uid = _known(place)
    other = write_paper(place / "other.pdf", 2, seed=7)
    library = Library.open(place / "library.sqlite")
    (result,) = library.adding.add([other])
    library.close()
    assert result.document, result.reason
    ours, floor = [], []
    with _window_on(place, uid) as (window, app):
        scale = window.pane.view.page_flow.scale * window.pane.devicePixelRatioF()
        control = Qt.KeyboardModifier.ControlModifier

        def jump() -> None:
            QTest.keyClick(window.pane, Qt.Key.Key_End, control)
            _until_sharp(window, app)

        for _ in range(runs * 2):
            for one in (result.document.uid, uid):
                window.session.open(one)
                window.pane.go_to(0, flash=False)
                _until_sharp(window, app)
                _quiet(app)
            ours.append(ms(jump))
            assert window.pane.page_at_top() == len(window.session.document.document.sheets) - 1
            bare = Bare(file)
            bare.draw(0, scale)
            # Its last page alone is less than what a window shows there.
            floor.append(ms(lambda bare=bare: bare.draw(bare.pages - 1, scale)))
            bare.close()
    return Row("jump to the last of 1,500 pages, to sharp", statistics.median(ours), statistics.median(floor), "ms", 2)


def text_of_pages(place: Path, runs: int) -> Row:
    """Into a library whose worker runs already."""
    file, first = long_paper(), write_paper(place / "first.pdf", 2, seed=9)
    turns = itertools.count()

    def ours() -> float:
        library = Library.open(place / f"library-{next(turns)}.sqlite")
        list(library.adding.add([first]))
        taken = ms(lambda: results.extend(library.adding.add([file])))
        library.close()
        assert results.pop().status == "added"
        return taken

    def floor() -> float:
        bare = Bare(file)
        taken = ms(bare.text)
        bare.close()
        return taken

    results: list = []
    value, bottom = paired(ours, floor, min(runs, 5))
    return Row("text of 1,500 pages into the library", value, bottom, "ms", 1.3)


def scroll_hard_pages(place: Path, runs: int) -> Row:
    """All that the window does in a frame, while pages that take a second each are drawn."""
    file = write_hard_paper(place / "hard.pdf", pages=8)
    library = Library.open(place / "library.sqlite")
    (result,) = library.adding.add([file])
    library.close()
    assert result.document, result.reason
    frames: list[float] = []
    with _window_on(place, result.document.uid) as (window, app):
        window.pane.go_to(0, flash=False)
        for _ in range(runs):
            frames += _up_and_down(window, app)
    return Row("scroll while a hard page is drawn, longest (floor: a frame)", max(frames), FRAME, "ms", 1)


def _up_and_down(window, app) -> Sequence[float]:
    bar = window.pane.verticalScrollBar()
    down = range(0, bar.maximum(), 60)
    return [_frame(window, app, value) for value in (*down, *reversed(down))]


MEASURES = {
    "pdf-open": open_pages,
    "pdf-page-down": page_down,
    "pdf-jump": jump_to_last,
    "pdf-text": text_of_pages,
    "pdf-scroll": scroll_hard_pages,
}
