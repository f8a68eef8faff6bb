"""A quote over several paragraphs, as it is read."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from reader.model.annotation import Anchor, AnchorState, Annotation
from reader.model.document import Block, BlockKind, Document
from reader.text.joining import joined
from reader.text.paragraphs import breaks, paragraphs

WRAPPED = (
    "The board met at seven in the old school, and the engineer told it that the\n"
    "dam will cost forty-one million, which is more than the valley has ever spent\n"
    "on anything. Residents were never asked whether they wanted it, nor were com-\n"
    "munities further down.\n"
    "\n"
    "The second reading was in March, when the snow had gone and the road over the\n"
    "pass was open again, so that all of the members could come to it.\n"
)


def mark(text: str, first: str, last: str, state: AnchorState = AnchorState.EXACT) -> Annotation:
    start, end = text.index(first), text.index(last) + len(last)
    return Annotation("u", "d", Anchor(start, end, text[start:end]), state=state)


def read(document: Document, made: Annotation, hidden: tuple[tuple[int, int], ...] = ()) -> tuple[str, ...]:
    return paragraphs(made, hidden, breaks(document, made))


def blocked(*texts: str, kind: BlockKind = BlockKind.PARAGRAPH) -> Document:
    """A document of these blocks."""
    starts = [sum(len(one) + 1 for one in texts[:at]) for at in range(len(texts))]
    blocks = tuple(Block(kind, start, start + len(one)) for start, one in zip(starts, texts, strict=True))
    return Document("\n".join(texts), blocks=blocks)


def test_wrapped_lines_and_cut_words_are_joined_and_paragraphs_stay() -> None:
    made = mark(WRAPPED, "Residents", "open again")
    assert read(Document(WRAPPED, hard_wrapped=True), made) == (
        "Residents were never asked whether they wanted it, nor were communities further down.",
        "The second reading was in March, when the snow had gone and the road over the pass was open again",
    )


def test_a_line_of_text_that_is_not_wrapped_is_a_paragraph() -> None:
    text = "First one.\nSecond one.\n\n\nThird one."
    assert read(Document(text), mark(text, "one", "Third")) == ("one.", "Second one.", "Third")


def test_blocks_are_paragraphs_and_line_ends_in_them_are_not() -> None:
    document = blocked("One line\nand its next.", "Two.", "Three.")
    assert read(document, mark(document.text, "line", "Two")) == ("line and its next.", "Two")
    assert read(document, mark(document.text, "line", "its")) == ("line and its",)


def test_a_paragraph_goes_on_over_the_end_of_a_page() -> None:
    text = "It was in-\nde\fed so.\fNext."
    first = text.index("\fNext")
    blocks = (Block(BlockKind.PARAGRAPH, 0, first), Block(BlockKind.PARAGRAPH, first + 1, len(text)))
    document = Document(text, blocks=blocks, hard_wrapped=True)
    assert read(document, mark(text, "It", "Next")) == ("It was inde ed so.", "Next")


def test_the_cells_of_a_row_stand_in_one_line() -> None:
    cells = [(0, 0, "a"), (0, 1, "b"), (1, 0, "c"), (1, 1, "d")]
    blocks = tuple(
        Block(BlockKind.TABLE_CELL, 2 * at, 2 * at + 1, table=0, row=row, column=column)
        for at, (row, column, _) in enumerate(cells)
    )
    document = Document("a\nb\nc\nd", blocks=blocks)
    assert read(document, mark(document.text, "a", "d")) == ("a b", "c d")


def test_what_is_hidden_is_left_out_with_the_paragraph_that_it_was() -> None:
    document = blocked("Before.", "Share this!", "Behind it.")
    text = document.text
    hidden = ((text.index("Share"), text.index("!") + 1), (text.index(" it"), text.index(" it") + 3))
    assert read(document, mark(text, "Before", "it."), hidden) == ("Before.", "Behind.")
    assert read(document, mark(text, "Share", "this"), hidden) == ()


def test_a_lost_mark_has_the_paragraphs_that_its_blank_lines_tell() -> None:
    gone = "First\nwraps.\n\nSecond\nwraps."
    lost = mark(gone, "First", "Second\nwraps.", AnchorState.LOST)
    assert read(Document("Something else.", hard_wrapped=True), lost) == ("First wraps.", "Second wraps.")
    assert read(Document("Something else."), lost) == ("First", "wraps.", "Second", "wraps.")


@given(st.lists(st.text("ab- \n", min_size=1, max_size=12), min_size=1, max_size=6), st.data(), st.booleans())
def test_no_word_is_lost_or_made_up(texts: list[str], data: st.DataObject, is_plain: bool) -> None:
    document = blocked(*texts)
    document = Document(document.text, hard_wrapped=True) if is_plain else document
    length = len(document.text)
    low, high = sorted(data.draw(st.tuples(st.integers(0, length), st.integers(0, length))))
    made = Annotation("u", "d", Anchor(low, high, document.text[low:high]))
    cuts = breaks(document, made)
    assert all(before < after for before, after in pairwise((0, *cuts, max(high - low, 1))))
    found = read(document, made)
    assert "".join("".join(found).split()).replace("-", "") == "".join(made.quote.split()).replace("-", "")
    assert all(words == joined(words) and words.strip() for words in found)
