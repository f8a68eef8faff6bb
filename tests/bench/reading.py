"""In the window, offscreen: jumps, finding, marking, scrolling, the list of annotations."""

import itertools
import sqlite3
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from reader.model.annotation import Color
from tests.bench.corpus import NEEDLE, library_with, prose, write_text
from tests.bench.marks import annotations
from tests.bench.measure import Row, ms, p95


@contextmanager
def window_on(folder: Path, size: int, marks: int = 0) -> "Iterator[tuple[object, object]]":
    """The whole window with one document open and painted: (window, application)."""
    import reader.app
    from reader.services.library import Library
    from reader.ui.main_window import MainWindow

    folder.mkdir(exist_ok=True)
    file = write_text(folder / "text.txt", size)
    uid = library_with(folder / "library.sqlite", file, marks)
    app = reader.app.application()
    library = Library.open(folder / "library.sqlite")
    window = MainWindow(library, app)
    window.session.open(uid)
    window.complete()
    window.show()
    settle(app)
    try:
        yield window, app
    finally:
        window.close()
        window.deleteLater()
        settle(app)
        library.close()


def settle(app) -> None:
    for _ in range(20):
        app.processEvents()


def press(window, app, key, modifiers=None, *, moves: bool = True) -> None:
    """One key to the text, and everything painted that follows from it."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    before = window.pane.top_position()
    QTest.keyClick(window.pane, key, modifiers or Qt.KeyboardModifier.NoModifier)
    if moves:
        window.pane.viewport().repaint()
    app.processEvents()  # paints what the key has touched
    assert not moves or window.pane.top_position() != before, "the key did nothing"


def keys_ms(window, app, key, modifiers, back: Callable[[], None], runs: int) -> float:
    times = []
    for _ in range(runs):
        back()
        settle(app)
        times.append(ms(lambda: press(window, app, key, modifiers)))
    return statistics.median(times)


def _page_down(window, app, runs: int) -> float:
    from PySide6.QtCore import Qt

    none = Qt.KeyboardModifier.NoModifier
    return keys_ms(window, app, Qt.Key.Key_PageDown, none, lambda: _afresh(window), runs)


def _jump(window, app, runs: int) -> float:
    from PySide6.QtCore import Qt

    control = Qt.KeyboardModifier.ControlModifier
    return keys_ms(window, app, Qt.Key.Key_End, control, lambda: _afresh(window), runs)


def _afresh(window) -> None:
    """The document as just opened, at its beginning: nothing of it is laid out but the first page."""
    window.session.open(window.session.uid)
    window.pane.go_to(0, flash=False)


def jump(place: Path, runs: int) -> Row:
    with window_on(place / "small", 10_000) as (window, app):
        floor = _page_down(window, app, runs * 3)
    with window_on(place / "large", 50_000_000) as (window, app):
        value = _jump(window, app, runs * 3)
    return Row("jump to the end, 50 MB (floor: page-down in 10 KB)", value, floor, "ms", 3)


def find(place: Path, runs: int) -> Row:
    with window_on(place / "three", 3_000_000) as (window, app):
        floor = _jump(window, app, runs * 3)
        value = statistics.median(_last_letter_ms(window, app) for _ in range(runs * 3))
    return Row("find in 3 MB: last letter to the hit near the end painted", value, floor, "ms", 2)


def _last_letter_ms(window, app) -> float:
    """All letters but the last are typed and answered, the view goes back to the top, and the last one is timed."""
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QLineEdit

    parts = window.complete()
    there = window.session.document.document.text.index(NEEDLE)
    _afresh(window)
    parts.finding.open()
    field = parts.find_bar.findChild(QLineEdit)
    field.clear()
    QTest.keyClicks(field, NEEDLE[:-1])
    _until(app, lambda: not window.tasks.busy())
    window.pane.go_to(0, flash=False)
    settle(app)
    bar = window.pane.verticalScrollBar()  # asking what is visible at each turn would take longer than the finding
    begin = time.perf_counter()
    QTest.keyClick(field, NEEDLE[-1])
    _until(app, lambda: bar.value() > 0)
    window.pane.viewport().repaint()
    taken = (time.perf_counter() - begin) * 1000
    assert window.pane.visible_range()[0] <= there < window.pane.visible_range()[1]
    parts.finding.close()
    settle(app)
    return taken


def _until(app, condition: Callable[[], bool]) -> None:
    """Wait as a window does: one that turns without rest keeps its workers from working."""
    from PySide6.QtCore import QEventLoop

    end = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < end, "it did not happen"
        app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents | QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def mark(place: Path, runs: int) -> Row:
    """The floor is a bare commit and the same lines painted again, which takes longer where the disk is quick."""
    from PySide6.QtCore import Qt

    times: list[float] = []
    floors: list[float] = []
    with window_on(place / "marked", 1_000_000, 10_000) as (window, app), bare_commits(place / "bare.sqlite") as commit:
        for turn in range(max(100, runs * 20)):
            start = window.pane.top_position() + turn * 97 % 1500  # all over the page, as one marks
            window.pane.select(start, start + 20)
            settle(app)
            times.append(ms(lambda: press(window, app, Qt.Key.Key_1, moves=False)))
            floors.append(ms(commit) + ms(lambda start=start: _painted_again(window, app, start)))
    return Row("mark made: key to committed and repainted, 10,000 marks, p95", p95(times), p95(floors), "ms", 3)


def _painted_again(window, app, start: int) -> None:
    window.pane.repaint_stretch(start, start + 20)
    app.processEvents()


@contextmanager
def bare_commits(path: Path) -> Iterator[Callable[[], object]]:
    """One SQLite commit of one row, with the library's pragmas and nothing else."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE mark (id INTEGER PRIMARY KEY, quote TEXT)")
    yield lambda: connection.execute("INSERT INTO mark (quote) VALUES (?)", ("a passage of forty code points, or so",))
    connection.close()


