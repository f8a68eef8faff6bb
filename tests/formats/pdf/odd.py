"""Pages that are laid out as few are: turned, cropped off the origin, from right to left, from top to bottom, huge."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import reportlab
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfbase.ttfonts import TTFontFile

from tests.formats.pdf.makers import assembled, page_of, stream

Placed = tuple[str, float, float]
"""What is drawn, and where its first glyph stands on the base line."""

_LATIN = ("First a line of words", "then a second with target in", "its middle and a third")
# Logical order; "A" to "H" are drawn for the letters.
_HEBREW = ("שלום לכם", "מים באגם", "כל יום")


@dataclass(frozen=True)
class Odd:
    """A file of one page, its text, a word of it, and the same page with that word alone."""

    data: bytes
    alone: bytes
    text: str
    word: str


def words_of(lines: Sequence[str], left: float, top: float, size: float) -> list[Placed]:
    """Each word by itself, the lines below each other in Helvetica."""
    return [
        (word[0], left + stringWidth(line[: word.start()], "Helvetica", size), top - 1.6 * size * number)
        for number, line in enumerate(lines)
        for word in re.finditer(r"\S+", line)
    ]


def content(words: Sequence[Placed], size: float, matrix: bytes = b"1 0 0 1 0 0") -> bytes:
    drawn = [b"BT /F1 %g Tf %g %g Td (%s) Tj ET" % (size, x, y, word.encode()) for word, x, y in words]
    return b"q %s cm\n%s\nQ" % (matrix, b"\n".join(drawn))


def latin(page: bytes, left: float, top: float, size: float, matrix: bytes = b"1 0 0 1 0 0") -> Odd:
    words = words_of(_LATIN, left, top, size)
    alone = [placed for placed in words if placed[0] == "target"]
    made = [page_of(content(some, size, matrix), page) for some in (words, alone)]
    return Odd(made[0], made[1], "\n".join(_LATIN), "target")


def columns() -> Odd:
    """Two, the word in the second."""
    left, right = (
        ("The left column is", "read to its end", "and then comes"),
        ("the right column", "which has target", "in its middle."),
    )
    page, size = b"/MediaBox [0 0 400 600]", 14.0
    words = [*words_of(left, 30, 500, size), *words_of(right, 220, 500, size)]
    alone = [placed for placed in words if placed[0] == "target"]
    text = "\n".join((*left, *right))
    return Odd(page_of(content(words, size), page), page_of(content(alone, size), page), text, "target")


def right_to_left() -> Odd:
    """Hebrew: glyphs stand as they are seen, from left to right, and say what letters they mean."""
    letters = sorted({letter for line in _HEBREW for letter in line if letter != " "})
    codes = {letter: chr(65 + number) for number, letter in enumerate(letters)}
    size, placed, alone = 20.0, list[Placed](), list[Placed]()
    for number, line in enumerate(_HEBREW):
        seen = "".join(codes.get(letter, " ") for letter in reversed(line))
        for word in words_of([seen], 340 - stringWidth(seen, "Helvetica", size), 500 - 32 * number, size):
            placed.append(word)
            if number == 1 and word[0] == "".join(codes[letter] for letter in reversed("באגם")):
                alone.append(word)
    assert len(alone) == 1
    page = b"/MediaBox [0 0 400 600]"
    made = [page_of(content(words, size), page, unicode_of=letters) for words in (placed, alone)]
    return Odd(made[0], made[1], "\n".join(_HEBREW), "באגם")


def vertical() -> Odd:
    """Japanese in columns from right to left."""
    lines, size = ("水はどこから来るのか", "古いカメラで写した", "谷の絵がある。"), 24.0
    placed = [(line, 340.0 - 1.7 * size * number, 540.0) for number, line in enumerate(lines)]
    alone = [("カメラ", placed[1][1], 540.0 - size * lines[1].index("カメラ"))]
    return Odd(_downwards(placed, size), _downwards(alone, size), "\n".join(lines), "カメラ")


def two_rows() -> bytes:
    """Two rows of two columns each."""
    words = ("水はどこから", "来るのか見た", "古いカメラで", "写したのです")
    return _downwards([(line, 300.0 - 50 * (n % 2), 540.0 - 250 * (n // 2)) for n, line in enumerate(words)], 24.0)


def _downwards(parts: Sequence[Placed], size: float) -> bytes:
    """A page of Identity-V; the shapes are those of Latin letters."""
    shapes = TTFontFile(str(Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"))
    letters = sorted({letter for words, _, _ in parts for letter in words})
    glyphs = {letter: shapes.charToGlyph[65 + number] for number, letter in enumerate(letters)}
    runs = [
        b"BT /F1 %g Tf 1 0 0 1 %g %g Tm <%s> Tj ET"
        % (size, x, y, b"".join(b"%04X" % glyphs[letter] for letter in words))
        for words, x, y in parts
    ]
    return _with_font(b"\n".join(runs), shapes.filename, glyphs)


def _with_font(page: bytes, font: str, glyphs: dict[str, int]) -> bytes:
    pairs = b"".join(
        b"<%04X> <%s>\n" % (glyph, letter.encode("utf-16-be").hex().encode()) for letter, glyph in glyphs.items()
    )
    mapping = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def\n"
        b"1 begincodespacerange <0000> <FFFF> endcodespacerange\n%d beginbfchar\n%sendbfchar\nendcmap end end"
    ) % (len(glyphs), pairs)
    shapes = Path(font).read_bytes()
    return assembled(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 600] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        stream(page),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Vera /Encoding /Identity-V /DescendantFonts [6 0 R] "
        b"/ToUnicode 8 0 R >>",
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Vera /CIDToGIDMap /Identity /FontDescriptor 7 0 R "
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 700 /DW2 [880 -1000] >>",
        b"<< /Type /FontDescriptor /FontName /Vera /Flags 4 /FontBBox [-183 -236 1287 928] /ItalicAngle 0 /Ascent 928 "
        b"/Descent -236 /CapHeight 729 /StemV 80 /FontFile2 9 0 R >>",
        stream(mapping),
        stream(shapes, b"/Length1 %d" % len(shapes)),
    )


KINDS = (
    "plain", "turned 90", "turned 180", "turned 270", "cropped 0", "cropped 90", "cropped 180", "cropped 270",
    "sideways 90", "sideways 270", "two columns", "right to left", "top to bottom", "huge",
)  # fmt: skip
# What is drawn on a page that is turned by so much, so that it is seen upright; the middle of the page stays.
_UPRIGHT = {0: b"1 0 0 1 0 0", 90: b"0 1 -1 0 500 100", 180: b"-1 0 0 -1 400 600", 270: b"0 -1 1 0 -100 500"}


@cache
def odd(kind: str) -> Odd:
    """One of `KINDS`."""
    match kind.split():
        case ["two", *_]:
            return columns()
        case ["right", *_]:
            return right_to_left()
        case ["top", *_]:
            return vertical()
        case ["huge"]:
            return latin(b"/MediaBox [0 0 14400 14400]", 1500, 11_000, 600)
        case ["turned", degrees]:
            return latin(b"/MediaBox [0 0 400 600] /Rotate " + degrees.encode(), 60, 360, 20, _UPRIGHT[int(degrees)])
        case ["cropped", degrees]:
            # Around the middle of the page above.
            box = b"/MediaBox [-100 -50 500 700] /CropBox [20 80 390 520] /Rotate " + degrees.encode()
            return latin(box, 60, 360, 20, _UPRIGHT[int(degrees)])
        case ["sideways", degrees]:
            return latin(b"/MediaBox [0 0 400 600] /Rotate " + degrees.encode(), 60, 360, 20)
        case _:
            return latin(b"/MediaBox [0 0 400 600]", 60, 360, 20)
