"""Chapters, and the minutes that are left in them."""

from hypothesis import given
from hypothesis import strategies as st

from reader.model.document import Document, OutlineEntry
from reader.ui.chapters import Chapters
from reader.ui.reading_progress import WORDS_PER_MINUTE, Pace

BOOK = (
    OutlineEntry("The whole book", 1, 0),
    OutlineEntry("One", 2, 100),
    OutlineEntry("A section", 3, 150),
    OutlineEntry("Two", 2, 400),
)


def test_a_title_alone_is_no_chapter_but_what_stands_under_it() -> None:
    chapters = Chapters(BOOK, 1000)
    assert chapters.at(50) == (0, 100)
    assert chapters.at(100) == chapters.at(399) == (100, 400)
    assert chapters.at(999) == (400, 1000)


def test_without_headings_or_with_one_alone_there_are_no_chapters() -> None:
    assert Chapters((), 10).at(5) is None
    assert Chapters(BOOK[:1], 10).at(5) is None


def test_before_the_first_chapter_there_is_none() -> None:
    assert Chapters((OutlineEntry("One", 1, 7), OutlineEntry("Two", 1, 9)), 10).at(6) is None


@given(st.lists(st.tuples(st.integers(1, 4), st.integers(0, 99)), max_size=12), st.integers(0, 99))
def test_a_chapter_holds_its_position(entries: list[tuple[int, int]], position: int) -> None:
    outline = [OutlineEntry("x", level, place) for level, place in entries]
    chapter = Chapters(outline, 100).at(position)
    if chapter:
        assert chapter[0] <= position < chapter[1]
        assert not any(e.position in range(chapter[0] + 1, chapter[1]) and e.level == 1 for e in outline) or (
            sum(e.level == 1 for e in outline) == 1
        )


def test_a_chapter_too_long_for_a_sitting_falls_into_what_is_below_it() -> None:
    chapters = Chapters((*BOOK, OutlineEntry("A section", 3, 700)), 1000, longest=400)
    assert chapters.at(200) == (100, 400)
    assert chapters.at(450) == (400, 700)
    assert chapters.at(999) == (700, 1000)
    collection = (OutlineEntry("Preface", 1, 0), OutlineEntry("Poems", 1, 10))
    poems = tuple(OutlineEntry("Poem", 2, 10 + 99 * number) for number in range(10))
    pace = Pace(Document("x" * 1000, outline=collection + poems), WORDS_PER_MINUTE * 100, "epub")
    assert pace.at(10, 0).chapter_minutes == 10
    assert Pace(Document("x" * 1000, outline=collection + poems), 700, "epub").at(10, 0).chapter_minutes == 3


def test_minutes_follow_the_share_of_the_text() -> None:
    words = WORDS_PER_MINUTE * 100
    pace = Pace(Document("x" * 1000, outline=BOOK), words)
    there = pace.at(300, 0.3)
    assert (there.minutes, there.chapter_minutes, there.words) == (70, 10, words)
    assert Pace(Document("x" * 1000), words).at(300, 0.3).chapter_minutes is None


def test_the_headings_of_an_article_are_no_chapters() -> None:
    short = Document("x" * 1000, outline=BOOK)
    assert Pace(short, 700, "html").at(300, 0.3).chapter_minutes is None
    assert Pace(short, 700, "epub").at(300, 0.3).chapter_minutes == 0
    assert Pace(short, 9_000, "epub").at(300, 0.3).chapter_minutes == 4
    assert Pace(short, 90_000, "markdown").at(300, 0.3).chapter_minutes == 39
