"""Third-party books and the conformance files of W3C and EPUBCheck, each by what it tests."""

from pathlib import Path

import pytest

from reader.formats.epub.reader import VERTICAL
from reader.formats.errors import FormatError
from reader.formats.registry import read
from reader.model.document import BlockKind, Document
from tests.formats.checks import check


def corpus(shared: Path, name: str) -> Document:
    path = shared / "corpus" / name
    if not path.is_file():
        pytest.skip("the shared books are not beside this checkout")
    document = read(path).document
    check(document, own_outline=True)
    return document


def refused(shared: Path, name: str) -> str:
    with pytest.raises(FormatError) as caught:
        corpus(shared, f"epub/epubcheck/{name}.epub")
    return str(caught.value)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("cnt-xhtml-support", "Test passes if you see this."),
        ("ocf-package_arbitrary", "Test passes if you see this."),
        ("ocf-url_relative", "Test passes if this page opens."),
        ("pub-foreign_json-spine", "Test passes if you see this text."),
    ],
)
def test_w3c_the_right_content_is_found(shared: Path, name: str, text: str) -> None:
    document = corpus(shared, f"epub/w3c/{name}.epub")
    assert document.text == text
    assert [entry.title for entry in document.outline] == ["Link to main page"]


def test_w3c_a_navigation_document_that_is_not_in_the_spine_is_the_outline(shared: Path) -> None:
    document = corpus(shared, "epub/w3c/nav-spine_not-in-spine.epub")
    assert [(e.title[-12:], document.text[e.position :][:5]) for e in document.outline] == [
        ("(first link)", "Test "),
        ("second link)", "Hello"),
    ]
    assert "first link" not in document.text


def test_w3c_details(shared: Path) -> None:
    title = corpus(shared, "epub/w3c/pkg-dir_rtl-root-ltr.epub").metadata.title
    assert title == "\u200fCSS: הרפתקה חדשה!"
    assert corpus(shared, "epub/w3c/pkg-title-order.epub").metadata.title == "pkg-title-order"
    details = corpus(shared, "epub/w3c/pkg-meta-whitespace.epub").metadata
    assert (details.title, details.authors) == ("pkg-meta-whitespace", ("Dave Cramer",))


def test_w3c_the_order_is_that_of_the_spine(shared: Path) -> None:
    lines = corpus(shared, "epub/w3c/pkg-spine-order.epub").text.split("\n")
    assert [line.split()[-1] for line in lines if "must appear" in line] == ["first.", "second.", "third.", "last."]


def test_w3c_vertical_lines_are_said(shared: Path) -> None:
    document = corpus(shared, "epub/w3c/css-epub-writing-mode.epub")
    assert document.notices == (VERTICAL,)
    assert document.text.count("これはテストです。") == 3


@pytest.mark.parametrize("name", ["ocf-mimetype-file-missing-error", "ocf-filename-duplicate-zip-entry-error"])
def test_epubcheck_errors_that_do_not_keep_from_reading(shared: Path, name: str) -> None:
    assert corpus(shared, f"epub/epubcheck/{name}.epub").text == "Loomings\nCall me Ishmael."


@pytest.mark.parametrize("name", ["ocf-filename-utf8-valid", "ocf-filename-character-space-warning"])
def test_epubcheck_names_with_letters_and_spaces(shared: Path, name: str) -> None:
    assert corpus(shared, f"epub/epubcheck/{name}.epub").text == "Loomings\nCall me Ishmael."


def test_epubcheck_what_is_fatal_is_refused(shared: Path) -> None:
    assert "container.xml" in refused(shared, "ocf-container-file-missing-fatal")
    assert "empty" in refused(shared, "ocf-zip-unreadable-empty-fatal")
    assert "damaged" in refused(shared, "ocf-zip-unreadable-no-end-header-fatal")


def test_a_poem_with_its_notes(shared: Path) -> None:
    document = corpus(shared, "epub/wasteland.epub")
    notes = [block for block in document.blocks if block.kind is BlockKind.FOOTNOTE and block.number]
    starts = {block.start for block in document.blocks if block.kind is BlockKind.FOOTNOTE}
    references = [s for s in document.spans if "#note-" in s.href]
    assert len(notes) >= 50
    assert len(references) >= 50
    assert all(document.targets[span.href[1:]] in starts for span in references)
    foreign = {span.href for span in document.spans if span.kind == "language"}
    assert {"la", "grc", "it", "de", "fr"} <= foreign


def test_a_book_in_arabic(shared: Path) -> None:
    document = corpus(shared, "epub/regime-anticancer-arabic.epub")
    assert {block.direction for block in document.blocks} == {"rtl"}
    assert [block.kind for block in document.blocks[:2]] == [BlockKind.FIGURE, BlockKind.FIGURE]
    assert document.metadata.authors == ("Pr David Khayat", "Nathalie Hutter-Lardeau")
    assert document.metadata.contributors[0] == "Marina Khalil Fayad (translator)"
    (note,) = [block for block in document.blocks if block.kind is BlockKind.FOOTNOTE]
    assert note.number == "1"
    assert [position for name, position in document.targets.items() if name.endswith("#footnote-1")] == [note.start]


def test_a_textbook_with_pages_and_deep_contents(shared: Path) -> None:
    document = corpus(shared, "epub/childrens-literature.epub")
    assert [page.label for page in document.pages] == [str(number) for number in range(169, 169 + len(document.pages))]
    assert max(entry.level for entry in document.outline) == 4
    assert document.metadata.subtitle.startswith("A Textbook of Sources")


def test_a_collection_of_poems_with_endnotes_in_a_file_of_their_own(shared: Path) -> None:
    document = corpus(shared, "epub/se-whitman.epub")
    references = [s for s in document.spans if "endnotes.xhtml#note-" in s.href]
    labels = {b.start: b.number for b in document.blocks if b.kind is BlockKind.FOOTNOTE}
    assert len(references) >= 5
    for span in references:
        assert labels[document.targets[span.href[1:]]] == document.text[span.start : span.end]
    assert len(document.outline) > 400
