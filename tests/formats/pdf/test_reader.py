"""What is told of a PDF beside its words: paragraphs, headings, outline, labels, links, details."""

import pytest
from reportlab.pdfgen.canvas import Canvas

from reader.formats.errors import FormatError, PasswordNeeded
from reader.formats.pdf.reader import read
from reader.formats.request import Request
from reader.model.document import BlockKind, Document, SpanKind
from reader.text.joining import joined
from tests.formats.checks import check, shown, spans_of
from tests.formats.pdf.makers import HEIGHT, LINE, Draw, assembled, drawn, page_of, stream, together, written
from tests.formats.pdf.test_engine import locked

FIRST = (
    "The first paragraph is long enough to fill several lines of the column,",
    "as paragraphs in books do, so that its last one is clearly shorter than",
    "the others are.",
)
SECOND = (
    "Another one follows, which is just as long as the one before it, and it",
    "too comes to its end in the middle of a line, as most of them happen to",
    "do in the end.",
)


def document_of(data: bytes, name: str = "a.pdf", password: str = "") -> Document:
    document = read(Request(data, name, password=password))
    check(document, own_outline=True)
    return document


def paragraphs_of(data: bytes) -> list[str]:
    document = document_of(data)
    return [joined(document.text, block.start, block.end) for block in document.blocks]


def indented(*lines: str) -> Draw:
    """Lines of which those that begin with a tab are moved to the right."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 11)
        for number, line in enumerate(lines):
            canvas.drawString(72 + 18 * line.startswith("\t"), HEIGHT - 72 - number * LINE, line.strip())

    return draw


def test_a_gap_parts_paragraphs() -> None:
    assert paragraphs_of(drawn(written(*FIRST, "", *SECOND))) == [" ".join(FIRST), " ".join(SECOND)]


def test_an_indent_parts_paragraphs() -> None:
    lines = ["\t" + FIRST[0], *FIRST[1:], "\t" + SECOND[0], *SECOND[1:]]
    assert paragraphs_of(drawn(indented(*lines))) == [" ".join(FIRST), " ".join(SECOND)]


def test_an_outdent_parts_entries_of_a_list_of_works() -> None:
    lines = [FIRST[0], "\t" + FIRST[1], SECOND[0], "\t" + SECOND[1]]
    assert paragraphs_of(drawn(indented(*lines))) == [" ".join(FIRST[:2]), " ".join(SECOND[:2])]


def test_a_short_line_that_ends_a_sentence_ends_the_paragraph() -> None:
    assert paragraphs_of(drawn(written(*FIRST, *SECOND))) == [" ".join(FIRST), " ".join(SECOND)]


def test_a_line_with_a_bullet_is_its_own() -> None:
    lines = [FIRST[0], "• one thing", "• another thing"]
    assert paragraphs_of(drawn(written(*lines))) == lines


def test_a_paragraph_goes_on_in_the_next_column_and_on_the_next_page() -> None:
    column = together(
        written(*FIRST[:1], "and it goes on in the next column, in", left=60, size=8),
        written("the middle of its sentence, and then", "stops at the end of the page without", left=330, size=8),
    )
    lines = (
        FIRST[0], "and it goes on in the next column, in", "the middle of its sentence, and then",
        "stops at the end of the page without", "ever having come to its end.",
    )  # fmt: skip
    data = drawn(column, written("ever having come to its end.", left=60, size=8))
    assert paragraphs_of(data) == [" ".join(lines)]


def test_a_page_number_is_no_part_of_a_paragraph() -> None:
    body = written(*FIRST[:2])
    data = drawn(together(body, written("12", top=750, left=300)), written("the others are."))
    assert paragraphs_of(data) == [" ".join(FIRST[:2]), "12", "the others are."]


def test_larger_type_is_a_heading() -> None:
    title = written("A Treatise on Lines", size=24)
    section = written("1 First things", size=16, top=120)
    data = drawn(together(title, section, written(*FIRST, top=150)))
    document = document_of(data)
    assert shown(document) == [
        ("heading", "A Treatise on Lines"), ("heading", "1 First things"), ("paragraph", "\n".join(FIRST)),
    ]  # fmt: skip
    assert [block.level for block in document.blocks] == [1, 2, 0]
    assert [(entry.title, entry.level) for entry in document.outline] == [
        ("A Treatise on Lines", 1), ("1 First things", 2),
    ]  # fmt: skip
    assert document.metadata.title == "A Treatise on Lines"


def with_outline(canvas: Canvas) -> None:
    canvas.setFont("Helvetica", 11)
    for number, line in enumerate(("Chapter one", *FIRST, "Chapter two", *SECOND)):
        if line.startswith("Chapter"):
            canvas.bookmarkHorizontalAbsolute(line, HEIGHT - 72 - number * LINE + 11)
            canvas.addOutlineEntry(line, line, 0)
        canvas.drawString(72, HEIGHT - 72 - number * LINE, line)


def test_the_outline_leads_to_lines_and_makes_them_headings() -> None:
    document = document_of(drawn(written("A title page"), with_outline))
    assert [(document.text[entry.position :][:11], entry.title) for entry in document.outline] == [
        ("Chapter one", "Chapter one"), ("Chapter two", "Chapter two"),
    ]  # fmt: skip
    headings = [block for block in document.blocks if block.kind is BlockKind.HEADING]
    assert [document.text[block.start : block.end] for block in headings] == ["Chapter one", "Chapter two"]


def test_sheets_pages_and_form_feeds() -> None:
    document = document_of(drawn(written("One"), lambda canvas: None, written("Three"), size=(300, 400)))
    assert document.text == "One\f\fThree"
    assert [(sheet.start, sheet.width, sheet.height, sheet.label) for sheet in document.sheets] == [
        (0, 300, 400, ""), (4, 300, 400, ""), (5, 300, 400, ""),
    ]  # fmt: skip
    assert [(page.label, page.position) for page in document.pages] == [("1", 0), ("2", 4), ("3", 5)]


def test_page_labels() -> None:
    pages = [b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] >>"] * 4
    data = assembled(
        b"<< /Type /Catalog /Pages 2 0 R /PageLabels << /Nums [0 << /S /r >> 2 << /S /D /P (A-) /St 3 >>] >> >>",
        b"<< /Type /Pages /Kids [3 0 R 4 0 R 5 0 R 6 0 R] /Count 4 >>",
        *pages,
    )
    document = document_of(data)
    assert [sheet.label for sheet in document.sheets] == ["i", "ii", "A-3", "A-4"]
    assert [page.label for page in document.pages] == ["i", "ii", "A-3", "A-4"]


def linked(canvas: Canvas) -> None:
    canvas.setFont("Helvetica", 11)
    canvas.drawString(72, 700, "See the notes or the web site there.")
    left = 72 + canvas.stringWidth("See the ")
    canvas.linkAbsolute("", "notes", (left, 697, left + canvas.stringWidth("notes"), 710))
    left = 72 + canvas.stringWidth("See the notes or the ")
    canvas.linkURL("https://example.org/x", (left, 697, left + canvas.stringWidth("web site"), 710))


def notes(canvas: Canvas) -> None:
    written("Not yet here", "", "Notes stand here")(canvas)
    canvas.bookmarkHorizontalAbsolute("notes", HEIGHT - 72 - 2 * LINE + 10)


def test_links_are_spans_and_lead_to_their_targets() -> None:
    document = document_of(drawn(linked, notes))
    assert spans_of(document) == [("link", "notes"), ("link", "web site")]
    inside, outside = document.spans
    assert outside.href == "https://example.org/x"
    position = document.targets[inside.href.removeprefix("#")]
    assert document.text[position:] == "Notes stand here"
    assert {span.kind for span in document.spans} == {SpanKind.LINK}


def test_details_of_the_information_dictionary() -> None:
    data = drawn(written("Words"), title="On Reading", author="Ada Lee; Bo Chu", keywords="reading, close")
    about = document_of(data).metadata
    assert (about.title, about.authors, about.tags) == ("On Reading", ("Ada Lee", "Bo Chu"), ("reading", "close"))
    assert not about.source
    assert about.date.startswith("2000-01-01")


@pytest.mark.parametrize("title", ["untitled", "Microsoft Word - thesis_v3.doc", "paper.tex", "  "])
def test_a_title_that_is_none(title: str) -> None:
    data = drawn(written("What the first line says, which is the title here."), title=title)
    assert document_of(data, "The file.pdf").metadata.title.startswith("What the first line says")


PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">Über das Lesen</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>Ada Lee</rdf:li><rdf:li>Bo Chu</rdf:li></rdf:Seq></dc:creator>
<dc:publisher><rdf:Bag><rdf:li>The Press</rdf:li></rdf:Bag></dc:publisher>
<prism:doi>10.1000/182</prism:doi><xmp:CreateDate>2024-05-06T07:08:09Z</xmp:CreateDate>
</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>"""


