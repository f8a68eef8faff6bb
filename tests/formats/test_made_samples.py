"""The samples that the script makes, read: what each of them was made to show."""

from functools import cache

import pytest

from reader.formats.registry import format_of, is_supported, parse, read
from reader.formats.request import ARTICLE, PAGE, Request
from reader.model.document import BlockKind, Document, SpanKind
from reader.resources import samples
from tests.formats.checks import check, text_of
from tests.formats.extractor import compared
from tests.sample_sources import book, office, saved

BOOK, NOTE, PAGE_FILE = "up-the-lenn-on-foot.epub", "note-on-the-east-bank.docx", f"{saved.NAME}.html"


@cache
def sample(name: str, view: str = "") -> Document:
    path = samples() / name
    data = path.read_bytes()
    document = parse(Request(data, name, path.parent, view), format_of(path, data)).document
    check(document, own_outline=name == BOOK)
    return document


def linked_note(document: Document, before: str) -> str:
    """The footnote that the first link after some words leads to, its paragraphs as lines."""
    place = document.text.index(before) + len(before)
    link = next(s for s in document.spans if s.kind is SpanKind.LINK and s.start >= place and s.href.startswith("#"))
    target = document.targets[link.href[1:]]
    place = next(n for n, block in enumerate(document.blocks) if block.start <= target <= block.end)
    first, *rest = document.blocks[place:]
    assert first.kind is BlockKind.FOOTNOTE
    lines = [text_of(document, first)]
    for block in rest:
        if block.kind is not BlockKind.FOOTNOTE or block.number:
            break
        lines.append(text_of(document, block))
    return "\n".join(lines)


@pytest.mark.parametrize("name", [BOOK, NOTE])
def test_no_word_is_lost(name: str) -> None:
    found = compared(sample(name), samples() / name)
    assert found.share >= 0.99, found.told()


def test_the_book_says_what_it_is() -> None:
    about = sample(BOOK).metadata
    assert (about.title, about.subtitle, about.authors) == (book.TITLE, book.SUBTITLE, ("Dafydd Pryce",))
    assert about.publisher == "The Chapel Press, Sallow Ford"
    assert about.date.startswith("2022")
    assert about.language == "en-GB"
    assert about.contributors == ("Aoi Tanabe (illustrator)",)
    assert f"isbn:{book.ISBN}" in about.identifiers


def test_the_book_has_nested_contents_that_lead_to_their_headings() -> None:
    document = sample(BOOK)
    lines = [(entry.level, entry.title) for entry in document.outline]
    assert (1, "3. Sallow Ford") in lines
    assert (2, "How to read the staff") in lines
    assert (3, "Who has it") in lines
    for entry in document.outline:
        assert document.text[entry.position :].lstrip().startswith(entry.title), entry


def test_the_book_has_its_pages_and_pictures() -> None:
    document = sample(BOOK)
    assert [page.label for page in document.pages] == ["i", "ii", *map(str, range(1, 9))]
    labels = {page.label: document.text[page.position :].lstrip() for page in document.pages}
    assert labels["5"].startswith("3. Sallow Ford")
    assert labels["6"].startswith("Who has it")
    pictures = [asset.media_type for asset in document.assets if asset.data]
    assert sorted(pictures) == ["image/png", "image/png", "image/svg+xml"]
    assert document.blocks[0].kind is BlockKind.FIGURE


def test_the_notes_of_the_book_lead_to_what_they_say() -> None:
    document = sample(BOOK)
    assert linked_note(document, "has been asked to mend it.").endswith("a delegation that included a sheep.")
    frog = linked_note(document, "there are rushes and a frog.")
    assert "He held that it was a toad.\nIt has since been measured" in frog
    assert linked_note(document, "you can see the mouse.").startswith(("This is not true", "5 This"))
    inside = {span.href[1:] for span in document.spans if span.kind is SpanKind.LINK and span.href.startswith("#")}
    assert inside <= set(document.targets)


def test_the_languages_of_the_book_keep_their_directions() -> None:
    document = sample(BOOK)
    verse = next(block for block in document.blocks if "آب از کوه آمد" in text_of(document, block))
    assert verse.direction == "rtl"
    assert verse.quote_depth == 1 or verse.kind is BlockKind.QUOTE
    tagged = {document.text[s.start : s.start + 9]: s.href for s in document.spans if s.kind is SpanKind.LANGUAGE}
    assert tagged.get("Der Berg ") == "de"
    assert "1.8 miles an hour" in document.text


