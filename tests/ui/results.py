"""Invented answers of the library's search."""

from reader.services.matching import Snippet
from reader.services.search import DocumentHits, Hit, Kind, SearchResult
from tests.ui.builders import document


def hit(kind: Kind, start: int, end: int, text: str, matches: tuple[tuple[int, int], ...], uid: str = "") -> Hit:
    """A hit at `start` to `end` that reads `text`, with `matches` in it."""
    return Hit(kind, lambda: Snippet(text=text, matches=matches, start=start, end=end), annotation_uid=uid)


def found() -> SearchResult:
    """Two documents, three hits of "forty"."""
    first = [
        hit("passage", 100, 130, "it was 🌊 forty million, forty", ((9, 14), (24, 29))),
        hit("note", 10, 20, "forty again", ((0, 5),), "mark"),
    ]
    second = [hit("title", 0, 0, "forty", ((0, 5),))]
    return SearchResult(
        [DocumentHits(document("first", "The reservoir"), first), DocumentHits(document("second", "سد و دره"), second)],
        3,
    )
