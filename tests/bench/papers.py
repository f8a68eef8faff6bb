"""An invented PDF of many pages, the same in every run and kept till the next, and pages that are hard to draw."""

import random
import tempfile
from pathlib import Path

from tests.bench.books import WORDS

PAGES = 1500
_VERSION = 1
_SIZE = (595.0, 842.0)
_LINES = 46
_PITCH = 14.0


def long_paper() -> Path:
    """A file of 1,500 pages of text, with an outline, page labels, and a drawing on every tenth page."""
    path = Path(tempfile.gettempdir(), f"passage-bench-{_VERSION}-{PAGES}.pdf")
    if not path.is_file():
        unfinished = path.with_suffix(".part")
        write_paper(unfinished, PAGES)
        unfinished.replace(path)
    return path


def write_paper(path: Path, pages: int, seed: int = 1) -> Path:
    """A file of so many such pages."""
    from reportlab.pdfgen.canvas import Canvas

    rng = random.Random(seed)
    often = [1 / (rank + 4) for rank in range(len(WORDS))]
    stock = rng.choices(WORDS, often, k=60_000)
    canvas = Canvas(str(path), pagesize=_SIZE, invariant=1, pageCompression=1)
    canvas.setTitle(f"The long paper, part {seed}")
    for number in range(pages):
        canvas.setFont("Times-Roman", 11)
        text = canvas.beginText(72, _SIZE[1] - 72)
        text.setLeading(_PITCH)
        for _ in range(_LINES - 12 * (number % 10 == 0)):
            at = rng.randrange(len(stock) - 13)
            text.textLine(" ".join(stock[at : at + 13])[:88])
        canvas.drawText(text)
        if number % 10 == 0:
            _drawing(canvas, rng)
        if number % 25 == 0:
            canvas.bookmarkPage(f"part-{number}")
            canvas.addOutlineEntry(f"Part {number // 25 + 1}", f"part-{number}")
        canvas.drawCentredString(_SIZE[0] / 2, 36, str(number + 1))
        canvas.showPage()
    canvas.save()
    return path


def write_hard_paper(path: Path, pages: int = 40, paths: int = 6000) -> Path:
    """Pages of many see-through curves, each of which takes PDFium a good part of a second, with some text."""
    from reportlab.pdfgen.canvas import Canvas

    rng = random.Random(3)
    canvas = Canvas(str(path), pagesize=_SIZE, invariant=1, pageCompression=1)
    for number in range(pages):
        canvas.drawString(72, _SIZE[1] - 72, f"Plate {number + 1}")
        canvas.setFillAlpha(0.05)
        for _ in range(paths):
            _curve(canvas, rng)
        canvas.showPage()
    canvas.save()
    return path


def _curve(canvas, rng: random.Random) -> None:
    x, y = rng.uniform(50, 400), rng.uniform(50, 650)
    canvas.setFillColorRGB(rng.random(), rng.random(), rng.random())
    path = canvas.beginPath()
    path.moveTo(x, y)
    path.curveTo(*(part for _ in range(3) for part in (x + rng.uniform(0, 200), y + rng.uniform(0, 200))))
    canvas.drawPath(path, stroke=0, fill=1)


def _drawing(canvas, rng: random.Random) -> None:
    for column in range(40):
        height = rng.uniform(10, 120)
        canvas.setFillColorRGB(0.3, 0.45, 0.6)
        canvas.rect(72 + column * 11, 72, 8, height, stroke=0, fill=1)
