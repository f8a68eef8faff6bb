"""A quote with where it comes from, as it goes to the clipboard; and the printed page of a place."""

from bisect import bisect_right
from collections.abc import Sequence

from reader.model.document import Metadata, PageBreak
from reader.text.citing import source_line


def citation(quote: str, metadata: Metadata, page: str = "") -> str:
    """`quote` in quotation marks, then author, title, source, date, page and address, as far as they are known."""
    return f"“{quote}”\n— {source_line(metadata, page)}"


def pages_of(pages: Sequence[PageBreak], start: int, end: int) -> str:
    """The printed pages of the stretch `start:end`: "p. 27", "pp. xii–xiii", empty where the text counts none."""
    first, last = page_at(pages, start), page_at(pages, max(start, end - 1))
    if first is None or last is None:
        return ""
    return f"p. {first.label}" if first == last else f"pp. {first.label}–{last.label}"


def page_at(pages: Sequence[PageBreak], position: int) -> PageBreak | None:
    """The page on which the code point stands; None before the first. `pages` is sorted."""
    number = bisect_right(pages, position, key=lambda page: page.position) - 1
    return pages[number] if number >= 0 else None


def page_named(pages: Sequence[PageBreak], label: str) -> PageBreak | None:
    """The page with that label, whichever case it is written in ("XII" for "xii"); None when there is none."""
    wanted = label.strip().removeprefix("p.").strip()
    exact = next((page for page in pages if page.label == wanted), None)
    return exact or next((page for page in pages if page.label.casefold() == wanted.casefold()), None)


def page_index(pages: Sequence[PageBreak], label: str, *, counted: bool = False) -> int | None:
    """The number (from 0) of the page with that label; where pages are `counted`, else that of the n-th page."""
    found = page_named(pages, label)
    if found:
        return pages.index(found)
    digits = label.strip()
    number = int(digits) if counted and digits.isascii() and digits.isdigit() and len(digits) < 8 else 0
    return number - 1 if 1 <= number <= len(pages) else None


def page_words(pages: Sequence[PageBreak], number: int) -> str:
    """Which page that is, in words: "page 12 of 300", "page xii (12 of 300)"."""
    label, count = pages[number].label, f"{number + 1:,} of {len(pages):,}"
    return f"page {count}" if label == str(number + 1) else f"page {label} ({count})"
