"""The process of an open PDF: what it answers, and that whatever becomes of it costs one answer only."""

import signal
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest
from reportlab.pdfgen.canvas import Canvas

from reader.formats.errors import FormatError, PasswordNeeded
from reader.formats.pdf import engine as engines
from reader.formats.pdf import shared
from reader.formats.pdf.engine import Engine, Piece
from reader.formats.request import Limits
from reader.model.errors import Cancelled
from tests.formats.pdf.makers import assembled, drawn, page_of, stream, together, written

BLACK = bytes(3)
WHITE = b"\xff\xff\xff"


def square(canvas: Canvas) -> None:
    """A black square in the upper left corner, 100 points wide."""
    canvas.rect(0, 741.89, 100, 100, fill=1)


SQUARE = drawn(square, written("The second page", "has two lines"))


@pytest.fixture
def engine() -> Iterator[Engine]:
    opened = Engine(SQUARE, "a.pdf")
    yield opened
    opened.dispose()
    assert not psutil.Process().children(recursive=True), "processes left behind"


def pixel(data: bytes, stride: int, x: int, y: int) -> bytes:
    return data[y * stride + 4 * x : y * stride + 4 * x + 3]


def test_a_piece_of_a_page(engine: Engine) -> None:
    tile = engine.tile(Piece(0, 2.0, (150, 150, 100, 80)))
    assert (tile.width, tile.height, tile.stride, len(tile.data)) == (100, 80, 400, 32_000)
    assert pixel(tile.data, tile.stride, 10, 10) == BLACK
    assert pixel(tile.data, tile.stride, 60, 10) == WHITE
    assert pixel(tile.data, tile.stride, 10, 60) == WHITE


@pytest.mark.parametrize(("rotation", "place"), [(0, (20, 20)), (90, (575, 20)), (180, (575, 820)), (270, (20, 575))])
def test_pictures_are_turned(engine: Engine, rotation: int, place: tuple[int, int]) -> None:
    width, height = (842, 595) if rotation % 180 else (595, 842)
    tile = engine.tile(Piece(0, 1.0, (0, 0, width, height), rotation))
    x, y = (min(place[0], width - 20), min(place[1], height - 20)) if rotation % 180 == 0 else place
    if rotation == 90:
        x, y = width - 20, 20
    elif rotation == 270:
        x, y = 20, height - 20
    assert pixel(tile.data, tile.stride, x, y) == BLACK
    dark = sum(pixel(tile.data, tile.stride, a, b) == BLACK for a in range(0, width, 5) for b in range(0, height, 5))
    assert dark == pytest.approx(400, abs=45)


def test_what_is_beyond_the_page_is_white(engine: Engine) -> None:
    tile = engine.tile(Piece(0, 1.0, (-10, -10, 30, 30)))
    assert pixel(tile.data, tile.stride, 25, 25) == BLACK
    assert pixel(tile.data, tile.stride, 5, 5) == WHITE


def test_a_picture_too_large_for_the_memory_that_is_shared(engine: Engine) -> None:
    side = 2200
    tile = engine.tile(Piece(0, 4.0, (0, 0, side, side)))
    assert side * side * 4 > shared.SIZE
    assert pixel(tile.data, tile.stride, 10, 10) == BLACK
    assert pixel(tile.data, tile.stride, 500, 500) == WHITE


def test_without_shared_memory_pictures_come_through_the_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(size: int) -> int:
        raise OSError

    monkeypatch.setattr(shared, "_descriptor", refuse)
    engine = Engine(SQUARE, "a.pdf")
    tile = engine.tile(Piece(0, 1.0, (0, 0, 50, 50)))
    assert pixel(tile.data, tile.stride, 10, 10) == BLACK
    engine.dispose()


def test_a_huge_piece_is_refused_in_a_sentence(engine: Engine) -> None:
    with pytest.raises(FormatError, match="cannot be drawn at once"):
        engine.tile(Piece(0, 1.0, (0, 0, 100_000, 100_000)))
    assert engine.tile(Piece(0, 1.0, (0, 0, 5, 5))).width == 5


