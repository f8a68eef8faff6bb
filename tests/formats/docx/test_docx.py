import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.formats.docx import conversion
from reader.formats.errors import FormatError
from reader.formats.registry import parse
from reader.formats.request import Limits, Request
from reader.model.document import Block
from tests.formats.checks import shown, spans_of, text_of
from tests.formats.docx.packing import (
    NAMESPACES,
    PNG,
    blocks,
    footnotes,
    item,
    packed,
    paragraph,
    read,
    relationships,
    run,
)

STYLES = """
<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="de-DE"/></w:rPr></w:rPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>
<w:style w:type="paragraph" w:styleId="Mine"><w:name w:val="My chapter"/><w:basedOn w:val="berschrift1"/></w:style>
<w:style w:type="paragraph" w:styleId="Deep"><w:name w:val="Deep"/><w:pPr><w:outlineLvl w:val="8"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="Unter"><w:name w:val="Subtitle"/></w:style>
<w:style w:type="paragraph" w:styleId="Zitat"><w:name w:val="Quote"/></w:style>
<w:style w:type="paragraph" w:styleId="Pre"><w:name w:val="HTML Preformatted"/></w:style>
<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Loop"><w:basedOn w:val="Loop"/><w:rPr><w:i/></w:rPr></w:style>
"""


def test_styles_decide_by_name_and_by_what_they_are_based_on() -> None:
    document = read(
        paragraph("The Reservoir", "Titel")
        + paragraph("A history", "Unter")
        + paragraph("One", "berschrift1")
        + paragraph("Two", "Mine")
        + paragraph("Nine", "Deep")
        + paragraph("Direct", extra='<w:outlineLvl w:val="1"/>')
        + paragraph("Said", "Zitat")
        + paragraph("x = 1", "Pre")
        + paragraph("  y", "Pre")
        + paragraph("Unknown style", "Nowhere"),
        {"styles": STYLES},
    )
    assert blocks(document) == [
        ("heading", 1, "", "The Reservoir"),
        ("paragraph", 0, "", "A history"),
        ("heading", 1, "", "One"),
        ("heading", 1, "", "Two"),
        ("heading", 6, "", "Nine"),
        ("heading", 2, "", "Direct"),
        ("quote", 0, "", "Said"),
        ("code", 0, "", "x = 1\n  y"),
        ("paragraph", 0, "", "Unknown style"),
    ]
    assert document.metadata.title == "The Reservoir"
    assert document.metadata.subtitle == "A history"
    assert document.metadata.language == "de-DE"


def test_looks_of_words_from_run_and_style() -> None:
    document = read(
        "<w:p>"
        + run("bold", "<w:b/>")
        + run(" not ", '<w:b w:val="0"/><w:rStyle w:val="Strong"/>')
        + run("strong", '<w:rStyle w:val="Strong"/>')
        + run(" ")
        + run("it", '<w:rStyle w:val="Loop"/>')
        + run("gone", "<w:vanish/>")
        + run("2", '<w:vertAlign w:val="superscript"/>')
        + run("u", '<w:u w:val="single"/>')
        + run("m", '<w:highlight w:val="yellow"/>')
        + run("s", "<w:dstrike/>")
        + "</w:p>",
        {"styles": STYLES},
    )
    assert document.text == "bold not strong it2ums"
    assert spans_of(document) == [
        ("bold", "bold"),
        ("bold", "strong"),
        ("italic", "it"),
        ("superscript", "2"),
        ("underline", "u"),
        ("mark", "m"),
        ("strike", "s"),
    ]


def test_signs_that_are_no_letters() -> None:
    document = read(
        "<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t><w:cr/><w:t>e</w:t>"
        '<w:br w:type="page"/><w:t>f</w:t><w:sym w:font="Wingdings" w:char="F04A"/><w:lastRenderedPageBreak/></w:r>'
        "<w:r><w:ruby><w:rt><w:r><w:t>kan</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>漢</w:t></w:r></w:rubyBase></w:ruby></w:r>"
        "</w:p>"
    )
    assert document.text.startswith("a b\nc\u2011d\ne\nf")
    assert document.text.endswith("漢(kan)")


