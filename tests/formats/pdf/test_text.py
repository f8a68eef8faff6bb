"""The canonical text of pages, and where each of its code points stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.formats.pdf.characters import page_characters, page_text, raw_lines
from reader.formats.pdf.file import Frame, PdfFile
from reader.formats.pdf.glyphs import page_glyphs
from reader.formats.pdf.pdfium import pdfium
from tests.formats.pdf.makers import Draw, drawn, page_of, together, written


def text_of(data: bytes, number: int = 0) -> str:
    """The text of a page; the same must come with the characters' numbers."""
    file = PdfFile(data, "a.pdf")
    with file.page(number) as page:
        assert page is not None
        text = page_text(page)
        again, indices = page_characters(page)
    file.close()
    assert again == text
    assert len(indices) == len(text)
    return text


def boxes_of(data: bytes, number: int = 0) -> dict[str, tuple[float, ...]]:
    """The box of each character, the last of its kind on the page."""
    file = PdfFile(data, "a.pdf")
    with file.page(number) as page:
        assert page is not None
        text = page_text(page)
        boxes, lines = page_glyphs(page)
    file.close()
    assert len(boxes) == 4 * len(text)
    assert [line for start, end in lines for line in text[start:end].split("\n")] == [
        line for line in text.split("\n") if line
    ]
    return {char: tuple(boxes[4 * at : 4 * at + 4]) for at, char in enumerate(text)}


def test_lines_end_with_a_line_feed() -> None:
    assert text_of(drawn(written("One line", "and another"))) == "One line\nand another"


def test_a_cut_word_keeps_its_hyphen_and_its_line_end() -> None:
    lines = ("A long line that ends in the middle of a compre-", "hensible word, as lines of books do when")
    assert text_of(drawn(written(*lines))) == "\n".join(lines)


def test_a_hyphen_at_the_end_of_the_page_stays() -> None:
    assert text_of(drawn(written("The last word is cut in the mid-"))) == "The last word is cut in the mid-"


def test_a_page_without_words_is_empty() -> None:
    assert text_of(drawn(lambda canvas: canvas.rect(100, 100, 50, 50))) == ""


@pytest.mark.parametrize(
    ("meanings", "expected"),
    [
        (["😀", "x"], "😀x"),
        (["ffi", "x"], "ffix"),
        (["é", "x"], "éx"),
        (["\ufeff", "x"], "\u2060x"),
        (["\f", "x"], " x"),
    ],
)
def test_what_fonts_say_their_glyphs_mean(meanings: list[str], expected: str) -> None:
    data = page_of(b"BT /F1 20 Tf 50 500 Td (AB) Tj ET", unicode_of=meanings)
    assert text_of(data).strip() == expected.strip()
    boxes_of(data)


def test_one_glyph_for_three_letters_is_shared_by_them() -> None:
    boxes = boxes_of(page_of(b"BT /F1 20 Tf 50 500 Td (AB) Tj ET", unicode_of=["abc", "d"]))
    assert boxes["a"][2] == pytest.approx(boxes["b"][0], abs=0.01)
    assert boxes["a"][0] < boxes["b"][0] < boxes["c"][0] < boxes["d"][0]


def test_a_short_line_is_a_line_though_a_blank_stands_before_it() -> None:
    file = PdfFile(drawn(written("Words b", "c")), "a.pdf")
    with file.page(0) as page:
        assert page is not None
        text, (_, lines) = page_text(page), page_glyphs(page)
    file.close()
    assert [text[start:end].strip() for start, end in lines] == ["Words b", "c"]


def test_letters_from_right_to_left_share_a_glyph_from_right_to_left() -> None:
    data = page_of(b"BT /F1 20 Tf 50 500 Td (AB) Tj ET", unicode_of=["لا", "x"])
    boxes = boxes_of(data)
    first, second = [char for char in text_of(data) if char in "لا"]
    assert boxes[first][0] > boxes[second][0]


def test_boxes_are_where_the_words_are_drawn() -> None:
    boxes = boxes_of(drawn(written("Hq", left=100, top=200, size=20)))
    left, top, right, bottom = boxes["H"]
    assert left == pytest.approx(100, abs=0.5)
    assert right - left == pytest.approx(14.4, abs=0.5)
    assert top < 200 - 14
    assert 200 < bottom < 207
    assert boxes["q"][0] == pytest.approx(right, abs=0.1)


