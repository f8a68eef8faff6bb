import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model.document import BlockKind
from reader.text.plain import blocks, is_hard_wrapped, paragraph_break_near
from tests.text.strategies import mixed_text

PROSE = (
    "The engineers of the water board say that the dam at Upper Lenn would hold forty million cubic metres, "
    "enough for three dry summers in a row. The farmers, who have read the same survey, say that the river has "
    "not carried that much since the year of the flood, and that nobody has asked them. Both are right in part; "
    "what the survey measures is the winter, and what the farmers remember is August. "
)
POEM = """\
The water stood above the town,
And no one heard the bell go down,
The mill, the meadow and the lane
Will never see the sun again;
The keeper writes his daily line
Of rain and depth and ninety-nine
Small reasons why the wall should hold
Until the men who built are old."""
CODE = """\
def level(gauge):
    depth = gauge.read()
    if depth > LIMIT:
        return alarm(depth)"""
TABLE = """\
Year   Inflow   Outflow
1988      140       138
1989      120       121"""


def wrapped(text: str, columns: int = 72) -> str:
    return textwrap.fill(text, columns)


def kinds(text: str, *, hard_wrapped: bool = False) -> list[tuple[BlockKind, str]]:
    return [(b.kind, text[b.start : b.end]) for b in blocks(text, 0, len(text), hard_wrapped=hard_wrapped)]


def paragraphs(*texts: str) -> list[tuple[BlockKind, str]]:
    return [(BlockKind.PARAGRAPH, text) for text in texts]


@pytest.mark.parametrize("columns", [55, 65, 72, 80, 100])
def test_wrapped_prose_is_recognised(columns: int) -> None:
    text = "\n\n".join([wrapped(PROSE, columns), "A HEADING", wrapped(PROSE * 3, columns)])
    assert is_hard_wrapped(text)
    assert is_hard_wrapped(text * 200)


def test_wrapped_prose_with_a_poem_in_it_is_still_wrapped() -> None:
    assert is_hard_wrapped("\n\n".join([wrapped(PROSE * 4), POEM, wrapped(PROSE * 4)]))


@pytest.mark.parametrize(
    "text",
    ["", "One line.", PROSE * 5, f"{PROSE}\n{PROSE}\n\n{PROSE}", POEM, f"{POEM}\n\n{POEM}", CODE, TABLE, "a\n" * 500],
)
def test_other_texts_are_not(text: str) -> None:
    assert not is_hard_wrapped(text)


def test_a_line_is_a_block_unless_the_text_is_wrapped() -> None:
    assert kinds("First line.\n\n\n  Second.  \nThird\n") == paragraphs("First line.", "  Second.  ", "Third")


def test_wrapped_lines_are_one_paragraph() -> None:
    one, two = wrapped(PROSE), wrapped(PROSE[100:300])
    assert kinds(f"{one}\n\n \t\n{two}\n", hard_wrapped=True) == paragraphs(one, two)


def test_a_first_line_indent_begins_a_paragraph() -> None:
    one, two = textwrap.indent(wrapped(PROSE), "")[0:], "    " + wrapped(PROSE)
    assert kinds(f"{one}\n{two}", hard_wrapped=True) == paragraphs(one, two)


def test_a_short_last_line_ends_a_paragraph() -> None:
    one = wrapped("The residents were never asked, and they say so whenever somebody will listen to them.")
    assert kinds(f"{one}\n{wrapped(PROSE)}", hard_wrapped=True) == paragraphs(one, wrapped(PROSE))


def test_verse_keeps_its_lines() -> None:
    text = "\n\n".join([wrapped(PROSE * 2), POEM, wrapped(PROSE)])
    found = kinds(text, hard_wrapped=True)
    assert found == paragraphs(wrapped(PROSE * 2), *POEM.split("\n"), wrapped(PROSE))


def test_lists_and_quoted_mail_keep_their_lines() -> None:
    items = [wrapped(f"- {PROSE[:150]}"), "- short", "2. numbered", "> quoted mail", "> more of it"]
    text = "\n".join(items) + "\n\n" + wrapped(PROSE * 3)
    assert kinds(text, hard_wrapped=True) == paragraphs(*items, wrapped(PROSE * 3))


