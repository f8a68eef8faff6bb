"""Notes that nothing calls so, as programs for books of the second version write them, and ways back to the text."""

import pytest

from tests.formats.checks import document_of as page_document
from tests.formats.epub.books import book_of, links, texts

GUTENBERG = (
    '<p>The dam<a id="FNanchor_1_1"></a><a href="{notes}#Footnote_1_1" class="fnanchor">[1]</a> stood and'
    ' <a id="FNanchor_2_2"></a><a href="{notes}#Footnote_2_2" class="fnanchor">[2]</a> fell.</p>',
    '<p><a id="Footnote_1_1"></a><a href="{text}#FNanchor_1_1"><span class="label">[1]</span></a> Since 1888.</p>'
    '<p><a id="Footnote_2_2"></a><a href="{text}#FNanchor_2_2"><span class="label">[2]</span></a> In 1910.</p>',
)
SIGIL = (
    '<p>The dam<sup><a href="{notes}#fn1" id="fnref1">1</a></sup> stood and<sup><a href="{notes}#fn2" id="fnref2">2'
    "</a></sup> fell.</p>",
    '<p><a href="{text}#fnref1" id="fn1">1</a>. Since 1888.</p>'
    '<p id="fn2">2 In 1910. <a href="{text}#fnref2">↩</a></p>',
)
CALIBRE = (
    '<p>The dam<sup class="calibre3"><a href="{notes}#note_1" id="back_note_1" title="1">1</a></sup> stood and<sup'
    ' class="calibre3"><a href="{notes}#note_2" id="back_note_2" title="2">2</a></sup> fell.</p>',
    '<dl id="note_1"><dt class="calibre4">[<a href="{text}#back_note_1" title="1">←1</a>]</dt><dd><p>Since 1888.</p>'
    '</dd></dl><dl id="note_2"><dt>[<a href="{text}#back_note_2">←2</a>]</dt><dd><p>In 1910.</p></dd></dl>',
)
INDESIGN = (
    '<p>The dam<span id="footnote-2-backlink"><a class="_idFootnoteLink" href="{notes}#footnote-2">1</a></span> stood'
    ' and<span id="footnote-1-backlink"><a class="_idFootnoteLink" href="{notes}#footnote-1">2</a></span> fell.</p>',
    '<div class="_idFootnotes"><div id="footnote-2" class="_idFootnote"><p class="Noten"><a class="_idFootnoteAnchor"'
    ' href="{text}#footnote-2-backlink">1</a>\tSince 1888.</p></div><div id="footnote-1" class="_idFootnote"><p>'
    '<a class="_idFootnoteAnchor" href="{text}#footnote-1-backlink">2</a> In 1910.</p></div></div>',
)
WORD = (
    '<p>The dam<a href="{notes}#_ftn1" name="_ftnref1" title=""><span class="MsoFootnoteReference">[1]</span></a> stood'
    ' and<a href="{notes}#_ftn2" name="_ftnref2"><span>[2]</span></a> fell.</p>',
    '<div id="ftn1"><p class="MsoFootnoteText"><a href="{text}#_ftnref1" name="_ftn1"><span>[1]</span></a> Since 1888.'
    '</p></div><div id="ftn2"><p><a href="{text}#_ftnref2" name="_ftn2"><span>[2]</span></a> In 1910.</p></div>',
)
SIGNS = (
    '<p>The dam<a href="{notes}#n1" id="r1">*</a> stood and <a href="{notes}#n2" id="r2">†</a> fell.</p>',
    '<p id="n1"><a href="{text}#r1">*</a> Since 1888.</p><p><a id="n2" href="{text}#r2">†</a> In 1910.</p>',
)
SHAPES = {
    "gutenberg": GUTENBERG,
    "sigil": SIGIL,
    "calibre": CALIBRE,
    "indesign": INDESIGN,
    "word": WORD,
    "signs": SIGNS,
}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("apart", [True, False])
def test_notes_are_known_by_the_links_there_and_back(shape: str, apart: bool) -> None:
    text, notes = (
        part.format(text="c1.xhtml" if apart else "", notes="c2.xhtml" if apart else "") for part in SHAPES[shape]
    )
    document = book_of(text, notes) if apart else book_of(text + "<p>more</p>" + notes)
    label = ["*", "†"] if shape == "signs" else ["1", "2"]
    assert [(number, words) for kind, number, words in texts(document) if kind == "footnote"] == [
        (label[0], "Since 1888."),
        (label[1], "In 1910."),
    ]
    assert [goal for _, goal in links(document)][:2] == ["Since 1888.", "In 1910."]
    assert "↩" not in document.text
    assert "←" not in document.text