def test_tracked_changes_are_accepted() -> None:
    deleted_mark = '<w:pPr><w:rPr><w:del w:id="9"/></w:rPr></w:pPr>'
    document = read(
        f"<w:p>{run('Kept')}<w:del w:id='1'><w:r><w:delText>gone</w:delText></w:r></w:del>"
        f"<w:ins w:id='2'>{run(' new')}</w:ins><w:moveFrom w:id='3'>{run('old place')}</w:moveFrom>"
        f"<w:moveTo w:id='4'>{run(' moved')}</w:moveTo></w:p>"
        f"<w:p>{deleted_mark}{run('Joined ')}</w:p>{paragraph('again')}"
        f"<w:tbl><w:tr><w:trPr><w:del w:id='5'/></w:trPr><w:tc>{paragraph('row')}</w:tc></w:tr>"
        f"<w:tr><w:tc>{paragraph('left')}</w:tc><w:tc>{paragraph('right')}</w:tc></w:tr></w:tbl>"
        f"<w:p>{deleted_mark}{run('last')}</w:p>"
    )
    assert [text for _, text in shown(document)] == ["Kept new moved", "Joined again", "left", "right", "last"]


def test_a_long_document_is_the_same_whole_or_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    linked = '<w:hyperlink r:id="rId7"><w:r><w:t>link</w:t></w:r></w:hyperlink>'

    def noted(number: int) -> str:
        return f'<w:p>{run("Word ")}{linked}<w:r><w:footnoteReference w:id="{number}"/></w:r></w:p>'

    body = "".join(noted(1 + i % 3) + paragraph(f"line {i}", "Pre") * 2 + paragraph("Said", "Zitat") for i in range(9))
    parts = {
        "styles": STYLES,
        "footnotes": footnotes("One.", "Two.", "Three."),
        "word/_rels/document.xml.rels": relationships(rId7="http://out.example/"),
    }
    whole = read(body, parts)
    monkeypatch.setattr(conversion, "_SLICE", 3)
    assert read(body, parts) == whole
    assert [(kind, text) for kind, text in shown(whole) if kind == "footnote"] == [
        ("footnote", "One."),
        ("footnote", "Two."),
        ("footnote", "Three."),
    ]


def test_runs_of_one_look_are_joined() -> None:
    document = read(f"<w:p>{run('Re', '<w:b/>')}{run('ser', '<w:b/>')}{run('voir ')}{run('dam', '<w:b/>')}</w:p>")
    assert spans_of(document) == [("bold", "Reser"), ("bold", "dam")]


def test_comments_stand_on_their_passages() -> None:
    comments = (
        f'<w:comment w:id="0" w:author="Ada Lee" w:date="2024-05-01T10:00:00Z">{paragraph("First.")}'
        f"{paragraph('Second.')}</w:comment>"
        f'<w:comment w:id="1">{paragraph("A point.")}</w:comment>'
        f'<w:comment w:id="2">{paragraph("Unplaced")}</w:comment>'
        f'<w:comment w:id="3">{paragraph("Over two.")}</w:comment>'
    )
    start, end = '<w:commentRangeStart w:id="{}"/>', '<w:commentRangeEnd w:id="{}"/>'
    document = read(
        f"{start.format(3)}<w:p>{run('The ')}{start.format(0)}{run('high ')}{run('dam', '<w:b/>')}{end.format(0)}"
        f'<w:r><w:commentReference w:id="0"/></w:r>{run(" stood.")}</w:p>'
        f'<w:p>{run("Alone.")}<w:r><w:commentReference w:id="1"/></w:r></w:p>{end.format(3)}{paragraph("After.")}',
        {"comments": comments},
    )
    said = [(document.text[c.start : c.end], c.text, c.author, c.created) for c in document.comments]
    assert said == [
        ("The high dam stood.\nAlone.", "Over two.", "", ""),
        ("high dam", "First.\nSecond.", "Ada Lee", "2024-05-01T10:00:00Z"),
        ("Alone.", "A point.", "", ""),
    ]
    assert not document.targets