def test_the_note_says_what_it_is() -> None:
    about = sample(NOTE).metadata
    assert (about.title, about.authors) == (office.TITLE, ("Ilse Brandt",))
    assert about.date.startswith("2024-02")
    headings = [text_of(sample(NOTE), b) for b in sample(NOTE).blocks if b.kind is BlockKind.HEADING]
    assert "2.1 By looking" in headings


def test_the_note_is_as_its_changes_leave_it() -> None:
    document = sample(NOTE)
    assert "can be said in the meantime, and" in document.text
    assert "without doing so" not in document.text
    assert document.text.count("Received 1 March.") == 1
    assert "not for circulation" not in document.text
    quotes = [b for b in document.blocks if b.kind is BlockKind.QUOTE or b.quote_depth]
    assert any("The hill was listening" in text_of(document, block) for block in quotes)


def test_the_lists_of_the_note_are_numbered() -> None:
    document = sample(NOTE)
    items = {text_of(document, b): (b.level, b.number) for b in document.blocks if b.kind is BlockKind.LIST_ITEM}
    assert items["That the board ask the owners for leave to drill."] == (1, "1.")
    assert items["That it ask before the vote of 9 May and not after."] == (1, "2.")
    assert items["A visit would do better."] == (2, "b)")
    assert items["That the rods be rods of steel. The old ones are in the chapel."] == (1, "3.")
    assert items["two have been entered, and"][0] == 2


def test_the_table_of_the_note_keeps_its_spans() -> None:
    document = sample(NOTE)
    cells = {text_of(document, b): b for b in document.blocks if b.kind is BlockKind.TABLE_CELL}
    assert cells["Cost, in millions"].column_span == 2
    assert cells["Work"].row_span == 2
    assert cells["7"].row_span == 2
    assert cells["1.2"].column == 2


def test_the_notes_and_comments_of_the_note_stand_where_they_belong() -> None:
    document = sample(NOTE)
    assert linked_note(document, "of rain on the moor;").startswith("By hand, with a line and a boat")
    second = linked_note(document, "The sheet is not in this office.")
    assert "eleven sheets.\nI have not found the signature" in second
    assert linked_note(document, "those of 2023 to 1.8.").startswith("Figures for prices")
    made = [(comment.author, comment.text) for comment in document.comments]
    assert sorted(made) == sorted((author, text) for author, _, text in office.COMMENTS)
    on = {comment.text: document.text[comment.start : comment.end] for comment in document.comments}
    assert on[office.COMMENTS[2][2]] == "They say at Sallow Ford"
    assert on[office.COMMENTS[0][2]].startswith("We have not measured the east bank")


def test_the_article_is_found_and_the_whole_page_is_there_too() -> None:
    article, page = sample(PAGE_FILE, ARTICLE), sample(PAGE_FILE, PAGE)
    assert article.metadata.title == saved.TITLE
    assert article.metadata.authors == ("Joan Ellery",)
    assert article.metadata.date.startswith("2024-04-11")
    assert article.metadata.source == "Lenn Valley Post"
    for words in ("The stick is of ash", "Nobody has ever thanked me for a leak", "He is leaving it the stick."):
        assert words in article.text
        assert words in page.text
    for words in ("Sheep delegation received", "it says both", "Printed at", "All biscuits"):
        assert words not in article.text
    assert "Sheep delegation received" in page.text
    assert [asset.media_type for asset in article.assets if asset.data] == ["image/png"]
    assert "This page has been counted" not in page.text


def test_what_clipping_left_is_proposed_and_nothing_else() -> None:
    from reader.text.debris import find_debris

    for view in (ARTICLE, PAGE):
        document = sample(PAGE_FILE, view)
        found = [document.text[debris.start : debris.end] for debris in find_debris(document)]
        together = "\n".join(found)
        for words in saved.DEBRIS:
            assert words in together or (view == ARTICLE and words not in document.text), words
        for words in ("The stick is of ash", "At the top was Tanner Street", "Lost of every hundred", "A list"):
            assert not any(words in piece for piece in found), words


def test_the_samples_open_as_any_file() -> None:
    for name in (BOOK, NOTE, PAGE_FILE):
        if is_supported(samples() / name):
            assert read(samples() / name).document.text