def _scroll(folder: Path, marks: int, runs: int) -> float:
    from PySide6.QtCore import Qt

    with window_on(folder, 1_000_000, marks) as (window, app):
        for _ in range(5):
            press(window, app, Qt.Key.Key_PageDown)
        return p95([ms(lambda: press(window, app, Qt.Key.Key_PageDown)) for _ in range(runs * 15)])


def scroll(place: Path, runs: int) -> Row:
    value, floor = _scroll(place / "marked", 10_000, runs), _scroll(place / "plain", 0, runs)
    return Row("scroll one page among 10,000 marks, p95 (floor: without)", value, floor, "ms", 1.5)


def _list_ms(app, rows: int, runs: int) -> float:
    from reader.ui.panels.annotations import AnnotationsPanel
    from reader.ui.theme import load_theme

    text = prose(200_000)
    spans = [(i % 190_000, i % 190_000 + 40, color) for i, color in zip(range(rows), itertools.cycle(Color))]
    marks = sorted(annotations("d", text, spans), key=lambda a: (a.anchor.start if a.anchor else 0, a.uid))
    times = []
    for _ in range(runs):
        panel = AnnotationsPanel()
        panel.set_theme(load_theme("light"))
        panel.resize(322, 780)
        panel.show()
        settle(app)
        begin = time.perf_counter()
        panel.set_annotations(marks)
        panel.repaint()
        app.processEvents()
        times.append((time.perf_counter() - begin) * 1000)
        panel.close()
        panel.deleteLater()
        settle(app)
    return statistics.median(times)


def annotation_list(place: Path, runs: int) -> Row:
    import reader.app

    app = reader.app.application()
    value, floor = _list_ms(app, 100_000, runs), _list_ms(app, 100, runs)
    return Row("list of 100,000 annotations to first paint (floor: 100 rows)", value, floor, "ms", 2)


MEASURES = {"jump": jump, "find": find, "mark": mark, "scroll": scroll, "list": annotation_list}
