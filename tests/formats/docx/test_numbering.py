import pytest

from reader.model.document import Document
from tests.formats.checks import text_of
from tests.formats.docx.packing import item, paragraph, read


def level(index: int, form: str, text: str, *, start: int = 1, extra: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{extra}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def numbering(*definitions: str, lists: str = "") -> dict[str, str | bytes]:
    """Definitions 0, 1, ... and, unless `lists` says otherwise, the lists 1, 2, ... made from them."""
    abstract = "".join(f'<w:abstractNum w:abstractNumId="{i}">{d}</w:abstractNum>' for i, d in enumerate(definitions))
    made = lists or "".join(made_from(i + 1, i) for i in range(len(definitions)))
    return {"numbering": abstract + made}


def made_from(number: int, definition: int, override: str = "") -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{definition}"/>{override}</w:num>'


def told(document: Document) -> list[tuple[int, str, str]]:
    """(depth, marker, text) of each block."""
    return [(b.level, b.number, text_of(document, b)) for b in document.blocks]


OUTLINE = level(0, "decimal", "%1.") + level(1, "lowerLetter", "%2)") + level(2, "lowerRoman", "%1.%2.%3")


def test_levels_count_and_begin_again() -> None:
    body = "".join(
        item(text, 1, depth)
        for text, depth in [("one", 0), ("a", 1), ("b", 1), ("deep", 2), ("two", 0), ("a", 1), ("deep", 2)]
    )
    assert told(read(body, numbering(OUTLINE))) == [
        (1, "1.", "one"),
        (2, "a)", "a"),
        (2, "b)", "b"),
        (3, "1.b.i", "deep"),
        (1, "2.", "two"),
        (2, "a)", "a"),
        (3, "2.a.i", "deep"),
    ]


def test_a_list_goes_on_after_other_paragraphs_and_a_level_may_be_skipped() -> None:
    body = item("one", 1) + paragraph("Between") + item("two", 1) + item("deep", 1, 2)
    assert told(read(body, numbering(OUTLINE))) == [
        (1, "1.", "one"),
        (0, "", "Between"),
        (1, "2.", "two"),
        (3, "2.a.i", "deep"),
    ]


def test_lists_of_one_definition_count_on_unless_they_start_anew() -> None:
    again = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    lists = made_from(1, 0) + made_from(2, 0) + made_from(3, 0, again)
    body = item("one", 1) + item("on", 2) + item("anew", 3) + item("next", 3)
    markers = [marker for _, marker, _ in told(read(body, numbering(OUTLINE, lists=lists)))]
    assert markers == ["1.", "2.", "5.", "6."]


@pytest.mark.parametrize(
    ("form", "start", "markers"),
    [
        ("upperRoman", 9, ["IX", "X"]),
        ("lowerLetter", 26, ["z", "aa"]),
        ("upperLetter", 28, ["BB", "CC"]),
        ("decimalZero", 9, ["09", "10"]),
        ("ordinal", 11, ["11th", "12th"]),
        ("ordinal", 21, ["21st", "22nd"]),
        ("chineseCounting", 3, ["3", "4"]),
        ("decimal", 0, ["0", "1"]),
    ],
)
def test_forms_of_numbers(form: str, start: int, markers: list[str]) -> None:
    document = read(item("a", 1) + item("b", 1), numbering(level(0, form, "%1", start=start)))
    assert [marker for _, marker, _ in told(document)] == markers


def test_bullets_that_are_not_seen_are_for_further_paragraphs() -> None:
    document = read(item("a", 1) + item("more", 2), numbering(level(0, "bullet", "\uf0b7"), level(0, "bullet", " ")))
    assert [block.kind.value for block in document.blocks] == ["list_item", "list_item"]
    assert told(document) == [(1, "•", "a"), (1, "", "more")]


def test_legal_numbers_and_levels_that_do_not_restart() -> None:
    levels = level(0, "upperRoman", "Article %1") + level(1, "decimal", "%1.%2", extra="<w:isLgl/>")
    kept = level(0, "decimal", "%1.") + level(1, "decimal", "%2", extra='<w:lvlRestart w:val="0"/>')
    body = "".join(item("x", number, depth) for number in (1, 2) for depth in (0, 1, 0, 1))
    markers = [marker for _, marker, _ in told(read(body, numbering(levels, kept)))]
    assert markers == ["Article I", "1.1", "Article II", "2.1", "1.", "1", "2.", "2"]


def test_numbers_of_headings_cells_and_notes_stand_in_the_text() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/>'
        "</w:numPr></w:pPr></w:style>"
        '<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/><w:pPr><w:numPr><w:ilvl w:val="1"/>'
        '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    levels = level(0, "decimal", "%1") + level(1, "decimal", "%1.%2")
    cells = f"<w:tbl><w:tr><w:tc>{item('cell', 2)}{item('cell', 2)}</w:tc><w:tc>{paragraph('x')}</w:tc></w:tr></w:tbl>"
    document = read(
        paragraph("Head", "H1")
        + paragraph("Sub", "H2")
        + paragraph("Unnumbered", "H1", extra='<w:numPr><w:numId w:val="0"/></w:numPr>')
        + cells
        + '<w:p><w:r><w:t>Note</w:t><w:footnoteReference w:id="1"/></w:r></w:p>',
        {
            **numbering(levels, level(0, "decimal", "%1.")),
            "styles": styles,
            "footnotes": f'<w:footnote w:id="1">{item("listed", 2)}</w:footnote>',
        },
    )
    assert [text for _, _, text in told(document)] == [
        "1 Head",
        "1.1 Sub",
        "Unnumbered",
        "1. cell\n2. cell",
        "x",
        "Note1",
        "3. listed",
    ]


def test_lists_kept_in_a_style_and_endless_links() -> None:
    styles = (
        '<w:style w:type="numbering" w:styleId="Kept"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="numbering" w:styleId="Round"><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style>'
    )
    parts = numbering('<w:numStyleLink w:val="Kept"/>', OUTLINE, '<w:numStyleLink w:val="Round"/>')
    document = read(item("a", 1) + item("b", 3) + item("c", 99), {**parts, "styles": styles})
    assert told(document)[0] == (1, "1.", "a")
    assert told(document)[2] == (0, "", "c")


def test_an_empty_paragraph_takes_its_number_with_it() -> None:
    document = read(item("one", 1) + item("", 1) + item("three", 1), numbering(OUTLINE))
    assert told(document) == [(1, "1.", "one"), (1, "3.", "three")]
