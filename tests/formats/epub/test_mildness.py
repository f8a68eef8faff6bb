"""What careless makers leave wrong in a package or in its contents is taken as it was meant."""

import pytest

from tests.formats.epub.books import CONTAINER, Book, document_of, packed, page

NCX = (
    '<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap><navPoint><navLabel><text>First</text></navLabel>'
    '<content src="c.xhtml"/></navPoint></navMap></ncx>'
)


def package(*items: tuple[str, str], spine: str = "c.xhtml") -> bytes:
    """A package of (address, media type), with the same page and NCX in every file."""
    listed = "".join(f'<item id="{href}" href="{href}" media-type="{kind}"/>' for href, kind in items)
    files: dict[str, str | bytes] = {"META-INF/container.xml": CONTAINER}
    files["OPS/book.opf"] = (
        '<package xmlns="http://www.idpf.org/2007/opf"><metadata/><manifest>'
        f'{listed}</manifest><spine><itemref idref="{spine}"/></spine></package>'
    )
    for href, _ in items:
        files[f"OPS/{href}"] = NCX if "ncx" in href else page("<h1>One</h1><p>text</p>")
    return packed(files)


@pytest.mark.parametrize("kind", ["application/xml", "text/xml", "text/html", "", "text/plain"])
def test_pages_by_what_the_order_calls_for(kind: str) -> None:
    name = "c.xml" if kind.endswith("/xml") else "c.html"
    assert document_of(package((name, kind), spine=name)).text == "One\ntext"


def test_contents_by_their_name() -> None:
    document = document_of(package(("c.xhtml", "application/xhtml+xml"), ("toc.ncx", "text/xml")))
    assert [entry.title for entry in document.outline] == ["First"]


def test_contents_of_pictures_and_of_items_that_do_not_end() -> None:
    listed = (
        '<nav><ol><li><a href="c.xhtml">One & two</a><li><span>Part</span><ol><li><a href="c.xhtml#t">'
        '<img src="x.png" alt="Three"/></a></li></ol><li><a href="c.xhtml#t" title="Four"/></ol></nav>'
    )
    parts: dict[str, str | bytes] = {"c.xhtml": page("<p>a</p><p id='t'>b</p>"), "nav.xhtml": f"<html>{listed}</html>"}
    document = Book(parts, attributes={"nav.xhtml": 'properties="nav"'}).read()
    assert [(entry.title, entry.level, entry.position) for entry in document.outline] == [
        ("One & two", 1, 0),
        ("Part", 1, 2),
        ("Three", 2, 2),
        ("Four", 1, 2),
    ]