def test_items_of_a_list_are_notes_by_their_numbers() -> None:
    reference = "<sup id='r{0}'><a href='#n{0}'><span>[</span>{0}<span>]</span></a></sup>"
    text = f"<p>The dam{reference.format(1)} stood{reference.format(2)} and fell{reference.format(3)}.</p>"
    items = (
        "<ol><li id='n1'><span class='mw-cite-backlink'><b><a href='#r1'>^</a></b></span> <span>Since 1888.</span></li>"
        "<li id='n2'><span class='mw-cite-backlink'>^ <a href='#r2'><sup>a</sup></a> <a href='#r3'>b</a></span> In"
        " 1890.</li><li id='n3'><p>In 1910. <a href='#r3'>↩</a></p></li><li id='n4'>No note</li></ol><p>end</p>"
    )
    document = page_document(text + items, "html")
    assert [(b.kind.value, b.number, document.text[b.start : b.end]) for b in document.blocks] == [
        ("paragraph", "", "The dam[1] stood[2] and fell[3]."),
        ("footnote", "1", "Since 1888."),
        ("footnote", "2", "In 1890."),
        ("footnote", "3", "In 1910."),
        ("list_item", "4.", "No note"),
        ("paragraph", "", "end"),
    ]
    other = page_document(text + items.replace("<ol>", "<ol start=5>"), "html")
    assert "footnote" not in [block.kind.value for block in other.blocks]


def test_a_note_of_several_paragraphs_is_one_and_ends_where_it_ends() -> None:
    document = book_of(
        "<p>The dam<sup><a id='r1' href='#n1'>1</a></sup> fell.</p>"
        f"<div id='n1'>\n{' ' * 24}<p>\n{' ' * 30}<a href='#r1'>1</a> One.</p><p>Two.</p></div>"
        "<p>after</p><ol><li>item</li></ol>"
    )
    assert texts(document)[1:] == [
        ("footnote", "1", "One."),
        ("footnote", "", "Two."),
        ("paragraph", "", "after"),
        ("list_item", "1.", "item"),
    ]


@pytest.mark.parametrize(
    ("text", "goal"),
    [
        # A list of chapters, each of which leads back to it.
        ("<p><a id='r' href='#n'>1</a> <a href='#o'>2</a></p>", "<p><a id='n' href='#r'>1</a> In the beginning</p>"),
        ("<p>Chapters: <a id='r' href='#n'>1</a> 2</p>", "<p><a id='n' href='#r'>1</a> In the beginning</p>"),
        # Nothing leads back, or it leads elsewhere.
        ("<p>The dam<sup><a id='r' href='#n'>1</a></sup></p>", "<p id='n'>1 In the beginning</p>"),
        ("<p>The dam<sup><a id='r' href='#n'>1</a></sup></p><p id='q'>x</p>", "<p id='n'><a href='#q'>1</a> In</p>"),
        # It begins with something else, or is a chapter.
        ("<p>The dam<sup><a id='r' href='#n'>1</a></sup></p>", "<p id='n'><a href='#r'>12</a> In</p>"),
        ("<p>The dam<sup><a id='r' href='#n'>1</a></sup></p>", "<p id='n'>The <a href='#r'>1</a> In</p>"),
        ("<p>See [<a id='r' href='#n'>I</a>]</p>", "<div id='n'><h2><a href='#r'>I</a></h2><p>In</p></div>"),
    ],
)
def test_what_is_not_surely_a_note_is_left_as_it_is(text: str, goal: str) -> None:
    document = book_of(text + goal)
    assert "footnote" not in [kind for kind, _, _ in texts(document)]


BACK = [
    "<a href='#r1'>↩</a>",
    "<a href='#r1'>↩︎</a>",
    "<a href='#r1' role='doc-backlink'>^</a>",
    "[<a href='#r1'>back</a>]",
    "<a href='#r1'>[back]</a>",
    "<a href='#r1'>Return to text.</a>",
    "<sup><a href='#r1'>↑</a></sup>",
    "<a href='#r1' epub:type='backlink'>1</a>",
    "<a href='#r1' epub:type='referrer'><img src='b.gif' alt=''/></a>",
]


@pytest.mark.parametrize("back", BACK)
def test_the_way_back_is_no_word_of_the_note(back: str) -> None:
    note = f"<aside epub:type='footnote' id='n1'><p>It fell {back}</p></aside>"
    document = book_of(f"<p>The dam<a epub:type='noteref' id='r1' href='#n1'>1</a></p>{note}")
    assert texts(document)[-1][2].rstrip(" []") == "It fell"
    assert not document.assets


@pytest.mark.parametrize(
    "words", ["<a href='#r1'>see above</a>", "<a href='http://a.org/'>back</a>", "back", "<a href='#r1'>12</a>", "↩"]
)
def test_a_word_of_the_note_stays(words: str) -> None:
    said = words.partition(">")[2].partition("<")[0] or words
    page = (
        f"<p>x<a id='r1' href='#n1'>1</a></p><section class='footnotes'><ol><li id='n1'>It {words}</li></ol></section>"
    )
    document = page_document(page, "html")
    assert document.text.endswith(f"It {said}")
