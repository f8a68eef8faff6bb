"""Readwise CSV: the columns that Readwise's own import takes, a row for each quote.

Readwise has no column for tags: it reads them off the beginning of a note, each as a dot and a word.
"""

import re
from collections.abc import Iterator

from reader.interchange.outgoing import Mark, Outgoing
from reader.interchange.rows import defused, head
from reader.interchange.rows import pieces as table

COLUMNS = ("Highlight", "Title", "Author", "URL", "Note", "Location", "Date")

_NO_WORD = re.compile(r"\W+")
_TIME_LENGTH = len("2026-11-21T16:02:00")


def pieces(outgoing: Outgoing) -> Iterator[str]:
    """The file. Marks without words (areas of pages, notes on whole documents) have no place in it."""
    yield head(COLUMNS, delimiter=",")
    yield from table(_rows(outgoing), delimiter=",")


def _rows(outgoing: Outgoing) -> Iterator[list[str | int]]:
    for mark in outgoing.marks():
        anchor = mark.annotation.anchor
        if anchor is None or not mark.words.strip():
            outgoing.leave_out(mark)
            continue
        metadata = mark.document.metadata
        words = (mark.words, metadata.title, ", ".join(metadata.authors), metadata.url, _note(mark))
        # A blank is taken off again by Readwise and keeps a spreadsheet from running what a document says.
        yield [*(defused(text, " ") for text in words), anchor.start, _date(mark.annotation.created)]


def _note(mark: Mark) -> str:
    """The tags on a line, then the note."""
    if not mark.annotation.tags:
        return mark.annotation.note
    tags = " ".join("." + _NO_WORD.sub("_", tag) for tag in mark.annotation.tags)
    return "\n".join(filter(None, (tags, mark.annotation.note)))


def _date(instant: str) -> str:
    """ "2026-11-21 16:02:00", in UTC."""
    return instant[:_TIME_LENGTH].replace("T", " ")
