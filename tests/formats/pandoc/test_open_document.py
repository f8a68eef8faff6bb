from io import BytesIO
from zipfile import ZipFile

import pytest

from reader.formats.errors import FormatError
from reader.formats.pandoc import program
from reader.formats.registry import parse
from reader.formats.request import Limits, Request
from reader.model.document import Document
from tests.formats.checks import check, text_of
from tests.formats.docx.packing import PNG

NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in {
        "office": "office", "text": "text", "style": "style", "draw": "drawing", "table": "table", "meta": "meta",
        "svg": "svg-compatible",
    }.items()
) + ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'  # fmt: skip


def packed(body: str, **files: str | bytes) -> bytes:
    """An ODT of this body; `files` by names with "_" for "/" and "__" for "."."""
    styles = '<style:style style:name="Haupttitel" style:family="paragraph" style:parent-style-name="Title"/>'
    content = (
        f"<office:document-content {NAMESPACES}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", content)
        archive.writestr("styles.xml", f"<office:document-styles {NAMESPACES}/>")
        for name, data in files.items():
            archive.writestr(name.replace("__", ".").replace("_", "/"), data)
    return file.getvalue()


def read(body: str, **files: str | bytes) -> Document:
    document = parse(Request(packed(body, **files), "a.odt"), "odt").document
    check(document)
    return document


def blocks(document: Document) -> list[tuple[str, str]]:
    return [(b.kind.value, text_of(document, b)) for b in document.blocks]


@pytest.mark.usefixtures("pandoc")
def test_what_pandoc_passes_over_is_read() -> None:
    document = read(
        '<text:sequence-decls><text:sequence-decl text:name="x"/></text:sequence-decls>'
        '<text:p text:style-name="Haupttitel">The Dam</text:p><text:p text:style-name="Subtitle">A history</text:p>'
        "<text:section><text:p>In a section</text:p><text:section><text:h>Deeper</text:h></text:section></text:section>"
        "<text:table-of-content><text:table-of-content-source/><text:index-body><text:index-title>"
        "<text:p>Contents</text:p></text:index-title><text:p>One 1</text:p></text:index-body></text:table-of-content>"
        "<text:p>Before<draw:frame><draw:text-box><text:p>In the box</text:p></draw:text-box></draw:frame> after"
        "</text:p>"
        "<draw:custom-shape><text:p>In a shape</text:p></draw:custom-shape>"
        "<text:p>Figure <text:sequence>3</text:sequence>: <text:meta>kept</text:meta> <text:ruby><text:ruby-base>漢"
        "</text:ruby-base><text:ruby-text>kan</text:ruby-text></text:ruby>.</text:p>"
        "<text:p>Tail <text:page-number>9</text:page-number>end</text:p>"
    )
    assert blocks(document) == [
        ("heading", "The Dam"),
        ("paragraph", "A history"),
        ("paragraph", "In a section"),
        ("heading", "Deeper"),
        ("paragraph", "Contents"),
        ("paragraph", "One 1"),
        ("paragraph", "Before after"),
        ("paragraph", "In the box"),
        ("paragraph", "In a shape"),
        ("paragraph", "Figure 3: kept 漢(kan)."),
        ("paragraph", "Tail 9end"),
    ]
    assert (document.metadata.title, document.metadata.subtitle) == ("The Dam", "A history")


@pytest.mark.usefixtures("pandoc")
def test_changes_are_accepted_and_comments_left_out() -> None:
    document = read(
        '<text:tracked-changes><text:changed-region xml:id="c"><text:deletion><text:p>gone</text:p></text:deletion>'
        "</text:changed-region></text:tracked-changes>"
        '<text:p>Water <text:change text:change-id="c"/>and<office:annotation><dc:creator>Ada</dc:creator>'
        "<text:p>A comment</text:p></office:annotation> stone<office:annotation-end/>.</text:p>"
    )
    assert document.text == "Water and stone."


