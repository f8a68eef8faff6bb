"""Open PDF documents as the window has them: asked from any thread, answered by callbacks."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from reader.formats.pdf import engine as engines
from reader.model.document import Sheet
from reader.model.errors import Cancelled, ReaderError
from reader.model.page import Glyphs, Tile
from reader.services.library import Library
from reader.services.pages import PageSource, PasswordNeeded
from tests.formats.pdf.makers import drawn, written
from tests.formats.pdf.test_engine import SQUARE, locked

Ask = Callable[[Callable[[Any], object]], object]


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    opened = Library.open(tmp_path / "library.sqlite")
    yield opened
    opened.close()
    assert not psutil.Process().children(recursive=True), "processes left behind"
    assert not [thread for thread in threading.enumerate() if thread.name == "pages"]


def added(library: Library, path: Path, data: bytes) -> str:
    path.write_bytes(data)
    (result,) = library.adding.add([path])
    assert result.document, result.reason
    return result.document.uid


def answered(*asks: Ask) -> list[Any]:
    """What comes back, in the order in which it comes."""
    got: list[Any] = []
    there = threading.Semaphore(0)

    def done(answer: Any) -> None:
        got.append(answer)
        there.release()

    for ask in asks:
        ask(done)
    for _ in asks:
        assert there.acquire(timeout=30)
    return got


def test_tiles_glyphs_and_links_of_a_document(library: Library, tmp_path: Path) -> None:
    uid = added(library, tmp_path / "a.pdf", SQUARE)
    source = library.pages.open(uid)
    assert source.sheets == library.documents.open(uid).document.sheets
    (tile,) = answered(lambda done: source.tile(0, 1.0, (0, 0, 40, 30), 0, done))
    assert isinstance(tile, Tile)
    assert (tile.page, tile.rect, len(tile.data)) == (0, (0, 0, 40, 30), 4800)
    (glyphs,) = answered(lambda done: source.glyphs(1, done))
    assert isinstance(glyphs, Glyphs)
    text = library.documents.open(uid).document.text
    assert [text[start:end] for start, end in glyphs.lines] == ["The second page", "has two lines"]
    assert len(glyphs.boxes) == 4 * (len(text) - glyphs.start)
    assert answered(lambda done: source.links(1, done)) == [[]]


def test_errors_are_answers(library: Library, tmp_path: Path) -> None:
    source = library.pages.open(added(library, tmp_path / "a.pdf", SQUARE))
    (error,) = answered(lambda done: source.tile(7, 1.0, (0, 0, 5, 5), 0, done))
    assert isinstance(error, ReaderError)
    assert "Page 8" in str(error)


def test_boxes_fit_a_text_that_was_read_by_another_version(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(drawn(written("Eleven char"), written("b")))
    for length in (4, 30):
        source = library.pages.open_file(path, [Sheet(0, 595, 842), Sheet(length + 1, 595, 842)])
        (glyphs,) = answered(lambda done, source=source: source.glyphs(0, done))
        assert len(glyphs.boxes) == 4 * length
        assert glyphs.lines == ((0, min(length, 11)),)


class Held:
    """A callback that keeps the pages' thread busy until it is let go."""

    def __init__(self) -> None:
        self.reached, self.let_go = threading.Event(), threading.Event()

    def __call__(self, _: object) -> None:
        self.reached.set()
        assert self.let_go.wait(30)


@pytest.fixture
def source(library: Library, tmp_path: Path) -> PageSource:
    return library.pages.open(added(library, tmp_path / "a.pdf", SQUARE))


def hold(source: PageSource) -> Held:
    held = Held()
    source.glyphs(0, held)
    assert held.reached.wait(30)
    return held


def test_what_is_urgent_and_what_was_asked_last_goes_first(source: PageSource) -> None:
    held = hold(source)
    order: list[int] = []
    there = threading.Event()

    def done(tile: Tile | ReaderError) -> None:
        assert isinstance(tile, Tile)
        order.append(tile.width)
        if len(order) == 4:
            there.set()

    for width, urgent in ((1, False), (2, True), (3, False), (4, True)):
        source.tile(0, 1.0, (0, 0, width, 5), 0, done, urgent)
    held.let_go.set()
    assert there.wait(30)
    assert order == [4, 2, 3, 1]