@pytest.mark.parametrize("hard_wrapped", [True, False])
@pytest.mark.parametrize("fixed", [CODE, TABLE, "| a | b |\n|---|---|\n| 1 | 2 |"])
def test_code_and_tables_are_left_alone(fixed: str, hard_wrapped: bool) -> None:
    prose = wrapped(PROSE * 3) if hard_wrapped else PROSE.strip()
    text = f"{prose}\n\n{fixed}\n\n{prose}\n"
    expected = [*paragraphs(prose), (BlockKind.CODE, fixed), *paragraphs(prose)]
    assert kinds(text, hard_wrapped=hard_wrapped) == expected


@pytest.mark.parametrize("hard_wrapped", [True, False])
@pytest.mark.parametrize("heading", ["THE WATER BOARD", "Chapter 3", "CHAPTER IV. The wall", "ГЛАВА ПЕРВАЯ"])
def test_clear_headings(heading: str, hard_wrapped: bool) -> None:
    prose = wrapped(PROSE * 2)
    text = f"{heading}\n\n{prose}"
    first = blocks(text, 0, len(text), hard_wrapped=hard_wrapped)[0]
    assert (first.kind, first.level, text[first.start : first.end]) == (BlockKind.HEADING, 2, heading)


@pytest.mark.parametrize(("underline", "level"), [("=========", 2), ("---------", 3)])
@pytest.mark.parametrize("hard_wrapped", [True, False])
def test_an_underlined_line_is_a_heading(underline: str, level: int, hard_wrapped: bool) -> None:
    text = f"The wall\n{underline}\n{wrapped(PROSE)}"
    first, second, third, *_ = blocks(text, 0, len(text), hard_wrapped=hard_wrapped)
    assert (first.kind, first.level) == (BlockKind.HEADING, level)
    assert text[second.start : second.end] == underline
    assert third.start == len(f"The wall\n{underline}\n")


@pytest.mark.parametrize(
    "line", ["Part 2 of the plan was dropped.", "NO!", "1988", "A short line", "U.S. 12 34 567 890"]
)
def test_what_is_no_heading(line: str) -> None:
    assert kinds("***\n---") == paragraphs("***", "---")
    assert kinds(line) == paragraphs(line)


@given(mixed_text, st.booleans(), st.integers(0, 5), st.integers(0, 5))
def test_blocks_hold_every_line_with_something_on_it(text: str, hard_wrapped: bool, first: int, count: int) -> None:
    borders = [0, *(at + 1 for at, char in enumerate(text) if char == "\n"), len(text)]
    start = borders[min(first, len(borders) - 1)]
    end = borders[min(first + count, len(borders) - 1)]
    found = blocks(text, start, end, hard_wrapped=hard_wrapped)
    edges = [edge for block in found for edge in (block.start, block.end)]
    assert edges == sorted(edges)
    assert all(start <= block.start < block.end <= end for block in found)
    covered = {at for block in found for at in range(block.start, block.end)}
    assert all(text[at].isspace() for at in range(start, end) if at not in covered)


@given(mixed_text, st.integers(0, 400))
def test_a_break_lies_at_or_after_the_place(text: str, pos: int) -> None:
    found = paragraph_break_near(text, pos)
    assert min(pos, len(text)) <= found <= len(text)
    assert found in (0, len(text)) or text[found - 1] == "\n" or "\n" not in text[pos:]


def test_a_break_is_after_blank_lines_where_there_are_any() -> None:
    text = "one\ntwo\n \n\nthree\nfour"
    assert paragraph_break_near(text, 2) == text.index("three")
    assert paragraph_break_near(text, text.index("three")) == text.index("three")
    assert paragraph_break_near(text, text.index("three") + 1) == text.index("four")


def test_endless_lines_are_cut_between_words_or_characters() -> None:
    assert paragraph_break_near("word " * 9000, 101) == 105
    assert paragraph_break_near("x" * 50_000, 100) == 100
    assert paragraph_break_near("e\u0301" * 50_000, 101) == 102