def test_characters_and_lines(engine: Engine) -> None:
    boxes, lines = engine.glyphs(1)
    assert len(boxes) == 4 * len("The second page\nhas two lines")
    assert lines == [(0, 15), (16, 29)]
    assert engine.glyphs(0)[1] == []


def test_a_page_that_is_not_there(engine: Engine) -> None:
    with pytest.raises(FormatError, match="Page 10 is damaged"):
        engine.tile(Piece(9, 1.0, (0, 0, 5, 5)))


def test_links_inside_and_outside() -> None:
    links = (
        b"[<< /Type /Annot /Subtype /Link /Rect [10 500 60 520] /Dest [3 0 R /XYZ 0 350 0] >>"
        b"<< /Type /Annot /Subtype /Link /Rect [10 400 60 420] /A << /S /URI /URI (https://example.org/a) >> >>"
        b"<< /Type /Annot /Subtype /Link /Rect [10 300 60 320] /A << /S /JavaScript /JS (app.alert) >> >>"
        b"<< /Type /Annot /Subtype /Link /Rect [10 200 60 220] /A << /S /Launch /F (/bin/sh) >> >>"
        b"<< /Type /Annot /Subtype /Link /Rect [10 100 60 120] /A << /S /URI /URI (javascript:alert\\(1\\)) >> >>]"
    )
    data = page_of(
        b"BT /F1 10 Tf 100 550 Td (See www.example.com/x for more) Tj ET", b"/MediaBox [0 0 400 600] /Annots " + links
    )
    engine = Engine(data, "a.pdf")
    found = engine.links(0)
    assert [link.href for link in found] == ["#page=0&y=250.0", "https://example.org/a", "http://www.example.com/x"]
    assert found[0].rect == pytest.approx((10, 80, 60, 100))
    engine.dispose()


def test_a_file_is_read_from_its_place(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(SQUARE)
    engine = Engine(path, "a.pdf")
    assert engine.open() == 2
    engine.dispose()


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"No PDF at all", b"%PDF-1.7\n" + bytes(5000)])
def test_what_cannot_be_opened_is_refused_once(data: bytes) -> None:
    engine = Engine(data, "a.pdf")
    for _ in range(2):
        with pytest.raises(FormatError, match="is damaged beyond repair"):
            engine.glyphs(0)
    assert not psutil.Process().children(recursive=True)
    engine.dispose()


def locked(password: str) -> bytes:
    import io

    from reportlab.lib.pdfencrypt import StandardEncryption

    target = io.BytesIO()
    canvas = Canvas(target, encrypt=StandardEncryption(password, strength=128))
    canvas.drawString(72, 700, "A secret")
    canvas.save()
    return target.getvalue()


def test_passwords() -> None:
    data = locked("café")
    for password in ("", "tea"):
        engine = Engine(data, "a.pdf", password=password)
        with pytest.raises(PasswordNeeded, match="password"):
            engine.open()
        engine.dispose()
    engine = Engine(data, "a.pdf", password="café")
    assert engine.open() == 1
    engine.dispose()


