"""The workspace as a page of the window, offscreen: until rows are painted."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from reader.services.library import Library
from reader.text.filter_words import parse
from tests.bench.measure import Row, median_ms, ms, p95, paired
from tests.bench.reading import settle
from tests.bench.workspace import BARE_QUERY, FACETS, MARKS, QUERIES, library_of


@contextmanager
def window_on(library: Library) -> "Iterator[tuple[object, object]]":
    """The whole window on a library, painted, with nothing open."""
    import reader.app
    from reader.ui.main_window import MainWindow

    app = reader.app.application()
    window = MainWindow(library, app)
    window.resize(1360, 860)
    window.complete()
    window.show()
    settle(app)
    try:
        yield window, app
    finally:
        window.close()
        window.deleteLater()
        settle(app)


def painted(window, app, asked: Callable[[], object], *, whole: bool = True) -> None:
    """Ask, and wait until the rows of the answer are read and painted; of a beginning, where it need not be `whole`."""
    asked()
    page = window.workspace
    model, viewport = page.list.model, page.list.table.viewport()
    begin = time.perf_counter()
    while time.perf_counter() - begin < 30:
        take_turn(app)
        answered = page.inquiry.whole and not page.inquiry.asking() if whole else model.lines.count
        if answered and all(model.row_of(model.row_id(line)) for line in in_view(page.list.table)):
            viewport.repaint()
            return
    raise AssertionError("the rows did not come")


def in_view(table) -> range:
    """The lines that are on the screen."""
    last = table.rowAt(table.viewport().height() - 1)
    return range(max(table.rowAt(0), 0), (last if last >= 0 else table.list.lines.count - 1) + 1)


def first_paint(place: Path, runs: int) -> Row:
    """From the key to the first rows on the screen; the floor is the same with 100 annotations."""
    many, few = library_of(place / "many.sqlite", MARKS), library_of(place / "few.sqlite", 100, count=1)

    def show(library: Library) -> float:
        with window_on(library) as (window, app):
            return ms(lambda: painted(window, app, window.show_workspace, whole=False))

    show(few)
    value, floor = paired(lambda: show(many), lambda: show(few), max(runs, 5))
    many.close()
    few.close()
    return Row("workspace in the window: first paint of 100,000, of 100", value, floor, "ms", 2)


def typed_key(place: Path, runs: int) -> Row:
    """A key in the filter until its rows are painted; the floor is the same with 100 annotations, and FTS5 on all."""
    many, few = library_of(place / "many.sqlite", MARKS), library_of(place / "few.sqlite", 100, count=1)
    bare = sqlite3.connect(place / "many.sqlite")
    ours, floors = (keys(library, max(1, runs // 3)) for library in (many, few))
    matches = [" ".join(f'"{word}"*' for word in typed.split()) for typed in typings(1)]
    queries = [ms(lambda match=match: bare.execute(BARE_QUERY, (match,)).fetchall()) for match in matches]
    bare.close()
    many.close()
    few.close()
    floor = p95(floors) + p95(queries)
    return Row("workspace in the window: key in the filter to paint, p95", p95(ours), floor, "ms", 2)


def typings(runs: int) -> list[str]:
    """What stands in the filter after each key; a blank asks for nothing else."""
    words = [query[:length] for query in QUERIES * runs for length in range(1, len(query) + 1)]
    return [typed for typed in words if not typed.endswith(" ")]


def keys(library: Library, runs: int) -> list[float]:
    """Milliseconds from each key to its rows on the screen."""
    with window_on(library) as (window, app):
        painted(window, app, window.show_workspace)
        page = window.workspace
        times: list[float] = []
        for typed in typings(runs):
            until_calm(page, app)
            times.append(ms(lambda typed=typed: painted(window, app, lambda: page.filter.field.set_text(typed))))
        return times


def facet_click(place: Path, runs: int) -> Row:
    """A category chosen until rows and counts are painted; the floor is one GROUP BY for each facet in SQL."""
    library = library_of(place / "library.sqlite", MARKS)
    bare = sqlite3.connect(place / "library.sqlite")
    here = "a.document_id IN (SELECT id FROM document WHERE visible = 1 AND removed = '') AND a.color = 'orange'"

    def count() -> None:
        for column in FACETS:
            bare.execute(f"SELECT {column}, count(*) FROM annotation AS a WHERE {here} GROUP BY 1").fetchall()
        joined = "annotation_tag AS l JOIN annotation AS a ON a.id = l.annotation_id"
        bare.execute(f"SELECT l.tag_id, count(*) FROM {joined} WHERE {here} GROUP BY 1").fetchall()

    with window_on(library) as (window, app):
        painted(window, app, window.show_workspace)
        page, part = window.workspace, parse("color:orange")

        def click() -> None:
            painted(window, app, lambda: page.inquiry.ask_for(part))
            until_calm(page, app)

        def back() -> None:
            page.inquiry.ask_for(parse(""))
            until_calm(page, app)

        until_calm(page, app)
        value = median_ms(click, max(runs, 3), before=back)
    floor = median_ms(count, max(runs, 3))
    bare.close()
    library.close()
    return Row("workspace in the window: facet click to paint, bare counts", value, floor, "ms", 3)


def until_calm(page, app) -> None:
    """Until nothing is asked any more, and what was answered is painted."""
    while page.inquiry.busy() or page.list.reader.busy():
        take_turn(app)
    app.processEvents()


def take_turn(app) -> None:
    """Do what has arrived, and rest as a window does that waits: one that only turns keeps its workers from working."""
    app.processEvents()
    time.sleep(0.0005)


MEASURES = {"workspace-window": first_paint, "workspace-window-key": typed_key, "workspace-window-facet": facet_click}