def test_what_is_cancelled_is_never_told(source: PageSource) -> None:
    held = hold(source)
    told: list[object] = []
    ticket = source.tile(0, 1.0, (0, 0, 5, 5), 0, told.append)
    ticket.cancel()
    ticket.cancel()
    held.let_go.set()
    answered(lambda done: source.glyphs(1, done))
    assert not told


def test_a_callback_that_fails_costs_nothing_else(source: PageSource) -> None:
    def fail(_: object) -> None:
        raise RuntimeError("the window is gone")

    source.glyphs(0, fail)
    assert isinstance(answered(lambda done: source.glyphs(1, done))[0], Glyphs)


def test_after_closing_nothing_is_told(source: PageSource) -> None:
    held = hold(source)
    told: list[object] = []
    source.tile(0, 1.0, (0, 0, 5, 5), 0, told.append)
    closing = threading.Thread(target=source.close)
    closing.start()
    held.let_go.set()
    closing.join(30)
    source.tile(0, 1.0, (0, 0, 5, 5), 0, told.append)
    source.close()
    assert not told
    assert source.closed


def test_closing_from_a_callback(source: PageSource) -> None:
    assert len(answered(lambda done: source.glyphs(0, lambda glyphs: (source.close(), done(glyphs))))) == 1


def test_a_page_that_hangs_is_told_and_the_next_one_comes(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "_FUNCTION", "tests.formats.pdf.jobs:answer")
    path = tmp_path / "a.pdf"
    path.write_bytes(SQUARE)
    engine = engines.Engine(path, "a.pdf", seconds=0.5)
    source = PageSource(engine, ())
    first = answered(lambda done: source.tile(90, 1.0, (0, 0, 5, 5), 0, done))
    assert "Page 91 was not drawn within" in str(first[0])
    assert isinstance(answered(lambda done: source.tile(0, 1.0, (0, 0, 5, 5), 0, done))[0], Tile)
    source.close()


def test_what_nobody_wants_any_more_does_not_hold_up_others(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "_FUNCTION", "tests.formats.pdf.jobs:answer")
    engine = engines.Engine(SQUARE, "a.pdf", seconds=60)
    source = PageSource(engine, ())
    answered(lambda done: source.glyphs(0, done))
    told: list[object] = []
    ticket = source.tile(90, 1.0, (0, 0, 5, 5), 0, told.append, True)
    while source._waiting:
        threading.Event().wait(0.005)
    ticket.cancel()
    assert isinstance(answered(lambda done: source.tile(0, 1.0, (0, 0, 5, 5), 0, done))[0], Tile)
    assert not told
    source.close()


def hanging(monkeypatch: pytest.MonkeyPatch) -> PageSource:
    """Pages of which the one numbered 90 never comes; the process runs."""
    monkeypatch.setattr(engines, "_FUNCTION", "tests.formats.pdf.jobs:answer")
    source = PageSource(engines.Engine(SQUARE, "a.pdf", seconds=60), ())
    answered(lambda done: source.glyphs(0, done))
    return source


