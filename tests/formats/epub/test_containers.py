"""Containers: whole, broken, locked, and no books at all."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.formats.epub.reader import read
from reader.formats.errors import FormatError
from reader.formats.request import Limits, Request
from tests.formats.epub.books import CONTAINER, Book, document_of, packed, page

ONE: dict[str, str | bytes] = {"c1.xhtml": page("<p>Text</p>")}
NAMESPACE = 'xmlns="urn:oasis:names:tc:opendocument:xmlns:container" xmlns:e="http://www.w3.org/2001/04/xmlenc#"'


def encrypted(path: str, method: str) -> str:
    return (
        f'<encryption {NAMESPACE}><e:EncryptedData><e:EncryptionMethod Algorithm="{method}"/><e:CipherData>'
        f'<e:CipherReference URI="{path}"/></e:CipherData></e:EncryptedData></encryption>'
    )


def refusal(data: bytes) -> str:
    with pytest.raises(FormatError) as caught:
        read(Request(data, "a.epub"))
    said = str(caught.value)
    assert said.startswith("“a.epub” ")
    assert said.endswith(".")
    assert "\n" not in said
    return said


def test_mild_with_what_broken_books_have() -> None:
    package = (
        "<package><metadata><dc:title>Mild &nbsp; &unknown;</dc:title></metadata><manifest>"
        "<item id='a' href='Text\\One%20two.XHTML' media-type='application/xhtml+xml'/></manifest>"
        "<spine toc='none'><itemref idref='a'/><itemref idref='gone'/></spine></package>"
    )
    document = document_of(
        packed(
            {
                "meta-inf\\CONTAINER.xml": CONTAINER.replace("OPS/book.opf", "ops\\Book.OPF"),
                "OPS/book.opf": package,
                "OPS/text/one two.xhtml": "<html><body><p>not <b>quite</p><P>XHTML &eacute;&nbsp;&amp; &no;<br>end",
            }
        )
    )
    assert document.text == "not quite\nXHTML é\xa0& &no;\nend"
    assert document.metadata.title == "Mild &unknown;"


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>a&nbsp;b &hellip;</p>", "a\xa0b …"),
        ("<p>a<a id='x'/>b<i/>c</p><p/><script src='x'/><title/><p>d</p>", "abc\nd"),
        ("<html xmlns:h='http://www.w3.org/1999/xhtml'><h:p>a <h:b>b</h:b></h:p></html>", "a b"),
        ("<!DOCTYPE html [<!ENTITY a 'evil'><!ENTITY b '&a;&a;&a;'>]><html><p>x</p></html>", "x"),
        ("<div>" * 3000 + "deep" + "</div>" * 3000, "deep"),
        ("<p><![CDATA[a < b]]></p>", "a < b"),
        ("<p>a<!-- x --> b<?pi x?></p><svg><text>evil</text><script>evil</script></svg>", "a b"),
        (
            "<div xmlns:epub='http://www.idpf.org/2007/ops'><epub:switch><epub:case required-namespace='x'>evil"
            "</epub:case><epub:default><p>good</p></epub:default></epub:switch></div>",
            "good",
        ),
    ],
)
@pytest.mark.parametrize("ending", ["", "<unclosed>"])
def test_pages_of_every_make(source: str, text: str, ending: str) -> None:
    document = Book({"c1.xhtml": source + ending}).read()
    assert document.text.strip() == text


def test_pages_in_other_encodings() -> None:
    written = '<?xml version="1.0" encoding="{}"?><html><body><p>é ü{}</p></body></html>'
    for name in ("utf-16", "iso-8859-1", "utf-8-sig"):
        for more in ("", "<br>"):
            part = written.format(name.removesuffix("-sig"), more).encode(name)
            assert Book({"c1.xhtml": part}).read().text == "é ü"


def test_the_first_package_that_the_container_names() -> None:
    container = CONTAINER.replace(
        "<rootfiles>", '<rootfiles><rootfile full-path="x.pdf" media-type="application/pdf"/>'
    )
    container = container.replace("</rootfiles>", '<rootfile full-path="OTHER/book.opf"/></rootfiles>')
    assert Book(ONE, extra={"META-INF/container.xml": container}).read().text == "Text"


def test_scrambled_fonts_are_no_lock() -> None:
    for method in ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"):
        assert Book(ONE, extra={"META-INF/encryption.xml": encrypted("OPS/f.otf", method)}).read().text == "Text"
    aes = encrypted("OPS/sound.mp3", "http://www.w3.org/2001/04/xmlenc#aes256-cbc")
    assert Book(ONE, extra={"META-INF/encryption.xml": aes, "META-INF/rights.xml": "<r/>"}).read().text == "Text"


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({}, "copy protection:"),
        ({"META-INF/rights.xml": "<rights/>"}, "Adobe"),
        ({"META-INF/license.lcpl": "{}"}, "Readium LCP"),
        ({"META-INF/sinf.xml": "<sinf/>"}, "Apple"),
    ],
)
def test_locked_books_are_refused(more: dict[str, str | bytes], said: str) -> None:
    lock = encrypted("OPS/c1.xhtml", "http://www.w3.org/2001/04/xmlenc#aes256-cbc")
    assert said in refusal(Book(ONE, extra={"META-INF/encryption.xml": lock, **more}).data())


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty"),
        (b"PK\x03\x04 no more", "damaged"),
        (packed({"mimetype": "application/epub+zip"}), "no EPUB"),
        (packed({"word/document.xml": "<w/>"}), "Word document"),
        (packed({"META-INF/container.xml": CONTAINER}), "does not say where its book is"),
        (packed({"META-INF/container.xml": "no xml"}), ""),
        (packed({"META-INF/container.xml": CONTAINER, "OPS/book.opf": "<package/>"}), "no text and no pictures"),
        (Book(ONE, spine=["c9.xhtml"]).data()[:-60], "damaged"),
    ],
)
def test_what_is_no_book_is_refused_in_a_sentence(data: bytes, said: str) -> None:
    assert said in refusal(data)


PIECES = st.sampled_from(
    [
        "<p>", "</p>", "<p class='footnote'>", "<aside epub:type='footnote' id='n'>", "</aside>", "<li>", "</li>",
        "<ol>", "</ol>", "<section epub:type='endnotes'>", "</section>", "<a epub:type='noteref' href='#n'>", "</a>",
        "<math>", "<mfrac>", "</mfrac>", "</math>", "<svg>", "<image href='x'/>", "</svg>", "<table>", "<tr>", "<td>",
        "</td>", "</tr>", "</table>", "<div dir='rtl' lang='ar'>", "</div>", "<span epub:type='pagebreak' title='1'/>",
        "text", "1. ", " ", "\n", "&nbsp;", "😀", "<figure>", "<img src='x' alt='y'/>", "</figure>", "<ruby>",
        "<rt>", "</rt>", "</ruby>", "<br/>", "<pre>", "</pre>", "<i lang='la'>", "</i>", "<h1>", "</h1>",
    ]
)  # fmt: skip


@given(st.lists(PIECES, max_size=30).map("".join), st.booleans())
def test_any_page_keeps_the_promises(body: str, whole: bool) -> None:
    source = page(f"<p>before</p>{body}") if whole else f"<p>before{body}"
    document = Book({"c1.xhtml": source}).read()
    assert "before" in document.text


@given(
    st.binary(max_size=200), st.sampled_from(["META-INF/container.xml", "OPS/book.opf", "OPS/c1.xhtml", "OPS/n.ncx"])
)
def test_any_bytes_in_any_part_are_a_book_or_one_sentence(data: bytes, part: str) -> None:
    book = Book({**ONE, "n.ncx": data}, spine_attributes="toc='n.ncx'", extra={part: data})
    with contextlib.suppress(FormatError):
        document_of(book.data())


@pytest.mark.parametrize(
    "piece",
    [
        "<svg>", "<svg><image ", "<![CDATA[", "<!DOCTYPE[", "<style>", "<link ", "<p style='writing-mode", "<div>",
        "<a epub:type='noteref'>", "<aside epub:type='footnote'>", "<span epub:type='pagebreak'>", "<math><mrow>",
        "<div class='footnote'>", "<li>", "<table><td>", "w<sup><a id='r' href='#n'>1</a></sup><div id='n'>",
        "<p id='n'><a href='#r'>1</a>", "<h1>w<a href='#n'>1</a>", "1<a id='n' href='#n'>1</a>",
        "<a href='#n'/><p id='n'/>",
    ],
)  # fmt: skip
def test_pages_made_to_cost_much_cost_little(piece: str) -> None:
    """A reader that goes back over such a page for each of its pieces would not end here."""
    limits = Limits(ratio=100_000)
    for source in (page("<p>text</p>" + piece * 300), page("<p>text</p>") + piece * 20_000, piece * 20_000):
        with contextlib.suppress(FormatError):
            read(Request(Book({"c1.xhtml": source}).data(), "a.epub", limits=limits))


def test_style_sheets_made_to_cost_much_cost_little() -> None:
    for css in ("/*" * 200_000, "a" * 400_000, "{" * 400_000, ".a," * 100_000 + "{font-style:italic}"):
        parts = ONE | {"s.css": css, "c1.xhtml": page("<p>x</p>", head="<link href='s.css' type='text/css'/>")}
        request = Request(Book(parts).data(), "a.epub", limits=Limits(ratio=100_000))
        assert read(request).text == "x"
