"""Structure as JSON: what comes out is what went in."""

import json
from dataclasses import fields, replace
from itertools import accumulate

import pytest
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
from reader.model.parted import Parted, index_behind, index_from
from reader.store.structure import WHOLE, Structure, decode, encode
from reader.store.texts import PART_LENGTH
from reader.ui.reading.intervals import intervals_of

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
    structure = encode(document)
    if structure.rest:
        assert not structure.parts
        assert decode(structure, Document("")) == document
    else:
        assert document == Document("")


def test_plain_text_has_none() -> None:
    assert encode(Document("Some words.")) == Structure()


@st.composite
def long_documents(draw: st.DrawFn) -> Document:
    """A text that is written in parts: blocks one after the other, spans in order, some of them over many blocks."""
    lengths = draw(st.lists(st.sampled_from([0, 1, 700, 9_000, PART_LENGTH, 2 * PART_LENGTH]), min_size=3, max_size=30))
    lengths += [PART_LENGTH] * (3 if sum(lengths) <= WHOLE else 0)
    starts = list(accumulate((length + 1 for length in lengths), initial=0))
    shapes = draw(st.lists(blocks, min_size=len(lengths), max_size=len(lengths)))
    placed = [
        replace(shape, start=start, end=start + length)
        for shape, start, length in zip(shapes, starts, lengths, strict=False)
    ]
    text = "x" * (starts[-1] - 1)
    place = st.one_of(st.integers(0, len(text)), st.sampled_from(starts[:-1]))
    pairs = draw(st.lists(st.tuples(place, place, st.sampled_from(SpanKind), words), max_size=30))
    made = [Span(kind, min(a, b), max(a, b), href) for a, b, kind, href in pairs if a != b]
    return Document(text, placed, sorted(made, key=lambda span: (span.start, -span.end)))


@given(long_documents(), st.data())
def test_long_texts_come_back_in_parts(document: Document, data: st.DataObject) -> None:
    structure = encode(document)
    assert structure.parts[0].start == 0
    assert "blocks" not in json.loads(structure.rest)
    back = decode(structure, Document(document.text))
    position = data.draw(st.integers(0, len(document.text)))
    end = data.draw(st.integers(position + 1, len(document.text) + 1))
    assert index_from(back.blocks, position) == index_from(document.blocks, position)
    assert index_behind(back.blocks, position) == index_behind(document.blocks, position)
    assert isinstance(back.spans, Parted)
    expected = [span for span in document.spans if span.start < end and span.end > position]
    assert intervals_of(back.spans).overlapping(position, end) == expected
    assert (len(back.blocks), len(back.spans)) == (len(document.blocks), len(document.spans))
    assert back == document
    assert back.blocks[-1] == document.blocks[-1]
    some = data.draw(st.slices(len(document.blocks)))
    assert list(back.blocks[some]) == list(document.blocks[some])
    with pytest.raises(IndexError):
        _ = back.blocks[len(document.blocks)]


@given(long_documents())
def test_only_what_is_looked_at_is_made(document: Document) -> None:
    structure = encode(document)
    broken = [replace(part, blocks="[", spans="[") for part in structure.parts]
    for number in {0, len(broken) // 2, len(broken) - 1}:
        only = Structure(structure.rest, [*broken[:number], structure.parts[number], *broken[number + 1 :]])
        back, start = decode(only, Document(document.text)), structure.parts[number].start
        assert back.blocks[index_from(back.blocks, start)].start == start
        assert isinstance(back.spans, Parted)
        expected = [span for span in document.spans if span.start <= start < span.end]
        assert intervals_of(back.spans).overlapping(start, start + 1) == expected


def test_what_is_in_no_order_stays_together() -> None:
    text = "x" * (WHOLE + 1)
    one, other = Block(BlockKind.PARAGRAPH, 0, 70_000), Block(BlockKind.PARAGRAPH, 70_001, len(text))
    for document in (
        Document(text, (other, one)),
        Document(text, (one, other), (Span(SpanKind.BOLD, 90, 91), Span(SpanKind.BOLD, 8, 9))),
    ):
        structure = encode(document)
        assert not structure.parts
        assert decode(structure, Document(text)) == document


def test_every_field_of_a_block_is_kept() -> None:
    # A field added to the model must be added to the JSON too.
    assert [field.name for field in fields(Block)][3:] == [
        "level", "number", "quote_depth", "table", "row", "column", "row_span", "column_span", "header", "asset",
        "direction",
    ]  # fmt: skip
