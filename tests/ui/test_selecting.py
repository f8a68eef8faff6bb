"""What S, P and W select."""

import pytest

from reader.model.document import Block, BlockKind, Document, Sheet
from reader.ui.selecting import more

TEXT = """The board has promised the town a lake with a quiet
shore on the east bank. It has now promised a price as
well, and neither will hold.

The first estimate was forty million, and the paper that
came after it says ninety-two."""
WRAPPED = Document(TEXT, hard_wrapped=True)


def selected(unit: str, times: int, caret: int = 0, document: Document = WRAPPED) -> str:
    stretch = None
    for _ in range(times):
        stretch = more(document, unit, stretch, caret)
    return document.text[slice(*stretch)] if stretch else ""


@pytest.mark.parametrize(
    ("unit", "times", "end"),
    [
        ("word", 1, "The"),
        ("word", 2, "board"),
        ("sentence", 1, "east bank."),
        ("sentence", 2, "will hold."),
        ("sentence", 3, "ninety-two."),
        ("paragraph", 1, "will hold."),
        ("paragraph", 2, "ninety-two."),
    ],
)
def test_again_takes_the_next_one_with_it(unit: str, times: int, end: str) -> None:
    assert selected(unit, times).rstrip() == TEXT[: TEXT.index(end) + len(end)]


def test_a_line_end_is_the_end_where_the_text_is_not_wrapped() -> None:
    lines = Document(TEXT.replace("\n\n", "\n"))
    assert selected("paragraph", 1, document=lines) == TEXT.split("\n")[0]


def test_at_the_end_nothing_more_is_selected() -> None:
    assert selected("sentence", 5, TEXT.index("The first")) == TEXT[TEXT.index("The first") :]


def test_what_is_selected_in_part_is_made_whole_first() -> None:
    start = TEXT.index("promised a price")
    whole = more(WRAPPED, "sentence", (start, start + 8), 0)
    assert TEXT[slice(*whole)].strip() == TEXT[TEXT.index("It has") : TEXT.index("will hold.") + 10]


PAGES = "A lake with a quiet\nshore. It has a\nprice.\nThe first estimate\fwas forty million."


@pytest.mark.parametrize(
    ("unit", "times", "end"),
    [
        ("sentence", 1, "shore."),
        ("sentence", 2, "price."),
        ("paragraph", 1, "price."),
        ("paragraph", 2, "million."),
        ("paragraph", 3, "million."),
    ],
)
def test_on_pages_of_fixed_form_lines_and_pages_do_not_end_a_paragraph(unit: str, times: int, end: str) -> None:
    middle, page = PAGES.index("The first"), PAGES.index("\f") + 1
    blocks = tuple(Block(BlockKind.PARAGRAPH, *stretch) for stretch in ((0, middle - 1), (middle, len(PAGES))))
    document = Document(PAGES, blocks=blocks, sheets=(Sheet(0, 600, 800, "1"), Sheet(page, 600, 800, "2")))
    assert selected(unit, times, document=document).rstrip() == PAGES[: PAGES.index(end) + len(end)]
