"""A passage with what stands round it, as a document of its own."""

from hypothesis import given
from hypothesis import strategies as st

from reader.model.document import Block, BlockKind, Document, Span, SpanKind
from reader.text.excerpts import Excerpt, excerpt

WORDS = st.text(alphabet="ab 😀\n", min_size=1, max_size=400)


def blocked(words: list[str], *, table_at: int = -1) -> Document:
    """A paragraph for each text, or where `table_at` says so two cells to a row from there on."""
    text, blocks, at = "\n".join(words), list[Block](), 0
    for number, each in enumerate(words):
        cell = 0 <= table_at <= number
        place = {"table": 0, "row": (number - table_at) // 2, "column": (number - table_at) % 2} if cell else {}
        kind = BlockKind.TABLE_CELL if cell else BlockKind.PARAGRAPH
        blocks.append(Block(kind, at, at + len(each), **place))
        at += len(each) + 1
    spans = tuple(Span(SpanKind.BOLD, block.start, min(block.end, block.start + 3)) for block in blocks)
    return Document(text, blocks=tuple(blocks), spans=spans)


def check(document: Document, found: Excerpt, start: int, end: int) -> None:
    text = found.document.text
    assert text == document.text[found.offset : found.end]
    assert found.offset <= start <= end <= found.end
    last = 0
    for block in found.document.blocks:
        assert last <= block.start <= block.end <= len(text)
        last = block.end
    for span in found.document.spans:
        assert 0 <= span.start < span.end <= len(text)
        assert text[span.start : span.end] in document.text


@given(words=st.lists(WORDS, min_size=1, max_size=8), data=st.data(), plain=st.booleans(), table=st.integers(-1, 4))
def test_an_excerpt_is_a_piece_that_holds_the_passage(
    words: list[str], data: st.DataObject, plain: bool, table: int
) -> None:
    words = [each.replace("\n", " ") for each in words]
    document = Document("\n".join(words)) if plain else blocked(words, table_at=table)
    start = data.draw(st.integers(0, len(document.text)))
    end = data.draw(st.integers(start, len(document.text)))
    check(document, excerpt(document, start, end, before=90, behind=120), start, end)


def test_paragraphs_are_whole_where_they_fit() -> None:
    document = blocked(["one two three"] * 50)
    start = document.blocks[25].start
    found = excerpt(document, start, start + 3, before=40, behind=40)
    assert found.document.text == "\n".join(["one two three"] * 5)
    assert [block.start for block in found.document.blocks] == [0, 14, 28, 42, 56]


def test_a_long_paragraph_is_cut_at_words() -> None:
    document = blocked([" ".join(f"word{number}" for number in range(1000))])
    start = document.text.index("word500")
    found = excerpt(document, start, start + 7, before=100, behind=100)
    assert len(found.document.text) < 230
    assert found.document.text.split()[0] in document.text.split()
    assert found.document.text.split()[-1] in document.text.split()


def test_rows_of_a_table_stay_whole() -> None:
    document = blocked(["a cell of it"] * 40, table_at=0)
    start = document.blocks[21].start
    found = excerpt(document, start, start + 1, before=15, behind=15)
    rows = [block.row for block in found.document.blocks]
    assert len(rows) == 2 * len(set(rows))
    assert 10 in rows


def test_of_a_very_long_passage_the_beginning_is_there() -> None:
    document = Document("words " * 100_000)
    found = excerpt(document, 1_000, 500_000)
    assert found.offset <= 1_000
    assert len(found.document.text) < 10_000
