"""The text of all pages as blocks: paragraphs and headings, which together are the whole text."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from reader.formats.pdf.page_parts import PageParts
from reader.formats.pdf.paragraphs import Paragraph, Spoken, cut_at, goes_on, rounded, spoken
from reader.model.document import Block, BlockKind

_LARGER = 1.15
_LONGEST = 200
_MOST_LINES = 4
_LEVELS = 6
_LETTERS = 2


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """Where it begins in the whole text, the height of its characters, and how many lines it has."""

    start: int
    size: float
    lines: int


def blocks_of(text: str, pages: Sequence[PageParts], entries: Mapping[int, tuple[str, int]]) -> tuple[Block, ...]:
    """The blocks of a text whose pages are joined by one code point each.

    `entries` are title and level of what the outline names, by position: a paragraph there that begins with the title
    is a heading, and so is a short one in larger type.
    """
    paragraphs = list(_paragraphs(pages, entries))
    if not paragraphs:
        return (Block(BlockKind.PARAGRAPH, 0, len(text)),)
    body = _body_size(pages)
    levels = _levels(text, paragraphs, body)
    blocks: list[Block] = []
    for number, paragraph in enumerate(paragraphs):
        start = 0 if number == 0 else paragraph.start
        end = paragraphs[number + 1].start - 1 if number + 1 < len(paragraphs) else len(text)
        level = _named_level(text[paragraph.start : end], entries.get(paragraph.start))
        if not level and _may_be_heading(text[paragraph.start : end], paragraph, body):
            level = levels.get(rounded(paragraph.size), 0)
        blocks.append(Block(BlockKind.HEADING if level else BlockKind.PARAGRAPH, start, end, level=level))
    return tuple(blocks)


def _paragraphs(pages: Sequence[PageParts], entries: Mapping[int, tuple[str, int]]) -> Iterator[_Paragraph]:
    start = 0
    before: Spoken | None = None
    places = sorted(entries)
    for page in pages:
        end = start + len(page.text) + 1
        if page.paragraphs:
            found = _own(page, before)
            if bisect_left(places, start) < bisect_left(places, end):
                found = _with_headings(page, found, set(_headed(page, start, entries)))
            for _, begun, size, count in found:
                yield _Paragraph(start + begun, size, count)
            before = spoken(page, len(page.lines) - 1)
        start = end


def _own(page: PageParts, before: Spoken | None) -> Sequence[Paragraph]:
    """The paragraphs that begin on a page: none where all of it goes on with that of the page before."""
    if before and goes_on(before, spoken(page, 0)):
        return page.paragraphs[1:]
    return page.paragraphs


def _with_headings(page: PageParts, found: Sequence[Paragraph], headed: set[int]) -> Sequence[Paragraph]:
    """The paragraphs, cut where headings begin and end too."""
    starts = {paragraph.line for paragraph in found}
    return found if headed <= starts else cut_at(page, sorted(starts | headed))


def _headed(page: PageParts, start: int, entries: Mapping[int, tuple[str, int]]) -> Iterator[int]:
    """The numbers of the lines with which a heading of the outline begins, and of those after it."""
    for number, line in enumerate(page.lines):
        entry = entries.get(start + line.start)
        if entry is None:
            continue
        for following in range(number + 1, min(number + _MOST_LINES, len(page.lines)) + 1):
            if _named_level(page.text[line.start : page.lines[following - 1].end], entry):
                yield number
                yield from (following,) * (following < len(page.lines))
                break


def _body_size(pages: Sequence[PageParts]) -> float:
    """The height that most characters have."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for size, count in page.heights.items():
            sizes[size] += count
    return sizes.most_common(1)[0][0]


def _may_be_heading(words: str, paragraph: _Paragraph, body: float) -> bool:
    if paragraph.size < body * _LARGER or paragraph.lines > _MOST_LINES or len(words) > _LONGEST:
        return False
    return sum(map(str.isalpha, words)) >= _LETTERS


def _levels(text: str, paragraphs: Sequence[_Paragraph], body: float) -> dict[float, int]:
    """The level of each size of type that headings have, the largest first."""
    ends = [*[paragraph.start - 1 for paragraph in paragraphs[1:]], len(text)]
    sizes = {
        rounded(paragraph.size)
        for paragraph, end in zip(paragraphs, ends, strict=True)
        if _may_be_heading(text[paragraph.start : end], paragraph, body)
    }
    return {size: min(level, _LEVELS) for level, size in enumerate(sorted(sizes, reverse=True), 1)}


def _named_level(words: str, entry: tuple[str, int] | None) -> int:
    """The level that the outline gives a paragraph, 0 when it names another."""
    if entry is None or len(words) > _LONGEST:
        return 0
    title, level = entry
    spoken, named = ("".join(filter(str.isalnum, part.casefold())) for part in (words, title))
    return min(level, _LEVELS) if named and (spoken.startswith(named) or spoken.endswith(named)) else 0
