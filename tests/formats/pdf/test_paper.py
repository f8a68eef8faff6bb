"""The paper among the samples, read: two columns, footnotes, contents, page labels, links."""

from functools import cache

import pytest

from reader.formats.registry import read
from reader.model.document import BlockKind, Document, SpanKind
from reader.resources import samples
from reader.text.joining import joined
from tests.formats.checks import check
from tests.sample_sources import paper, paper_words


@cache
def document() -> Document:
    found = read(samples() / paper.NAME).document
    check(found, own_outline=True)
    return found


def running() -> str:
    text = document().text
    return joined(text, 0, len(text))


def test_it_says_what_it_is() -> None:
    about = document().metadata
    assert (about.title, about.authors, about.language) == (paper_words.TITLE, paper_words.AUTHORS, "en-GB")
    assert about.tags == ("seepage", "reservoir")
    assert about.date.startswith("2026-09-01")
    assert not document().notices


def test_its_four_pages_have_their_labels_and_sizes() -> None:
    sheets = document().sheets
    assert tuple(sheet.label for sheet in sheets) == paper.LABELS
    assert {(round(sheet.width), round(sheet.height)) for sheet in sheets} == {(499, 709)}
    assert [page.label for page in document().pages] == list(paper.LABELS)
    assert document().text.count("\f") == 3


def test_columns_are_read_one_after_the_other() -> None:
    plain = [
        part.replace("<super>", "").replace("</super>", "")
        for _, parts in paper_words.SECTIONS
        for part in parts
        if "<a " not in part
    ]
    words = "".join(running().split())
    places = [words.find("".join(part[:60].split())) for part in plain]
    assert -1 not in places
    assert places == sorted(places)
    # Whole, where no page ends within them.
    assert sum("".join(part.split()) in words for part in plain) >= len(plain) - 2


def test_the_outline_leads_to_its_headings() -> None:
    wanted = [f"{number}. {title}" for number, (title, _) in enumerate(paper_words.SECTIONS, 1)]
    assert [entry.title for entry in document().outline] == wanted
    for entry in document().outline:
        assert document().text.startswith(entry.title, entry.position)
    headings = [
        joined(document().text, block.start, block.end)
        for block in document().blocks
        if block.kind is BlockKind.HEADING
    ]
    assert headings == [paper_words.TITLE, "Contents", *wanted]


def test_links_lead_out_and_to_sections() -> None:
    links = [span for span in document().spans if span.kind is SpanKind.LINK]
    (out,) = (span for span in links if not span.href.startswith("#"))
    assert (out.href, document().text[out.start : out.end]) == (paper.LINK, "lenn-water.example/papers/2024-14")
    inside = [span for span in links if span.href.startswith("#")]
    assert [document().text[span.start : span.end] for span in inside[-1:]] == ["section 2"]
    for span, entry in zip(inside, document().outline, strict=False):
        assert document().targets[span.href[1:]] == entry.position


@pytest.mark.parametrize("page", paper_words.FOOTNOTES)
def test_footnotes_stand_at_the_foot_of_their_page(page: int) -> None:
    sheets, text = document().sheets, document().text
    end = sheets[page].start if page < len(sheets) else len(text)
    foot = joined(text, sheets[page - 1].start, end)[-330:]
    for _, words in paper_words.FOOTNOTES[page]:
        assert words in foot


def test_a_raised_number_does_not_end_a_paragraph() -> None:
    blocks = [joined(document().text, block.start, block.end) for block in document().blocks]
    (whistle,) = (block for block in blocks if block.startswith("The tubes stand in a line"))
    assert whistle.endswith("hourly during the two trials.")
    (gate,) = (block for block in blocks if block.startswith("The tubes are still there"))
    assert gate.endswith("filed under fishing.")


def test_it_is_the_same_each_time() -> None:
    assert paper.pdf() == paper.pdf()