@pytest.fixture
def hostile(monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    monkeypatch.setattr(engines, "_FUNCTION", "tests.formats.pdf.jobs:answer")
    opened = Engine(SQUARE, "a.pdf", seconds=1.0)
    yield opened
    opened.dispose()
    assert not psutil.Process().children(recursive=True)


@pytest.mark.parametrize(
    ("page", "sentence"),
    [
        (90, "Page 91 was not drawn within 1 seconds"),
        (91, "Page 92 broke the program that draws it"),
        (92, "Page 93 needs more than 1,024 MB"),
        (93, "“a.pdf” is damaged"),
        (94, "Page 95 is damaged in a way"),
    ],
)
def test_a_page_that_ends_its_process_costs_one_answer(hostile: Engine, page: int, sentence: str) -> None:
    piece = Piece(0, 1.0, (0, 0, 5, 5))
    assert hostile.tile(piece).width == 5
    with pytest.raises(FormatError, match=sentence):
        hostile.tile(Piece(page, 1.0, (0, 0, 5, 5)))
    assert hostile.tile(piece).width == 5


def test_a_process_that_was_killed_from_outside_is_replaced(engine: Engine) -> None:
    engine.open()
    (child,) = psutil.Process().children()
    child.send_signal(signal.SIGKILL)
    while child.status() != psutil.STATUS_ZOMBIE:
        threading.Event().wait(0.01)
    assert engine.tile(Piece(0, 1.0, (0, 0, 5, 5))).width == 5


def busy(objects: int) -> bytes:
    """A page that takes long: thousands of paths over each other."""
    content = b"".join(
        b"%d %d m %d %d l S\n" % (i % 600, i % 800, (i * 7) % 600, (i * 13) % 800) for i in range(objects)
    )
    return page_of(content, b"/MediaBox [0 0 600 800]")


def test_drawing_is_given_up_at_once() -> None:
    engine = Engine(busy(60_000), "a.pdf")
    engine.open()
    engine.glyphs(0)
    given_up = threading.Timer(0.1, lambda: engine.give_up(7))
    given_up.start()
    with pytest.raises(Cancelled):
        engine.tile(Piece(0, 3.0, (0, 0, 1800, 2200)), number=7)
    pid = psutil.Process().children()[0].pid
    assert engine.tile(Piece(0, 1.0, (0, 0, 5, 5)), number=8).width == 5
    assert psutil.Process().children()[0].pid == pid, "the process went on"
    given_up.join()
    engine.dispose()


def test_closing_ends_what_is_under_way(hostile: Engine) -> None:
    hostile.open()
    closing = threading.Timer(0.1, hostile.close)
    closing.start()
    with pytest.raises(Cancelled):
        hostile.tile(Piece(90, 1.0, (0, 0, 5, 5)))
    closing.join()
    with pytest.raises(Cancelled):
        hostile.tile(Piece(0, 1.0, (0, 0, 5, 5)))


def bomb() -> bytes:
    """A page whose drawing unpacks to 600 MB."""
    import zlib

    packer = zlib.compressobj(1)
    blanks = bytes(1 << 20).replace(b"\0", b" ")
    packed = b"".join(packer.compress(blanks) for _ in range(600)) + packer.flush()
    return assembled(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 400] /Contents 4 0 R >>",
        stream(packed, b"/Filter /FlateDecode"),
    )


@pytest.mark.parametrize("watched", [False, True])
def test_memory_is_limited(watched: bool) -> None:
    engine = Engine(bomb(), "a.pdf", limits=Limits(memory=250 << 20), watched=watched)
    piece = Piece(0, 1.0, (0, 0, 400, 400))
    # What is beyond the limit is left out, or the page is refused.
    with suppress(FormatError):
        assert pixel(engine.tile(piece).data, 1600, 5, 5) == WHITE
    used = [child.memory_info().rss for child in psutil.Process().children()]
    assert max(used, default=0) < 300 << 20
    engine.dispose()


def test_a_page_of_two_drawings() -> None:
    engine = Engine(drawn(together(square, written("Words"))), "a.pdf")
    assert engine.glyphs(0)[1] == [(0, 5)]
    engine.dispose()


def test_fields_of_forms_are_drawn_as_they_are_filled_in() -> None:
    def form(canvas: Canvas) -> None:
        canvas.acroForm.textfield(name="a", value="WWWWWWWW", x=100, y=700, width=150, height=30, fontSize=14)

    engine = Engine(drawn(form), "a.pdf")
    tile = engine.tile(Piece(0, 1.0, (102, 114, 146, 26)))
    assert sum(pixel(tile.data, tile.stride, x, y)[0] < 80 for x in range(146) for y in range(26)) > 100
    engine.dispose()
