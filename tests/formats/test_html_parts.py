"""Parts of pages that mean more than their words: formulas, drawings, languages, directions."""

import pytest

from reader.formats.html.drawings import stand_alone, title_of_drawing, wrapped_image
from reader.formats.html.mathml import readable
from reader.formats.html.xhtml import xhtml_events
from reader.formats.images import media_type
from tests.formats.checks import document_of, shown


def spelled(markup: str) -> str:
    events = xhtml_events(f"<math>{markup}</math>".encode())
    assert events is not None
    return readable({}, events[1:-1])


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<mi>x</mi><mo>=</mo><mn>2</mn>", "x = 2"),
        ("<msup><mi>x</mi><mn>2</mn></msup><mo>+</mo><msub><mi>a</mi><mi>i</mi></msub>", "x^2 + a_i"),
        ("<mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mi>c</mi></mfrac>", "(a + b)/c"),
        ("<msqrt><mi>a</mi><mo>-</mo><mi>b</mi></msqrt>", "√(a-b)"),
        ("<mroot><mi>a</mi><mn>3</mn></mroot>", "3√a"),
        ("<munderover><mo>∑</mo><mn>0</mn><mi>n</mi></munderover><mi>i</mi>", "∑_0^n i"),
        ("<mtable><mtr><mtd>1</mtd><mtd>2</mtd></mtr><mtr><mtd>3</mtd><mtd>4</mtd></mtr></mtable>", "1, 2; 3, 4"),
        ("<semantics><mi>f</mi><mo>\u2061</mo><annotation>evil</annotation></semantics>", "f"),
        ("<mfrac/><msup><mi>x</mi></msup>", "x"),
    ],
)
def test_formulas_are_spelled(markup: str, text: str) -> None:
    assert spelled(markup) == text


def test_a_formula_that_its_author_spells() -> None:
    document = document_of("<p>so <math alttext='x squared'><mi>x</mi></math> is</p>", "html")
    assert document.text == "so x squared is"


def test_a_picture_wrapped_in_a_drawing_is_kept_where_the_page_is_no_xml() -> None:
    document = document_of("<p>a<br><svg><title>T</title><image xlink:href='x.png'/></svg><svg><path/></svg>", "html")
    assert shown(document) == [("paragraph", "a"), ("figure", "T")]


def test_drawings_that_wrap_a_picture() -> None:
    markup = "<svg viewBox='0 0 1 1'><title>A &amp; B</title><image width='1' xlink:href='a%20b.png'/></svg>"
    assert wrapped_image(markup) == "a%20b.png"
    assert title_of_drawing(markup) == "A & B"
    assert wrapped_image("<svg><image href='a'/><image href='b'/></svg>") == ""
    assert wrapped_image("<svg><path/></svg>") == ""


@pytest.mark.parametrize(
    "markup", ["<svg><path d='M0 0'/></svg>", "<svg:svg viewBox='0 0 9 9'><svg:path/></svg:svg>", "<svg xmlns='x'/>"]
)
def test_a_drawing_becomes_a_file_of_its_own(markup: str) -> None:
    alone = stand_alone(markup)
    assert media_type(alone) == "image/svg+xml"
    assert alone.count(b"xmlns=") == 1
    events = xhtml_events(alone)
    assert events is not None


def test_languages_and_directions_of_a_page() -> None:
    document = document_of(
        "<html lang=en><p dir=rtl lang=he>שלום <b lang=en-US>x</b><p>plain <i lang=fr>mot</i>", "html"
    )
    spoken = [(s.href, document.text[s.start : s.end]) for s in document.spans if s.kind == "language"]
    assert spoken == [("he", "שלום "), ("fr", "mot")]
    assert [block.direction for block in document.blocks] == ["rtl", ""]
