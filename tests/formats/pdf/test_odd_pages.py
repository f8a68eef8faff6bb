"""Odd pages: their words come in order, and each stands where its ink is."""

import pytest

from reader.formats.pdf.file import PdfFile
from reader.formats.pdf.glyphs import page_glyphs
from reader.formats.pdf.reader import read
from reader.formats.request import Request
from reader.text.page_rects import PageGlyphs, rects_of
from tests.formats.pdf.ink import Ink
from tests.formats.pdf.odd import KINDS, odd, two_rows


@pytest.mark.parametrize("kind", KINDS)
def test_words_come_in_order(kind: str) -> None:
    made = odd(kind)
    document = read(Request(made.data, "odd.pdf"))
    assert document.text == made.text


@pytest.mark.parametrize("kind", KINDS)
def test_a_word_is_where_its_ink_is(kind: str) -> None:
    made = odd(kind)
    file = PdfFile(made.data, "odd.pdf")
    with file.page(0) as page:
        assert page is not None
        boxes, _lines = page_glyphs(page)
        width, height = page.frame.size
    file.close()
    start = made.text.index(made.word)
    (rect,) = rects_of([PageGlyphs(0, width, height, 0, boxes)], start, start + len(made.word))
    ink = Ink(made.alone, scale=2.0 if width < 1000 else 0.1).bounds()
    assert ink
    box = rect.left * width, rect.top * height, rect.right * width, rect.bottom * height
    # What is written does not stand out of its box by more than a hair, nor does the box stand off by half its height.
    room = min(box[2] - box[0], box[3] - box[1])
    hair = 0.06 * room
    assert box[0] <= ink[0] + hair
    assert box[1] <= ink[1] + hair
    assert box[2] >= ink[2] - hair
    assert box[3] >= ink[3] - hair
    assert max(ink[0] - box[0], ink[1] - box[1], box[2] - ink[2], box[3] - ink[3]) < 0.5 * room


def test_rows_of_columns_are_read_one_after_the_other() -> None:
    assert read(Request(two_rows(), "odd.pdf")).text.split("\n") == [
        "水はどこから",
        "来るのか見た",
        "古いカメラで",
        "写したのです",
    ]
