"""Files that were damaged on purpose: each opens or is refused in one sentence, nothing hangs, nothing stays behind."""

import random
import re
from collections.abc import Callable, Iterator
from functools import partial

import psutil
import pytest

from reader.formats.pdf.engine import Engine, Piece
from reader.formats.request import Limits
from reader.formats.worker.frames import Message
from reader.formats.worker.job import Job
from reader.formats.worker.pool import Pool
from reader.model.errors import ReaderError
from tests.formats.pdf.makers import assembled, drawn, page_of, together, written

SEED = 20261121
COUNT = 200
LIMITS = Limits(memory=1 << 29, seconds=10)
SECONDS = 10.0

Mutation = Callable[[random.Random, bytearray], bytearray]


def paper() -> bytes:
    """A page with an outline, links and a picture, and one with lines only."""

    def furnished(canvas: object) -> None:
        canvas.bookmarkPage("top")  # type: ignore[attr-defined]
        canvas.addOutlineEntry("Top", "top")  # type: ignore[attr-defined]
        canvas.addOutlineEntry("Below", "top", 1)  # type: ignore[attr-defined]
        canvas.linkURL("https://example.org/", (72, 700, 200, 720))  # type: ignore[attr-defined]
        canvas.linkAbsolute("", "top", (72, 600, 200, 620))  # type: ignore[attr-defined]
        canvas.circle(300, 400, 90, fill=1)  # type: ignore[attr-defined]

    lines = [f"Line {number} of a text that goes on, with a few words in each" for number in range(20)]
    return drawn(together(furnished, written(*lines)), written(*lines), title="A paper", author="A. Writer")


def flipped(chance: random.Random, data: bytearray) -> bytearray:
    for _ in range(chance.choice((1, 5, 50, 500))):
        data[chance.randrange(len(data))] = chance.randrange(256)
    return data


def cut(chance: random.Random, data: bytearray) -> bytearray:
    del data[chance.randrange(len(data)) :]
    return data


def hollowed(chance: random.Random, data: bytearray) -> bytearray:
    start = chance.randrange(len(data))
    del data[start : start + chance.randrange(1, 400)]
    return data


def shuffled(chance: random.Random, data: bytearray) -> bytearray:
    """The table of objects points to others."""
    entries = [match.span() for match in re.finditer(rb"\d{10} 00000 n", data)]
    lines = [bytes(data[start:end]) for start, end in entries]
    chance.shuffle(lines)
    for (start, end), line in zip(entries, lines, strict=True):
        data[start:end] = line
    return data


def renumbered(chance: random.Random, data: bytearray) -> bytearray:
    """Numbers become others: sizes, lengths, and which object is meant."""
    found = [match.span() for match in re.finditer(rb"(?<=[ \[])\d{1,4}(?=[ \]\n])", data)]
    for start, end in sorted(chance.sample(found, min(len(found), chance.choice((1, 5, 20)))), reverse=True):
        value = chance.choice((b"0", b"-1", b"1", b"4", b"99999999", b"2147483647", b"-2147483648", b"1e38"))
        data[start:end] = value
    return data


def doubled(chance: random.Random, data: bytearray) -> bytearray:
    start = chance.randrange(len(data))
    piece = data[start : start + chance.randrange(1, 2000)]
    place = chance.randrange(len(data))
    data[place:place] = piece
    return data


MUTATIONS: tuple[Mutation, ...] = (flipped, cut, hollowed, shuffled, renumbered, doubled)


def mutated() -> Iterator[bytes]:
    chance = random.Random(SEED)
    bases = (paper(), page_of(b"BT /F1 20 Tf 50 500 Td (AB) Tj ET", unicode_of=["x", "y"]))
    for number in range(COUNT):
        yield bytes(MUTATIONS[number % len(MUTATIONS)](chance, bytearray(bases[number % 7 == 0])))


def answer(header: dict[str, object], frames: list[bytes]) -> Message:
    """In a worker: the length of the text of a file."""
    from reader.formats.pdf.reader import read
    from reader.formats.request import Request
    from tests.formats.checks import check

    document = read(Request(frames[0], "a.pdf"))
    check(document, own_outline=True)
    return Message({"length": len(document.text)})


def said(ask: Callable[[], object]) -> str:
    """The sentence that refuses what is asked, which is never of a fault of ours; empty when it is answered."""
    sentence = ""
    try:
        ask()
    except ReaderError as error:
        sentence = str(error)
    if sentence:
        assert sentence.endswith(".")
        assert "\n" not in sentence
        assert len(sentence) < 400
        assert "does not know" not in sentence
        assert "was not read within" not in sentence
        assert "was not drawn within" not in sentence
    return sentence


def refusal(pool: Pool, data: bytes) -> str:
    """What is said of a file that cannot be read; empty when it can."""
    job = Job("tests.formats.pdf.test_hostile:answer", "a.pdf", Message({}, (data,)), LIMITS)
    return said(lambda: pool.run(job))


def test_damaged_files_are_read_or_refused() -> None:
    pool = Pool(1)
    try:
        refused = [refusal(pool, data) for data in mutated()]
    finally:
        pool.close()
    assert not psutil.Process().children(recursive=True)
    assert COUNT // 2 < refused.count("") < COUNT


def test_damaged_files_are_shown_or_refused() -> None:
    refused: list[str] = []
    for data in mutated():
        engine = Engine(data, "a.pdf", limits=LIMITS, seconds=SECONDS)
        try:
            refused.append(said(partial(engine.tile, Piece(0, 0.5, (0, 0, 300, 400)))))
            refused.append(said(partial(engine.glyphs, 0)))
            refused.append(said(partial(engine.links, 0)))
        finally:
            engine.dispose()
    assert not psutil.Process().children(recursive=True)
    assert COUNT < refused.count("") < 3 * COUNT


ENDLESS = {
    "an outline that is its own next": (
        b"<< /Type /Catalog /Pages 2 0 R /Outlines 4 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] >>",
        b"<< /First 5 0 R /Last 5 0 R >>",
        b"<< /Title (Again) /Next 5 0 R /First 5 0 R /Parent 4 0 R /Dest [3 0 R /Fit] >>",
    ),
    "pages that are their own": (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 2 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] >>",
    ),
    "more pages than there are": (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 2000000000 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] >>",
    ),
    "a page of no size": (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 0 0] >>",
    ),
    "a page of endless size": (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 1e38 1e38] >>",
    ),
    "a program to run": (
        b"<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /Launch /F (/bin/sh) >> "
        b"/Names << /JavaScript << /Names [(a) << /S /JavaScript /JS (app.alert\\(1\\)) >>] >> >> >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] "
        b"/AA << /O << /S /URI /URI (https://example.org) >> >> >>",
    ),
}


@pytest.mark.parametrize("name", ENDLESS)
def test_files_that_are_odd_by_design(name: str) -> None:
    data = assembled(*ENDLESS[name])
    pool = Pool(1)
    try:
        refusal(pool, data)
    finally:
        pool.close()
    engine = Engine(data, "a.pdf", limits=LIMITS, seconds=SECONDS)
    said(lambda: engine.tile(Piece(0, 1.0, (0, 0, 100, 100))))
    engine.dispose()
    assert not psutil.Process().children(recursive=True)