def test_text_boxes_follow_the_paragraph_they_hang_on_and_come_once() -> None:
    box = f"<w:txbxContent>{paragraph('In the box')}</w:txbxContent>"
    both = (
        f"<mc:AlternateContent><mc:Choice><w:drawing><wp:anchor><wps:txbx>{box}</wps:txbx></wp:anchor></w:drawing>"
        f"</mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent>"
    )
    old = f"<w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict>"
    document = read(f"<w:p><w:r>{both}</w:r>{run('Beside it')}</w:p><w:p><w:r>{old}</w:r></w:p>")
    assert [text for _, text in shown(document)] == ["Beside it", "In the box", "In the box"]


def test_tables_keep_their_spans() -> None:
    def cell(text: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"

    merged, goes_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    document = read(
        "<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr>"
        + cell("Year", '<w:gridSpan w:val="2"/>')
        + cell("Level")
        + "</w:tr><w:tr>"
        + cell("1901", merged)
        + cell("May")
        + cell("3")
        + "</w:tr><w:tr>"
        + cell("", goes_on)
        + cell("June")
        + cell("4", '<w:gridSpan w:val="no number"/>')
        + "</w:tr></w:tbl>"
    )

    def place(b: Block) -> tuple[str, int, int, int, int, bool]:
        return text_of(document, b), b.row, b.column, b.row_span, b.column_span, b.header

    assert [place(block) for block in document.blocks] == [
        ("Year", 0, 0, 1, 2, True),
        ("Level", 0, 2, 1, 1, True),
        ("1901", 1, 0, 2, 1, False),
        ("May", 1, 1, 1, 1, False),
        ("3", 1, 2, 1, 1, False),
        ("June", 2, 1, 1, 1, False),
        ("4", 2, 2, 1, 1, False),
    ]


def test_links_by_relationship_bookmark_and_field() -> None:
    def field(code: str, text: str) -> str:
        mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
        return (
            f"{mark.format('begin')}<w:r><w:instrText>{code}</w:instrText></w:r>{run('code', '')}"
            f"{mark.format('separate')}{run(text)}{mark.format('end')}"
        )

    document = read(
        f'<w:p><w:hyperlink r:id="rId7">{run("outside")}</w:hyperlink>{run(" ")}'
        f'<w:hyperlink w:anchor="there">{run("inside")}</w:hyperlink>{run(" ")}'
        + field('HYPERLINK "http://x.example/a" \\l "part" \\o "a tip"', "by field")
        + run(" ")
        + field(" PAGE ", "7")
        + f'{run(" ")}<w:hyperlink r:id="nowhere">{run("lost")}</w:hyperlink></w:p>'
        + f'<w:p><w:bookmarkStart w:id="1" w:name="there"/>{run("Here.")}<w:bookmarkEnd w:id="1"/></w:p>'
        + f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r></w:p>{paragraph("Never lost.")}',
        {"word/_rels/document.xml.rels": relationships(rId7="http://out.example/")},
    )
    assert document.text == "outside inside by field 7 lost\nHere.\nNever lost."
    assert [(document.text[s.start : s.end], s.href) for s in document.spans] == [
        ("outside", "http://out.example/"),
        ("inside", "#there"),
        ("by field", "http://x.example/a#part"),
    ]
    assert document.targets == {"there": document.text.index("Here")}


def test_pictures_keep_their_alternatives_and_the_address_in_the_file() -> None:
    drawing = (
        '<w:r><w:drawing><wp:inline><wp:docPr id="1" descr="{}"/><a:graphic><a:graphicData><pic:pic><pic:blipFill>'
        '<a:blip r:embed="{}"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    )
    old = '<w:r><w:pict><v:shape alt="Old one"><v:imagedata r:id="rId2"/></v:shape></w:pict></w:r>'
    document = read(
        f"<w:p>{run('Before')}</w:p><w:p>{drawing.format('The &quot;dam&quot; &lt;1901&gt;', 'rId2')}</w:p>"
        f"<w:p>{old}</w:p><w:p>{drawing.format('Drawn', 'rId3')}</w:p><w:p>{drawing.format('Gone', 'rId9')}</w:p>",
        {
            "word/_rels/document.xml.rels": relationships(rId2="image|media/a b.png", rId3="image|media/i.emf"),
            "word/media/a b.png": PNG,
            "word/media/i.emf": b"\x01\x00\x00\x00",
        },
    )
    assert shown(document) == [
        ("paragraph", "Before"),
        ("figure", 'The "dam" <1901>'),
        ("figure", "Old one"),
        ("figure", "Drawn"),
        ("figure", "Gone"),
    ]
    assert [(a.media_type, a.data, a.source) for a in document.assets] == [
        ("image/png", PNG, "word/media/a b.png"),
        ("image/png", PNG, "word/media/a b.png"),
        ("", b"", ""),
        ("", b"", ""),
    ]


@pytest.mark.parametrize("sort", ["2006/chart", "2006/diagram", "2014/chartex"])
def test_what_word_draws_from_data_leaves_its_description(sort: str) -> None:
    drawing = (
        '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="Chart 1" descr="Water by year"/><a:graphic>'
        f'<a:graphicData uri="http://schemas.example/{sort}"><c:chart xmlns:c="urn:c" r:id="rId8"/></a:graphicData>'
        "</a:graphic></wp:inline></w:drawing></w:r>"
    )
    document = read(f"<w:p>{run('Before')}{drawing}{run('After')}</w:p>")
    assert shown(document) == [("paragraph", "Before"), ("figure", "Water by year"), ("paragraph", "After")]
    assert [(a.data, a.alt) for a in document.assets] == [(b"", "Water by year")]


def test_formulas_are_read_as_a_line() -> None:
    def text(said: str) -> str:
        return f"<m:r><m:t>{said}</m:t></m:r>"

    fraction = f"<m:f><m:num>{text('a+b')}</m:num><m:den>{text('2')}</m:den></m:f>"
    power = f"<m:sSup><m:e>{text('x')}</m:e><m:sup>{text('2')}</m:sup></m:sSup>"
    root = f"<m:rad><m:deg/><m:e>{text('y+1')}</m:e></m:rad>"
    sum_ = f'<m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr><m:sub>{text("i=1")}</m:sub><m:sup>{text("n")}</m:sup>'
    document = read(
        f"<w:p>{run('Let ')}<m:oMath>{fraction}{text('=')}{power}{text('+')}{root}</m:oMath>{run('.')}</w:p>"
        f"<m:oMathPara><m:oMath>{sum_}<m:e>{text('i')}</m:e></m:nary></m:oMath></m:oMathPara>"
    )
    assert document.text == "Let (a+b)/2=x^2+√(y+1).\n∑_(i=1)^n i"


def test_right_to_left_paragraphs_say_so() -> None:
    document = read(paragraph("سد", extra="<w:bidi/>") + paragraph("dam") + paragraph("x", extra='<w:bidi w:val="0"/>'))
    assert [block.direction for block in document.blocks] == ["rtl", "", ""]


def test_core_properties() -> None:
    core = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"><dc:title>{}</dc:title>'
        "<dc:creator>Ada Lee; Bo Mar</dc:creator><cp:keywords>dams, water</cp:keywords><dc:language>en-GB</dc:language>"
        "<dc:identifier>ISBN 9780306406157</dc:identifier><dcterms:created>2021-02-03T04:05:06Z</dcterms:created>"
        "</cp:coreProperties>"
    )
    parts = {"styles": STYLES, "docProps/core.xml": core.format("The  Dam")}
    found = read(paragraph("Other", "Titel"), parts).metadata
    assert (found.title, found.authors, found.tags) == ("The Dam", ("Ada Lee", "Bo Mar"), ("dams", "water"))
    assert (found.language, found.date) == ("en-GB", "2021-02-03T04:05:06Z")
    assert found.identifiers == ("isbn:9780306406157",)
    parts["docProps/core.xml"] = core.format("Microsoft Word - letter.doc")
    assert read(paragraph("Shown", "Titel"), parts).metadata.title == "Shown"


def test_strict_files_and_byte_order_marks() -> None:
    data = packed(paragraph("Über Wasser", "berschrift1") + item("one", 1), {"styles": STYLES, "numbering": ""})
    plain = parse(Request(data, "a.docx"), "docx").document
    strict = NAMESPACES.replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    body = paragraph("Über Wasser", "berschrift1") + item("one", 1)
    part = f'<?xml version="1.0" encoding="UTF-8"?><w:document {strict}><w:body>{body}</w:body></w:document>'
    document = read("", {"word/document.xml": b"\xef\xbb\xbf" + part.encode(), "styles": STYLES})
    assert (document.text, document.blocks[0]) == (plain.text, plain.blocks[0])


def test_wrappings_hide_nothing() -> None:
    document = read(
        f"<w:sdt><w:sdtContent>{paragraph('In a control')}</w:sdtContent></w:sdt>"
        f"<w:p><w:smartTag>{run('smart ')}</w:smartTag><w:sdt><w:sdtContent>{run('inline ')}</w:sdtContent></w:sdt>"
        f'<w:fldSimple w:instr="AUTHOR">{run("field")}</w:fldSimple></w:p>'
        f"<w:tbl><w:sdt><w:sdtContent><w:tr><w:sdt><w:sdtContent><w:tc>{paragraph('cell')}</w:tc></w:sdtContent></w:sdt>"
        f"<w:tc>{paragraph('next')}</w:tc></w:tr></w:sdtContent></w:sdt></w:tbl>"
    )
    assert [text for _, text in shown(document)] == ["In a control", "smart inline field", "cell", "next"]


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        ({"word/document.xml": "<w:document"}, "“a.docx” holds XML that is not well-formed"),
        ({"word/document.xml": f"<w:other {NAMESPACES}/>"}, "is an Office file, but no Word document"),
        ({}, "has nothing in it to read"),
        ({"footnotes.xml": "", "word/footnotes.xml": "<broken"}, "not well-formed"),
    ],
)
def test_what_cannot_be_read_is_one_sentence(parts: dict[str, str | bytes], sentence: str) -> None:
    with pytest.raises(FormatError, match=sentence) as caught:
        parse(Request(packed("", parts), "a.docx"), "docx")
    assert "\n" not in str(caught.value)


def test_a_broken_part_that_the_text_does_not_need_is_passed_over() -> None:
    assert read(paragraph("Words"), {"word/styles.xml": "<<<", "word/numbering.xml": "", "docProps/core.xml": "x"}).text


def test_nesting_without_end_is_refused_or_read() -> None:
    deep = paragraph("core")
    for _ in range(120):
        deep = f"<w:tbl><w:tr><w:tc>{deep}</w:tc></w:tr></w:tbl>"
    with pytest.raises(FormatError, match="nested more deeply"):
        parse(Request(packed(deep), "a.docx", limits=Limits(depth=300)), "docx")
    assert read(deep).text == "core"


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), max_size=40),
        min_size=1,
        max_size=8,
    )
)
def test_the_words_of_any_text_come_back_in_order(texts: list[str]) -> None:
    def escaped(text: str) -> str:
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

    body = "".join(paragraph(escaped(text)) for text in ["start", *texts])
    document = read(body)
    expected = [" ".join(filter(None, text.split(" "))) for text in ["start", *texts]]
    assert document.text == "\n".join(filter(None, expected))