@pytest.mark.parametrize("packed", [False, True])
def test_details_of_the_xmp_packet(packed: bool) -> None:
    import zlib

    data = PACKET.encode()
    entries = b"/Type /Metadata /Subtype /XML"
    packet = stream(zlib.compress(data), entries + b" /Filter /FlateDecode") if packed else stream(data, entries)
    file = assembled(
        b"<< /Type /Catalog /Pages 2 0 R /Metadata 4 0 R /Lang (de-DE) >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] >>",
        packet,
    )
    about = document_of(file).metadata
    assert (about.title, about.authors, about.publisher) == ("Über das Lesen", ("Ada Lee", "Bo Chu"), "The Press")
    assert (about.language, about.identifiers) == ("de-DE", ("doi:10.1000/182",))
    assert about.date.startswith("2024-05-06T07:08:09")


def test_without_words_it_is_said_so() -> None:
    document = document_of(drawn(lambda canvas: canvas.rect(50, 50, 90, 90)), "Scan of a page.pdf")
    assert (document.text, document.metadata.title) == ("", "Scan of a page")
    assert "no text layer" in document.notices[0]
    assert len(document.sheets) == 1


def test_a_damaged_page_does_not_cost_the_others() -> None:
    data = assembled(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [9 0 R 3 0 R] /Count 2 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] /Contents 4 0 R "
        b"/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        stream(b"BT /F1 12 Tf 20 200 Td (Still here) Tj ET"),
    )
    document = document_of(data)
    assert "Still here" in document.text


def test_locked_files_open_with_their_password() -> None:
    data = locked("open")
    with pytest.raises(PasswordNeeded, match="give the password"):
        document_of(data)
    with pytest.raises(PasswordNeeded, match="does not open"):
        document_of(data, password="shut")
    assert document_of(data, password="open").text == "A secret"


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"%PDF-1.4\n" + bytes(999)])
def test_what_is_damaged_is_refused(data: bytes) -> None:
    with pytest.raises(FormatError, match="damaged beyond repair"):
        document_of(data)


def test_what_stands_before_the_head_does_no_harm() -> None:
    data = page_of(b"BT /F1 20 Tf 50 500 Td (AB) Tj ET")
    assert document_of(b"\n\n" + data).text == "AB"
