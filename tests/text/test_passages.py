from hypothesis import given
from hypothesis import strategies as st

from reader.model.document import Block, BlockKind, Document
from reader.text.passages import passages
from tests.text.strategies import mixed_text

SENTENCE = "The valley cannot afford another reservoir. "


def pieces(text: str, *, hard_wrapped: bool = False) -> list[str]:
    return [text[s:e] for s, e in passages(Document(text, hard_wrapped=hard_wrapped))]


@given(mixed_text, st.integers(1, 60), st.booleans())
def test_passages_cover_the_text(text: str, times: int, hard_wrapped: bool) -> None:
    whole = text * times
    ranges = list(passages(Document(whole, hard_wrapped=hard_wrapped)))
    assert [s for s, _ in ranges] == [0, *(e for _, e in ranges)][: len(ranges)]
    assert (ranges[-1][1] if ranges else 0) == len(whole)
    assert all(0 < e - s <= 1000 for s, e in ranges)


@given(st.lists(st.integers(0, 1500), max_size=30))
def test_passages_cover_a_document_with_blocks(lengths: list[int]) -> None:
    text = "\n".join("x" * length for length in lengths)
    blocks, at = [], 0
    for length in lengths:
        blocks.append(Block(BlockKind.PARAGRAPH, at, at + length))
        at += length + 1
    ranges = list(passages(Document(text, tuple(blocks))))
    assert "".join(text[s:e] for s, e in ranges) == text
    assert all(0 < e - s <= 1000 for s, e in ranges)


def test_nothing_in_nothing() -> None:
    assert pieces("") == []
    assert pieces("\n") == ["\n"]


def test_a_paragraph_is_a_passage() -> None:
    first, second = SENTENCE * 6, SENTENCE * 8
    assert pieces(f"{first}\n{second}\n\n{first}") == [f"{first}\n", f"{second}\n\n", first]


def test_short_paragraphs_go_together() -> None:
    assert pieces("Heading\n\nBy someone\n" + SENTENCE * 6) == ["Heading\n\nBy someone\n" + SENTENCE * 6]


def test_a_line_end_inside_a_hard_wrapped_paragraph_is_no_border() -> None:
    paragraph = "\n".join([SENTENCE.strip()] * 6)
    assert pieces(f"{paragraph}\n\n{paragraph}", hard_wrapped=True) == [f"{paragraph}\n\n", paragraph]


def test_long_paragraphs_are_cut_after_a_sentence() -> None:
    cut = pieces(SENTENCE * 100)
    assert len(cut) > 4
    assert all(piece.endswith(". ") for piece in cut)


def test_words_stay_whole_where_there_is_no_sentence() -> None:
    assert all(piece == "word " * (len(piece) // 5) for piece in pieces("word " * 1000))


def test_letters_keep_their_marks() -> None:
    assert all(len(piece) % 3 == 0 for piece in pieces("e\u0301\u0323" * 1500))
