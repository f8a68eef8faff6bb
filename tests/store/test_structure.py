"""Structure as JSON: what comes out is what went in."""

from dataclasses import fields

from hypothesis import given
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
    Span,
    SpanKind,
)
from reader.store.structure import decode, encode

positions = st.integers(0, 10_000)
words = st.text(max_size=8)
blocks = st.builds(
    Block,
    st.sampled_from(BlockKind),
    positions,
    positions,
    level=st.integers(0, 6),
    number=words,
    quote_depth=st.integers(0, 3),
    table=st.integers(-1, 3),
    row=st.integers(0, 3),
    column=st.integers(0, 3),
    row_span=st.integers(1, 3),
    column_span=st.integers(1, 3),
    header=st.booleans(),
    asset=words,
    direction=st.sampled_from(["", "ltr", "rtl"]),
)
spans = st.builds(Span, st.sampled_from(SpanKind), positions, positions, words)
outlines = st.builds(OutlineEntry, words, st.integers(1, 6), positions)


documents = st.builds(
    Document,
    st.just(""),
    *[st.lists(each, max_size=4).map(tuple) for each in (blocks, spans, outlines)],
    st.dictionaries(words, positions, max_size=3),
    pages=st.lists(st.builds(PageBreak, words, positions), max_size=3).map(tuple),
    debris=st.lists(st.builds(Debris, st.sampled_from(DebrisKind), positions, positions), max_size=3).map(tuple),
    comments=st.lists(st.builds(Comment, positions, positions, words, words, words), max_size=3).map(tuple),
    notices=st.lists(words, max_size=2).map(tuple),
)


@given(documents)
def test_round_trip(document: Document) -> None:
    text = encode(document)
    if text:
        assert decode(text, Document("")) == document
    else:
        assert document == Document("")


def test_plain_text_has_none() -> None:
    assert encode(Document("Some words.")) == ""


def test_every_field_of_a_block_is_kept() -> None:
    # A field added to the model must be added to the JSON too.
    assert [field.name for field in fields(Block)][3:] == [
        "level", "number", "quote_depth", "table", "row", "column", "row_span", "column_span", "header", "asset",
        "direction",
    ]  # fmt: skip
