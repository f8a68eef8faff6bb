"""Readwise CSV: the columns that Readwise's own import takes, a row for each quote.

Readwise has no column for tags: it reads them off the beginning of a note, each as a dot and a word.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from reader.interchange.outgoing import Origin, Outgoing
from reader.interchange.rows import defused, head
from reader.interchange.rows import pieces as table
from reader.model.annotation import Annotation

COLUMNS = ("Highlight", "Title", "Author", "URL", "Note", "Location", "Date")

_NO_WORD = re.compile(r"\W+")
_TIME_LENGTH = len("2026-11-21T16:02:00")


def pieces(outgoing: Outgoing) -> Iterator[str]:
    """The file. Marks without words (areas of pages, notes on whole documents) have no place in it."""
    yield head(COLUMNS, delimiter=",")
    yield from table(_rows(outgoing), delimiter=",")


def _rows(outgoing: Outgoing) -> Iterator[list[str | int]]:
    origin: Origin | None = None
    about: tuple[str, ...] = ()
    for mark in outgoing.marks():
        annotation, words = mark.annotation, mark.words
        if annotation.anchor is None or not words.strip():
            outgoing.leave_out(mark)
            continue
        if mark.origin is not origin:
            origin, metadata = mark.origin, mark.document.metadata
            about = _defused(metadata.title, ", ".join(metadata.authors), metadata.url)
        quote, note = _defused(words, _note(annotation))
        yield [quote, *about, note, annotation.anchor.start, _date(annotation.created)]


def _defused(*texts: str) -> tuple[str, ...]:
    """Behind a blank, which Readwise takes off again, where a spreadsheet would run what a document says."""
    return tuple([defused(text, " ") for text in texts])


def _note(annotation: Annotation) -> str:
    """The tags on a line, then the note."""
    if not annotation.tags:
        return annotation.note
    tags = " ".join(map(_word, annotation.tags))
    return "\n".join(filter(None, (tags, annotation.note)))


@lru_cache(1024)  # a few tags stand before many notes
def _word(tag: str) -> str:
    return "." + _NO_WORD.sub("_", tag)


def _date(instant: str) -> str:
    """ "2026-11-21 16:02:00", in UTC."""
    return instant[:_TIME_LENGTH].replace("T", " ")
