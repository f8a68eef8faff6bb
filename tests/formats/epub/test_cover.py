"""The cover of a book that shows it on no page."""

import pytest

from reader.model.document import BlockKind, Document
from reader.text.folding import fold
from tests.formats.epub.books import GIF, METADATA, Book, page

NAMED = {"my cover.gif": 'properties="cover-image"'}
SECOND = METADATA + '<meta name="cover" content="my cover.gif"/>'


def figures(document: Document) -> list[int]:
    return [at for at, block in enumerate(document.blocks) if block.kind is BlockKind.FIGURE]


def book(body: str, *, metadata: str = METADATA, named: bool = True, spine: list[str] | None = None) -> Document:
    parts: dict[str, str | bytes] = {"c.xhtml": page("<h1>One</h1>"), "d.xhtml": page(body), "my cover.gif": GIF}
    return Book(parts, spine=spine, metadata=metadata, attributes=NAMED if named else {}).read()


def test_a_cover_that_no_page_shows_is_the_first_figure() -> None:
    for document in (book("<p>x</p>"), book("<p>x</p>", metadata=SECOND, named=False)):
        assert figures(document) == [0]
        assert document.assets[0].data == GIF
        assert document.text == "\nOne\nx"
        assert document.outline[0].position == 1
        assert document.metadata.title == "A book"


@pytest.mark.parametrize(
    "body",
    [
        "<p><img src='my%20cover.gif'/></p>",
        "<svg xmlns:xlink='x' viewBox='0 0 1 1'><image xlink:href='my cover.gif' width='1'/></svg>",
    ],
)
def test_a_cover_that_a_page_shows_stays_where_it_is(body: str) -> None:
    assert figures(book(body)) == [1]


def test_another_picture_on_a_page_for_the_cover_is_the_cover() -> None:
    assert figures(book("<div epub:type=\"cover\"><img src='my.gif' alt=''/></div>")) == [1]


def test_a_cover_that_is_a_part_of_the_book_or_is_not_there_is_not_shown_twice() -> None:
    assert figures(book("<p>x</p>", spine=["c.xhtml", "my cover.gif"])) == [1]
    assert figures(book("<p>x</p>", named=False)) == []
    missing = Book({"c.xhtml": page("<p>x</p>")}, metadata=METADATA + '<meta name="cover" content="gone"/>').read()
    assert figures(missing) == []


def test_marks_of_direction_are_nothing_to_searching_and_sorting() -> None:
    titled = '<dc:title dir="rtl">CSS: a book</dc:title><dc:language>en</dc:language>'
    document = Book({"c.xhtml": page("<p>x</p>")}, metadata=titled).read()
    assert document.metadata.title == "\u200fCSS: a book"
    assert fold(document.metadata.title) == "css: a book"
