"""Chunks cover the text once, at places that do not depend on which chunk was asked for first."""

import random

import pytest

from reader.model.document import BlockKind, Document, Metadata
from reader.ui.reading.chunks import STRIDE, Chunks
from tests.ui.reading.samples import SENTENCE, Writer, article, plain


def check_cover(document: Document) -> Chunks:
    chunks = Chunks(document)
    order = list(range(chunks.count))
    random.shuffle(order)
    starts = {index: chunks.start(index) for index in order}
    borders = [starts[index] for index in range(chunks.count)] + [chunks.end(chunks.count - 1)]
    assert borders[0] == 0
    assert borders[-1] == len(document.text)
    assert borders == sorted(borders)
    for position in range(0, len(document.text) + 1, 97):
        index = chunks.index_of(position)
        assert chunks.start(index) <= position
        assert position < chunks.end(index) or index == chunks.count - 1
    return chunks


@pytest.mark.parametrize("length", [0, 1, 500, STRIDE, STRIDE + 1, 10 * STRIDE + 77])
def test_plain_text_is_covered(length: int) -> None:
    document = plain(length)
    chunks = check_cover(document)
    pieces = [piece for index in range(chunks.count) for piece in chunks.pieces(index)]
    assert "".join(document.text[p.start : p.end] for p in pieces) == document.text.replace("\n", "")


def test_plain_text_is_cut_between_paragraphs() -> None:
    document = plain(5 * STRIDE)
    chunks = Chunks(document)
    for index in range(1, chunks.count):
        assert document.text[: chunks.start(index)].endswith("\n\n")


def test_a_line_without_any_end_is_cut_between_words() -> None:
    document = Document("word " * 20_000)
    chunks = check_cover(document)
    assert chunks.count > 10
    for index in range(1, chunks.count):
        assert document.text[chunks.start(index) - 1] == " "
        assert chunks.end(index) - chunks.start(index) < 3 * STRIDE


def test_a_text_without_spaces_is_cut_too() -> None:
    chunks = check_cover(Document("x" * 100_000))
    assert max(chunks.end(index) - chunks.start(index) for index in range(chunks.count)) < 3 * STRIDE


def test_blocks_are_kept_whole() -> None:
    document = article(120)
    chunks = check_cover(document)
    pieces = [piece for index in range(chunks.count) for piece in chunks.pieces(index)]
    assert [piece.block for piece in pieces] == list(document.blocks)
    assert all((piece.start, piece.end) == (piece.block.start, piece.block.end) for piece in pieces)


def test_a_block_longer_than_a_chunk_is_shown_in_parts() -> None:
    writer = Writer()
    writer.add(BlockKind.PARAGRAPH, "first")
    writer.add(BlockKind.PARAGRAPH, SENTENCE * 500)
    writer.add(BlockKind.PARAGRAPH, "last")
    document = writer.document()
    chunks = check_cover(document)
    parts = [p for i in range(chunks.count) for p in chunks.pieces(i) if p.block == document.blocks[1]]
    assert "".join(document.text[p.start : p.end] for p in parts) == SENTENCE * 500
    assert [part.continues for part in parts] == [False] + [True] * (len(parts) - 1)


def test_a_small_table_stays_in_one_chunk_and_a_long_one_is_cut_between_rows() -> None:
    writer = Writer()
    writer.add(BlockKind.PARAGRAPH, SENTENCE * (STRIDE // len(SENTENCE)))
    for number in range(40):
        writer.add(BlockKind.TABLE_CELL, "cell", table=0, row=number // 4, column=number % 4)
    writer.add(BlockKind.PARAGRAPH, "between")
    for number in range(3_000):
        writer.add(BlockKind.TABLE_CELL, f"cell {number}", table=1, row=number // 3, column=number % 3)
    document = writer.document()
    chunks = check_cover(document)
    homes = {i for i in range(chunks.count) for p in chunks.pieces(i) if p.block.table == 0}
    assert len(homes) == 1
    rows: dict[int, set[int]] = {}
    for index in range(chunks.count):
        for piece in chunks.pieces(index):
            if piece.block.table == 1:
                rows.setdefault(piece.block.row, set()).add(index)
    assert len(rows) == 1_000
    assert all(len(found) == 1 for found in rows.values())


def test_rules_and_figures_without_text_are_not_lost() -> None:
    writer = Writer()
    for number in range(900):
        writer.add(BlockKind.PARAGRAPH, f"Short {number}.")
        writer.add(BlockKind.RULE)
    writer.add(BlockKind.FIGURE, asset="x")
    document = writer.document()
    chunks = Chunks(document)
    found = [p.block for i in range(chunks.count) for p in chunks.pieces(i)]
    assert found == list(document.blocks)


def test_fifty_megabytes_are_not_walked_through() -> None:
    document = Document(("x" * 79 + "\n") * 650_000)
    chunks = Chunks(document)
    chunks.pieces(chunks.count - 1)
    assert len(chunks._starts) <= 3


def test_the_line_that_names_a_plain_text_is_its_heading() -> None:
    text = "Why the dam\n\nWhy the dam\n\nBecause."
    document = Document(text, metadata=Metadata(title="Why the dam"))
    kinds = [piece.block.kind for piece in Chunks(document).pieces(0)]
    assert kinds == [BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.PARAGRAPH]


def test_a_first_sentence_is_no_heading() -> None:
    document = Document("It rained.\n\nThen it stopped.", metadata=Metadata(title="It rained."))
    assert [piece.block.kind for piece in Chunks(document).pieces(0)] == [BlockKind.PARAGRAPH, BlockKind.PARAGRAPH]
