"""Invented books, the same in every run."""

import itertools
import random
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path

from tests.sample_sources.drawing import png_of

CONTAINER = (
    '<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="package.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
PAGE = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n<html xmlns="http://www.w3.org/1999/xhtml" '
    'xmlns:epub="http://www.idpf.org/2007/ops" xml:lang="en">\n<head><title>{title}</title></head>\n'
    "<body>\n{body}</body>\n</html>\n"
)


def write_book(path: Path, size: int, chapters: int, seed: int = 1, pictures: Iterable[bytes] = ()) -> Path:
    """An EPUB of about `size` bytes of XHTML in so many chapters, with emphasis, notes, links and a contents.

    `pictures` (PNG) are spread evenly, one after every few paragraphs.
    """
    rng = random.Random(seed)
    images = list(pictures)
    bodies = [_chapter(rng, number, size // chapters) for number in range(1, chapters + 1)]
    bodies = [_with_pictures(body, range(n, len(images), chapters)) for n, body in enumerate(bodies)]
    names = [f"chapter-{number:02}.xhtml" for number in range(1, chapters + 1)]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        archive.writestr("META-INF/container.xml", CONTAINER)
        archive.writestr("package.opf", _package(f"The long matter, part {seed}", names, len(images)))
        entries = "".join(f'<li><a href="{name}">Chapter {n}</a></li>' for n, name in enumerate(names, 1))
        contents = f'<nav epub:type="toc"><ol>{entries}</ol></nav>'
        archive.writestr("nav.xhtml", PAGE.format(title="Contents", body=contents))
        for name, body in zip(names, bodies, strict=True):
            archive.writestr(name, PAGE.format(title=name, body=body))
        for number, image in enumerate(images):
            archive.writestr(zipfile.ZipInfo(f"picture-{number:03}.png"), image)
    return path


def _vocabulary() -> tuple[list[str], list[float]]:
    """8,000 invented words, the short ones more often, and how often up to each: it packs as small as prose does."""
    rng = random.Random(8)
    sounds = [a + b for a in "b br c d dr f g h l m n p r s st t th v w".split() for b in "a e i o u ea ou ai".split()]
    words = {"".join(rng.choices(sounds, k=rng.randint(1, 4))) for _ in range(12_000)}
    ordered = sorted(words, key=lambda word: (len(word) // 3, word))[:8000]
    return ordered, list(itertools.accumulate(1 / (rank + 4) for rank in range(8000)))


WORDS, OFTEN = _vocabulary()


def _paragraph(rng: random.Random) -> str:
    sentences = []
    for _ in range(rng.randint(2, 6)):
        words = rng.choices(WORDS, cum_weights=OFTEN, k=rng.randint(6, 24))
        words[len(words) // 2] += ","
        sentences.append(" ".join(words).capitalize() + ".")
    return " ".join(sentences)


def _chapter(rng: random.Random, number: int, size: int) -> str:
    parts = [f'<h1 id="top">Chapter {number}</h1>\n']
    length, notes = 0, 0
    while length < size:
        words = _paragraph(rng).split(" ")
        place = rng.randrange(len(words) - 3)
        words[place : place + 2] = [f"<em>{words[place]} {words[place + 1]}</em>"]
        kind = rng.randrange(24)
        note = ""
        if kind == 0:
            notes += 1
            words.append(f'<a epub:type="noteref" href="#note-{notes}">{notes}</a>')
            note = f'<aside epub:type="footnote" id="note-{notes}"><p>{_paragraph(rng)[:90]}</p></aside>\n'
        elif kind == 1:
            words.append(f'(see <a href="chapter-{max(1, number - 1):02}.xhtml#top">before</a>)')
        part = f"<h2>Of {words[0]}</h2>\n" * (kind == 2) + f"<p>{' '.join(words)}</p>\n{note}"
        parts.append(part)
        length += len(part)
    return "".join(parts)


def _with_pictures(body: str, numbers: range) -> str:
    """The pictures of these numbers put between the paragraphs of a chapter."""
    if not numbers:
        return body
    paragraphs = body.split("</p>\n")
    step = max(1, (len(paragraphs) - 1) // len(numbers))
    for turn, number in enumerate(numbers):
        figure = f'<figure><img src="picture-{number:03}.png" alt="Plate {number}"/></figure>\n'
        paragraphs[min(turn * step, len(paragraphs) - 2) + 1] = (
            figure + paragraphs[min(turn * step, len(paragraphs) - 2) + 1]
        )
    return "</p>\n".join(paragraphs)


def _package(title: str, names: list[str], pictures: int) -> str:
    kind = 'media-type="application/xhtml+xml"'
    items = "".join(f'<item id="c{n}" href="{name}" {kind}/>' for n, name in enumerate(names))
    items += "".join(
        f'<item id="p{n}" href="picture-{n:03}.png" media-type="image/png"/>' for n in range(pictures)
    )  # fmt: skip
    order = "".join(f'<itemref idref="c{n}"/>' for n in range(len(names)))
    return (
        '<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f'<dc:identifier id="id">{title}</dc:identifier><dc:title>{title}</dc:title><dc:language>en</dc:language>'
        f'</metadata><manifest><item id="nav" href="nav.xhtml" {kind} properties="nav"/>{items}</manifest>'
        f"<spine>{order}</spine></package>"
    )


def picture(width: int, height: int, seed: int) -> bytes:
    """A PNG of soft noise, about half a byte a pixel: as large as photographs of that size are."""
    rng = random.Random(seed)
    base = rng.randbytes(3)
    row = bytearray()
    for column in range(width):
        row += bytes((part + column * 97 // width) % 256 for part in base)
    noise = rng.randbytes(width * height // 2)
    rows = []
    for number in range(height):
        shaded = bytearray(row)
        step = number * width // 2
        shaded[: width * 3 : 6] = bytes(
            a ^ (b & 15) for a, b in zip(shaded[::6], noise[step : step + width // 2], strict=True)
        )
        rows.append(b"\0" + bytes(shaded))
    return png_of(width, height, zlib.compress(b"".join(rows), 1))