def test_blanks_fill_the_gap_and_line_ends_have_no_width() -> None:
    boxes = boxes_of(drawn(written("Words: a b", "nextline")))
    assert boxes[" "][0] == pytest.approx(boxes["a"][2], abs=0.1)
    assert boxes[" "][2] == pytest.approx(boxes["b"][0], abs=0.1)
    assert boxes[" "][3] - boxes[" "][1] > 5
    assert boxes["\n"][0] == boxes["\n"][2] == boxes["b"][2]


CROPPED = b"/MediaBox [-100 -50 500 700] /CropBox [20 30 320 430] /Rotate %d"
CORNERS = {0: (10, 380), 90: (20, 10), 180: (290, 20), 270: (380, 290)}
"""Where the mark is drawn near (30, 50), as it is shown: left and top, about."""


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_crop_boxes_and_turned_pages(turn: int) -> None:
    data = page_of(b"BT /F1 10 Tf 30 50 Td (X) Tj ET", CROPPED % turn)
    file = PdfFile(data, "a.pdf")
    assert file.size(0) == ((400, 300) if turn % 180 else (300, 400))
    file.close()
    left, top, right, bottom = boxes_of(data)["X"]
    x, y = CORNERS[turn]
    assert abs((left + right) / 2 - x) < 12
    assert abs((top + bottom) / 2 - y) < 12
    assert right > left
    assert bottom > top


@given(
    st.floats(-100, 100), st.floats(-100, 100), st.floats(10, 900), st.floats(10, 900), st.integers(0, 3),
    st.floats(0, 1), st.floats(0, 1),
)  # fmt: skip
def test_a_point_shown_lies_within_the_page(
    left: float, bottom: float, width: float, height: float, turns: int, across: float, up: float
) -> None:
    frame = Frame(left, bottom + height, left + width, bottom, turns)
    x, y = frame.shown(left + across * width, bottom + up * height)
    shown_width, shown_height = frame.size
    assert -1e-6 <= x <= shown_width + 1e-6
    assert -1e-6 <= y <= shown_height + 1e-6


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_places_are_those_of_the_picture(turn: int) -> None:
    """Where the boxes say that the word is, the picture is dark; its other half is white."""
    import ctypes

    file = PdfFile(page_of(b"30 50 40 20 re f BT /F1 10 Tf 30 50 Td (X) Tj ET", CROPPED % turn), "a.pdf")
    with file.page(0) as page:
        assert page is not None
        width, height = (int(side) for side in page.frame.size)
        pixels = (ctypes.c_ubyte * (width * height * 4))()
        library = pdfium()
        bitmap = library.FPDFBitmap_CreateEx(width, height, 3, pixels, width * 4)
        library.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xFFFFFFFF)
        library.FPDF_RenderPageBitmap(bitmap, page.handle, 0, 0, width, height, 0, 0)
        left, top, right, bottom = page.frame.shown_rect(30, 70, 70, 50)
        x, y = round((left + right) / 2), round((top + bottom) / 2)
        assert pixels[(y * width + x) * 4] < 50
        assert sum(pixels[at] < 50 for at in range(0, len(pixels), 4)) == pytest.approx(800, abs=70)
        library.FPDFBitmap_Destroy(bitmap)
    file.close()


@given(st.lists(st.text("ab \ufffe", max_size=8), max_size=6))
def test_the_places_of_lines_are_those_of_their_characters(pieces: list[str]) -> None:
    raw = "\r\n".join(pieces)
    for line, at in raw_lines(raw):
        shown = raw[at : at + len(line)].replace("\ufffe", "-")
        assert line == shown


def two_columns(left: list[str], right: list[str]) -> Draw:
    return together(written(*left, left=60), written(*right, left=320))


def test_columns_come_one_after_the_other() -> None:
    left, right = ["The left column", "goes first"], ["The right column", "goes second"]
    assert text_of(drawn(two_columns(left, right))) == "\n".join(left + right)
