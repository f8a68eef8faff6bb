"""Documents with corrections made: blocks, spans, contents, targets, pages, debris and comments at their places."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from reader.model.document import (
    Block,
    BlockKind,
    Comment,
    Debris,
    DebrisKind,
    Document,
    OutlineEntry,
    PageBreak,
    Sheet,
    Span,
    SpanKind,
)
from reader.model.errors import ReaderError
from reader.text.corrected import corrected, cut_out
from reader.text.editing import Edit, reversed_edits, settled

PARAGRAPH, HEADING, CELL, FIGURE, RULE = (
    BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.TABLE_CELL, BlockKind.FIGURE, BlockKind.RULE,
)  # fmt: skip


def set_out(*pieces: tuple[BlockKind, str]) -> Document:
    """A document of these blocks, joined as readers join them; all cells are of one table."""
    blocks: list[Block] = []
    at = 0
    for row, (kind, words) in enumerate(pieces):
        table = 0 if kind is CELL else -1
        blocks.append(Block(kind, at, at + len(words), table=table, row=row if kind is CELL else 0))
        at += len(words) + 1
    return Document("\n".join(words for _, words in pieces), tuple(blocks))


BOOK = set_out(
    (HEADING, "Teh lake"), (PARAGRAPH, "It was fullin 1988."), (PARAGRAPH, "Share this!"), (PARAGRAPH, "Nobody asked.")
)


def parts(document: Document) -> list[tuple[BlockKind, str]]:
    return [(block.kind, document.text[block.start : block.end]) for block in document.blocks]


def change(document: Document, *edits: Edit) -> Document:
    return corrected(document, settled(document.text, edits))


def at(document: Document, words: str, instead: str) -> Edit:
    start = document.text.index(words)
    return Edit(start, start + len(words), instead)


def test_words_are_corrected_and_blocks_grow_with_them() -> None:
    new = change(BOOK, at(BOOK, "Teh", "The"), at(BOOK, "fullin", "full in"))
    assert parts(new)[:2] == [(HEADING, "The lake"), (PARAGRAPH, "It was full in 1988.")]
    assert parts(new)[2:] == parts(BOOK)[2:]


def test_a_paragraph_that_is_cut_goes_with_its_line_end() -> None:
    start = BOOK.text.index("Share")
    new = change(BOOK, cut_out(BOOK, start, start + len("Share this!")))
    assert parts(new) == [part for part in parts(BOOK) if part[1] != "Share this!"]
    last = change(BOOK, cut_out(BOOK, BOOK.text.index("Nobody"), len(BOOK.text)))
    assert parts(last) == parts(BOOK)[:3]


def test_paragraphs_are_joined_where_no_line_end_is_left() -> None:
    new = change(BOOK, at(BOOK, ".\nShare", ". Share"))
    assert parts(new)[1:] == [(PARAGRAPH, "It was fullin 1988. Share this!"), (PARAGRAPH, "Nobody asked.")]
    new = change(BOOK, at(BOOK, "1988.\nShare this!\nNobody", "1988 nobody"))
    assert parts(new)[1:] == [(PARAGRAPH, "It was fullin 1988 nobody asked.")]


def test_a_space_that_would_stand_twice_goes_with_the_words() -> None:
    start = BOOK.text.index("was ")
    assert change(BOOK, cut_out(BOOK, start, start + 3)).text.split("\n")[1] == "It fullin 1988."


def test_paragraphs_of_plain_text_go_with_the_lines_between() -> None:
    plain = Document("one\n\nADVERT\n\ntwo")
    assert change(plain, cut_out(plain, 5, 11)).text == "one\n\ntwo"
    assert change(plain, cut_out(plain, 13, 16)).text == "one\n\nADVERT"


TABLE = set_out((PARAGRAPH, "before"), (CELL, "one"), (CELL, "two"), (FIGURE, ""), (RULE, ""), (PARAGRAPH, "behind"))


@pytest.mark.parametrize("words", ["one\ntwo", "e\ntw", "two\n", "\n\n", "one\n", "two\n\n\nbehind"])
def test_tables_and_pictures_are_never_torn(words: str) -> None:
    with pytest.raises(ReaderError, match="A table, a picture"):
        change(TABLE, at(TABLE, words, ""))


def test_a_cell_may_be_corrected_and_emptied_and_a_table_cut() -> None:
    assert parts(change(TABLE, at(TABLE, "two", "second")))[2] == (CELL, "second")
    emptied = change(TABLE, cut_out(TABLE, 7, 10))
    assert parts(emptied)[1:3] == [(CELL, ""), (CELL, "two")]
    whole = change(TABLE, cut_out(TABLE, 7, 14))
    assert parts(whole) == [(PARAGRAPH, "before"), (FIGURE, ""), (RULE, ""), (PARAGRAPH, "behind")]
    rest = change(TABLE, at(TABLE, "two\n\n\nbehind", "two\nbehind"))
    assert parts(rest)[1:] == [(CELL, "one"), (CELL, "two"), (PARAGRAPH, "behind")]


def test_what_stands_in_the_text_goes_with_it() -> None:
    text = BOOK.text
    share = text.index("Share")
    document = Document(
        text,
        BOOK.blocks,
        spans=(Span(SpanKind.BOLD, 0, 3), Span(SpanKind.LINK, share, share + 5, "#x"), Span(SpanKind.ITALIC, 16, 22)),
        outline=(OutlineEntry("Teh lake", 1, 0), OutlineEntry("Nobody", 2, text.index("Nobody"))),
        targets={"x": text.index("Nobody"), "y": share},
        pages=(PageBreak("1", 0), PageBreak("2", text.index("1988"))),
        debris=(Debris(DebrisKind.SHARE, share, share + 11),),
        comments=(Comment(share, share + 5, "gone"), Comment(text.index("asked"), text.index("asked") + 5, "stays")),
    )
    edits = [at(document, "Teh", "The "), at(document, "fullin", "full in"), cut_out(document, share, share + 11)]
    new = change(document, *edits)
    assert [(span.kind, new.text[span.start : span.end]) for span in new.spans] == [
        (SpanKind.BOLD, "The "), (SpanKind.ITALIC, "full in"),
    ]  # fmt: skip
    assert new.outline == (OutlineEntry("The lake", 1, 0), OutlineEntry("Nobody", 2, new.text.index("Nobody")))
    assert new.targets == {"x": new.text.index("Nobody"), "y": new.text.index("Nobody")}
    assert [page.position for page in new.pages] == [0, new.text.index("1988")]
    assert new.debris == ()
    assert [new.text[note.start : note.end] for note in new.comments] == ["", "asked"]


def test_pages_and_nothing_are_refused() -> None:
    with pytest.raises(ReaderError, match="PDF"):
        change(Document("word", sheets=(Sheet(0, 100, 100),)), Edit(0, 1, "W"))
    with pytest.raises(ReaderError, match="Nothing would be left"):
        change(BOOK, Edit(0, len(BOOK.text), ""))


@st.composite
def cases(draw: st.DrawFn) -> tuple[Document, tuple[Edit, ...]]:
    words = st.text(alphabet="ab é🌊", min_size=1, max_size=6)
    pieces = draw(st.lists(st.tuples(st.sampled_from([PARAGRAPH, HEADING]), words), min_size=1, max_size=6))
    document = set_out(*pieces)
    cuts = sorted(draw(st.lists(st.integers(0, len(document.text)), max_size=6)))
    new = st.text(alphabet="ab\né🌊", max_size=4)
    pairs = zip(cuts[::2], cuts[1::2], strict=False)
    return document, settled(document.text, [Edit(start, end, draw(new)) for start, end in pairs])


@given(cases())
def test_blocks_cover_the_text_and_are_parted_by_line_ends(case: tuple[Document, tuple[Edit, ...]]) -> None:
    document, edits = case
    try:
        new = corrected(document, edits)
    except ReaderError:
        assume(False)
        return
    assert new.blocks
    assert "\n".join(words for _, words in parts(new)) == new.text
    for before, after in zip(new.blocks, new.blocks[1:], strict=False):
        assert before.end + 1 == after.start
    if not any("\n" in document.text[edit.start : edit.end] + edit.replacement for edit in edits):
        assert [block.kind for block in new.blocks] == [block.kind for block in document.blocks]
        assert corrected(new, reversed_edits(document.text, edits)).blocks == document.blocks