def test_what_is_drawn_ahead_and_hangs_does_not_hold_up_what_is_seen(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = hanging(monkeypatch)
    told: list[object] = []
    source.tile(90, 1.0, (0, 0, 5, 5), 0, told.append)
    while source._waiting:
        threading.Event().wait(0.005)
    assert isinstance(answered(lambda done: source.tile(0, 1.0, (0, 0, 5, 5), 0, done, True))[0], Tile)
    assert [type(answer) for answer in told] == [Cancelled], "it is no error of the page"
    source.close()


def test_what_is_drawn_ahead_goes_on_after_what_is_urgent(source: PageSource, monkeypatch: pytest.MonkeyPatch) -> None:
    drawing, put_off = threading.Event(), threading.Event()
    draw, give_up = engines.Engine.tile, engines.Engine.give_up

    def slow(engine: engines.Engine, piece: engines.Piece, *rest: Any) -> Tile:
        if piece.page == 0 and not put_off.is_set():
            drawing.set()
            assert put_off.wait(30)
            raise Cancelled
        return draw(engine, piece, *rest)

    def told(engine: engines.Engine, number: int) -> None:
        give_up(engine, number)
        put_off.set()

    monkeypatch.setattr(engines.Engine, "tile", slow)
    monkeypatch.setattr(engines.Engine, "give_up", told)
    answers: list[Tile] = []
    there = threading.Semaphore(0)

    def done(tile: Any) -> None:
        answers.append(tile)
        there.release()

    source.tile(0, 1.0, (0, 0, 5, 5), 0, done)
    assert drawing.wait(30)
    source.tile(1, 1.0, (0, 0, 5, 5), 0, done, True)
    assert there.acquire(timeout=30)
    assert there.acquire(timeout=30)
    assert [tile.page for tile in answers] == [1, 0]


def test_a_document_is_begun_before_it_is_opened(library: Library, tmp_path: Path) -> None:
    uid = added(library, tmp_path / "a.pdf", SQUARE)
    library.pages.begin(uid)
    sheets = library.documents.sheets(uid)
    source = library.pages.begun(uid, sheets)
    assert source
    assert source.sheets == sheets
    assert isinstance(answered(lambda done: source.tile(0, 1.0, (0, 0, 5, 5), 0, done))[0], Tile)
    assert library.pages.begun(uid, sheets) is None, "once"
    library.pages.begin(uid)
    library.pages.forget()
    assert library.pages.begun(uid, sheets) is None
    assert len(psutil.Process().children()) <= 2, "that of the source and the reader of files"


def test_a_locked_document_is_not_begun(library: Library, tmp_path: Path) -> None:
    library.passwords.give(tmp_path / "a.pdf", "sesame")
    uid = added(library, tmp_path / "a.pdf", locked("sesame"))
    library.pages.begin(uid)
    assert library.pages.begun(uid, ()) is None


def test_a_locked_document(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(locked("sesame"))
    (refused,) = library.adding.add([path])
    assert (refused.status, refused.locked) == ("failed", True)
    library.passwords.give(path, "shut")
    (refused,) = library.adding.add([path])
    assert refused.locked
    assert "does not open" in refused.reason
    library.passwords.give(path, "sesame")
    (result,) = library.adding.add([path])
    assert result.document
    assert library.documents.open(result.document.uid).document.text == "A secret"
    assert isinstance(answered(lambda done: library.pages.open(result.document.uid).glyphs(0, done))[0], Glyphs)
    library.close()
    assert b"sesame" not in (tmp_path / "library.sqlite").read_bytes()

    again = Library.open(tmp_path / "library.sqlite")
    with pytest.raises(PasswordNeeded):
        again.pages.open(result.document.uid)
    with pytest.raises(PasswordNeeded):
        again.pages.open(result.document.uid, password="shut")
    again.pages.open(result.document.uid, password="sesame").close()
    again.pages.open(result.document.uid).close()
    again.close()


def test_a_document_whose_copy_is_gone(library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    uid = added(library, tmp_path / "a.pdf", SQUARE)
    monkeypatch.setattr(library.documents, "original", lambda uid: None)
    with pytest.raises(ReaderError, match="add the file again"):
        library.pages.open(uid)


def test_files_with_the_same_words_are_documents_of_their_own(library: Library, tmp_path: Path) -> None:
    """Pages of pictures all have the same text: none."""
    one = drawn(lambda canvas: canvas.rect(50, 50, 90, 90))
    other = drawn(lambda canvas: canvas.circle(50, 50, 90))
    for name, data in (("a.pdf", one), ("b.pdf", other), ("c.pdf", one)):
        (tmp_path / name).write_bytes(data)
    results = list(library.adding.add([tmp_path / name for name in ("a.pdf", "b.pdf", "c.pdf")]))
    assert [result.status for result in results] == ["added", "added", "known"]
    (again,) = library.adding.add([tmp_path / "b.pdf"])
    assert again.status == "known"


def test_a_changed_file_carries_its_marks_over(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    uid = added(library, path, drawn(written("The first words", "and the second ones")))
    library.annotate.highlight(uid, library.documents.open(uid).document.text, 4, 9)
    path.write_bytes(drawn(written("Something new", "The first words", "and the second ones")))
    (result,) = library.adding.add([path])
    assert result.status == "changed", result.reason
    (mark,) = library.documents.open(uid).annotations
    assert mark.quote == "first"
    assert mark.anchor
    assert mark.anchor.start == 18
