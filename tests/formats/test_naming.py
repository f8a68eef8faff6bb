"""Titles and outlines say what headings say, without the numbers of their notes."""

import pytest

from reader.model.document import SpanKind
from tests.formats.checks import document_of, text_of

NOTE = "<section class='footnotes'><ol><li id='n1'>One</li><li id='n2'>Two</li></ol></section>"


@pytest.mark.parametrize(
    ("page", "title"),
    [
        (f"<h1>Ouch<a href='#n1'>1</a>. So<sup><a href='#n2'>2</a></sup></h1>{NOTE}", "Ouch. So"),
        (f"<p>Ouch<a href='#n1'>[1]</a>.<a href='#n2'>2</a></p>{NOTE}", "Ouch."),
        (f"<h1>Part 2, <a href='#p'>p. 3</a></h1><p id='p'>x <a href='#n1'>1</a></p>{NOTE}", "Part 2, p. 3"),
        (f"<h1><a href='#n1'>1</a></h1>{NOTE}", "1"),
    ],
)
def test_a_page_is_called_without_its_notes(page: str, title: str) -> None:
    document = document_of(page, "html")
    assert document.metadata.title == title
    assert [entry.title for entry in document.outline] == ([title] if "<h1>" in page else [])


def test_markdown_is_called_without_its_notes() -> None:
    document = document_of("# The list[^1]\n\n## On it[^2]\n\ntext\n\n[^1]: a\n[^2]: b\n", "markdown")
    assert document.metadata.title == "The list"
    assert [entry.title for entry in document.outline] == ["The list", "On it"]
    assert text_of(document, document.blocks[0]) == "The list1"


def test_a_reference_is_raised_once() -> None:
    document = document_of(f"<p>a<sup><a href='#n1'>1</a></sup> b<a href='#n2'><sup>2</sup></a></p>{NOTE}", "html")
    raised = [span for span in document.spans if span.kind is SpanKind.SUPERSCRIPT]
    assert [(span.start, span.end) for span in raised] == [(1, 2), (4, 5)]
