"""Fields of RTF: what they show is text, whatever they are made of."""

import pytest

from reader.formats.pandoc.rich_fields import fields_shown
from tests.formats.checks import document_of

START, END = r"{\rtf1\ansi\pard ", r"\par}"


@pytest.mark.usefixtures("pandoc")
@pytest.mark.parametrize(
    "field",
    [
        r'{\field{\*\fldinst{HYPERLINK "https://a.example/"}}{\fldrslt{\ul here}}}',
        r'{\field{\*\fldinst HYPERLINK "https://a.example/" }{\fldrslt {\ul here}}}',
        r'{\field\fldedit{\*\fldinst {\rtlch HYPERLINK "https://a.example/"}}{\fldrslt here}}',
    ],
)
def test_a_hyperlink_leads_there_however_it_is_written(field: str) -> None:
    document = document_of(f"{START}see {field} end{END}", "rtf")
    assert document.text == "see here end"
    (link,) = [span for span in document.spans if span.href]
    assert (link.href, document.text[link.start : link.end]) == ("https://a.example/", "here")


@pytest.mark.usefixtures("pandoc")
def test_what_other_fields_show_is_text() -> None:
    source = (
        r"as {\field{\*\fldinst { REF x \\h }}{\fldrslt {Figure 3}}} says on page "
        r"{\field\flddirty{\*\fldinst {PAGEREF x}}{\fldrslt 12}}"
    )
    assert document_of(START + source + END, "rtf").text == "as Figure 3 says on page 12"


@pytest.mark.usefixtures("pandoc")
def test_the_lines_of_contents_are_fields_in_fields() -> None:
    page = r"{\field{\*\fldinst {PAGEREF _Toc1 \\h}}{\fldrslt {3}}}"
    line = r'{\field{\*\fldinst {HYPERLINK \\l "_Toc1"}}{\fldrslt {Chapter one ' + page + "}}}"
    contents = r"{\field{\*\fldinst {TOC \\o}}{\fldrslt {" + line + "}}}"
    assert document_of(START + contents + END, "rtf").text == "Chapter one 3"


@pytest.mark.parametrize(
    "source", [b"", rb"{\field", rb"{\field{\*\fldinst {REF", rb"{\field{\*\fldinst REF}{\b kept}}"]
)
def test_what_is_not_closed_stays(source: bytes) -> None:
    assert fields_shown(source) == source