@pytest.mark.usefixtures("pandoc")
def test_formulas_and_rows_of_headings() -> None:
    math = (
        '<math xmlns="http://www.w3.org/1998/Math/MathML"><semantics>{}<annotation>no</annotation></semantics></math>'
    )
    simple = math.format("<mrow><mi>x</mi><mo>=</mo><mn>2</mn></mrow>")
    fraction = math.format("<mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mi>c</mi></mfrac>")
    frame = '<draw:frame><draw:object xlink:href="{}"/></draw:frame>'
    row = (
        "<table:table-row><table:table-cell><text:p>{}</text:p></table:table-cell><table:table-cell/></table:table-row>"
    )
    document = read(
        f"<text:p>Let {frame.format('./Object 1')} and {frame.format('Object2/')}; {frame.format('none')}.</text:p>"
        "<table:table><table:table-column/><table:table-column/><table:table-header-rows>"
        f"{row.format('Year')}</table:table-header-rows>{row.format('1901')}</table:table>",
        **{"Object 1_content__xml": simple, "Object2_content__xml": fraction},
    )
    assert [text for _, text in blocks(document)] == ["Let x = 2 and (a + b)/c; .", "Year", "", "1901", ""]


@pytest.mark.usefixtures("pandoc")
def test_notes_pictures_and_metadata() -> None:
    frame = (
        '<draw:frame><draw:image xlink:href="Pictures/{}"/><svg:title>Title</svg:title><svg:desc>The dam</svg:desc>'
        "</draw:frame>"
    )
    meta = (
        f"<office:document-meta {NAMESPACES}><office:meta><dc:title>Dams</dc:title><dc:language>en-GB</dc:language>"
        "<meta:initial-creator>Ada Lee</meta:initial-creator><meta:keyword>water</meta:keyword>"
        "<meta:creation-date>2021-02-03T04:05:06.789</meta:creation-date></office:meta></office:document-meta>"
    )
    document = read(
        '<text:p>Water<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body>'
        "<text:section><text:p>A note.</text:p></text:section><text:p>More.</text:p></text:note-body></text:note>"
        "</text:p>"
        f"<text:p>{frame.format('a.png')}</text:p><text:p>{frame.format('gone.png')}</text:p>",
        Pictures_a__png=PNG,
        meta__xml=meta,
    )
    assert blocks(document) == [
        ("paragraph", "Water1"),
        ("figure", "The dam"),
        ("figure", "The dam"),
        ("footnote", "A note."),
        ("footnote", "More."),
    ]
    assert [(asset.data, asset.source) for asset in document.assets] == [(PNG, "Pictures/a.png"), (b"", "")]
    found = document.metadata
    assert (found.title, found.authors, found.tags) == ("Dams", ("Ada Lee",), ("water",))
    assert (found.language, found.date) == ("en-GB", "2021-02-03T04:05:06")


@pytest.mark.parametrize(
    ("data", "limits", "sentence"),
    [
        (packed("<text:p>x</text:p>")[:-30], Limits(), "damaged"),
        (packed("<text:p>"), Limits(), "not well-formed"),
        (packed("<text:span>" * 500 + "</text:span>" * 500), Limits(), "nested more deeply"),
        (packed("<text:p>" + "x" * 5000 + "</text:p>"), Limits(unpacked=2000), "unpacks to"),
        (
            packed("", **{"META-INF_manifest__xml": '<m xmlns="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            "<encryption-data/></m>"}),
            Limits(),
            "locked with a password",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_one_sentence(data: bytes, limits: Limits, sentence: str) -> None:
    with pytest.raises(FormatError, match=sentence) as caught:
        parse(Request(data, "a.odt", limits=limits), "odt")
    assert "\n" not in str(caught.value)


def test_without_pandoc(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(program, "find", lambda: None)
    with pytest.raises(FormatError, match=r"“a\.odt” needs pandoc"):
        parse(Request(packed("<text:p>x</text:p>"), "a.odt"), "odt")
