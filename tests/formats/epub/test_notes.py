"""Notes of books: where they stand, their labels, and the links to them."""

from reader.formats.html.reader import read as read_page
from reader.model.document import Document, SpanKind
from tests.formats.epub.books import book_of, links, texts


def ref(number: int, label: str = "", file: str = "") -> str:
    return f"<a epub:type='noteref' href='{file}#n{number}'><sup>{label or number}</sup></a>"


def test_notes_between_paragraphs_move_to_the_end_of_the_chapter() -> None:
    document = book_of(
        f"<p>a{ref(1)}</p><aside epub:type='footnote' id='n1'><p>1. one</p><p>more</p></aside><p>b{ref(2, '*')} c"
        "<aside role='doc-footnote' id='n2' hidden=''>two</aside> d</p>",
        "<p>next</p>",
    )
    assert texts(document) == [
        ("paragraph", "", "a1"),
        ("paragraph", "", "b* c d"),
        ("footnote", "1", "one"),
        ("footnote", "", "more"),
        ("footnote", "*", "two"),
        ("paragraph", "", "next"),
    ]
    assert links(document) == [("1", "one"), ("*", "two")]


def test_notes_of_all_chapters_in_a_file_of_their_own() -> None:
    document = book_of(
        f"<p>a{ref(1, file='notes.xhtml')} b{ref(2, '†', file='notes.xhtml')}</p>",
        notes=(
            "<html xmlns='http://www.w3.org/1999/xhtml' xmlns:epub='http://www.idpf.org/2007/ops'><body>"
            "<section epub:type='endnotes'><h2>Notes</h2><ol><li id='n1' epub:type='endnote'><p><i>One</i></p>"
            "<ol><li>inner</li></ol><p>end <a epub:type='backlink' href='c1.xhtml'>↩</a></p></li>"
            "<li id='n2'>two</li></ol></section></body></html>"
        ),
    )
    assert texts(document) == [
        ("paragraph", "", "a1 b†"),
        ("heading", "", "Notes"),
        ("footnote", "1", "One"),
        ("footnote", "", "1. inner"),
        ("footnote", "", "end"),
        ("footnote", "†", "two"),
    ]
    assert links(document)[:2] == [("1", "One"), ("†", "two")]


def test_labels_are_taken_from_the_note_when_nothing_tells_them() -> None:
    document = book_of(
        "<section epub:type='rearnotes'>"
        "<div epub:type='rearnote' id='n1'><p>[<a href='#r1'>12</a>] text</p></div>"
        "<div epub:type='rearnote' id='n2'><p><a href='#r2'><sup>[b]</sup></a>. text</p></div>"
        "<div epub:type='rearnote' id='n3'><p>† text</p></div>"
        "<div epub:type='rearnote' id='n5'><p><i>I</i> think</p></div><div epub:type='rearnote' id='n6'>9</div>"
        "<div epub:type='rearnote' id='n4'><p>12 men</p></div></section><p>after</p>"
    )
    assert texts(document) == [
        ("footnote", "12", "text"),
        ("footnote", "b", "text"),
        ("footnote", "†", "text"),
        ("footnote", "*", "I think"),
        ("footnote", "9", "9"),
        ("footnote", "*", "12 men"),
        ("paragraph", "", "after"),
    ]


def test_notes_by_class_as_old_books_have_them() -> None:
    document = book_of(
        "<p>x<a id='r1' href='#f1'>[1]</a></p><div class='footnote'><p><a id='f1'/><a href='#r1'><span>[1]</span></a>"
        " first</p></div><p class='footnote'>* second</p><div class='footnote'><ol><li>third</li><li>fourth</li></ol>"
        "</div><ol><li>no note</li></ol>"
    )
    assert texts(document) == [
        ("paragraph", "", "x[1]"),
        ("footnote", "1", "first"),
        ("footnote", "*", "second"),
        ("footnote", "1", "third"),
        ("footnote", "2", "fourth"),
        ("list_item", "1.", "no note"),
    ]


def test_a_note_in_a_cell_and_an_empty_one_do_no_harm() -> None:
    document = book_of(
        "<table><tr><th>a</th><td>b<aside epub:type='footnote'>n</aside></td></tr></table>"
        "<aside epub:type='footnote'/><p>c</p>"
    )
    assert texts(document) == [
        ("table_cell", "", "a"),
        ("table_cell", "", "b"),
        ("paragraph", "", "c"),
        ("footnote", "*", "n"),
    ]


def raised(document: Document) -> list[str]:
    return [document.text[s.start : s.end] for s in document.spans if s.kind == SpanKind.SUPERSCRIPT]


def test_references_to_notes_are_raised_where_the_book_leaves_that_to_its_style() -> None:
    document = book_of(
        "<p>told<a epub:type='noteref' href='#n1'>1</a> said<a role='doc-noteref' href='notes.xhtml#m'>[2]</a></p>"
        "<p>asked<a href='#n1'>b</a> once<a href='#n1'><sup>3</sup></a> <a href='#n1'>4</a></p>"
        "<aside epub:type='footnote' id='n1'>1. one</aside>",
        notes="<html xmlns='http://www.w3.org/1999/xhtml'><body><p id='m'>not named a note</p></body></html>",
    )
    assert raised(document) == ["1", "[2]", "b", "3", "4"]


def test_only_what_refers_to_a_note_is_raised() -> None:
    document = book_of(
        "<p>a star<a href='#n1'>*</a></p><p><a href='#n1'>1</a> of all notes</p>"
        "<p>see <a href='#n1'>the note</a>, line <a href='#here'>7</a></p>"
        "<p id='here'>here<a epub:type='noteref' href='#n1'>see the note</a></p>"
        "<aside epub:type='footnote' id='n1'><p><a href='#here'>1</a> one, as <a href='#n1'>2</a></p></aside>"
    )
    assert raised(document) == []


def test_references_of_a_page_are_raised_too() -> None:
    page = (
        b"<p>told<a href='#n1'>[1]</a></p><div class='footnotes'><ol><li id='n1'>one <a href='#r'>^</a></li></ol></div>"
    )
    assert raised(read_page(page, "a.html", None)) == ["[1]"]
